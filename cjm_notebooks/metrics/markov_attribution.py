"""Which places the conversions would be lost without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.touches import By, Standing, places, require_by, touches
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.metrics.attribution import shares
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.absorbing_chain import AbsorbingChain
from cjm_notebooks.statistics.partials import Additive, PerBucket

EFFECT = ("removal_effect", "removal_effect_low", "removal_effect_high")


@dataclass(frozen=True)
class _Moved(Additive):
    standing: Standing
    moves: PerBucket  # (places, places + 2): to each place, to conversion, to loss


@dataclass(frozen=True)
class MarkovAttribution(Metric[_Moved]):
    """Conversions that would be lost without each touchpoint, channel or stage.

    The moves of all decided journeys make a Markov chain of first order, solved exactly. The
    removal effect of a place is the share of the conversions that is lost when whoever comes there
    is lost instead; `share` divides all credit in proportion to the effects, since these may add
    up to more than 1. Repeats at a place change nothing. Only events that are not after the outcome
    count, and none of a touchpoint whose rule is that of an outcome. A journey converts with the
    `outcome`, or with any success when none is named; one that ended otherwise is lost.

    `open` journeys are undecided and no part of the chain, neither are the `uncredited` ones,
    which converted before every such event. `journeys` are the decided ones that came, `converted`
    those of them that did. All `credited` and `lost` journeys and what is left out are the same in
    each row.

    Unit    removal effect and share of the credited conversions, 0 to 1
    Shape   one row per place, in map order; touchpoints without a channel are one place without a
            name, the last
    Empty   without a credited conversion all estimates are null; below two customers that convert
            the intervals are
    Raises  ParameterError when `by` or the outcome is not known
    Source  Anderl, Becker, von Wangenheim and Schumann 2016, Mapping the customer journey: lessons
            learned from graph-based online attribution modeling
    """

    unit = "share of the credited conversions, 0 to 1"
    reads = frozenset({"events"})
    published = Published(
        counts=("journeys", "converted", "credited", "lost", "uncredited", "open"),
        estimates={
            **dict.fromkeys(EFFECT, ("converted", "journeys")),
            **dict.fromkeys(("share", "low", "high", "credit"), ("converted", "credited")),
        },
        column_totals=False,
    )
    outcome: str | None = None
    by: By = "touchpoint"

    def __post_init__(self) -> None:
        require_by(self.by)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(by="channel")

    def observe(self, journeys: Journeys) -> _Moved:
        seen = touches(journeys, self.outcome, self.by)
        n = seen.places
        to = np.empty_like(seen.place)
        to[:-1] = seen.place[1:]
        to[seen.last] = n + ~seen.converted
        moves = seen.count(seen.place * (n + 2) + to, n * (n + 2))
        return _Moved(
            standing=Standing.of(seen),
            moves=PerBucket.of(seen.seen, moves.reshape(len(moves), n, n + 2)),
        )

    def report(self, partial: _Moved, journey_map: JourneyMap) -> pd.DataFrame:
        names, behind = places(journey_map, self.by)[0], partial.standing
        estimates, (low, high) = partial.moves.share_interval(_both, behind.customers.sums)
        effect, share = np.split(estimates, 2)
        effect_low, share_low = np.split(low, 2)
        effect_high, share_high = np.split(high, 2)
        return pd.DataFrame(
            {
                self.by: pd.Series(names, dtype="str"),
                "journeys": behind.came,
                "converted": behind.converted,
                "removal_effect": effect,
                "removal_effect_low": effect_low,
                "removal_effect_high": effect_high,
                "share": share,
                "low": share_low,
                "high": share_high,
                "credit": share * behind.credited,
                "credited": behind.credited,
                "lost": behind.lost,
                "uncredited": behind.uncredited,
                "open": behind.open,
            }
        )


def removal_effects(moves: np.ndarray) -> np.ndarray:
    """float64, (groups, places). A journey that came from no other event began where it was."""
    n = moves.shape[1]
    between = moves[:, :, :n]
    begins = moves.sum(axis=2) - between.sum(axis=1)
    return AbsorbingChain(begins, between, moves[:, :, n], moves[:, :, n + 1]).removal_effects


def _both(moves: np.ndarray) -> np.ndarray:
    effects = removal_effects(moves)
    return np.concatenate([effects, shares(effects)], axis=1)
