"""What journeys touched on their way to an outcome, and how many stand behind each place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Self, get_args

import numpy as np

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.endings import endings
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.statistics.partials import Additive, PerBucket
from cjm_notebooks.statistics.partials.cells import Ints

By = Literal["touchpoint", "channel", "stage"]


@dataclass(frozen=True, eq=False)
class Touches:
    """What the decided journeys touched before their outcome, at the places it belongs to.

    Attributes
    ----------
    places
        how many there are.
    place
        int64, (touches,).
    at
        int64, (touches,). UTC microseconds.
    starts
        int64, (journeys + 1,). Journey `i` owns touches `starts[i]:starts[i + 1]`, at least one.
    converted
        bool, (journeys,).
    customer
        int64, (journeys,), ascending.
    bucket
        int64, (journeys,), ascending. That of the customer.
    uncredited, open
        how many other journeys converted without a touch, and may convert yet.
    """

    places: int
    place: np.ndarray
    at: np.ndarray
    starts: np.ndarray
    converted: np.ndarray
    customer: np.ndarray
    bucket: np.ndarray
    uncredited: int
    open: int

    @property
    def lengths(self) -> Ints:
        return np.diff(self.starts)

    @property
    def first(self) -> np.ndarray:
        """int64, (journeys,). Position of each journey's first touch."""
        return self.starts[:-1]

    @property
    def last(self) -> np.ndarray:
        """int64, (journeys,). Position of each journey's last touch."""
        return self.starts[1:] - 1

    @cached_property
    def came(self) -> np.ndarray:
        """bool, (journeys, places). The journey came to the place."""
        pairs = np.zeros(len(self.converted) * self.places, bool)
        journey = np.arange(len(self.converted)) * self.places
        pairs[np.repeat(journey, self.lengths) + self.place] = True
        return pairs.reshape(-1, self.places)

    @cached_property
    def seen(self) -> Ints:
        """int64, (seen,), ascending. The buckets of the journeys."""
        return np.flatnonzero(np.bincount(self.bucket))

    def count(self, cell: np.ndarray, cells: int, units: np.ndarray | None = None) -> Ints:
        """int64, (seen, cells). The touches in each cell, or the journeys when `cell` has one for
        each, per bucket; or the sum of their whole `units`.
        """
        if len(self.seen) > 1:
            offset = np.searchsorted(self.seen, self.bucket) * cells
            each = offset if len(cell) == len(offset) else np.repeat(offset, self.lengths)
            cell = cell + each
        sums = np.bincount(cell, units, len(self.seen) * cells)
        return sums.astype(np.int64).reshape(len(self.seen), cells)


@dataclass(frozen=True)
class Standing(Additive):
    """How many journeys stand behind the credit of each place."""

    came: Ints  # int64, (places,): journeys that came on their way
    converted: Ints  # int64, (places,): of these
    customers: PerBucket  # (): customers with a journey that converted
    credited: int
    lost: int
    uncredited: int
    open: int

    @classmethod
    def of(cls, seen: Touches) -> Self:
        who = seen.customer[seen.converted]
        new = np.ones(len(who), bool)
        new[1:] = who[1:] != who[:-1]
        return cls(
            came=seen.came.sum(axis=0),
            converted=seen.came[seen.converted].sum(axis=0),
            customers=PerBucket.of(seen.bucket[seen.converted][new], np.ones(new.sum(), np.int64)),
            credited=len(who),
            lost=len(seen.converted) - len(who),
            uncredited=seen.uncredited,
            open=seen.open,
        )


def require_by(by: str) -> None:
    if by not in get_args(By):
        msg = f"Credit cannot go to each `{by}`. {did_you_mean(by, get_args(By))}"
        raise ParameterError(msg)


def places(journey_map: JourneyMap, by: By) -> tuple[list[str | None], Ints]:
    """The name of each place in map order, and int64, (touchpoints,): that of each touchpoint."""
    pairs = [
        (stage, touchpoint) for stage in journey_map.stages for touchpoint in stage.touchpoints
    ]
    if by == "touchpoint":
        own: list[str | None] = [touchpoint.id for _, touchpoint in pairs]
        names = own
    elif by == "stage":
        own = [stage.id for stage, _ in pairs]
        names = [stage.id for stage in journey_map.stages]
    else:
        own = [touchpoint.channel for _, touchpoint in pairs]
        names = sorted(dict.fromkeys(own), key=lambda channel: channel is None)
    number = {name: place for place, name in enumerate(names)}
    return names, np.array([number[name] for name in own], np.int64)


def touches(journeys: Journeys, outcome: str | None, by: By, *, lost: bool = True) -> Touches:
    """What the decided journeys touched on their way, or without `lost` the converting ones.

    Raises  ParameterError when the map has no such outcome
    """
    names, of_touchpoint = places(journeys.map, by)
    end, wanted = endings(journeys), _wanted(journeys.map, outcome)
    on, touched = end.on_way, end.last - journeys.first + 1
    is_outcome = _is_outcome(journeys.map)
    if is_outcome.any():
        on = on & ~is_outcome[journeys.touchpoint]
        touched = np.add.reduceat(on, journeys.first, dtype=np.int64)
    converted = wanted[journeys.outcome]
    chosen = (touched > 0) & (~journeys.is_open if lost else converted)
    if not chosen.all():
        on = on & np.repeat(chosen, np.diff(journeys.starts))
    customer = journeys.journey_customer[chosen]
    return Touches(
        places=len(names),
        place=np.take(of_touchpoint, journeys.touchpoint[on]),
        at=journeys.at[on],
        starts=np.concatenate([[0], np.cumsum(touched[chosen])]),
        converted=converted[chosen],
        customer=customer,
        bucket=journeys.bucket[customer],
        uncredited=int(np.count_nonzero(converted & (touched == 0))),
        open=int(np.count_nonzero(journeys.is_open)),
    )


def _wanted(journey_map: JourneyMap, outcome: str | None) -> np.ndarray:
    """bool, (outcomes + 1,). False at the end, where -1 looks."""
    ids = [known.id for known in journey_map.outcomes]
    if outcome is not None and outcome not in ids:
        msg = f"The map `{journey_map.id}` has no outcome `{outcome}`. {did_you_mean(outcome, ids)}"
        raise ParameterError(msg)
    any_success = [known.kind != "failure" for known in journey_map.outcomes]
    return np.array([*(any_success if outcome is None else [i == outcome for i in ids]), False])


def _is_outcome(journey_map: JourneyMap) -> np.ndarray:
    """bool, (touchpoints,). Every event of the touchpoint is an outcome itself."""
    rules = [outcome.match for outcome in journey_map.outcomes if outcome.match is not None]
    claims = [rule.where for rule in rules if not (rule.after or rule.before or rule.nth)]
    own = [touchpoint.match for touchpoint in journey_map.touchpoints]
    return np.array([rule is not None and rule.where in claims for rule in own], bool)
