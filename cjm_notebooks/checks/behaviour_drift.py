"""M04: customers who no longer go where they went when the map was reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import asin, sqrt
from typing import TYPE_CHECKING

from cjm_notebooks.checks import (
    Check,
    Finding,
    Observation,
    Reading,
    Test,
    Verdict,
    exceeded,
    require_rising,
    require_rising_shares,
    rows_of,
    shown,
    table_of,
)
from cjm_notebooks.events import Quality
from cjm_notebooks.journeys.passes.sides import EVER, Days
from cjm_notebooks.language import N_, say
from cjm_notebooks.metrics.behaviour_shift import BehaviourShift

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class _Touchpoint:
    touchpoint: str
    before_share: float
    before_n: int
    after_share: float
    after_n: int
    difference: float
    difference_low: float
    difference_high: float
    p: float
    psi: float
    js: float


@dataclass(frozen=True)
class BehaviourDrift(Check[_Touchpoint]):
    """Whether customers go elsewhere than they did before the map was last reviewed.

    Two periods are compared: unless `before` and `after` say others, the time since the last review
    with as much time before it. It is a drift when the population stability index of all visits is
    above `warn_index` (a failure above `fail_index`) and at least one touchpoint has a test that
    survives the correction of the run. What is new or gone at one touchpoint hardly moves an index
    of all; so a touchpoint whose share of the active customers moved by an effect of at least
    `least_effect` (Cohen's h) is worth a warning by itself.

    Unit      the population stability index, from 0
    Findings  one, with the touchpoints, the largest move first
    Skips     without events; when the map was never reviewed and no periods are given; with fewer
              than `enough` customers in either, or `least_days` days in the second
    """

    id = "M04"
    passed = N_("Customers still go where they went before.")
    failed = N_("Customers no longer go where they went before.")
    why = N_("A map describes the behaviour of its day; when that changes the map is wrong.")
    severity = "high"
    source = (
        "Yurdakul 2018 for the index; 0.10 and 0.25: rules of thumb in credit scoring; Cohen 1988 "
        "for h; 0.3, 28 days: D"
    )
    limits = N_("Seasons move customers too, and what is recorded differently looks like a move.")

    before: Days = EVER
    after: Days = EVER
    warn_index: float = 0.10
    fail_index: float = 0.25
    enough: float = 30
    least_days: int = 28
    least_effect: float = 0.3
    false_discoveries: float = 0.05

    def __post_init__(self) -> None:
        require_rising(warn_index=self.warn_index, fail_index=self.fail_index)
        require_rising(enough=self.enough)
        require_rising(least_days=self.least_days)
        require_rising(least_effect=self.least_effect)
        require_rising_shares(false_discoveries=self.false_discoveries)

    @property
    def reads(self) -> Mapping[str, Reading]:
        return {"shift": BehaviourShift(self.before, self.after), "quality": "quality"}

    def inspect(
        self, shift: pd.DataFrame, quality: tuple[Quality, ...]
    ) -> Observation[_Touchpoint]:
        if table_of(quality, "events") is None:
            return Observation(not_applicable=say("No events were joined."))
        if shift.empty:
            return Observation(
                not_applicable=say("No time after a review of the map lies within the data.")
            )
        if shift["days"].iloc[0] < self.least_days:
            return Observation(
                missing=say(
                    "Fewer than {days:count} days lie in the later period, too few to tell a "
                    "change from the days of the week and the end of the data.",
                    days=self.least_days,
                )
            )
        if shift[["before_n", "after_n"]].min().min() < self.enough:
            return Observation(
                missing=say(
                    "Fewer than {enough:count} customers were active in one of the periods.",
                    enough=self.enough,
                )
            )
        moved = shift["difference"].abs().sort_values(ascending=False, kind="stable").index
        rows = rows_of(_Touchpoint, shift.loc[moved])
        tests = (Test(row.touchpoint, row.p, row.difference, "two-proportion z") for row in rows)
        return Observation(
            rows,
            tuple(test for test in tests if test.p == test.p),
            value=rows[0].psi,
            n=rows[0].after_n,
        )

    def judge(self, observation: Observation[_Touchpoint]) -> Verdict:
        of_all = exceeded(observation.value or 0, self.warn_index, self.fail_index)
        movers = [row for row in observation.rows if self._has_moved(observation, row)]
        if of_all is None:
            movers = [row for row in movers if abs(_effect(row)) >= self.least_effect]
        alarm = of_all or ("warn", self.least_effect)
        if not movers:
            return Verdict.of(())
        largest = movers[0]
        finding = Finding(
            key="drift",
            outcome=alarm[0],
            what=say(
                "`{touchpoint}` was visited by {after_share:percent} of the active customers, in "
                "the period before by {before_share:percent}; the index of all moves is "
                "{psi:decimal}.",
                touchpoint=largest.touchpoint,
                after_share=largest.after_share,
                before_share=largest.before_share,
                psi=largest.psi,
            ),
            so_what=say("The map shows a journey that customers have begun to leave."),
            advice=say(
                "Go through the touchpoints that moved most with those who own them, and review "
                "the map."
            ),
            value=largest.difference,
            low=largest.difference_low,
            high=largest.difference_high,
            n=largest.after_n,
            p_adjusted=observation.p_adjusted(largest.touchpoint),
            threshold=alarm[1],
            rows=shown(movers),
        )
        return Verdict.of([finding])

    def _has_moved(self, observation: Observation[_Touchpoint], row: _Touchpoint) -> bool:
        p_adjusted = observation.p_adjusted(row.touchpoint)
        return p_adjusted is not None and p_adjusted <= self.false_discoveries


def _effect(row: _Touchpoint) -> float:
    """Cohen's h of the two shares."""
    return 2 * (asin(sqrt(row.after_share)) - asin(sqrt(row.before_share)))
