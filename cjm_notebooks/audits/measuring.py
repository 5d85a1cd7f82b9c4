"""The measured map of an audit: the main numbers beside what the map claims.

A number has an evidence grade, by the rubric of the map's own evidence:

- A: at least 100 records, the last at most 90 days old, that speak for all: what was recorded of
  every customer, or answers weighted to stand for them
- B: other records
- C: fewer than 30 records, or the last of them more than a year old
- D is opinion, which is never measured

A claim of the map is `confirmed` when the interval holds it and `contradicted` when not; below 30
records there is no verdict. An emotion is claimed in whole steps and measured on the scale of a
question, so that half a step to either side still is the claim.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

import pandas as pd

from cjm_notebooks.events import Quality
from cjm_notebooks.gate import ENOUGH_ANSWERS
from cjm_notebooks.maps import JourneyMap, Measured, MeasuredMap
from cjm_notebooks.maps.measured import Period
from cjm_notebooks.metrics import AnyMetric, Reads
from cjm_notebooks.metrics.csat import Csat
from cjm_notebooks.metrics.drop_off import DropOff
from cjm_notebooks.metrics.expectation_gap import ExpectationGap
from cjm_notebooks.metrics.nps import Nps
from cjm_notebooks.metrics.stage_reach import StageReach
from cjm_notebooks.metrics.time_to_outcome import TimeToOutcome
from cjm_notebooks.metrics.touchpoint_summary import TouchpointSummary

Kind = Literal["stage", "touchpoint", "outcome"]
Grade = Literal["A", "B", "C"]

MANY_RECORDS = 100
FRESH = timedelta(days=90)
OLD = timedelta(days=365)
JOURNEYS, POINTS = "share of journeys, 0 to 1", "points of the scale"
WORST, BEST = -2, 2
HALF_A_STEP = 0.5
VERDICTS = ("contradicted", "confirmed", "contradicted")
VERDICTS_ON_GAPS = ("missed", "met", "exceeded")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class _Measure:
    """Where a number stands in a report. A row without a target is about the map as a whole."""

    name: str
    unit: str
    metric: AnyMetric
    target: Kind
    estimate: str
    n: str
    weighted: bool = False

    @property
    def columns(self) -> tuple[str, str, str]:
        """The estimate and the ends of its interval."""
        prefix = "weighted_" if self.weighted else ""
        return f"{prefix}{self.estimate}", f"{prefix}low", f"{prefix}high"

    @property
    def reads(self) -> Reads:
        return "events" if "events" in self.metric.reads else "feedback"


CSAT = Csat()
MEASURES = (
    _Measure("reach", JOURNEYS, StageReach(), "stage", "share", "journeys"),
    _Measure(
        "drop-off", "share of the decided journeys, 0 to 1", DropOff(), "stage", "share", "decided"
    ),
    _Measure("reach", JOURNEYS, TouchpointSummary(), "touchpoint", "share", "all_journeys"),
    _Measure("mean-score", POINTS, CSAT, "touchpoint", "mean", "n"),
    _Measure("weighted-mean-score", POINTS, CSAT, "touchpoint", "mean", "n", weighted=True),
    _Measure("nps", "-100 to 100", Nps(), "touchpoint", "nps", "n"),
    _Measure("weighted-nps", "-100 to 100", Nps(), "touchpoint", "nps", "n", weighted=True),
    _Measure("expectation-gap", POINTS, ExpectationGap(), "touchpoint", "gap", "perceived_n"),
    _Measure(
        "cumulative-incidence", JOURNEYS, TimeToOutcome(), "outcome", "cumulative", "journeys"
    ),
)


def measured_map(
    journey_map: JourneyMap,
    tables: Mapping[AnyMetric, pd.DataFrame],
    quality: Sequence[Quality],
    as_of: datetime,
) -> MeasuredMap:
    """What the suppressed `tables` say about each part of the map."""
    spans = {
        account.table: (_time(account.first_at), _time(account.last_at))
        for account in quality
        if account.first_at is not None and account.last_at is not None
    }
    ages = {table: as_of - last for table, (_, last) in spans.items()}
    return MeasuredMap(
        map_id=journey_map.id,
        map_hash=journey_map.content_hash(),
        as_of=as_of.date(),
        period=_period([day.date() for span in spans.values() for day in span]),
        targets=tuple(
            number
            for measure in MEASURES
            for number in _numbers(measure, tables[measure.metric], journey_map, ages)
        ),
    )


def _period(days: Sequence[date]) -> Period | None:
    return Period.model_validate({"from": min(days), "to": max(days)}) if days else None


def _time(microseconds: int) -> datetime:
    return EPOCH + timedelta(microseconds=microseconds)


def _numbers(
    measure: _Measure,
    table: pd.DataFrame,
    journey_map: JourneyMap,
    ages: Mapping[str, timedelta],
) -> Iterator[Measured]:
    """One number for each row that has one; where a part has two, they are named by question."""
    estimate, low, high = measure.columns
    rows = table.groupby("outcome").tail(1) if measure.target == "outcome" else table
    rows = rows[rows[estimate].notna() & rows[measure.n].notna()]
    has_two = rows.duplicated(measure.target, keep=False)
    for is_one_of_two, row in zip(has_two, rows.to_dict("records"), strict=True):
        is_whole = pd.isna(row[measure.target])
        n, ends = int(row[measure.n]), (_number(row[low]), _number(row[high]))
        claimed = None if is_whole else _claimed(measure, row, journey_map)
        yield Measured(
            target=journey_map.id if is_whole else row[measure.target],
            kind="map" if is_whole else measure.target,
            measure=f"{measure.name}:{row['question']}" if is_one_of_two else measure.name,
            estimate=_number(row[estimate]),
            n=n,
            low=ends[0],
            high=ends[1],
            open=None if pd.isna(row.get("open")) else int(row["open"]),
            unit=measure.unit,
            scale_min=_number(row["scale_low"]) if measure.metric == CSAT else None,
            scale_max=_number(row["scale_high"]) if measure.metric == CSAT else None,
            grade=_grade(measure, n, ages.get(measure.reads)),
            verdict=_verdict(measure, claimed, *ends) if n >= ENOUGH_ANSWERS else None,
        )


def _number(value: float) -> float | None:
    return None if value != value else float(value)


def _grade(measure: _Measure, n: int, age: timedelta | None) -> Grade:
    if n < ENOUGH_ANSWERS or (age is not None and age > OLD):
        return "C"
    speaks_for_all = measure.reads == "events" or measure.weighted
    fresh = age is not None and age <= FRESH
    return "A" if n >= MANY_RECORDS and fresh and speaks_for_all else "B"


def _claimed(
    measure: _Measure, row: Mapping[Hashable, Any], journey_map: JourneyMap
) -> tuple[float, float] | None:
    """From where to where the number is what the map claims."""
    if measure.name == "expectation-gap":
        return 0.0, 0.0
    if measure.name == "reach" and measure.target == "stage":
        stages = {stage.id: stage.expected_share for stage in journey_map.stages}
        share = stages[row["stage"]]
        return None if share is None else (share, share)
    if measure.metric == CSAT:
        emotions = {touchpoint.id: touchpoint.emotion for touchpoint in journey_map.touchpoints}
        emotion = emotions[row["touchpoint"]]
        if emotion is not None:
            worst, best = row["scale_low"], row["scale_high"]
            step = (best - worst) / (BEST - WORST)
            middle = worst + (emotion - WORST) * step
            return middle - HALF_A_STEP * step, middle + HALF_A_STEP * step
    return None


def _verdict(
    measure: _Measure, claimed: tuple[float, float] | None, low: float | None, high: float | None
) -> str | None:
    if claimed is None or low is None or high is None:
        return None
    below, within, above = VERDICTS_ON_GAPS if measure.name == "expectation-gap" else VERDICTS
    return below if high < claimed[0] else above if low > claimed[1] else within
