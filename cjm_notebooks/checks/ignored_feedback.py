"""F05: complaints about touchpoints where the map knows of no pain."""

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
    rows_of,
    shown,
    table_of,
)
from cjm_notebooks.events import Quality
from cjm_notebooks.language import N_, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics.feedback_since import FeedbackSince

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class _Bad:
    touchpoint: str
    question: str
    negative: int
    n: int
    share: float
    low: float
    high: float
    commented: int


@dataclass(frozen=True)
class IgnoredFeedback(Check[_Bad]):
    """Touchpoints with bad answers since the last review whose pain is not on the map.

    New are answers from the day `since` on, unless said the day of the map's last review. A
    touchpoint counts with at least `least` bad answers and no pain point.

    Unit      bad answers at the touchpoint that has most of them
    Findings  one per touchpoint and question, that with most bad answers first
    Skips     without feedback; when no answer has a time, or none about a touchpoint is new
    """

    id = "F05"
    passed = N_("Where customers complain, the map knows of a pain point.")
    failed = N_("Customers complain about touchpoints where the map shows no pain.")
    why = N_("Whoever answers a survey and sees nothing change does not answer the next one.")
    severity = "critical"
    source = "Bad answers that nobody reads are a known failure of mapping; 5 answers: D"
    limits = N_("It looks at scores; what comments say has to be read by people.")

    since: str = ""
    least: float = 5

    def __post_init__(self) -> None:
        require_rising(least=self.least)

    @property
    def reads(self) -> Mapping[str, Reading]:
        return {
            "journey_map": "journey_map",
            "answered": FeedbackSince(self.since),
            "quality": "quality",
        }

    def inspect(
        self, journey_map: JourneyMap, answered: pd.DataFrame, quality: tuple[Quality, ...]
    ) -> Observation[_Bad]:
        if table_of(quality, "feedback") is None:
            return Observation(not_applicable=say("No feedback was joined."))
        if not answered[["n", "earlier_n"]].to_numpy().any():
            return Observation(
                missing=say("No answer has a time, so nobody can tell which are new.")
            )
        new = answered[answered["touchpoint"].notna() & (answered["n"] > 0)]
        if new.empty:
            return Observation(missing=say("No answer about a touchpoint is new."))
        painless = {one.id for one in journey_map.touchpoints if not one.pain_points}
        unmapped = new[new["touchpoint"].isin(painless)]
        rows = rows_of(_Bad, unmapped.sort_values("negative", ascending=False, kind="stable"))
        return Observation(rows, value=rows[0].negative if rows else 0)

    def judge(self, observation: Observation[_Bad]) -> Verdict:
        return Verdict.of(
            _finding(row, self.least) for row in observation.rows if row.negative >= self.least
        )


def _finding(row: _Bad, least: float) -> Finding:
    return Finding(
        key=f"unmapped-{row.question}",
        outcome="fail",
        targets=(row.touchpoint,),
        what=say(
            "{negative:count} of {n:count} new answers about `{touchpoint}` are bad, and the map "
            "shows no pain there.",
            negative=row.negative,
            n=row.n,
            touchpoint=row.touchpoint,
        ),
        so_what=say("Customers have said what hurts, and the map has not heard it."),
        advice=say(
            "Read these answers, add the pain point to the map, and tell those who answered what "
            "will change."
        ),
        value=row.share,
        low=row.low,
        high=row.high,
        n=row.n,
        threshold=least,
        rows=shown([row]),
    )
