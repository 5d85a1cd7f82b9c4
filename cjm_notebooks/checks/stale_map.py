"""M01: a map that nobody has gone through for too long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cjm_notebooks.checks import (
    Check,
    Finding,
    Observation,
    Verdict,
    exceeded,
    require_rising,
    shown,
)
from cjm_notebooks.language import N_, say
from cjm_notebooks.maps import JourneyMap


@dataclass(frozen=True)
class _Review:
    last_reviewed: str | None
    days: int | None
    interval_days: int


@dataclass(frozen=True)
class StaleMap(Check[_Review]):
    """How long ago somebody last reviewed the map, against the interval the map sets itself.

    A review that is more than one interval ago is worth a warning; more than two, or no review at
    all, is a failure.

    Unit      days since the last review
    Findings  one, with the day of the last review
    Skips     never
    """

    id = "M01"
    passed = N_("The map was reviewed in time.")
    failed = N_("The map is due for a review.")
    why = N_("A map that nobody looks after describes how things once were.")
    severity = "high"
    source = "Quarterly reviews are common in published map templates; 90 days: D"
    limits = N_("It believes the day on the map and cannot tell how thorough the review was.")
    reads = {"journey_map": "journey_map", "as_of": "as_of"}

    warn_intervals: float = 1
    fail_intervals: float = 2

    def __post_init__(self) -> None:
        require_rising(warn_intervals=self.warn_intervals, fail_intervals=self.fail_intervals)

    def inspect(self, journey_map: JourneyMap, as_of: datetime) -> Observation[_Review]:
        last, interval_days = journey_map.last_reviewed, journey_map.review_interval_days
        if last is None:
            return Observation((_Review(None, None, interval_days),))
        days = max((as_of.date() - last).days, 0)
        return Observation((_Review(last.isoformat(), days, interval_days),), value=days)

    def judge(self, observation: Observation[_Review]) -> Verdict:
        (review,) = observation.rows
        if review.days is None:
            return Verdict.of([_never_reviewed(review)])
        intervals = review.days / review.interval_days
        alarm = exceeded(intervals, self.warn_intervals, self.fail_intervals)
        if alarm is None:
            return Verdict.of(())
        finding = Finding(
            key="overdue",
            outcome=alarm[0],
            what=say(
                "The last review was {days:count} days before the audit; the map asks for one "
                "every {interval_days:count} days.",
                days=review.days,
                interval_days=review.interval_days,
            ),
            so_what=say("What has changed since then is not on the map."),
            advice=say("Go through the map with those who own its stages, and date the review."),
            value=review.days,
            threshold=alarm[1] * review.interval_days,
            rows=shown([review]),
        )
        return Verdict.of([finding])


def _never_reviewed(review: _Review) -> Finding:
    return Finding(
        key="never-reviewed",
        outcome="fail",
        what=say("The map names no day on which it was reviewed."),
        so_what=say("Nobody can tell whether it describes the journey of today."),
        advice=say("Go through the map with those who own its stages, and fill `last_reviewed`."),
        rows=shown([review]),
    )
