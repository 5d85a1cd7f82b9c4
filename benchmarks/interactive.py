"""How long a filter and one metric take while somebody waits, beside a numpy mask and its pass."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

import duckdb
import numpy as np

from benchmarks.generate import DAYS, FIRST_DAY, log_of
from benchmarks.questions import FUNNEL, NAMES, STAGES
from benchmarks.results import table, write_section
from benchmarks.shop import shop
from benchmarks.sides.limit import Limit
from cjm_notebooks import Customers, Events, Journeys, join, measure
from cjm_notebooks.metrics.returns import Returns
from cjm_notebooks.metrics.step_matrix import StepMatrix
from cjm_notebooks.metrics.transitions import Transitions
from cjm_notebooks.metrics.waits import Waits

RUNS = 15
HEADING = "Interactive"
MILLISECONDS = 100
METRICS = {
    "transitions": Transitions(),
    "step_matrix": StepMatrix(),
    "waits": Waits(),
    "returns": Returns(),
}
HALF = FIRST_DAY + DAYS * 86_400 // 2


@dataclass(frozen=True)
class Filter:
    """The same choice of journeys twice: by the kit, and as bool (journeys,) over the limit."""

    name: str
    ours: Callable[[Journeys], Journeys]
    limit: Callable[[Limit], np.ndarray]


def filters(journeys: Journeys) -> Iterator[Filter]:
    """A segment of the customers, a period, a stage reached, a pattern."""
    german = journeys.segments["country"].codes == 0
    of_journey = german[journeys.journey_customer]
    yield Filter("segment", lambda all_: all_.where("country", "DE"), lambda _: of_journey)
    half, end = (datetime.fromtimestamp(second, UTC) for second in (HALF, 2 * HALF))
    yield Filter("period", lambda all_: all_.during(half, end), _begun_late)
    yield Filter("stage", lambda all_: all_.through("stage-2"), _reaching)
    pattern = f"{FUNNEL[0]} -> ... -> {FUNNEL[1]}"
    yield Filter("pattern", lambda all_: all_.that(pattern), _followed)


def _begun_late(limit: Limit) -> np.ndarray:
    return limit.at[limit.starts[:-1]] >= HALF * 1_000_000


def _reaching(limit: Limit) -> np.ndarray:
    codes = [NAMES.index(name) for name in STAGES[2]]
    there = (limit.code >= codes[0]) & (limit.code <= codes[-1])
    return np.logical_or.reduceat(there, limit.starts[:-1])


def _followed(limit: Limit) -> np.ndarray:
    place, end = limit.starts[:-1], limit.starts[1:]
    for name in FUNNEL[:2]:
        hits = np.append(np.flatnonzero(limit.code == NAMES.index(name)), len(limit.code))
        found = hits[np.searchsorted(hits, np.minimum(place, len(limit.code)))]
        place = np.where(found < end, found + 1, len(limit.code) + 1)
    return place <= end


def chosen(limit: Limit, journeys: np.ndarray) -> Limit:
    """Only the journeys where `journeys` is True."""
    lengths = np.diff(limit.starts)
    events = np.repeat(journeys, lengths)
    starts = np.concatenate([[0], np.cumsum(lengths[journeys])])
    return Limit.of(limit.code[events], limit.at[events], starts)


def milliseconds(work: Callable[[], object]) -> float:
    """The median of some runs, after one that does not count."""
    work()
    taken = []
    for _ in range(RUNS):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken) * 1000


def joined(log: Path) -> tuple[Journeys, Limit]:
    """The journeys and the same arrays for the limit, in the same order."""
    asked = f"SELECT DISTINCT customer, country FROM '{log}'"
    countries = duckdb.sql(asked).to_arrow_table()
    events = Events(log, customer="customer", at="at")
    journeys = join(shop(), events, customers=Customers(countries, customer="customer"))
    code = journeys.touchpoint.astype(np.uint8)
    return journeys, Limit.of(code, np.array(journeys.at), np.array(journeys.starts))


def rows(journeys: Journeys, limit: Limit) -> Iterator[list[str]]:
    for one in filters(journeys):
        for question, metric in METRICS.items():
            kept = one.ours(journeys)
            assert kept.n_journeys == np.count_nonzero(one.limit(limit)), one.name
            ours = milliseconds(lambda one=one, metric=metric: measure(metric, one.ours(journeys)))
            least = milliseconds(
                lambda one=one, question=question: getattr(
                    chosen(limit, one.limit(limit)), question
                )()
            )
            kept_in_time = "yes" if ours <= MILLISECONDS else "**no**"
            times = f"{ours / least:.1f} ×"
            yield [one.name, question, f"{ours:.1f}", f"{least:.1f}", times, kept_in_time]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=float, default=1)
    asked = parser.parse_args()
    journeys, limit = joined(log_of(round(asked.millions * 1e6)))
    columns = ["filter", "metric", "ms", "limit ms", "ratio", f"under {MILLISECONDS} ms"]
    text = table(columns, rows(journeys, limit))
    print(text)
    intro = (
        f"A filter and one metric with its intervals over {asked.millions:g} million events in "
        f"memory, wall time, median of {RUNS} runs. The limit is a boolean mask over ready arrays "
        "and a pass for the bare numbers, in the same process."
    )
    write_section(HEADING, f"{intro}\n\n{text}")


if __name__ == "__main__":
    main()
