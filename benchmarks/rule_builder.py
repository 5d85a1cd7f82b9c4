"""How long the rule builder takes to answer, beside DuckDB's own count of the same file."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

import duckdb
import pyarrow as pa

from benchmarks.generate import log_of
from benchmarks.results import table, write_section
from benchmarks.shop import shop
from cjm_notebooks import Events, JourneyMap
from cjm_notebooks.journeys.inventory import Inventory
from cjm_notebooks.maps import Condition, Rule
from cjm_notebooks.matching import bind, unbind
from cjm_notebooks.matching.binding import with_rule

RUNS = 7
HEADING = "Rule builder"
FREE = ("event_03", "event_09", "event_17")
COUNT = (
    'SELECT event, count(*), count(DISTINCT customer), min("at"), max("at") '
    "FROM '{log}' GROUP BY event ORDER BY event"
)


def milliseconds(work: Callable[[], object]) -> float:
    """The median of some runs, after one that does not count."""
    work()
    taken = []
    for _ in range(RUNS):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken) * 1000


def with_free_events() -> JourneyMap:
    """The shop's map, on which three events have no touchpoint."""
    journey_map = shop()
    for name in FREE:
        journey_map = unbind(journey_map, name, name)
    return journey_map


def questions(log: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    events = Events(log, customer="customer", at="at")
    journey_map = with_free_events()
    bound = bind(journey_map, FREE[0], FREE[0])
    around = Rule(where=Condition(is_=FREE[0]), after=("event_01",))
    looks_around = with_rule(journey_map, FREE[0], around)
    read = Inventory(events)
    yield "first inventory", lambda: Inventory(events).table(journey_map)
    yield "inventory of another map", lambda: read.table(bound)
    yield "preview of a rule", lambda: read.preview(journey_map, bound)
    yield "preview of a rule with `after`", lambda: read.preview(journey_map, looks_around)
    yield "suggestions", lambda: read.suggest(journey_map)


def counted_by_duckdb(log: Path) -> pa.Table:
    return duckdb.sql(COUNT.format(log=log)).to_arrow_table()


def agree(log: Path) -> None:
    """Both count the same events and customers of each name."""
    ours = Inventory(Events(log, customer="customer", at="at")).table(shop()).sort_index()
    theirs = counted_by_duckdb(log).to_pydict().values()
    counted = ours.reset_index()[["event", "events", "customers"]]
    expected = [row[:3] for row in zip(*theirs, strict=True)]
    assert list(counted.itertuples(index=False, name=None)) == expected


def rows(log: Path) -> Iterator[list[str]]:
    least = milliseconds(lambda: counted_by_duckdb(log))
    for name, work in questions(log):
        ours = milliseconds(work)
        yield [name, f"{ours:.1f}", f"{least:.1f}", f"{ours / least:.2f} ×"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=float, default=1)
    asked = parser.parse_args()
    log = log_of(round(asked.millions * 1e6))
    agree(log)
    text = table(["question", "ms", "`GROUP BY` ms", "ratio"], rows(log))
    print(text)
    intro = (
        f"{asked.millions:g} million events on a map of 25 touchpoints, wall time, median of "
        f"{RUNS} runs. Beside each stands DuckDB's `GROUP BY` over the same file in the same "
        "process: events, different customers, first and last time of each name. The first "
        "inventory also sorts the events, as `join` does; what follows rests on that."
    )
    write_section(HEADING, f"{intro}\n\n{text}")


if __name__ == "__main__":
    main()
