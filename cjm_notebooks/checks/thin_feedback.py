"""F01: touchpoints about which too few customers were heard."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cjm_notebooks.checks import (
    Check,
    Finding,
    Observation,
    Verdict,
    require_rising,
    require_rising_shares,
    shown,
    table_of,
)
from cjm_notebooks.events import Quality
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.tables import NONE
from cjm_notebooks.language import N_, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import Additive


@dataclass(frozen=True)
class _Heard(Additive):
    respondents: np.ndarray  # int64, (touchpoints,)


@dataclass(frozen=True)
class _Respondents(Metric[_Heard]):
    """Customers who said something about each touchpoint.

    Whoever answers several questions about it, or one of them twice, is one respondent. What they
    said beforehand about their expectations does not count.

    Unit   customers
    Shape  one row per touchpoint, in map order
    Empty  a touchpoint that nobody said anything about has 0 respondents
    """

    unit = "customers"
    reads = frozenset({"feedback"})
    published = Published(counts=("respondents",), column_totals=False)

    def observe(self, journeys: Journeys) -> _Heard:
        answers, touchpoints = journeys.answers, len(journeys.map.touchpoints)
        about = (answers.touchpoint != NONE) & ~answers.of_kind("expectation")
        pairs = answers.customer[about] * touchpoints + answers.touchpoint[about]
        heard = np.unique(pairs) % max(touchpoints, 1)
        return _Heard(np.bincount(heard, minlength=touchpoints))

    def report(self, partial: _Heard, journey_map: JourneyMap) -> pd.DataFrame:
        ids = [touchpoint.id for touchpoint in journey_map.touchpoints]
        return pd.DataFrame({"touchpoint": ids, "respondents": partial.respondents})


@dataclass(frozen=True)
class _Touchpoint:
    touchpoint: str
    department: str | None
    respondents: int


@dataclass(frozen=True)
class ThinFeedback(Check[_Touchpoint]):
    """Share of the touchpoints about which enough customers were heard.

    A touchpoint is measured when at least `enough` customers answered a question about it, an
    expectation asked beforehand aside.

    Unit      share of the touchpoints, 0 to 1
    Findings  one, with the touchpoints that are not measured, those with fewest respondents first
    Skips     without feedback; a map without touchpoints
    """

    id = "F01"
    passed = N_("Customers were heard about most touchpoints.")
    failed = N_("Customers were heard about few touchpoints.")
    why = N_("Where nobody asks, the map is filled with what the team imagines.")
    severity = "medium"
    worse = "lower"
    source = "30 respondents, half of the touchpoints: D"
    limits = N_("It counts who answered and cannot tell how those differ who did not.")
    reads = {"journey_map": "journey_map", "respondents": _Respondents(), "quality": "quality"}

    enough: float = 30
    measured_share: float = 0.5

    def __post_init__(self) -> None:
        require_rising(enough=self.enough)
        require_rising_shares(measured_share=self.measured_share)

    def inspect(
        self, journey_map: JourneyMap, respondents: pd.DataFrame, quality: tuple[Quality, ...]
    ) -> Observation[_Touchpoint]:
        if table_of(quality, "feedback") is None:
            return Observation(not_applicable=say("No feedback was joined."))
        if not journey_map.touchpoints:
            return Observation(missing=say("The map has no touchpoint."))
        heard = dict(zip(respondents["touchpoint"], respondents["respondents"], strict=True))
        touchpoints = [
            _Touchpoint(one.id, one.department, int(heard[one.id]))
            for one in journey_map.touchpoints
        ]
        measured = sum(one.respondents >= self.enough for one in touchpoints)
        fewest_first = sorted(touchpoints, key=lambda one: one.respondents)
        return Observation(tuple(fewest_first), value=measured / len(touchpoints))

    def judge(self, observation: Observation[_Touchpoint]) -> Verdict:
        touchpoints = len(observation.rows)
        unmeasured = [one for one in observation.rows if one.respondents < self.enough]
        measured = touchpoints - len(unmeasured)
        if measured / touchpoints >= self.measured_share:
            return Verdict.of(())
        finding = Finding(
            key="unmeasured",
            outcome="warn",
            what=say(
                "{measured:count} of {touchpoints:count} touchpoints have answers of at least "
                "{enough:count} customers.",
                measured=measured,
                touchpoints=touchpoints,
                enough=self.enough,
            ),
            so_what=say("How customers feel about the others is a guess."),
            advice=say("Put one short question at the touchpoints that matter most."),
            value=measured / touchpoints,
            threshold=self.measured_share,
            rows=shown(unmeasured),
        )
        return Verdict.of([finding])
