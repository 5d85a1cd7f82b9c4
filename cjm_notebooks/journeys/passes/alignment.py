"""Observed journeys beside the designed order of the map."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import pairwise
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.arrivals import arrivals
from cjm_notebooks.journeys.passes.endings import OPEN, endings
from cjm_notebooks.journeys.passes.visits import by_place, changes
from cjm_notebooks.journeys.tables import NONE
from cjm_notebooks.maps import JourneyMap

Level = Literal["stage", "touchpoint"]
LEVELS: tuple[Level, ...] = ("stage", "touchpoint")
UNSAID = np.iinfo(np.int64).max
PASSES_OVER = ("next", "alternative", "skip")


@dataclass(frozen=True, eq=False)
class DesignedOrder:
    """What the map says of its stages or touchpoints, the places, in its order.

    A touchpoint is required when the map calls it so, a rule lets it be seen and no flow passes
    over it; a stage, when one of its touchpoints is.

    Attributes
    ----------
    level
        what the places are.
    required
        bool, (places,).
    at_most
        int64, (places,). Microseconds that a journey may be here, `UNSAID` where the map is silent.
    """

    level: Level
    required: np.ndarray
    at_most: np.ndarray

    @classmethod
    def of(cls, journey_map: JourneyMap, level: Level) -> DesignedOrder:
        required, parts = _required_touchpoints(journey_map), journey_map.touchpoints
        if level == "touchpoint":
            said = [one.duration if one.sla is None else one.sla for one in parts]
            return cls(level, required, _at_most(said))
        ends = np.cumsum([len(stage.touchpoints) for stage in journey_map.stages])
        some = [part.any() for part in np.split(required, ends[:-1])]
        said = [stage.expected_duration for stage in journey_map.stages]
        return cls(level, np.array(some, bool), _at_most(said))

    @property
    def places(self) -> int:
        return len(self.required)

    def place(self, journeys: Journeys) -> np.ndarray:
        """int32, (events,)."""
        return journeys.stage if self.level == "stage" else journeys.touchpoint


@dataclass(frozen=True, eq=False)
class Alignment:
    """Where the way of each journey keeps to the designed order, and where not.

    A journey is expected at every place up to the furthest one it came to. A repeat without leaving
    is no arrival.

    Attributes
    ----------
    judged
        bool, (journeys,). The journey is over and has a way.
    furthest
        int64, (journeys,). The last place in map order that it came to, -1 without a way.
    arrived
        int64, (places, journeys). How often it came from elsewhere.
    in_order
        bool, (places, journeys). It came, and was at no later place before.
    late
        bool, (places, journeys). It was here for longer than the map allows, all stays together.
    timed
        bool, (places, journeys). The map says how long, and the end of each stay is known.
    """

    order: DesignedOrder
    judged: np.ndarray
    furthest: np.ndarray
    arrived: np.ndarray
    in_order: np.ndarray
    late: np.ndarray
    timed: np.ndarray
    _arrivals: tuple[np.ndarray, np.ndarray]

    @classmethod
    def of(cls, journeys: Journeys, order: DesignedOrder) -> Alignment:
        places, n = order.places, journeys.n_journeys
        place = order.place(journeys)
        event = arrivals(journeys, place)
        there, journey = place[event].astype(np.int64), journeys.journey[event]
        cell = there * n + journey
        arrived = np.bincount(cell, minlength=places * n).reshape(places, n)
        peak = np.maximum.accumulate(journey * places + there)
        in_order = np.zeros((places, n), dtype=bool)
        in_order.ravel()[cell[changes(peak)]] = True
        end = endings(journeys)
        arrivals_of = np.bincount(journey, minlength=n)
        last = (np.cumsum(arrivals_of) - 1)[end.has_way]
        furthest = np.full(n, NONE)
        furthest[end.has_way] = peak[last] - journey[last] * places
        late, timed = _late(journeys, order, event, cell, last)
        judged = end.has_way & (end.how != OPEN)
        return cls(order, judged, furthest, arrived, in_order, late, timed, (journey, there))

    @property
    def came(self) -> NDArray[np.bool_]:
        """bool, (places, journeys)."""
        return np.asarray(self.arrived > 0)

    @property
    def expected(self) -> NDArray[np.bool_]:
        """bool, (places, journeys). It came here or to a later place."""
        return np.asarray(np.arange(self.order.places)[:, None] <= self.furthest)

    @property
    def reordered(self) -> NDArray[np.bool_]:
        """bool, (places, journeys). It came, and had been at a later place before."""
        return np.asarray(self.came & ~self.in_order)

    @property
    def returned(self) -> NDArray[np.bool_]:
        """bool, (places, journeys). It left for another place and came back."""
        return np.asarray(self.arrived > 1)

    @property
    def skipped(self) -> NDArray[np.bool_]:
        """bool, (places, journeys). It never came here, and to a later place."""
        return np.asarray(self.expected & ~self.came)

    @property
    def conforms(self) -> NDArray[np.bool_]:
        """bool, (journeys,). The way is in the designed order and lacks no required place."""
        return np.asarray(self.fitness == 1)

    @cached_property
    def fitness(self) -> NDArray[np.float64]:
        """float64, (journeys,). 1 - cost / (arrivals + required places up to the furthest one).

        The cost is the fewest arrivals to leave out and required places to put in until the way is
        in the designed order. NaN without a way.
        """
        journey, there = self._arrivals
        arrivals_of = np.bincount(journey, minlength=len(self.judged))
        has_way, last = arrivals_of > 0, np.cumsum(arrivals_of) - 1
        required = np.concatenate([[0], np.cumsum(self.order.required)])[self.furthest + 1]
        kept = _kept(journey, there, 1 + self.order.required, len(has_way))
        fitness = np.full(len(has_way), np.nan)
        fitness[has_way] = kept[last[has_way]] / (arrivals_of + required)[has_way]
        return fitness


def place_columns(journey_map: JourneyMap, level: Level) -> dict[str, pd.Series]:
    """The columns `stage` and `touchpoint` of a row per place; a stage has no touchpoint."""
    stages, touchpoints = journey_map.stages, [one.id for one in journey_map.touchpoints]
    whole = level == "stage"
    names = [stage.id for stage in stages for _ in ([0] if whole else stage.touchpoints)]
    return {
        "stage": pd.Series(names, dtype="str"),
        "touchpoint": pd.Series([None] * len(stages) if whole else touchpoints, dtype="str"),
    }


def require_level(level: str) -> None:
    if level not in LEVELS:
        hint = did_you_mean(level, LEVELS)
        msg = f"`level` is `{level}`. Set journeys beside each `stage` or each `touchpoint`. {hint}"
        raise ParameterError(msg)


def _required_touchpoints(journey_map: JourneyMap) -> NDArray[np.bool_]:
    touchpoints = journey_map.touchpoints
    position = {touchpoint.id: place for place, touchpoint in enumerate(touchpoints)}
    said = [one.optionality == "required" and one.match is not None for one in touchpoints]
    required = np.array(said, bool)
    for flow in journey_map.flows:
        known = flow.from_ in position and flow.to in position
        if known and flow.kind in PASSES_OVER:
            required[position[flow.from_] + 1 : position[flow.to]] = False
    return required


def _at_most(said: list[timedelta | None]) -> NDArray[np.int64]:
    unit = timedelta(microseconds=1)
    return np.array([UNSAID if length is None else length // unit for length in said], np.int64)


def _kept(
    journey: np.ndarray, place: np.ndarray, worth: np.ndarray, n_journeys: int
) -> NDArray[np.int64]:
    """int64, (arrivals,). What the best ascending places up to each arrival are `worth` together.

    Every journey starts above all that the one before can reach: one running maximum serves all.
    """
    ceiling = int(worth.sum()) + 1
    start = (journey * ceiling).astype(np.min_scalar_type(n_journeys * ceiling))
    best = start.copy()
    order = by_place(place, len(worth))
    bounds = np.concatenate([[0], np.cumsum(np.bincount(place, minlength=len(worth)))])
    for (low, high), value in zip(pairwise(bounds.tolist()), worth, strict=True):
        if low < high:
            best[order[low:high]] += best.dtype.type(value)
            np.maximum.accumulate(best, out=best)
    return np.asarray(best - start, np.int64)


def _late(
    journeys: Journeys, order: DesignedOrder, event: np.ndarray, cell: np.ndarray, last: np.ndarray
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    shape = order.places, journeys.n_journeys
    said = order.at_most != UNSAID
    if not said.any():
        nothing = np.broadcast_to(np.False_, shape)
        return nothing, nothing
    begins, mine = journeys.at[event], journeys.journey[event[last]]
    reached = journeys.outcome[mine] != NONE
    ends = np.append(begins[1:], 0)
    ends[last] = np.where(reached, journeys.outcome_at[mine], begins[last])
    stayed = np.bincount(cell, (ends - begins).astype(np.float64), shape[0] * shape[1])
    timed = np.zeros(shape, dtype=bool)
    timed.ravel()[cell] = True
    timed.ravel()[cell[last[~reached]]] = False
    timed[~said] = False
    return timed & (stayed.reshape(shape) > order.at_most[:, None]), timed
