"""When customers were active, and where, whatever journeys their events were cut into."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.calendar import Calendar
from cjm_notebooks.journeys.passes.visits import changes


@dataclass(frozen=True, eq=False)
class Activity:
    """The events of each customer who has any, whatever journeys they were cut into.

    Attributes
    ----------
    customer
        int64, (active,), ascending. Position of each active customer.
    starts
        int64, (active + 1,). Number `i` owns events `starts[i]:starts[i + 1]`, at least one.
    at
        int64, (events,). UTC microseconds. Not ascending within a customer whose journeys overlap.
    """

    customer: NDArray[np.int64]
    starts: NDArray[np.int64]
    at: NDArray[np.int64]

    @classmethod
    def of(cls, journeys: Journeys) -> Activity:
        first = np.flatnonzero(changes(journeys.journey_customer))
        starts = np.append(journeys.starts[first], journeys.n_events)
        return cls(journeys.journey_customer[first], starts, journeys.at)

    @property
    def n_active(self) -> int:
        return len(self.customer)

    @property
    def events(self) -> NDArray[np.int64]:
        """int64, (active,). How many events each has."""
        return np.diff(self.starts)

    @cached_property
    def who(self) -> NDArray[np.int64]:
        """int64, (events,). Which of the active customers did it."""
        return np.repeat(np.arange(self.n_active), self.events)

    @property
    def first_at(self) -> NDArray[np.int64]:
        """int64, (active,). When the first event came."""
        return np.minimum.reduceat(self.at, self.starts[:-1])

    @property
    def last_at(self) -> NDArray[np.int64]:
        """int64, (active,). When the last event came."""
        return np.maximum.reduceat(self.at, self.starts[:-1])

    def came(self, place: NDArray[np.int64], places: int) -> NDArray[np.bool_]:
        """bool, (active, places). Who came to which place; those from `places` on are left out.

        `place` int, (events,), numbered from 0.
        """
        seen = np.zeros((self.n_active, places + 1), np.bool_)
        seen.ravel()[self.who * (places + 1) + np.minimum(place, places)] = True
        return seen[:, :places]

    def active_days(self, zone: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """int64, (active days,) twice: who, and a day with events of theirs, each pair once.

        Both ascend, and days are numbered as by `Calendar("day", zone)`.
        """
        day = Calendar("day", zone).number(self.at)
        earliest, span = (int(day.min()), int(np.ptp(day)) + 1) if len(day) else (0, 1)
        pair = self.who * span + (day - earliest)
        if (pair[1:] < pair[:-1]).any():
            pair.sort()
        who, since = np.divmod(pair[changes(pair)], span)
        return who, since + earliest
