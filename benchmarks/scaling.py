"""What 1 to 50 million events cost: the build, every metric, a whole audit, and their slopes."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from benchmarks.generate import log_of
from benchmarks.measuring import peak_megabytes
from benchmarks.results import table, write_section

MILLIONS = (1, 5, 10, 50)
GIGABYTES = 4
HEADING = "From 1 to 50 million events"
Costs = dict[str, dict[str, float]]


def cost(work: Callable[[], object]) -> tuple[object, dict[str, float]]:
    cpu, wall = process_time(), perf_counter()
    made = work()
    spent = {"cpu": process_time() - cpu, "wall": perf_counter() - wall}
    return made, spent | {"peak": peak_megabytes()}


def in_memory(log: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """The build, and then each metric of the catalogue that this map can be asked."""
    import scipy.stats  # noqa: F401  (loaded with the first interval; imports do not count)

    from benchmarks.shop import shop_journeys
    from cjm_notebooks import JourneyError, Journeys, measure
    from cjm_notebooks.catalogue import entries
    from cjm_notebooks.metrics import Metric

    metrics = entries("metrics", Metric)
    journeys, spent = cost(lambda: shop_journeys(log, outcome=True))
    yield "build", spent
    assert isinstance(journeys, Journeys)
    for name, kind in metrics.items():
        metric = kind.examples()[0]
        try:
            yield name, cost(lambda metric=metric: measure(metric, journeys))[1]
        except JourneyError as refused:
            print(f"{name}: {refused}", file=sys.stderr)


def whole_audit(log: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """An audit from the file to the findings: its own build is part of it."""
    import scipy.stats  # noqa: F401

    from benchmarks.shop import shop
    from cjm_notebooks import Events, audit

    events = Events(log, customer="customer", at="at")
    yield "audit", cost(lambda: audit(shop(outcome=True), events, as_of="2030-01-01"))[1]


def out_of_core(log: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """The build and every metric in one pass, with at most `GIGABYTES` of memory."""
    import scipy.stats  # noqa: F401

    from benchmarks.shop import shop
    from cjm_notebooks import Events, join_in_parts, measure_all
    from cjm_notebooks.catalogue import entries
    from cjm_notebooks.metrics import Metric

    asked = [kind.examples()[0] for kind in entries("metrics", Metric).values()]
    events = Events(log, customer="customer", at="at")
    parts = join_in_parts(shop(outcome=True), events, memory=f"{GIGABYTES} GB")
    yield "out of core", cost(lambda: measure_all(asked, parts))[1]


MODES = {"in-memory": in_memory, "audit": whole_audit, "out-of-core": out_of_core}


def measured(mode: str, log: Path) -> Costs:
    """In a process of its own, whose peak memory is its own."""
    command = [sys.executable, "-m", "benchmarks.scaling", "--inside", mode, str(log)]
    ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(ran.stdout.strip().splitlines()[-1])


def slope(millions: list[float], seconds: list[float]) -> str:
    """1 where ten times the events take ten times the seconds."""
    if len(millions) < 2 or min(seconds) <= 0:
        return ""
    return f"{np.polyfit(np.log(millions), np.log(seconds), 1)[0]:.2f}"


def report(millions: list[float], found: dict[str, list[Costs]]) -> str:
    names = list(dict.fromkeys(name for costs in found["in-memory"] for name in costs))
    names = ["build", *sorted(set(names) - {"build"})]
    rows = [
        _row(name, millions, [costs.get(name) for costs in found["in-memory"]]) for name in names
    ]
    metrics = [
        {"cpu": sum(spent["cpu"] for name, spent in costs.items() if name != "build")}
        for costs in found["in-memory"]
    ]
    rows.append(_row("**all metrics, after the build**", millions, metrics))
    audits = [costs["audit"] for costs in found["audit"]]
    rows.append(_row("**whole audit, with its build**", millions, audits))
    columns = ["CPU s", *(f"{each:g} M" for each in millions), "slope"]
    memory = ["peak MB", *(f"{each:g} M" for each in millions)]
    peaks = [
        ["build", *(f"{costs['build']['peak']:.0f}" for costs in found["in-memory"])],
        ["all metrics", *(f"{_peak(costs):.0f}" for costs in found["in-memory"])],
        ["whole audit", *(f"{_peak(costs):.0f}" for costs in found["audit"])],
        [
            f"out of core, {GIGABYTES} GB allowed",
            *(f"{_peak(costs):.0f}" if costs else "not measured" for costs in found["out-of-core"]),
        ],
    ]
    head = (
        "One run each, in processes of their own, with an outcome on the map. A slope of 1 is "
        "linear: it is that of the logarithms."
    )
    return f"{head}\n\n{table(columns, rows)}\n\n{table(memory, peaks)}"


def _row(name: str, millions: list[float], costs: list[dict[str, float] | None]) -> list[str]:
    known = [(size, spent["cpu"]) for size, spent in zip(millions, costs, strict=True) if spent]
    cells = [f"{spent['cpu']:.3f}" if spent else "" for spent in costs]
    return [name, *cells, slope([size for size, _ in known], [cpu for _, cpu in known])]


def _peak(costs: Costs) -> float:
    return max(spent["peak"] for spent in costs.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=float, nargs="+", default=list(MILLIONS))
    parser.add_argument("--inside", nargs=2, metavar=("MODE", "LOG"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        mode, log = asked.inside
        print("\n" + json.dumps(dict(MODES[mode](Path(log)))))
        return
    found: dict[str, list[Costs]] = {mode: [] for mode in MODES}
    for size in asked.millions:
        log = log_of(round(size * 1e6))
        for mode, costs in found.items():
            costs.append(measured(mode, log))
            print(f"{size:g} million events, {mode}: done", flush=True)
    text = report(asked.millions, found)
    print(text)
    if set(MILLIONS) <= set(asked.millions):
        write_section(HEADING, text)


if __name__ == "__main__":
    main()
