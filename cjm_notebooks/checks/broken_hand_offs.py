"""O01: hand-offs between departments at which journeys end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
from cjm_notebooks.metrics.hand_offs import HandOffs
from cjm_notebooks.statistics.comparisons import two_proportions_p

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class _HandOff:
    from_department: str
    to_department: str
    moves: int
    left: int
    left_share: float
    left_share_low: float
    left_share_high: float
    left_within: int
    moves_within: int
    left_within_share: float
    p50_seconds: float

    @property
    def pair(self) -> str:
        return f"{self.from_department}-{self.to_department}"


@dataclass(frozen=True)
class BrokenHandOffs(Check[_HandOff]):
    """Hand-offs after which more journeys end than after moves within the receiving department.

    A hand-off counts with at least `enough` moves on either side, `least_ratio` times the share
    that left, the lower end of its interval above the share within, and a test that survives the
    correction of the run.

    Unit      share of the hand-offs after which the journey ended, 0 to 1; the largest
    Findings  one per pair of departments, the largest share first
    Skips     without events or departments on the map; when no pair has enough moves
    """

    id = "O01"
    passed = N_("No hand-off between departments loses clearly more than moves within one.")
    failed = N_("Journeys end at hand-offs between departments.")
    why = N_("Nobody owns the seam between two departments, and there customers fall through.")
    severity = "high"
    source = "Risk ratio of 1.25 against moves within the department; 30 moves: D"
    limits = N_("It knows the departments that the map names, not who really answered.")
    reads = {"hand_offs": HandOffs(), "quality": "quality"}

    least_ratio: float = 1.25
    enough: float = 30
    false_discoveries: float = 0.05

    def __post_init__(self) -> None:
        require_rising(least_ratio=self.least_ratio)
        require_rising(enough=self.enough)
        require_rising_shares(false_discoveries=self.false_discoveries)

    def inspect(
        self, hand_offs: pd.DataFrame, quality: tuple[Quality, ...]
    ) -> Observation[_HandOff]:
        if table_of(quality, "events") is None:
            return Observation(not_applicable=say("No events were joined."))
        pairs = hand_offs[hand_offs["from_department"].notna()]
        if pairs.empty:
            return Observation(
                not_applicable=say("No journey went from one department of the map to another.")
            )
        enough = (pairs["moves"] >= self.enough) & (pairs["moves_within"] >= self.enough)
        known = pairs[enough].sort_values("left_share", ascending=False, kind="stable")
        if known.empty:
            return Observation(
                missing=say(
                    "No hand-off has {enough:count} moves, with as many within the receiving "
                    "department.",
                    enough=self.enough,
                )
            )
        rows = rows_of(_HandOff, known)
        tests = (_test(row) for row in rows)
        worst = rows[0]
        return Observation(
            rows,
            tuple(test for test in tests if test.p == test.p),
            value=worst.left_share,
            n=worst.moves,
            low=worst.left_share_low,
            high=worst.left_share_high,
        )

    def judge(self, observation: Observation[_HandOff]) -> Verdict:
        return Verdict.of(self._findings(observation))

    def _findings(self, observation: Observation[_HandOff]) -> Iterator[Finding]:
        for row in observation.rows:
            p_adjusted = observation.p_adjusted(row.pair)
            is_large = row.left_share >= self.least_ratio * row.left_within_share
            is_certain = p_adjusted is not None and p_adjusted <= self.false_discoveries
            if is_large and is_certain and row.left_share_low > row.left_within_share:
                yield _finding(row, p_adjusted, self.least_ratio)


def _test(row: _HandOff) -> Test:
    p = two_proportions_p(row.left, row.moves, row.left_within, row.moves_within)
    return Test(row.pair, float(p), row.left_share - row.left_within_share, "two-proportion z")


def _finding(row: _HandOff, p_adjusted: float | None, threshold: float) -> Finding:
    return Finding(
        key=row.pair,
        outcome="fail",
        targets=(row.to_department,),
        what=say(
            "After {share:percent} of the hand-offs to `{department}` the journey ended, within "
            "that department after {within:percent} of the moves.",
            share=row.left_share,
            department=row.to_department,
            within=row.left_within_share,
        ),
        so_what=say("What one department promises, the next one does not take up."),
        advice=say(
            "Give this seam one owner, and let both departments agree on what is passed on."
        ),
        value=row.left_share,
        n=row.moves,
        low=row.left_share_low,
        high=row.left_share_high,
        p_adjusted=p_adjusted,
        threshold=threshold,
        rows=shown([row]),
    )
