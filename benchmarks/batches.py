"""A batch of audits on this machine's cores, beside one after the other and beside bare papermill.

    python -m benchmarks.batches

Audits the countries with the most bookings of the city hotel. Bare papermill executes the same
notebook with the same parameters, one after the other, and makes no page and no record.
"""

from __future__ import annotations

import argparse
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import perf_counter
from typing import TYPE_CHECKING

import psutil

from benchmarks.results import table, write_section
from cjm_notebooks.audits.batches.each import each_value
from cjm_notebooks.audits.batches.executors import kernels_at_once
from cjm_notebooks.audits.batches.plan import Plan, planned
from cjm_notebooks.audits.batches.run import Batching, run_batch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HEADING = "Batches"
HOTEL = Path(__file__).parents[1] / "examples" / "hotel"
SHARED = [
    ("map_file", str(HOTEL / "hotel.cjm.json")),
    ("project", str(HOTEL)),
    ("source", "hotel-bookings"),
    ("settings.hotel", "H2"),
    ("as_of", "2017-09-14"),
]
LOOKS_EVERY_SECONDS = 0.2


class Taken:
    """Wall and CPU seconds, and the most memory of this program with all its kernels at once."""

    def __init__(self) -> None:
        self.wall = self.cpu = self.megabytes = 0.0


@contextmanager
def taken() -> Iterator[Taken]:
    found, over = Taken(), Event()

    def watch() -> None:
        while not over.wait(LOOKS_EVERY_SECONDS):
            found.megabytes = max(found.megabytes, _megabytes())

    watcher, begun, cpu = Thread(target=watch), perf_counter(), _cpu()
    watcher.start()
    try:
        yield found
    finally:
        over.set()
        watcher.join()
        found.wall, found.cpu = perf_counter() - begun, _cpu() - cpu


def _cpu() -> float:
    """Of this program and of the kernels that have ended."""
    times = psutil.Process().cpu_times()
    return times.user + times.system + times.children_user + times.children_system


def _megabytes() -> float:
    mine = psutil.Process()
    found = 0.0
    for one in (mine, *mine.children(recursive=True)):
        try:
            found += one.memory_info().rss / 2**20
        except psutil.NoSuchProcess:
            continue
    return found


def as_a_batch(plan: Plan, at_once: int) -> None:
    with ThreadPoolExecutor(at_once) as executor:
        standings = run_batch(plan, Batching(executor)).standings()
    assert all(one.status == "done" for one in standings)


def bare(plan: Plan) -> None:
    import papermill

    for one in plan.runs:
        folder = plan.out / one.name
        folder.mkdir(parents=True)
        papermill.execute_notebook(
            str(plan.template),
            str(folder / "bare.ipynb"),
            {**one.given, "folder": str(folder)},
            progress_bar=False,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--countries", type=int, default=12)
    asked = parser.parse_args()
    logging.getLogger("papermill").setLevel(logging.ERROR)
    cores = kernels_at_once()
    rows = each_value("journey_audit", "country", SHARED, most=asked.countries).rows
    ways: dict[str, Callable[[Plan], None]] = {
        "bare papermill, one after the other": bare,
        "batch, one after the other": lambda plan: as_a_batch(plan, 1),
        f"batch, {cores} side by side": lambda plan: as_a_batch(plan, cores),
    }
    found = {}
    import papermill  # noqa: F401 - loading it is no part of any way

    for name, way in ways.items():
        with TemporaryDirectory() as folder:
            plan = planned("journey_audit", rows, Path(folder), SHARED)
            with taken() as found[name]:
                way(plan)
    first = next(iter(found.values()))
    lines = [
        [
            name,
            f"{one.wall:.1f}",
            f"{one.cpu:.1f}",
            f"{one.cpu / len(rows):.2f}",
            f"{(one.cpu / first.cpu - 1) * 100:+.1f}%",
            f"{one.megabytes:.0f}",
        ]
        for name, one in found.items()
    ]
    columns = ["way", "wall s", "CPU s", "CPU s a run", "overhead", "peak MB"]
    text = table(columns, lines)
    intro = (
        f"Audits of the {len(rows)} countries with the most bookings of the city hotel. The "
        "overhead is in CPU seconds over bare papermill, which makes neither page nor record; the "
        "peak is the memory of the program and all its kernels together."
    )
    print(text)
    write_section(HEADING, f"{intro}\n\n{text}")


if __name__ == "__main__":
    main()
