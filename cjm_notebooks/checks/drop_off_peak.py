"""T03: the stage where more journeys come to a bad end than elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from cjm_notebooks.checks import (
    Check,
    Finding,
    Observation,
    Test,
    Verdict,
    require_rising,
    require_rising_shares,
    rows_of,
    shown,
    table_of,
)
from cjm_notebooks.events import Quality
from cjm_notebooks.language import N_, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics.drop_off import DropOff
from cjm_notebooks.statistics.comparisons import two_proportions_p
from cjm_notebooks.statistics.intervals import effective_trials

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class _Stage:
    stage: str
    decided: int
    ended: int
    share: float
    low: float
    high: float
    effective_n: float
    is_compared: bool


@dataclass(frozen=True)
class DropOffPeak(Check[_Stage]):
    """Whether one stage loses clearly more of its journeys than the others.

    Of the stages with at least `enough` decided journeys the one with the highest share is the
    peak, if the lower end of its interval is above the median of the others' shares, its share is
    at least `least_difference` above that of the others taken together, and the test of these two
    shares survives the correction of the run. Each compared stage is tested, not only the peak, so
    that picking the worst one is paid for; journeys count as many as the interval says they do.

    Where the map defines no outcome that is a success, to end at its last stage is to arrive, and
    that stage is not compared.

    Unit      share of the decided journeys, 0 to 1
    Findings  one, of the peak, with all stages in map order
    Skips     without events; with fewer than two stages that can be compared
    """

    id = "T03"
    passed = N_("No stage loses clearly more journeys than the others.")
    failed = N_("One stage loses clearly more journeys than the others.")
    why = N_("Where most are lost, a repair brings most back.")
    severity = "high"
    source = "Wilson 1927; Fleiss, Levin and Paik 2003 for the test; 30 journeys, 2 points: D"
    limits = N_("It shows where journeys end, not why, and stages differ in what they ask.")
    reads = {"journey_map": "journey_map", "drop_off": DropOff(), "quality": "quality"}

    enough: float = 30
    least_difference: float = 0.02
    false_discoveries: float = 0.05

    def __post_init__(self) -> None:
        require_rising(enough=self.enough)
        require_rising_shares(least_difference=self.least_difference)
        require_rising_shares(false_discoveries=self.false_discoveries)

    def inspect(
        self, journey_map: JourneyMap, drop_off: pd.DataFrame, quality: tuple[Quality, ...]
    ) -> Observation[_Stage]:
        if table_of(quality, "events") is None:
            return Observation(not_applicable=say("No events were joined."))
        arrival = _arrival(journey_map)
        known = drop_off[drop_off["low"].notna()]
        known = known.assign(
            effective_n=effective_trials(known["share"], known["low"], known["high"]).round(1),
            is_compared=(known["decided"] >= self.enough) & (known["stage"] != arrival),
        )
        stages = rows_of(_Stage, known)
        compared = [stage for stage in stages if stage.is_compared]
        if len(compared) < 2:
            return Observation(
                missing=say(
                    "Fewer than two stages have {enough:count} decided journeys.",
                    enough=self.enough,
                )
            )
        tests = (_test(stage, compared) for stage in compared)
        peak = _peak(compared)
        return Observation(
            stages,
            tuple(test for test in tests if test.p == test.p),
            value=peak.share,
            n=peak.decided,
            low=peak.low,
            high=peak.high,
        )

    def judge(self, observation: Observation[_Stage]) -> Verdict:
        compared = [stage for stage in observation.rows if stage.is_compared]
        peak = _peak(compared)
        others = [stage for stage in compared if stage is not peak]
        p_adjusted = observation.p_adjusted(peak.stage)
        stands_out = (
            p_adjusted is not None
            and p_adjusted <= self.false_discoveries
            and peak.low > median(stage.share for stage in others)
            and peak.share - _share(others) >= self.least_difference
        )
        if not stands_out:
            return Verdict.of(())
        finding = self._finding(peak, others, p_adjusted)
        return Verdict.of([replace(finding, rows=shown(observation.rows))])

    def _finding(self, peak: _Stage, others: Sequence[_Stage], p_adjusted: float | None) -> Finding:
        return Finding(
            key="peak",
            outcome="fail",
            targets=(peak.stage,),
            what=say(
                "{share:percent} of the decided journeys that reached `{stage}` ended there, "
                "against {others_share:percent} at the other stages.",
                share=peak.share,
                stage=peak.stage,
                others_share=_share(others),
            ),
            so_what=say("More customers are lost here than anywhere else on the way."),
            advice=say(
                "Look at what these journeys did last, read what customers say about this stage, "
                "and start here."
            ),
            value=peak.share,
            n=peak.decided,
            low=peak.low,
            high=peak.high,
            p_adjusted=p_adjusted,
            threshold=self.least_difference,
        )


def _arrival(journey_map: JourneyMap) -> str | None:
    """The stage where journeys are meant to end, as far as the map leaves that open."""
    if any(outcome.kind == "success" for outcome in journey_map.outcomes):
        return None
    return journey_map.stages[-1].id if journey_map.stages else None


def _peak(stages: Sequence[_Stage]) -> _Stage:
    return max(stages, key=lambda stage: stage.share)


def _share(stages: Sequence[_Stage]) -> float:
    """The share at these stages taken together."""
    journeys = sum(stage.effective_n for stage in stages)
    return sum(stage.share * stage.effective_n for stage in stages) / journeys


def _test(stage: _Stage, compared: Sequence[_Stage]) -> Test:
    others = [other for other in compared if other is not stage]
    n = sum(other.effective_n for other in others)
    share = _share(others)
    p = two_proportions_p(stage.share * stage.effective_n, stage.effective_n, share * n, n)
    return Test(stage.stage, float(p), stage.share - share, "two-proportion z")
