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
    standard error of one half. Which it is shows when all parts are added.
    """

    early: P
    over: P
    open: int  # journeys
    journeys: int

    @classmethod
    def of(cls, journeys: Journeys, figures: Callable[[np.ndarray], P]) -> Watched[P]:
        """`figures` gives those of the journeys that a bool array, (journeys,), names."""
        return cls(
            early=figures(began_early(journeys)),
            over=figures(~journeys.is_open),
            open=int(np.count_nonzero(journeys.is_open)),
            journeys=journeys.n_journeys,
        )

    @property
    def counted(self) -> P:
        return self.early if self.open > math.sqrt(self.journeys) / 4 else self.over


@once
def began_early(journeys: Journeys) -> np.ndarray:
    """bool, (journeys,). Over, and begun at least twice `quiet_days` before the end of the data."""
    quiet = round(journeys.map.journey.quiet_days * MICROSECONDS_PER_DAY)
    begun = journeys.at[journeys.first]
    early: np.ndarray = ~journeys.is_open & (begun <= journeys.settled_until - quiet)
    return early
