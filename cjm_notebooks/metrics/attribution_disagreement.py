"""How much the credit of a place depends on the model."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Self

import numpy as np
import pandas as pd

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.touches import By, Standing, places
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.metrics.attribution import MODELS, Attribution, shares
from cjm_notebooks.metrics.markov_attribution import MarkovAttribution, removal_effects
from cjm_notebooks.metrics.shapley_attribution import ShapleyAttribution
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import Additive, PerBucket

ALL_MODELS = (*MODELS, "markov", "shapley")
ROUNDING = 9
GROUPS = ("journeys", "began", "ended", "credited")


@dataclass(frozen=True)
class _Compared(Additive):
    standing: Standing
    began: np.ndarray  # int64, (places,)
    ended: np.ndarray  # int64, (places,)
    rules: PerBucket  # (models, places)
    moves: PerBucket  # (places, places + 2)
    divided: PerBucket  # (places,)


@dataclass(frozen=True)
class AttributionDisagreement(Metric[_Compared]):
    """How far the models of attribution disagree on what each touchpoint, channel or stage earned.

    A column per model holds its share of the credited conversions, as the metrics `Attribution`,
    `MarkovAttribution` and `ShapleyAttribution` (by conversions) define and bound it. `spread` is
    the `highest` of these less the `lowest`: what the choice of a model alone decides. Its interval
    is that of the customers alone; where these are few, a part of each spread is chance.
    `best_rank` and `worst_rank` are the place's ranks by share in the models that think most and
    least of it, where 1 has most credit and equal shares have the same rank. `journeys` are the
    converting ones that came, `began` and `ended` those whose first and last event was there;
    `credited`, `uncredited` and `open` are the same in each row.

    Unit    shares of the credited conversions, 0 to 1
    Shape   one row per place, in map order; touchpoints without a channel are one place without a
            name, the last
    Empty   without a credited conversion the shares are null and there are no ranks; below two
            customers the interval is null
    Raises  ParameterError when `by`, the outcome or the weights are not as described
    """

    unit = "shares of the credited conversions, 0 to 1"
    reads = frozenset({"events"})
    published = Published(
        counts=(*GROUPS, "uncredited", "open"),
        estimates={
            **dict.fromkeys(ALL_MODELS, ("journeys", "credited")),
            "first": ("began", "credited"),
            "last": ("ended", "credited"),
            **dict.fromkeys(("lowest", "highest", "spread", "spread_low", "spread_high"), GROUPS),
            **dict.fromkeys(("best_rank", "worst_rank"), GROUPS),
        },
    )
    outcome: str | None = None
    by: By = "touchpoint"
    half_life_days: float = 7
    position: tuple[float, float, float] = (0.4, 0.2, 0.4)

    def __post_init__(self) -> None:
        self._rules()

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(by="stage")

    def observe(self, journeys: Journeys) -> _Compared:
        rules = self._rules().observe(journeys)
        return _Compared(
            standing=rules.standing,
            began=rules.began,
            ended=rules.ended,
            rules=rules.units,
            moves=MarkovAttribution(self.outcome, self.by).observe(journeys).moves,
            divided=ShapleyAttribution(self.outcome, self.by).observe(journeys).worth,
        )

    def report(self, partial: _Compared, journey_map: JourneyMap) -> pd.DataFrame:
        names, behind = places(journey_map, self.by)[0], partial.standing
        together = partial.rules.beside(partial.moves, partial.divided)
        share = _by_model(together.total[None], len(names))[0]
        spread, (low, high) = together.share_interval(
            lambda sums: np.ptp(_by_model(sums, len(names)), axis=1), behind.customers.sums
        )
        rank = _ranks(share)
        return pd.DataFrame(
            {
                self.by: pd.Series(names, dtype="str"),
                "journeys": behind.converted,
                "began": partial.began,
                "ended": partial.ended,
                "credited": behind.credited,
                **dict(zip(ALL_MODELS, share, strict=True)),
                "lowest": share.min(axis=0),
                "highest": share.max(axis=0),
                "spread": spread,
                "spread_low": low,
                "spread_high": high,
                "best_rank": rank.min(axis=0),
                "worst_rank": rank.max(axis=0),
                "uncredited": behind.uncredited,
                "open": behind.open,
            }
        )

    def _rules(self) -> Attribution:
        return Attribution(self.outcome, self.by, MODELS, self.half_life_days, self.position)


def _by_model(sums: np.ndarray, n: int) -> np.ndarray:
    """float64, (groups, models, places): the share of each place by each model."""
    shapes = ((len(MODELS), n), (n, n + 2), (1, n))
    ends = np.cumsum([prod(shape) for shape in shapes])
    rules, moves, divided = (
        flat.reshape(len(sums), *shape)
        for flat, shape in zip(np.split(sums, ends[:-1], axis=1), shapes, strict=True)
    )
    markov = shares(removal_effects(moves))[:, None]
    return np.concatenate([shares(rules), markov, shares(divided)], axis=1)


def _ranks(share: np.ndarray) -> np.ndarray:
    """float64, (models, places): 1 and how many places have more; NaN without shares."""
    rounded = share.round(ROUNDING)
    more = (rounded[:, None, :] > rounded[:, :, None]).sum(axis=2)
    return np.where(np.isnan(share), np.nan, 1.0 + more)
