"""A01: credit for success that depends on the rule it is given by."""

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
    require_rising_shares,
    rows_of,
    shown,
)
from cjm_notebooks.journeys.passes.touches import By
from cjm_notebooks.language import N_, say
from cjm_notebooks.metrics.attribution_disagreement import AttributionDisagreement

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class _Place:
    place: str
    journeys: int
    lowest: float
    highest: float
    spread: float
    low: float
    high: float
    credited: int


@dataclass(frozen=True)
class AttributionInDoubt(Check[_Place]):
    """Places whose share of the credit differs widely between models of attribution.

    `by` says whether places are touchpoints, channels or stages. A place is in doubt when the lower
    end of the interval of its spread, the highest less the lowest share that any model gives it, is
    above `most_spread`.

    Unit      share of the credited conversions, 0 to 1; the widest spread
    Findings  one, with the places in doubt, the widest spread first
    Skips     unless it is said what credit is given to; with fewer than `enough` conversions
    """

    id = "A01"
    passed = N_("Every model of attribution tells much the same.")
    failed = N_("Who is credited with success depends on the model of attribution.")
    why = N_("A budget that follows one model follows its assumptions.")
    severity = "medium"
    source = "Spread of seven models, see `attribution-disagreement`; 10 points, 30 conversions: D"
    limits = N_(
        "Models that agree may all be wrong: none of them has seen what would have happened."
    )

    by: By | None = None
    most_spread: float = 0.10
    enough: float = 30

    def __post_init__(self) -> None:
        require_rising_shares(most_spread=self.most_spread)
        require_rising(enough=self.enough)

    @property
    def reads(self) -> Mapping[str, Reading]:
        return {} if self.by is None else {"models": AttributionDisagreement(by=self.by)}

    def inspect(self, models: pd.DataFrame | None = None) -> Observation[_Place]:
        if self.by is None or models is None:
            return Observation(not_applicable=say("Nobody asked what success is credited to."))
        known = models[models[self.by].notna() & (models["credited"] >= self.enough)]
        known = known[known["spread"].notna()].sort_values("spread", ascending=False, kind="stable")
        rows = rows_of(
            _Place,
            known.assign(place=known[self.by], low=known["spread_low"], high=known["spread_high"]),
        )
        if not rows:
            return Observation(
                missing=say(
                    "Fewer than {enough:count} successes can be credited.", enough=self.enough
                )
            )
        widest = rows[0]
        return Observation(
            rows, value=widest.spread, n=widest.credited, low=widest.low, high=widest.high
        )

    def judge(self, observation: Observation[_Place]) -> Verdict:
        doubtful = [row for row in observation.rows if row.low > self.most_spread]
        if not doubtful:
            return Verdict.of(())
        widest = doubtful[0]
        finding = Finding(
            key="disagreement",
            outcome="warn",
            targets=tuple(row.place for row in doubtful),
            what=say(
                "`{place}` is credited with {lowest:percent} of the successes by one model and "
                "with {highest:percent} by another.",
                place=widest.place,
                lowest=widest.lowest,
                highest=widest.highest,
            ),
            so_what=say("A decision about money would be a decision for one model."),
            advice=say(
                "Decide only what holds under every model, and test the rest: leave it out for "
                "some customers and compare."
            ),
            value=widest.spread,
            low=widest.low,
            high=widest.high,
            n=widest.credited,
            threshold=self.most_spread,
            rows=shown(doubtful),
        )
        return Verdict.of([finding])
