"""E03: touchpoints that customers rate badly and the map shows as painless."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

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
from cjm_notebooks.metrics.csat import Csat
from cjm_notebooks.statistics.comparisons import two_proportions_p

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class _Rated:
    touchpoint: str
    question: str
    n: int
    share: float
    low: float
    high: float
    rest_share: float
    ratio: float
    p: float
    mapped: bool

    @property
    def tested(self) -> str:
        return f"{self.touchpoint}/{self.question}"


@dataclass(frozen=True)
class UnmappedPain(Check[_Rated]):
    """Touchpoints with far more bad ratings than all others where the map shows no pain.

    Bad are the two worst points of a scale of at least four. A touchpoint counts with at least
    `enough` ratings, `least_ratio` times the share of bad ones at all other touchpoints together,
    and a test that survives the correction of the run.

    Unit      share of bad ratings over that of all others; the largest
    Findings  one per touchpoint and question, the largest ratio first
    Skips     without feedback; with fewer than two touchpoints that have enough ratings
    """

    id = "E03"
    passed = N_("Where ratings are clearly bad, the map knows of a pain point.")
    failed = N_("Some touchpoints are rated badly, and the map shows no pain there.")
    why = N_("A pain that is not on the map is in nobody's plan.")
    severity = "high"
    source = "Risk ratio of 1.5 with Benjamini and Hochberg 1995; 30 ratings: D"
    limits = N_("Some touchpoints are judged more harshly than others everywhere.")
    reads = {"journey_map": "journey_map", "csat": Csat(), "quality": "quality"}

    least_ratio: float = 1.5
    enough: float = 30
    false_discoveries: float = 0.05

    def __post_init__(self) -> None:
        require_rising(least_ratio=self.least_ratio)
        require_rising(enough=self.enough)
        require_rising_shares(false_discoveries=self.false_discoveries)

    def inspect(
        self, journey_map: JourneyMap, csat: pd.DataFrame, quality: tuple[Quality, ...]
    ) -> Observation[_Rated]:
        if table_of(quality, "feedback") is None:
            return Observation(not_applicable=say("No feedback was joined."))
        rated = csat[csat["touchpoint"].notna() & csat["bottom2"].notna()]
        rated = rated[rated["n"] >= self.enough]
        if rated["touchpoint"].nunique() < 2:
            return Observation(
                missing=say(
                    "Fewer than two touchpoints have {enough:count} ratings.", enough=self.enough
                )
            )
        rows = rows_of(_Rated, _against_rest(rated, journey_map))
        tests = (Test(row.tested, row.p, row.ratio, "two-proportion z") for row in rows)
        worst = rows[0]
        return Observation(
            rows, tuple(test for test in tests if test.p == test.p), value=worst.ratio, n=worst.n
        )

    def judge(self, observation: Observation[_Rated]) -> Verdict:
        return Verdict.of(self._findings(observation))

    def _findings(self, observation: Observation[_Rated]) -> Iterator[Finding]:
        for row in observation.rows:
            p_adjusted = observation.p_adjusted(row.tested)
            is_certain = p_adjusted is not None and p_adjusted <= self.false_discoveries
            if not row.mapped and row.ratio >= self.least_ratio and is_certain:
                yield _finding(row, p_adjusted, self.least_ratio)


def _against_rest(rated: pd.DataFrame, journey_map: JourneyMap) -> pd.DataFrame:
    bad, n = rated["bottom2"].astype(float), rated["n"].astype(float)
    rest, others = bad.sum() - bad, n.sum() - n
    share = bad / n
    with_pain = {one.id for one in journey_map.touchpoints if one.pain_points}
    rest_share = rest / others
    return rated.assign(
        share=share,
        low=rated["bottom2_low"],
        high=rated["bottom2_high"],
        rest_share=rest_share,
        ratio=np.where(rest_share > 0, share / rest_share.where(rest_share > 0), np.inf),
        p=two_proportions_p(bad, n, rest, others),
        mapped=rated["touchpoint"].isin(with_pain),
    ).sort_values("ratio", ascending=False, kind="stable")


def _finding(row: _Rated, p_adjusted: float | None, threshold: float) -> Finding:
    return Finding(
        key=f"unmapped-{row.question}",
        outcome="fail",
        targets=(row.touchpoint,),
        what=say(
            "{share:percent} of the ratings of `{touchpoint}` are bad, {ratio:decimal} times as "
            "many as elsewhere, and the map shows no pain there.",
            share=row.share,
            touchpoint=row.touchpoint,
            ratio=row.ratio,
        ),
        so_what=say("The worst of the journey is where the map sees nothing wrong."),
        advice=say("Ask customers what goes wrong here, and put the pain point on the map."),
        value=row.share,
        low=row.low,
        high=row.high,
        n=row.n,
        p_adjusted=p_adjusted,
        threshold=threshold,
        rows=shown([row]),
    )
