"""C02: touchpoints of which the events say nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cjm_notebooks.checks import (
    Check,
    Finding,
    Observation,
    Verdict,
    require_rising_shares,
    shown,
    table_of,
)
from cjm_notebooks.events import Quality
from cjm_notebooks.language import N_, say
from cjm_notebooks.maps import JourneyMap, Touchpoint
from cjm_notebooks.metrics.coverage import Coverage

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class _Touchpoint:
    touchpoint: str
    department: str | None
    why: str | None

    @property
    def is_silent(self) -> bool:
        return self.why is not None


@dataclass(frozen=True)
class SilentTouchpoints(Check[_Touchpoint]):
    """Share of the touchpoints without a single event.

    A touchpoint whose rule has claimed no event is silent. One without a rule is not if it is
    known by other means: survey questions ask about it, or evidence such as interviews supports
    it, so that it is unobservable by intent.

    Unit      share of the touchpoints, 0 to 1
    Findings  one, with the silent touchpoints in map order
    Skips     without events; a map without touchpoints
    """

    id = "C02"
    passed = N_("Most touchpoints can be seen in the data.")
    failed = N_("Many touchpoints cannot be seen in the data.")
    why = N_("What the map draws and no data show is a belief, however well drawn.")
    severity = "high"
    source = "25 % of the touchpoints: D"
    limits = N_("It cannot tell a touchpoint nobody uses from one whose events are not recorded.")
    reads = {"journey_map": "journey_map", "coverage": Coverage(), "quality": "quality"}

    warn_share: float = 0.25

    def __post_init__(self) -> None:
        require_rising_shares(warn_share=self.warn_share)

    def inspect(
        self, journey_map: JourneyMap, coverage: pd.DataFrame, quality: tuple[Quality, ...]
    ) -> Observation[_Touchpoint]:
        if table_of(quality, "events") is None:
            return Observation(not_applicable=say("No events were joined."))
        if not journey_map.touchpoints:
            return Observation(missing=say("The map has no touchpoint."))
        seen = set(coverage.loc[coverage["events"] > 0, "touchpoint"].dropna())
        supported = {part for item in journey_map.evidence for part in item.supports}
        touchpoints = tuple(
            _Touchpoint(one.id, one.department, _why_silent(one, one.id in seen, supported))
            for one in journey_map.touchpoints
        )
        silent = sum(one.is_silent for one in touchpoints)
        return Observation(touchpoints, value=silent / len(touchpoints))

    def judge(self, observation: Observation[_Touchpoint]) -> Verdict:
        silent = [one for one in observation.rows if one.is_silent]
        touchpoints = len(observation.rows)
        share = len(silent) / touchpoints
        if share <= self.warn_share:
            return Verdict.of(())
        finding = Finding(
            key="silent",
            outcome="warn",
            what=say(
                "{silent:count} of {touchpoints:count} touchpoints have not a single event.",
                silent=len(silent),
                touchpoints=touchpoints,
            ),
            so_what=say("Nothing can be said about what customers do there, good or bad."),
            advice=say(
                "Record an event for each and give it a rule, or link the evidence by which it is "
                "known."
            ),
            value=share,
            threshold=self.warn_share,
            rows=shown(silent),
        )
        return Verdict.of([finding])


def _why_silent(touchpoint: Touchpoint, has_events: bool, supported: set[str]) -> str | None:
    if has_events:
        return None
    if touchpoint.match is not None:
        return "no-event"
    is_known = touchpoint.questions or touchpoint.evidence or touchpoint.id in supported
    return None if is_known else "no-rule"
