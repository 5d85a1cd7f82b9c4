"""G01: groups of customers for whom the journey goes worse than for all others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cjm_notebooks.checks import (
    Check,
    Finding,
    Observation,
    Reading,
    Test,
    Verdict,
    require_rising,
    require_rising_shares,
    rows_of,
    shown,
)
from cjm_notebooks.language import N_, Sentence, say
from cjm_notebooks.metrics.group_scores import GroupScores
from cjm_notebooks.metrics.group_shares import GroupShares, Of

if TYPE_CHECKING:
    import pandas as pd

NO_NAME = "?"


@dataclass(frozen=True)
class Compared:
    """One group against all others, by a share (`success`, `return`) or by a question.

    `effect` is Cohen's h of two shares or d of two means.
    """

    group: str
    of: str
    touchpoint: str | None
    value: float
    rest: float
    n: int
    rest_n: int
    difference: float
    low: float
    high: float
    effect: float
    p: float

    @property
    def key(self) -> str:
        """What was compared, and where."""
        return f"{self.of}-{self.touchpoint}" if self.touchpoint else self.of

    @property
    def tested(self) -> str:
        return f"{self.group}/{self.key}"


@dataclass(frozen=True)
class SubgroupDifference(Check[Compared]):
    """Whether a group of customers fares clearly worse than all others together.

    Groups are the values of the customers' segment `split`. Compared are the share that comes to
    success (or comes back, with `of="return"`) and the mean answer to each question. A group counts
    with at least `enough` on either side, an effect of `least_effect` (Cohen's h of shares, d of
    means) and a test that survives the correction of the run.

    Unit      share, points of a scale; the largest effect
    Findings  one per group and comparison, the largest effect first
    Skips     without a `split`; when no group has enough on either side
    """

    id = "G01"
    passed = N_("No group of customers fares clearly worse than the others.")
    failed = N_("Some groups of customers fare clearly worse than the others.")
    why = N_("An average hides those for whom the journey does not work.")
    severity = "high"
    source = "Cohen 1988 for h and d of 0.2; Benjamini and Hochberg 1995; 30 customers: D"
    limits = N_("Groups differ in much else; a difference says where to look, not why.")

    split: str = ""
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
        return {
            "shares": GroupShares(self.of, split=self.split, days=self.days),
            "scores": GroupScores(split=self.split),
        }

    def inspect(self, shares: pd.DataFrame, scores: pd.DataFrame) -> Observation[Compared]:
        if not self.split:
            return Observation(
                not_applicable=say("No attribute of customers was named to compare them by.")
            )
        rows = compared(self.of, shares, scores, self.enough)
        if not rows:
            return Observation(
                missing=say(
                    "No group has {enough:count} decided customers or answers, with as many "
                    "among the others.",
                    enough=self.enough,
                )
            )
        return observation_of(rows)

    def judge(self, observation: Observation[Compared]) -> Verdict:
        return Verdict.of(
            finding_of(row, observation.p_adjusted(row.tested), self.least_effect, _said(row))
            for row in worse(observation, self.least_effect, self.false_discoveries)
        )


def _said(row: Compared) -> tuple[Sentence, Sentence, Sentence]:
    return (
        _what(row),
        say("One map for all does not describe what this group goes through."),
        say("Look at this group by itself, and give it a persona or a map of its own."),
    )


def _what(row: Compared) -> Sentence:
    if row.of == "success":
        return say(
            "Of the group `{group}` {value:percent} came to success, of all others {rest:percent}.",
            group=row.group,
            value=row.value,
            rest=row.rest,
        )
    if row.of == "return":
        return say(
            "Of the group `{group}` {value:percent} came back, of all others {rest:percent}.",
            group=row.group,
            value=row.value,
            rest=row.rest,
        )
    return say(
        "The group `{group}` answers `{question}` with {value:decimal} on average, all others with "
        "{rest:decimal}.",
        group=row.group,
        question=row.of,
        value=row.value,
        rest=row.rest,
    )


def compared(
    of: Of, shares: pd.DataFrame, scores: pd.DataFrame, enough: float
) -> tuple[Compared, ...]:
    """The groups with enough on either side, the largest shortfall first."""
    rows = [*_of_shares(of, shares, enough), *_of_scores(scores, enough)]
    return tuple(sorted(rows, key=lambda row: row.effect))


def observation_of(rows: Sequence[Compared]) -> Observation[Compared]:
    worst = rows[0]
    return Observation(
        tuple(rows),
        tuple(Test(row.tested, row.p, row.effect, "z or t") for row in rows if row.p == row.p),
        value=worst.difference,
        n=worst.n,
        low=worst.low,
        high=worst.high,
    )


def worse(
    observation: Observation[Compared], least_effect: float, false_discoveries: float
) -> Iterator[Compared]:
    """The rows that are clearly below the others."""
    for row in observation.rows:
        p_adjusted = observation.p_adjusted(row.tested)
        is_certain = p_adjusted is not None and p_adjusted <= false_discoveries
        if row.effect <= -least_effect and is_certain:
            yield row


def finding_of(
    row: Compared,
    p_adjusted: float | None,
    threshold: float,
    said: tuple[Sentence, Sentence, Sentence],
) -> Finding:
    what, so_what, advice = said
    return Finding(
        key=row.key,
        outcome="fail",
        targets=(row.touchpoint or row.group,),
        what=what,
        so_what=so_what,
        advice=advice,
        value=row.difference,
        n=row.n,
        low=row.low,
        high=row.high,
        p_adjusted=p_adjusted,
        threshold=-threshold,
        rows=shown([row]),
    )


def _of_shares(of: Of, shares: pd.DataFrame, enough: float) -> tuple[Compared, ...]:
    known = shares[(shares["n"] >= enough) & (shares["rest_n"] >= enough)]
    known = known[known["difference"].notna() & ~known["still_open"]]
    angle, rest_angle = (np.arcsin(np.sqrt(known[side])) for side in ("share", "rest_share"))
    return rows_of(
        Compared,
        known.assign(
            group=known["group"].fillna(NO_NAME),
            of=of,
            touchpoint=None,
            value=known["share"],
            rest=known["rest_share"],
            low=known["difference_low"],
            high=known["difference_high"],
            effect=2 * (angle - rest_angle),
        ),
    )


def _of_scores(scores: pd.DataFrame, enough: float) -> tuple[Compared, ...]:
    known = scores[(scores["n"] >= enough) & (scores["rest_n"] >= enough)]
    known = known[known["standardised"].notna()]
    return rows_of(
        Compared,
        known.assign(
            group=known["group"].fillna(NO_NAME),
            of=known["question"],
            touchpoint=known["touchpoint"].astype(object).where(known["touchpoint"].notna(), None),
            value=known["mean"],
            rest=known["rest_mean"],
            low=known["difference_low"],
            high=known["difference_high"],
            effect=known["standardised"],
        ),
    )
