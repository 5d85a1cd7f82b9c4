"""T04: what has become worse since a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cjm_notebooks.checks import (
    Check,
    Observation,
    Reading,
    Verdict,
    require_rising,
    require_rising_shares,
)
from cjm_notebooks.checks.subgroup_difference import (
    Compared,
    compared,
    finding_of,
    observation_of,
    worse,
)
from cjm_notebooks.journeys.passes.sides import Days, around
from cjm_notebooks.language import N_, Sentence, say
from cjm_notebooks.metrics.group_scores import GroupScores
from cjm_notebooks.metrics.group_shares import GroupShares, Of

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class ChangeOverTime(Check[Compared]):
    """Whether customers fare clearly worse since a day, or in the second of two periods.

    Compared are the share that comes to success (or comes back, with `of="return"`) among the
    journeys that began on either side, and the mean of the answers given on either side. A change
    counts with at least `enough` on both sides, an effect of `least_effect` (Cohen's h of shares, d
    of means) and a test that survives the correction of the run. A period of which more than one in
    twenty journeys are still open is not compared.

    Unit      share, points of a scale; the largest effect
    Findings  one per comparison, the largest effect first
    Skips     without `since` and `periods`; when neither side has enough
    """

    id = "T04"
    passed = N_("Nothing has clearly become worse.")
    failed = N_("Customers fare worse than before.")
    why = N_("What became worse on one day has a cause that can be found while memory is fresh.")
    severity = "high"
    source = "Cohen 1988 for h and d of 0.2; Benjamini and Hochberg 1995; 30 customers: D"
    limits = N_(
        "Seasons and other customers change numbers too; before and after is no experiment."
    )

    since: str = ""
    periods: tuple[Days, ...] = ()
    of: Of = "success"
    days: int = 30
    enough: float = 30
    least_effect: float = 0.2
    false_discoveries: float = 0.05

    def __post_init__(self) -> None:
        require_rising(enough=self.enough)
        require_rising(least_effect=self.least_effect)
        require_rising_shares(false_discoveries=self.false_discoveries)

    @property
    def reads(self) -> Mapping[str, Reading]:
        periods = self.periods or around(self.since)
        return {
            "shares": GroupShares(self.of, periods=periods, days=self.days),
            "scores": GroupScores(periods=periods),
        }

    def inspect(self, shares: pd.DataFrame, scores: pd.DataFrame) -> Observation[Compared]:
        if not self.since and not any(any(days) for days in self.periods):
            return Observation(not_applicable=say("No day was named to compare before and after."))
        rows = compared(self.of, _later(shares), _later(scores), self.enough)
        if not rows:
            return Observation(
                missing=say(
                    "Fewer than {enough:count} decided customers or answers of a known time lie "
                    "before or after, or too many journeys are still open.",
                    enough=self.enough,
                )
            )
        return observation_of(rows)

    def judge(self, observation: Observation[Compared]) -> Verdict:
        return Verdict.of(
            finding_of(row, observation.p_adjusted(row.tested), self.least_effect, _said(row))
            for row in worse(observation, self.least_effect, self.false_discoveries)
        )


def _later(report: pd.DataFrame) -> pd.DataFrame:
    """Of two periods the rows of the second; the first only mirrors it."""
    groups = report["group"].unique()
    return report[report["group"] == groups[-1]] if len(groups) > 1 else report[:0]


def _said(row: Compared) -> tuple[Sentence, Sentence, Sentence]:
    return (
        _what(row),
        say("Customers of today get less than those before them."),
        say(
            "List what was changed around that day, releases, prices and staff, and ask customers "
            "of both periods."
        ),
    )


def _what(row: Compared) -> Sentence:
    if row.of == "success":
        return say(
            "In the period {group} {value:percent} came to success, before it {rest:percent}.",
            group=row.group,
            value=row.value,
            rest=row.rest,
        )
    if row.of == "return":
        return say(
            "Of the customers who first came in the period {group} {value:percent} came back, of "
            "those before {rest:percent}.",
            group=row.group,
            value=row.value,
            rest=row.rest,
        )
    return say(
        "In the period {group} customers answer `{question}` with {value:decimal} on average, "
        "before it with {rest:decimal}.",
        group=row.group,
        question=row.of,
        value=row.value,
        rest=row.rest,
    )
