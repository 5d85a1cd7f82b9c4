"""The few numbers of an audit that are worth following from run to run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict

from cjm_notebooks.checks import Severity
from cjm_notebooks.metrics import AnyMetric
from cjm_notebooks.metrics.coverage import Coverage
from cjm_notebooks.metrics.csat import Csat
from cjm_notebooks.metrics.drop_off import DropOff
from cjm_notebooks.metrics.nps import Nps
from cjm_notebooks.metrics.stage_reach import StageReach
from cjm_notebooks.metrics.time_to_outcome import TimeToOutcome

if TYPE_CHECKING:
    from cjm_notebooks.audits.result import AuditResult

Name = Literal["success", "drop_off", "coverage", "nps", "satisfaction"]
Reports = Mapping[AnyMetric, pd.DataFrame]
Row = Mapping[Hashable, Any]


class _Fixed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


class Days(_Fixed):
    """The first and the last day that the data cover."""

    first: date
    last: date


class HeadlineNumber(_Fixed):
    """One number: `about` is the stage, outcome or touchpoint, `asked` the question of a survey."""

    name: Name
    about: str | None
    asked: str | None
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    unit: str


class Headline(_Fixed):
    """How much was looked at, how it went, and how many findings there are.

    What tells of fewer people than `k_min` is null.
    """

    period: Days | None
    customers: int | None
    journeys: int | None
    numbers: tuple[HeadlineNumber, ...]
    by_severity: dict[Severity, int]


def headline_of(result: AuditResult) -> Headline:
    """`success` is the share that came to the first outcome of the map that is a success, at the
    end of the curve, or without one that reached the last stage; `drop_off` the largest share that
    ended at one stage; `coverage` the share of events that the map claims. `nps` and
    `satisfaction` (a mean score) are of the question and touchpoint with most answers.
    """
    period = result.measured.period
    counts = Counter(one.severity for one in result.findings)
    return Headline(
        period=None if period is None else Days(first=period.from_, last=period.to),
        customers=result.extent.customers,
        journeys=result.extent.journeys,
        numbers=tuple(_numbers(result.reports, {one.table for one in result.quality})),
        by_severity={word: number for word, number in counts.items() if word is not None},
    )


def _numbers(reports: Reports, joined: set[str]) -> Iterator[HeadlineNumber]:
    if "events" in joined:
        yield from _success(reports)
        yield from _drop_off(reports[DropOff()])
        yield from _coverage(reports[Coverage()])
    if "feedback" in joined:
        yield from _asked("nps", reports[Nps()], "nps", lambda row: "-100 to 100")
        yield from _asked("satisfaction", reports[Csat()], "mean", _points)


def _success(reports: Reports) -> Iterator[HeadlineNumber]:
    curve, reach = reports[TimeToOutcome()], reports[StageReach()]
    successes = curve[curve["kind"] == "success"]
    if len(successes):
        outcome = successes[successes["outcome"] == successes["outcome"].iloc[0]]
        row = outcome.iloc[-1].to_dict()
        yield _number("success", row["outcome"], row, "cumulative", "journeys", "share of journeys")
    elif len(reach):
        row = reach.iloc[-1].to_dict()
        yield _number("success", row["stage"], row, "share", "journeys", "share of journeys")


def _drop_off(report: pd.DataFrame) -> Iterator[HeadlineNumber]:
    known = report[report["share"].notna()]
    if len(known):
        row = _largest(known, "share")
        unit = "share of the decided journeys"
        yield _number("drop_off", row["stage"], row, "share", "decided", unit)


def _coverage(report: pd.DataFrame) -> Iterator[HeadlineNumber]:
    """Without an interval, because events of one customer are not independent."""
    if report.empty:
        return
    hidden = report[["events", "outcome_events"]].isna().any(axis=None)
    events = 0 if hidden else int(report["events"].sum())
    stray = report[report["touchpoint"].isna()]
    unclaimed = (stray["events"] - stray["outcome_events"]).sum()
    row: Row = {"share": 1 - unclaimed / events, "events": events} if events else {}
    yield _number("coverage", None, row, "share", "events", "share of events")


def _asked(
    name: Name, report: pd.DataFrame, column: str, unit: Callable[[Row], str]
) -> Iterator[HeadlineNumber]:
    known = report[report["n"].notna() & report[column].notna()]
    if len(known):
        row = _largest(known, "n")
        about: str | None = None if pd.isna(row["touchpoint"]) else row["touchpoint"]
        yield _number(name, about, row, column, "n", unit(row), asked=row["question"])


def _largest(report: pd.DataFrame, by: str) -> Row:
    return report.iloc[int(report[by].astype(float).to_numpy().argmax())].to_dict()


def _points(row: Row) -> str:
    return f"points from {row['scale_low']:g} to {row['scale_high']:g}"


def _number(
    name: Name,
    about: str | None,
    row: Row,
    column: str,
    n: str,
    unit: str,
    asked: str | None = None,
) -> HeadlineNumber:
    count = _known(row.get(n))
    return HeadlineNumber(
        name=name,
        about=about,
        asked=asked,
        value=_known(row.get(column)),
        low=_known(row.get("low")),
        high=_known(row.get("high")),
        n=None if count is None else int(count),
        unit=unit,
    )


def _known(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)
