"""How long a changed choice takes in the Explorer, beside the same choice in pandas."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import process_time

import duckdb
import numpy as np
import pandas as pd

from benchmarks.generate import log_of
from benchmarks.interactive import HALF
from benchmarks.questions import NAMES, STAGE_OF
from benchmarks.results import table, write_section
from benchmarks.shop import shop
from cjm_notebooks import Customers, Events, Feedback, Journeys, Question, join
from cjm_notebooks.builders.exploring import Choice, Chosen
from cjm_notebooks.builders.exploring.measured import measured_map
from cjm_notebooks.builders.exploring.voices import comments
from cjm_notebooks.builders.exploring.written import answer, drawing, heard
from cjm_notebooks.language import _number, language

HEADING = "Explorer"
MILLISECONDS = 200
RUNS = 7
ENGLISH = language("en")
ANSWERS = 50_000
FIRST_OF_HALF = datetime.fromtimestamp(HALF, UTC).date() + timedelta(days=1)
VIEWS = ("stage-funnel", "waits", "emotion-curve", "touchpoint-flow")


@dataclass(frozen=True)
class Picked:
    """The same choice twice: on the screen, and as the customers that pandas keeps."""

    name: str
    choice: Choice
    customers: Callable[[pd.DataFrame], np.ndarray]


def picked() -> Iterator[Picked]:
    """A segment, half of the days, a stage, a touchpoint, and all of it."""
    half = pd.Timestamp(FIRST_OF_HALF, tz="UTC")
    german = Picked("segment", Choice("country", "DE"), _where("country", "DE"))
    late = Picked("period", Choice(first_day=FIRST_OF_HALF), lambda log: _begun(log) >= half)
    stage = Picked("stage", Choice(place="stage-1"), _where("stage", 1))
    touchpoint = Picked("touchpoint", Choice(place=NAMES[7]), _where("event", NAMES[7]))
    yield from (german, late, stage, touchpoint)
    together = Choice("country", "DE", FIRST_OF_HALF, place="stage-1")
    yield Picked(
        "all of it",
        together,
        lambda log: german.customers(log) & late.customers(log) & stage.customers(log),
    )


def _where(column: str, value: object) -> Callable[[pd.DataFrame], np.ndarray]:
    return lambda log: (log[column] == value).groupby(log["customer"], sort=False).any()


def _begun(log: pd.DataFrame) -> pd.Series:
    return log.groupby("customer", sort=False)["at"].min()


def in_pandas(log: pd.DataFrame, one: Picked) -> pd.Series:
    """How many of the chosen customers came to each stage; no interval, nothing hidden."""
    kept = one.customers(log)
    chosen = log[log["customer"].isin(kept.index[kept])]
    reached = chosen.groupby("stage")["customer"].nunique()
    return reached / chosen["customer"].nunique()


def in_the_explorer(journeys: Journeys, whole: Chosen, choice: Choice) -> dict[str, object]:
    """Choosing, measuring, hiding small groups, and the JSON of the answer."""
    return answer(Chosen.of(choice, journeys), whole, choice.code(), ENGLISH)


def joined(log: Path) -> Journeys:
    countries = duckdb.sql(f"SELECT DISTINCT customer, country FROM '{log}'").to_arrow_table()
    rng = np.random.default_rng(1)
    who = countries["customer"].to_numpy(zero_copy_only=False)
    answers = pd.DataFrame(
        {
            "customer": rng.choice(who, ANSWERS),
            "touchpoint": rng.choice(NAMES[:-1], ANSWERS),
            "score": rng.integers(1, 6, ANSWERS),
            "at": pd.Timestamp("2025-01-01", tz="UTC")
            + pd.to_timedelta(rng.integers(0, 90 * 86_400, ANSWERS), unit="s").as_unit("us"),
            "comment": [comment(place) for place in range(ANSWERS)],
        }
    )
    feedback = Feedback(
        answers,
        score="score",
        questions=(Question("csat", "csat", (1, 5)),),
        customer="customer",
        touchpoint="touchpoint",
        at="at",
        comment="comment",
    )
    events = Events(log, customer="customer", at="at")
    people = Customers(countries, customer="customer")
    return join(shop(outcome=True), events, feedback=feedback, customers=people)


def comment(place: int) -> str:
    """No two alike, some with an address in it, one in a thousand very long."""
    said = f"Number {place}: the page was slow and nobody could say when my parcel would come. "
    said += f"Write to customer{place}@example.org. " if place % 10 == 0 else ""
    return said * (1000 if place % 1000 == 0 else 1)


def frame_of(log: Path) -> pd.DataFrame:
    """The events as pandas is asked about them: sorted, in small types, the stage beside."""
    frame = pd.read_parquet(log)
    frame = frame[frame["event"] != NAMES[-1]].sort_values(["customer", "at"], kind="stable")
    stage = frame["event"].map(dict(zip(NAMES, STAGE_OF, strict=True)))
    small = frame.astype(dict.fromkeys(("customer", "event", "country"), "category"))
    return small.assign(stage=stage.astype("int8"), customer=small["customer"].cat.codes)


def milliseconds(work: Callable[[], object]) -> float:
    """The median CPU time of some runs, after one that does not count."""
    work()
    taken = []
    for _ in range(RUNS):
        start = process_time()
        work()
        taken.append(process_time() - start)
    return median(taken) * 1000


def rows(journeys: Journeys, log: pd.DataFrame) -> Iterator[list[str]]:
    whole = Chosen.of(Choice(), journeys)
    assert whole.shares
    for one in picked():
        shares = [share.share for share in Chosen.of(one.choice, journeys).shares]
        assert np.allclose(shares[:5], in_pandas(log, one)), one.name
        ours = milliseconds(lambda one=one: in_the_explorer(journeys, whole, one.choice))
        theirs = milliseconds(lambda one=one: in_pandas(log, one))
        chosen = Chosen.of(one.choice, journeys)
        assert chosen.shares
        first = [milliseconds(lambda view=view, c=chosen: _drawn(c, view)) for view in VIEWS]
        said = milliseconds(lambda c=chosen: heard(comments(c), ENGLISH))
        on_the_map = milliseconds(lambda c=chosen: measured_map(_answered(c)))
        yield [
            one.name,
            f"{ours:.0f}",
            f"{theirs:.0f}",
            f"{theirs / ours:.1f} ×",
            "yes" if ours <= MILLISECONDS else "**no**",
            f"{on_the_map:.0f}",
            f"{said:.1f}",
            *(f"{view:.0f}" for view in first),
        ]


def _drawn(chosen: Chosen, view: str) -> object:
    """Measured and drawn anew, of journeys whose numbers are on the screen already."""
    return drawing(_answered(chosen).exhibit(view, ENGLISH))


def _answered(chosen: Chosen) -> Chosen:
    """As it stands once the numbers are told: these are measured, and nothing is written yet."""
    _number.cache_clear()
    tables = {metric: table.copy() for metric, table in chosen._tables.items()}
    return Chosen(chosen.choice, chosen.journeys, tables)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=float, default=1)
    asked = parser.parse_args()
    log = log_of(round(asked.millions * 1e6))
    columns = [
        "choice", "ms", "pandas ms", "pandas / ours", f"under {MILLISECONDS} ms", "map ms",
        "comments ms",
        *(f"{view} ms" for view in VIEWS),
    ]  # fmt: skip
    text = table(columns, rows(joined(log), frame_of(log)))
    print(text)
    intro = (
        f"What a changed choice takes in the kernel, in CPU time, over {asked.millions:g} "
        f"million events and {ANSWERS:,} answers with a comment each: choosing, reach and "
        "outcomes with intervals, hiding small groups, and the JSON for the screen. pandas "
        "makes the same choice and the bare shares of the stages, from a sorted frame in small "
        "types, in the same process. The map's numbers, the comments and the views follow one "
        "by one, those open on the screen."
    )
    write_section(HEADING, f"{intro}\n\n{text}")


if __name__ == "__main__":
    main()
