"""Where unclaimed events stand: in the course of what a customer does, and beside what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from cjm_notebooks.journeys.inventory.counted import Counted
from cjm_notebooks.journeys.tables import NONE
from cjm_notebooks.matching.suggestions import trust
from cjm_notebooks.matching.tallies import Tallies

FEWEST_EVENTS = 3
FAR = 0.15
ANYWHERE = 12**-0.5  # the standard deviation of places that are all equally likely


@dataclass(frozen=True, eq=False)
class Course:
    """Where customers first have each of some things, 0 for their first event and 1 for the last.

    Customers with fewer than three events say nothing of it.

    Attributes
    ----------
    mean, deviation
        float64, (things,). NaN where nobody has it.
    customers
        int64, (things,).
    """

    mean: np.ndarray
    deviation: np.ndarray
    customers: np.ndarray

    @classmethod
    def of(cls, tallies: Tallies, event: np.ndarray, customer_starts: np.ndarray) -> Self:
        """`event` int64: the position in all events of those that are tallied."""
        things = len(tallies.events)
        thing = np.repeat(np.arange(things), np.diff(tallies.starts))
        begin = customer_starts[tallies.customer]
        length = customer_starts[tallies.customer + 1] - begin
        place = (event[tallies.first] - begin) / np.maximum(length - 1, 1)
        long = length >= FEWEST_EVENTS
        thing, place = thing[long], place[long]
        n = np.bincount(thing, minlength=things)
        some = np.where(n == 0, np.nan, n)
        mean = np.bincount(thing, place, minlength=things) / some
        apart = np.bincount(thing, (place - mean[thing]) ** 2, minlength=things) / some
        return cls(mean, np.sqrt(apart), n)


@dataclass(frozen=True, eq=False)
class Neighbours:
    """Unclaimed events, by name, beside the touchpoints of the map.

    Attributes
    ----------
    name
        int32, (events,). The name of each unclaimed event, -1 for all other events.
    place
        int32, (events,). The touchpoint of each event, -1 where none claims it.
    """

    counted: Counted
    names: int
    name: np.ndarray
    place: np.ndarray

    @cached_property
    def _stray(self) -> np.ndarray:
        return np.flatnonzero(self.name != NONE)

    @cached_property
    def strays(self) -> Tallies:
        return self._tallies(self._stray, self.name, self.names)

    @cached_property
    def course(self) -> Course:
        """Of the names."""
        return Course.of(self.strays, self._stray, self.counted.recorded.events.starts)

    @cached_property
    def _visits(self) -> Tallies:
        return self._tallies(self._matched, self.place, self.touchpoints)

    @cached_property
    def _matched(self) -> np.ndarray:
        return np.flatnonzero(self.place != NONE)

    @property
    def touchpoints(self) -> int:
        return len(self.counted.journey_map.touchpoints)

    def _tallies(self, chosen: np.ndarray, of_event: np.ndarray, kinds: int) -> Tallies:
        kind = of_event[chosen].astype(np.min_scalar_type(kinds))
        recorded = self.counted.recorded
        return Tallies.of(kind, kinds, recorded.customer[chosen], recorded.events.at[chosen])

    @cached_property
    def planned(self) -> tuple[np.ndarray, np.ndarray]:
        """float64 and bool, (touchpoints,). Where each stands in the course, and if it was seen.

        One without events stands between its neighbours on the map.
        """
        seen = Course.of(self._visits, self._matched, self.counted.recorded.events.starts).mean
        known = np.flatnonzero(~np.isnan(seen))
        order = [-0.5, *known, self.touchpoints - 0.5]
        means = [0.0, *seen[known], 1.0]
        return np.interp(np.arange(self.touchpoints), order, means), ~np.isnan(seen)

    @cached_property
    def by_position(self) -> np.ndarray:
        """float64, (names, touchpoints). How surely both have the same place in the course."""
        course, (planned, _) = self.course, self.planned
        near = np.maximum(0, 1 - np.abs(course.mean[:, None] - planned) / FAR)
        settled = np.maximum(0, 1 - course.deviation / ANYWHERE) * trust(course.customers)
        return np.asarray(np.nan_to_num(near * settled[:, None]))

    @cached_property
    def _beside(self) -> tuple[np.ndarray, np.ndarray]:
        """float64, (names, touchpoints). The share of events right beside, and that by chance."""
        owner, place, stray = self.counted.recorded.customer, self.place, self._stray
        together = np.concatenate([[False], owner[1:] == owner[:-1], [False]])
        before = np.where(together[stray], place[stray - 1], NONE)
        after = np.where(together[stray + 1], place[(stray + 1) % len(place)], NONE)
        after_only = np.where(after == before, NONE, after)
        beside = self._pairs(before) + self._pairs(after_only)
        joined = np.flatnonzero(together[:-1])
        slots = np.concatenate([place[joined], place[joined - 1]])
        chance = np.bincount(slots[slots != NONE], minlength=self.touchpoints) / max(len(slots), 1)
        sides = together[stray].astype(np.int64) + together[stray + 1]
        events = np.maximum(self.strays.events, 1)[:, None]
        one, two = (
            np.bincount(self.name[stray], sides == number, minlength=self.names)[:, None] / events
            for number in (1, 2)
        )
        return beside / events, one * chance + two * (1 - (1 - chance) ** 2)

    def _pairs(self, place: np.ndarray) -> np.ndarray:
        there = place != NONE
        cell = self.name[self._stray][there].astype(np.int64) * self.touchpoints + place[there]
        found = np.bincount(cell, minlength=self.names * self.touchpoints)
        return found.reshape(self.names, self.touchpoints)

    @property
    def beside(self) -> np.ndarray:
        return self._beside[0]

    @property
    def beside_by_chance(self) -> np.ndarray:
        return self._beside[1]

    @cached_property
    def shared(self) -> tuple[np.ndarray, np.ndarray]:
        """float64, (names, touchpoints) and (touchpoints,). The share of customers who come there.

        First of those who have the name, then of all.
        """
        strays, visits = self.strays, self._visits
        thing = np.repeat(np.arange(self.names), np.diff(strays.starts))
        customers = np.maximum(np.diff(strays.starts), 1)
        shares = np.zeros((self.names, self.touchpoints))
        everyone = np.zeros(self.touchpoints)
        for place in range(self.touchpoints):
            has = np.zeros(len(self.counted.recorded.events.customer_codes), dtype=bool)
            has[visits.customer[visits.starts[place] : visits.starts[place + 1]]] = True
            found = np.bincount(thing, has[strays.customer], minlength=self.names)
            shares[:, place] = found / customers
            everyone[place] = has.mean() if len(has) else 0
        return shares, everyone

    @cached_property
    def by_company(self) -> np.ndarray:
        """float64, (names, touchpoints). How far both come together more than by chance would be.

        Seven tenths of it is standing right beside each other, three tenths having the same
        customers.
        """
        mine, everyone = self.shared
        beside = above_chance(self.beside, self.beside_by_chance)
        customers = trust(np.diff(self.strays.starts))[:, None]
        return np.asarray((0.7 * beside + 0.3 * above_chance(mine, everyone)) * customers)


def above_chance(share: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """0 where a share is no more than by chance, 1 where it is all; 0 where chance makes it all."""
    room = np.where(chance < 1, 1 - chance, 1)
    return np.asarray(np.clip((share - chance) / room, 0, 1))
