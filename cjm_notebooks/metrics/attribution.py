"""Which places are credited with an outcome, by a rule."""

from __future__ import annotations

from dataclasses import dataclass
from math import isclose, isfinite
from typing import Literal, Self, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.touches import By, Standing, Touches, places, require_by, touches
from cjm_notebooks.journeys.tables import MICROSECONDS_PER_DAY
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import Additive, PerBucket

Model = Literal["first", "last", "linear", "position", "time_decay"]
Ints = NDArray[np.int64]

MODELS: tuple[Model, ...] = get_args(Model)
UNITS = 2.0**30


@dataclass(frozen=True)
class _Credited(Additive):
    standing: Standing
    units: PerBucket  # (models, places): credit in 1 / UNITS of a conversion
    began: Ints  # int64, (places,)
    ended: Ints  # int64, (places,)


@dataclass(frozen=True)
class Attribution(Metric[_Credited]):
    """Conversions that each touchpoint, channel or stage is credited with, by simple rules.

    A journey converts with the `outcome`, or with any success when none is named. Its credit of 1
    goes to its events that are not after the outcome, each by itself, also where several follow
    each other at one place: to the `first` or the `last`; to all alike (`linear`); by `position`
    to the first, to all between together and to the last, or without any between to the two in
    their proportion; or by `time_decay`, half as much for each `half_life_days` that it lies
    before the last. A single event has all the credit. A touchpoint whose rule is that of an
    outcome is the outcome, and has none.

    `journeys` are the converting journeys that came there, or began or ended there where only
    those have credit. `uncredited` ones converted before every such event and are in no share;
    `open` ones may convert yet. Both are the same in each row.

    Unit    share of the credited conversions, 0 to 1
    Shape   one row per model and place, in map order; touchpoints without a channel are one place
            without a name, the last
    Empty   without a credited conversion the share is null; below two customers the interval is
    Raises  ParameterError when a model, `by`, the outcome or the weights are not as described
    """

    unit = "share of the credited conversions, 0 to 1"
    reads = frozenset({"events"})
    published = Published(
        counts=("journeys", "credited", "uncredited", "open"),
        estimates=dict.fromkeys(("share", "low", "high", "credit"), ("journeys", "credited")),
        within=("model",),
    )
    outcome: str | None = None
    by: By = "touchpoint"
    models: tuple[Model, ...] = MODELS
    half_life_days: float = 7
    position: tuple[float, float, float] = (0.4, 0.2, 0.4)

    def __post_init__(self) -> None:
        require_by(self.by)
        for model in self.models:
            if model not in MODELS:
                msg = f"There is no model `{model}`. {did_you_mean(model, MODELS)}"
                raise ParameterError(msg)
        if not self.models or len(set(self.models)) < len(self.models):
            msg = f"`models` are {self.models}. Name at least one, and each once."
            raise ParameterError(msg)
        if not (isfinite(self.half_life_days) and self.half_life_days > 0):
            msg = f"`half_life_days` is {self.half_life_days}. Give a number of days above 0."
            raise ParameterError(msg)
        weights = self.position
        if len(weights) != 3 or min(weights) < 0 or not isclose(sum(weights), 1):
            msg = (
                f"`position` is {weights}. Give the first, all between and the last a share from "
                "0 up that add up to 1, such as (0.4, 0.2, 0.4)."
            )
            raise ParameterError(msg)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(by="stage", models=("linear",)), cls(by="channel", half_life_days=1)

    def observe(self, journeys: Journeys) -> _Credited:
        seen = touches(journeys, self.outcome, self.by, lost=False)
        units = [self._units(model, seen) for model in self.models]
        return _Credited(
            standing=Standing.of(seen),
            units=PerBucket.of(seen.seen, np.stack(units, axis=1)),
            began=np.bincount(seen.place[seen.first], minlength=seen.places),
            ended=np.bincount(seen.place[seen.last], minlength=seen.places),
        )

    def report(self, partial: _Credited, journey_map: JourneyMap) -> pd.DataFrame:
        names, behind = places(journey_map, self.by)[0], partial.standing
        share, (low, high) = partial.units.share_interval(shares, behind.customers.sums)
        only = {"first": partial.began, "last": partial.ended}
        return pd.DataFrame(
            {
                "model": pd.Series(np.repeat(self.models, len(names)), dtype="str"),
                self.by: pd.Series(names * len(self.models), dtype="str"),
                "journeys": np.concatenate([only.get(m, behind.converted) for m in self.models]),
                "credited": behind.credited,
                "share": share.ravel(),
                "low": low.ravel(),
                "high": high.ravel(),
                "credit": share.ravel() * behind.credited,
                "uncredited": behind.uncredited,
                "open": behind.open,
            }
        )

    def _units(self, model: Model, seen: Touches) -> Ints:
        """int64, (seen, places). Credit per bucket and place."""
        n = seen.places
        if model == "time_decay":
            return seen.count(seen.place, n, self._decayed(seen))
        first, between, last = self._by_position(model, seen.lengths)
        units = seen.count(seen.place[seen.first], n, first - between)
        units += seen.count(seen.place[seen.last], n, last - between)
        if between.any():
            units += seen.count(seen.place, n, np.repeat(between, seen.lengths))
        return units

    def _by_position(self, model: Model, touched: Ints) -> tuple[np.ndarray, ...]:
        """float64, (journeys,). Whole units of the first, of each between and of the last touch."""
        if model == "linear":
            each = np.rint(UNITS / touched)
            return each, each, each
        ends: dict[str, tuple[float, float, float]] = {"first": (1, 0, 0), "last": (0, 0, 1)}
        first, between, last = ends.get(model, self.position)
        of_two = first / (first + last) if first + last else 0.5
        alone, two = touched == 1, touched == 2
        return (
            np.rint(UNITS * np.where(alone, 1, np.where(two, of_two, first))),
            np.rint(UNITS * np.where(touched > 2, between, 0) / np.maximum(touched - 2, 1)),
            np.rint(UNITS * np.where(alone, 0, np.where(two, 1 - of_two, last))),
        )

    def _decayed(self, seen: Touches) -> np.ndarray:
        """float64, (touches,). Whole units of each touch."""
        before = seen.at - np.repeat(seen.at[seen.last], seen.lengths)
        weight = np.exp2(before / (self.half_life_days * MICROSECONDS_PER_DAY))
        per_weight = UNITS / np.add.reduceat(weight, seen.first)
        return np.asarray(np.rint(weight * np.repeat(per_weight, seen.lengths)))


def shares(credit: np.ndarray) -> np.ndarray:
    """float64, (..., places). Of all credit; NaN where there is none."""
    total = credit.sum(axis=-1, keepdims=True)
    return np.asarray(credit / np.where(total > 0, total, np.nan))
