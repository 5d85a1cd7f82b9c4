"""Whole journeys near the end of the data: which of them can be compared."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.once import once
from cjm_notebooks.journeys.tables import MICROSECONDS_PER_DAY
from cjm_notebooks.statistics.partials import Additive

P = TypeVar("P", bound=Additive)


@dataclass(frozen=True)
class Watched(Additive, Generic[P]):
    """Figures of the journeys that are over, and the same of those that also began early.

    Of the journeys that began shortly before the end of the data the quick ones are over, most of
    all the quick successes, and the slow ones are still open. One that began at least twice the
    map's `quiet_days` before the end had as long to go on as it takes to know that it was left.
    Where more than a few journeys are open, anywhere, only these count, otherwise all that are
    over. A few are a quarter of the root of all: what they shift a share by is at most half of the
    standard error of one half. Data too short for it, where fewer than half of those that are over
    began early, keep all that are over. Which it is shows when all parts are added.
    """

    early: P
    over: P
    n_early: int  # journeys, as are the two below
    n_over: int
    n_open: int

    @classmethod
    def of(cls, journeys: Journeys, figures: Callable[[np.ndarray], P]) -> Watched[P]:
        """`figures` gives those of the journeys that a bool array, (journeys,), names."""
        early, over = began_early(journeys), ~journeys.is_open
        return cls(
            early=figures(early),
            over=figures(over),
            n_early=int(np.count_nonzero(early)),
            n_over=int(np.count_nonzero(over)),
            n_open=int(np.count_nonzero(journeys.is_open)),
        )

    @property
    def counted(self) -> P:
        many_are_open = self.n_open > math.sqrt(self.n_over + self.n_open) / 4
        return self.early if many_are_open and 2 * self.n_early >= self.n_over else self.over


@once
def began_early(journeys: Journeys) -> np.ndarray:
    """bool, (journeys,). Over, and begun at least twice `quiet_days` before the end of the data."""
    quiet = round(journeys.map.journey.quiet_days * MICROSECONDS_PER_DAY)
    begun = journeys.at[journeys.first]
    early: np.ndarray = ~journeys.is_open & (begun <= journeys.settled_until - quiet)
    return early
