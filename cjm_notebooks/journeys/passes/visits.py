"""Which journeys came to which places, each pair once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.once import once


@dataclass(frozen=True, eq=False)
class Visits:
    """The places that each journey came to.

    Attributes
    ----------
    places
        how many places there are, stages or touchpoints.
    place
        int64, (visits,), ascending.
    journey
        int64, (visits,), ascending within a place.
    customer
        int64, (visits,), ascending within a place.
    events
        int64, (visits,). The journey's events at the place, at least one.
    last
        int64, (visits,). Position of the last of them.
    """

    places: int
    place: np.ndarray
    journey: np.ndarray
    customer: np.ndarray
    events: np.ndarray
    last: np.ndarray

    @property
    def journeys(self) -> NDArray[np.int64]:
        """int64, (places,)."""
        return np.bincount(self.place, minlength=self.places)

    @property
    def customers(self) -> NDArray[np.int64]:
        """int64, (places,)."""
        each_once = self.place[changes(self.place, self.customer)]
        return np.bincount(each_once, minlength=self.places)

    @property
    def repeats(self) -> NDArray[np.int64]:
        """int64, (places,). Journeys beyond the first of their customer at that place."""
        return self.journeys - self.customers

    def where(self, chosen: np.ndarray) -> Visits:
        """Only the visits where bool `chosen` (visits,) is True."""
        parts = ("place", "journey", "customer", "events", "last")
        return replace(self, **{name: getattr(self, name)[chosen] for name in parts})


def visits(
    journeys: Journeys, place: np.ndarray, places: int, chosen: np.ndarray | None = None
) -> Visits:
    """The visits of all events, or of those where bool `chosen` (events,) is True.

    `place` int, (events,), numbered from 0.
    """
    everywhere = slice(None) if chosen is None else chosen
    order = by_place(place[everywhere], places)
    there, journey = place[everywhere][order], journeys.journey[everywhere][order]
    first = np.flatnonzero(changes(there, journey))
    last = order[np.append(first[1:], len(there)) - 1] if len(first) else first
    return Visits(
        places=places,
        place=there[first].astype(np.int64),
        journey=journey[first],
        customer=journeys.journey_customer[journey[first]],
        events=np.diff(np.append(first, len(there))),
        last=last if chosen is None else np.flatnonzero(chosen)[last],
    )


def counted_by_journey(
    journeys: Journeys, place: np.ndarray, places: int, chosen: np.ndarray
) -> NDArray[np.int64]:
    """int64, (places, journeys). The events of each journey at each place, of those chosen.

    `place` int, (events,), numbered from 0; `chosen` bool, (events,).
    """
    count = journeys.n_journeys
    cell = place[chosen] * np.int64(count) + journeys.journey[chosen]
    return np.bincount(cell, minlength=places * count).reshape(places, count)


def repeated(journeys: Journeys, came: np.ndarray) -> NDArray[np.int64]:
    """int64, (places,). Of bool `came` (places, journeys), those beyond one of a customer."""
    if not journeys.repeats:
        return np.zeros(len(came), np.int64)
    first = np.flatnonzero(changes(journeys.journey_customer))
    customers = np.logical_or.reduceat(came, first, axis=1).sum(axis=1)
    return np.asarray(came.sum(axis=1) - customers, np.int64)


@once
def nth(journeys: Journeys) -> NDArray[np.int64]:
    """int64, (events,). How many events of the same journey came before."""
    before = np.repeat(journeys.first, np.diff(journeys.starts))
    return np.asarray(np.arange(journeys.n_events) - before, np.int64)


def by_place(place: np.ndarray, places: int) -> np.ndarray:
    """The order that puts equal places together and keeps the order within each.

    numpy sorts numbers of at most 16 bits in linear time, so the narrowest type is the fastest.
    """
    return np.argsort(place.astype(np.min_scalar_type(places)), kind="stable")


def changes(*columns: np.ndarray) -> np.ndarray:
    """bool, (rows,). The first row, and each row that differs from the one before it."""
    new = np.zeros(len(columns[0]), dtype=bool)
    new[:1] = True
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    return new
