"""K02: a touchpoint that goes with how journeys come out and is called no moment of truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cjm_notebooks.checks import (
    Check,
    Finding,
    Observation,
    Reading,
    Test,
    Verdict,
    require_rising_shares,
    rows_of,
    shown,
)
from cjm_notebooks.language import N_, Sentence, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics.drivers import Drivers

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class _Touchpoint:
    touchpoint: str
    journeys: int
    share: float
    other_journeys: int
    other_share: float
    raw_difference: float
    raw_low: float
    raw_high: float
    difference: float
    p: float
    claimed: bool


@dataclass(frozen=True)
class UnclaimedMoments(Check[_Touchpoint]):
    """Whether journeys that came to `place` come out otherwise, though the map claims no moment.

    `place` is a touchpoint or a stage; of a stage each touchpoint is looked at. It counts with a
    difference in success of at least `least_difference` either way, the whole interval on one side
    of 0, if between journeys that are alike in all else that is known (the other touchpoints, the
    attributes of customers that have few values) the difference is as large and its test survives
    the correction of the run.

    Unit      difference of two shares of decided journeys, -1 to 1; the largest either way
    Findings  one per touchpoint, the largest difference first
    Skips     without a `place`; when no touchpoint there can be compared
    """

    id = "K02"
    passed = N_("What happens here does not tell how journeys come out, or the map says so.")
    failed = N_("Journeys that came here come out otherwise, and the map does not say so.")
    why = N_("Where something is decided, attention pays more than elsewhere.")
    severity = "high"
    source = "Linear probability model, see `drivers`; 5 points: D"
    limits = N_(
        "A difference is an association: customers who come there may differ in what is not known."
    )

    place: str = ""
    least_difference: float = 0.05
    false_discoveries: float = 0.05

    def __post_init__(self) -> None:
        require_rising_shares(least_difference=self.least_difference)
        require_rising_shares(false_discoveries=self.false_discoveries)

    @property
    def reads(self) -> Mapping[str, Reading]:
        return {"journey_map": "journey_map", "drivers": Drivers(adjust_for="all")}

    def inspect(self, journey_map: JourneyMap, drivers: pd.DataFrame) -> Observation[_Touchpoint]:
        if not self.place:
            return Observation(not_applicable=say("No touchpoint was named to look at."))
        here = {
            touchpoint.id
            for stage in journey_map.stages
            for touchpoint in stage.touchpoints
            if self.place in (stage.id, touchpoint.id)
        }
        known = drivers[drivers["touchpoint"].isin(here) & drivers["raw_low"].notna()]
        if known.empty:
            return Observation(
                missing=say("There are no decided journeys both with and without this touchpoint.")
            )
        claimed = {one.id for one in journey_map.touchpoints if one.moment_of_truth}
        far = known["raw_difference"].abs().sort_values(ascending=False, kind="stable").index
        rows = rows_of(
            _Touchpoint, known.loc[far].assign(claimed=known["touchpoint"].isin(claimed))
        )
        tests = (Test(row.touchpoint, row.p, row.raw_difference, "t") for row in rows)
        first = rows[0]
        return Observation(
            rows,
            tuple(test for test in tests if test.p == test.p),
            value=first.raw_difference,
            n=first.journeys,
            low=first.raw_low,
            high=first.raw_high,
        )

    def judge(self, observation: Observation[_Touchpoint]) -> Verdict:
        return Verdict.of(
            self._finding(row, observation.p_adjusted(row.touchpoint))
            for row in observation.rows
            if not row.claimed and self._is_certain(row, observation.p_adjusted(row.touchpoint))
        )

    def _is_certain(self, row: _Touchpoint, p_adjusted: float | None) -> bool:
        is_one_sided = row.raw_low > 0 or row.raw_high < 0
        is_large = abs(row.raw_difference) >= self.least_difference
        is_alike_smaller = abs(row.difference) < self.least_difference
        return bool(
            is_one_sided
            and is_large
            and not is_alike_smaller
            and (p_adjusted is None or p_adjusted <= self.false_discoveries)
        )

    def _finding(self, row: _Touchpoint, p_adjusted: float | None) -> Finding:
        return Finding(
            key="unclaimed",
            outcome="fail" if row.raw_difference < 0 else "warn",
            targets=(row.touchpoint,),
            what=_what(row),
            so_what=say("Something is decided here, or decided before customers come here."),
            advice=say(
                "Ask customers who came here what made the difference, and mark it on the map."
            ),
            value=row.raw_difference,
            n=row.journeys,
            low=row.raw_low,
            high=row.raw_high,
            p_adjusted=p_adjusted,
            threshold=self.least_difference,
            rows=shown([row]),
        )


def _what(row: _Touchpoint) -> Sentence:
    return say(
        "Of the journeys that came to `{touchpoint}` {share:percent} succeeded, of the others "
        "{other_share:percent}.",
        touchpoint=row.touchpoint,
        share=row.share,
        other_share=row.other_share,
    )
