"""F06: dissatisfied customers to whom nobody turns in time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cjm_notebooks.checks import (
    Check,
    Finding,
    Observation,
    Reading,
    Verdict,
    require_rising,
    require_rising_shares,
    rows_of,
    shown,
)
from cjm_notebooks.language import N_, say
from cjm_notebooks.metrics.follow_ups import FollowUps

if TYPE_CHECKING:
    import pandas as pd

SOON, LATE = 48, 168


@dataclass(frozen=True)
class _Hours:
    question: str
    hours: int
    contacted: int
    watched: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class SlowFollowUp(Check[_Hours]):
    """Whether customers with a bad answer are contacted soon.

    `contact` is the touchpoint or stage of the map where that happens. Fewer than `least_share`
    within two days, for which the whole interval has to lie below it, is worth a warning; within
    seven days a failure. Answers from the day `since` on count.

    Unit      share of the bad answers, 0 to 1; the lowest within two days
    Findings  one per question
    Skips     without a place of contact; with fewer than `enough` bad answers of a known time
    """

    id = "F06"
    passed = N_("Dissatisfied customers are contacted in time.")
    failed = N_("Most dissatisfied customers are not contacted in time.")
    why = N_("A customer who is called back soon often stays; one who waits tells others.")
    severity = "medium"
    source = "Practice of closed loops around the NPS; 48 hours, 7 days and a half: D"
    limits = N_("It sees contacts that were recorded, not what was said in them.")

    contact: str = ""
    since: str = ""
    least_share: float = 0.5
    enough: float = 10

    def __post_init__(self) -> None:
        require_rising_shares(least_share=self.least_share)
        require_rising(enough=self.enough)

    @property
    def reads(self) -> Mapping[str, Reading]:
        return {"follow_ups": FollowUps(self.contact, (SOON, LATE), self.since)}

    def inspect(self, follow_ups: pd.DataFrame) -> Observation[_Hours]:
        if not self.contact:
            return Observation(
                not_applicable=say("No touchpoint was named at which customers are called back.")
            )
        rows = rows_of(_Hours, follow_ups[follow_ups["watched"] >= self.enough])
        if not rows:
            return Observation(
                missing=say(
                    "Fewer than {enough:count} bad answers of a known time were followed for two "
                    "days.",
                    enough=self.enough,
                )
            )
        lowest = min(rows, key=lambda row: row.share)
        return Observation(
            rows, value=lowest.share, n=lowest.watched, low=lowest.low, high=lowest.high
        )

    def judge(self, observation: Observation[_Hours]) -> Verdict:
        missed = [row for row in observation.rows if row.high < self.least_share]
        worst = {row.question: row for row in sorted(missed, key=lambda row: row.hours)}
        return Verdict.of(self._finding(row) for row in worst.values())

    def _finding(self, row: _Hours) -> Finding:
        return Finding(
            key=row.question,
            outcome="fail" if row.hours == LATE else "warn",
            targets=(self.contact,),
            what=say(
                "After a bad answer to `{question}` {share:percent} of the customers were "
                "contacted within {hours:count} hours.",
                question=row.question,
                share=row.share,
                hours=row.hours,
            ),
            so_what=say("Most of those who said that they are dissatisfied heard nothing."),
            advice=say("Give bad answers to one team as they come in, and agree on a time limit."),
            value=row.share,
            low=row.low,
            high=row.high,
            n=row.watched,
            threshold=self.least_share,
            rows=shown([row]),
        )
