"""How each journey ended, and after which event: the same for every metric."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.once import once
from cjm_notebooks.journeys.tables import NONE
from cjm_notebooks.maps import JourneyMap

ENDINGS = ("success", "failure", "left", "open")
SUCCESS, FAILURE, LEFT, OPEN = range(len(ENDINGS))


@dataclass(frozen=True, eq=False)
class Endings:
    """The end of each journey. Events after its outcome are not on its way.

    Attributes
    ----------
    how
        int64, (journeys,). Position in `ENDINGS`.
    has_way
        bool, (journeys,). False where the outcome came before every event.
    last
        int64, (journeys,). Position of the last event on the way; without a way the position before
        the first event of the journey.
    on_way
        bool, (events,). The event is not after the outcome of its journey.
    """

    how: np.ndarray
    has_way: np.ndarray
    last: np.ndarray
    on_way: np.ndarray

    def place(self, place: np.ndarray) -> np.ndarray:
        """Where each journey ended, given the place of each event; -1 where it has no way."""
        ended = np.full(len(self.how), NONE, dtype=np.int64)
        ended[self.has_way] = place[self.last[self.has_way]]
        return ended

    def count(self, place: np.ndarray, places: int) -> np.ndarray:
        """int64, (places, endings). The journeys that ended at each place, by how they ended."""
        cell = self.place(place)[self.has_way] * len(ENDINGS) + self.how[self.has_way]
        counted = np.bincount(cell, minlength=places * len(ENDINGS))
        return counted.reshape(places, len(ENDINGS))


@once
def endings(journeys: Journeys) -> Endings:
    lengths = np.diff(journeys.starts)
    reached = journeys.outcome != NONE
    until = np.where(reached, journeys.outcome_at, np.iinfo(np.int64).max)
    on_way = journeys.at <= np.repeat(until, lengths)
    on_way_of = np.add.reduceat(on_way, journeys.first, dtype=np.int64)
    is_failure = np.array([outcome.kind == "failure" for outcome in journeys.map.outcomes], bool)
    how = np.where(journeys.is_open, OPEN, LEFT)
    how[reached] = np.where(is_failure[journeys.outcome[reached]], FAILURE, SUCCESS)
    return Endings(how, on_way_of > 0, journeys.first + on_way_of - 1, on_way)


def next_names(journey_map: JourneyMap) -> tuple[np.ndarray, np.ndarray]:
    """What can come next, all touchpoints and then all `ENDINGS`: the names of each, else None."""
    touchpoints = [touchpoint.id for touchpoint in journey_map.touchpoints]
    no_ending, nowhere = [None] * len(touchpoints), [None] * len(ENDINGS)
    return np.array([*touchpoints, *nowhere], object), np.array([*no_ending, *ENDINGS], object)
