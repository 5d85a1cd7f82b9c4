"""K01: claimed moments of truth that make no difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cjm_notebooks.checks import (
    Check,
    Finding,
    Observation,
    Test,
    Verdict,
    require_rising_shares,
    rows_of,
    shown,
    table_of,
)
from cjm_notebooks.events import Quality
from cjm_notebooks.language import N_, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics.drivers import Drivers

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class _Moment:
    touchpoint: str
    journeys: int
    share: float
    other_share: float
    difference: float
    low: float
    high: float
    p: float


@dataclass(frozen=True)
class MomentsOfTruth(Check[_Moment]):
    """Whether journeys that came to a claimed moment of truth really come out otherwise.

    Compared are journeys that are alike in all else that is known: the other touchpoints they came
    to, and the attributes of their customers that have few values. Borne out is a moment whose
    difference in success is then at least `least_difference` either way and whose test survives the
    correction of the run.

    Unit      difference of two shares of decided journeys, -1 to 1; the largest either way
    Findings  one, with the claimed moments that are not borne out
    Skips     without events; when the map claims none; when none can be compared
    """

    id = "K01"
    passed = N_("The claimed moments of truth go with how journeys come out.")
    failed = N_("Some claimed moments of truth do not go with how journeys come out.")
    why = N_("What is called decisive gets the money; it should be where something is decided.")
    severity = "high"
    source = "Linear probability model, see `drivers`; 5 points: D"
    limits = N_(
        "A difference is an association: customers who come there may differ in what is not known."
    )
    reads = {
        "journey_map": "journey_map",
        "drivers": Drivers(adjust_for="all"),
        "quality": "quality",
    }

    least_difference: float = 0.05
    false_discoveries: float = 0.05

    def __post_init__(self) -> None:
        require_rising_shares(least_difference=self.least_difference)
        require_rising_shares(false_discoveries=self.false_discoveries)

    def inspect(
        self, journey_map: JourneyMap, drivers: pd.DataFrame, quality: tuple[Quality, ...]
    ) -> Observation[_Moment]:
        if table_of(quality, "events") is None:
            return Observation(not_applicable=say("No events were joined."))
        claimed = {one.id for one in journey_map.touchpoints if one.moment_of_truth}
        if not claimed:
            return Observation(not_applicable=say("The map claims no moment of truth."))
        known = drivers[drivers["touchpoint"].isin(claimed) & drivers["p"].notna()]
        if known.empty:
            return Observation(
                missing=say("At no claimed moment of truth do journeys with and without it end.")
            )
        rows = rows_of(_Moment, known)
        largest = max(rows, key=lambda row: abs(row.difference))
        return Observation(
            rows,
            tuple(Test(row.touchpoint, row.p, row.difference, "t") for row in rows),
            value=largest.difference,
            n=largest.journeys,
            low=largest.low,
            high=largest.high,
        )

    def judge(self, observation: Observation[_Moment]) -> Verdict:
        doubtful = [row for row in observation.rows if not self._is_borne_out(observation, row)]
        if not doubtful:
            return Verdict.of(())
        first = doubtful[0]
        finding = Finding(
            key="not-borne-out",
            outcome="warn",
            targets=tuple(row.touchpoint for row in doubtful),
            what=say(
                "Of the journeys that came to `{touchpoint}` {share:percent} succeeded, of the "
                "others {other_share:percent}. Between journeys that are alike in all else that is "
                "known there is no clear difference.",
                touchpoint=first.touchpoint,
                share=first.share,
                other_share=first.other_share,
            ),
            so_what=say("The map calls a touchpoint decisive at which little is decided."),
            advice=say("Ask customers what decided, and mark what they say."),
            value=first.difference,
            low=first.low,
            high=first.high,
            n=first.journeys,
            p_adjusted=observation.p_adjusted(first.touchpoint),
            threshold=self.least_difference,
            rows=shown(doubtful),
        )
        return Verdict.of([finding])

    def _is_borne_out(self, observation: Observation[_Moment], row: _Moment) -> bool:
        p_adjusted = observation.p_adjusted(row.touchpoint)
        is_certain = p_adjusted is not None and p_adjusted <= self.false_discoveries
        return is_certain and abs(row.difference) >= self.least_difference
