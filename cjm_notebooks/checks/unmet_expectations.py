"""X01: touchpoints where customers get less than they expect."""

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
from cjm_notebooks.metrics.expectation_gap import ExpectationGap

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class _Gap:
    touchpoint: str
    expected: float
    expected_source: str
    perceived: float
    perceived_n: int
    gap: float
    low: float
    high: float
    p: float
    standardised: float
    scale_low: float
    scale_high: float

    @property
    def key(self) -> str:
        """A touchpoint has one gap for each scale on which customers were asked."""
        return f"shortfall-{self.scale_low:g}-to-{self.scale_high:g}"

    @property
    def tested(self) -> str:
        return f"{self.touchpoint}/{self.key}"


@dataclass(frozen=True)
class UnmetExpectations(Check[_Gap]):
    """Touchpoints where the experience stays clearly below the expectation.

    The gap is perceived less expected. It counts when its whole interval is below 0, it is at
    least `least_gap` points of the scale or `least_standardised` standard deviations, and its test
    survives the correction of the run.

    Unit      points of the scale; the largest shortfall
    Findings  one per touchpoint and scale, the largest shortfall first
    Skips     without feedback; when no touchpoint has both an expectation and answers
    """

    id = "X01"
    passed = N_("No touchpoint stays clearly below what customers expect.")
    failed = N_("Some touchpoints stay below what customers expect.")
    why = N_("Customers judge what they get by what they were led to expect.")
    severity = "high"
    worse = "lower"
    source = (
        "Parasuraman, Zeithaml and Berry 1988, SERVQUAL; Benjamini and Hochberg 1995; "
        "0.5 points and 0.3 standard deviations: D"
    )
    limits = N_("An expectation typed on the map is a claim; the gap is no better than that claim.")
    reads = {"expectation_gap": ExpectationGap(), "quality": "quality"}

    least_gap: float = 0.5
    least_standardised: float = 0.3
    false_discoveries: float = 0.05

    def __post_init__(self) -> None:
        require_rising(least_gap=self.least_gap)
        require_rising(least_standardised=self.least_standardised)
        require_rising_shares(false_discoveries=self.false_discoveries)

    def inspect(
        self, expectation_gap: pd.DataFrame, quality: tuple[Quality, ...]
    ) -> Observation[_Gap]:
        if table_of(quality, "feedback") is None:
            return Observation(not_applicable=say("No feedback was joined."))
        tested = expectation_gap[expectation_gap["p"].notna()].sort_values("gap")
        if tested.empty:
            return Observation(
                missing=say("No touchpoint has an expectation and answers on the same scale.")
            )
        gaps = rows_of(_Gap, tested)
        worst = gaps[0]
        return Observation(
            gaps,
            tuple(Test(gap.tested, gap.p, gap.gap, "t") for gap in gaps),
            value=worst.gap,
            n=worst.perceived_n,
            low=worst.low,
            high=worst.high,
        )

    def judge(self, observation: Observation[_Gap]) -> Verdict:
        return Verdict.of(self._findings(observation))

    def _findings(self, observation: Observation[_Gap]) -> Iterator[Finding]:
        for gap in observation.rows:
            p_adjusted = observation.p_adjusted(gap.tested)
            is_large = gap.gap <= -self.least_gap or gap.standardised <= -self.least_standardised
            is_certain = (
                gap.high < 0 and p_adjusted is not None and p_adjusted <= self.false_discoveries
            )
            if is_large and is_certain:
                yield self._finding(gap, p_adjusted)

    def _finding(self, gap: _Gap, p_adjusted: float | None) -> Finding:
        return Finding(
            key=gap.key,
            outcome="fail",
            targets=(gap.touchpoint,),
            what=say(
                "Customers expect {expected:decimal} of `{touchpoint}` and rate it "
                "{perceived:decimal}.",
                expected=gap.expected,
                touchpoint=gap.touchpoint,
                perceived=gap.perceived,
            ),
            so_what=say("They leave this touchpoint with less than they came for."),
            advice=say(
                "Find out whether the promise is too high or the delivery too low, and change "
                "that one."
            ),
            value=gap.gap,
            n=gap.perceived_n,
            low=gap.low,
            high=gap.high,
            p_adjusted=p_adjusted,
            threshold=-self.least_gap,
            rows=shown([gap]),
        )
