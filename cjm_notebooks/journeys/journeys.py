"""Journeys: what each customer did, as sorted arrays of small numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from math import floor
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.events import Customers, Events, Feedback, Quality
from cjm_notebooks.journeys.choosing import period, touchpoints_of
from cjm_notebooks.journeys.hashing import digest
from cjm_notebooks.journeys.origin import Origin
from cjm_notebooks.journeys.selecting import neighbours, selected
from cjm_notebooks.journeys.splitting import Split
from cjm_notebooks.journeys.tables import (
    BUCKETS,
    GROUPS,
    MICROSECONDS_PER_DAY,
    NONE,
    Answers,
    Kinds,
    Segment,
    Unmatched,
    bucket_of,
    group_of,
)
from cjm_notebooks.maps import JourneyMap

if TYPE_CHECKING:
    from cjm_notebooks.journeys.patterns import Pattern


@dataclass(frozen=True, eq=False)
class Journeys:
    """The matched events of whole customers, cut into journeys, and their feedback.

    Customers stand in the order of a stable code of their id, which falls into 256 buckets and
    these into 64 groups; the journeys of a customer stand together in time order, and so do the
    events of a journey. No customer is ever split over two `Journeys`: that is why partial results
    of a metric add.

    Attributes
    ----------
    customer_codes
        uint64, (customers,), ascending. Whoever has an event or an answer.
    journey_customer
        int64, (journeys,), ascending. Position of the customer.
    starts
        int64, (journeys + 1,). Journey `i` owns events `starts[i]:starts[i + 1]`, at least one.
    outcome
        int32, (journeys,). Position in `map.outcomes` of the first outcome reached, else -1.
    outcome_at
        int64, (journeys,). When it was reached, else `UNKNOWN_TIME`.
    seen_until
        int64, (journeys,). Until when a further event would have been seen: the start of the
        customer's next journey, or the end of the data.
    is_open
        bool, (journeys,). Without an outcome, its last event less than `quiet_days` before the end
        of the data: not lost, only not over.
    value
        int64, (journeys,). Thousandths of the map's currency, summed over all its events.
    at
        int64, (events,). UTC microseconds since 1970-01-01.
    kind
        unsigned, (events,). Row of `kinds`, which says all else about the event.
    end_of_data
        UTC microseconds of the last event, the same in every part.
    origin
        what all of it was joined from; None for a part or a choice.
    """

    map: JourneyMap
    end_of_data: int
    customer_codes: np.ndarray
    journey_customer: np.ndarray
    starts: np.ndarray
    outcome: np.ndarray
    outcome_at: np.ndarray
    seen_until: np.ndarray
    is_open: np.ndarray
    value: np.ndarray
    at: np.ndarray
    kind: np.ndarray
    kinds: Kinds
    names: tuple[str, ...]
    unmatched: Unmatched
    answers: Answers
    segments: Mapping[str, Segment] = field(default_factory=dict)
    quality: tuple[Quality, ...] = ()
    origin: Origin | None = None

    @property
    def n_customers(self) -> int:
        return len(self.customer_codes)

    @property
    def n_journeys(self) -> int:
        return len(self.outcome)

    @property
    def n_events(self) -> int:
        return len(self.at)

    @property
    def settled_until(self) -> int:
        """UTC microseconds. What followed an event up to here was seen, or there was nothing.

        It lies `quiet_days` before the end of the data. A later event that another followed is
        known to be no end, one that none followed may be: to count the first and to wait for the
        second finds too few ends.
        """
        return floor(self.end_of_data - self.map.journey.quiet_days * MICROSECONDS_PER_DAY)

    @property
    def first(self) -> np.ndarray:
        """int64, (journeys,). Position of each journey's first event."""
        return self.starts[:-1]

    @property
    def last(self) -> np.ndarray:
        """int64, (journeys,). Position of each journey's last event."""
        return self.starts[1:] - 1

    @property
    def bucket(self) -> np.ndarray:
        """int64, (customers,), ascending. Which of the 256 buckets each customer is in."""
        return bucket_of(self.customer_codes)

    @cached_property
    def repeats(self) -> int:
        """Journeys beyond the first of their customer."""
        return int(np.count_nonzero(self.journey_customer[1:] == self.journey_customer[:-1]))

    @cached_property
    def journey(self) -> np.ndarray:
        """int64, (events,). The journey that owns each event."""
        return np.repeat(np.arange(self.n_journeys), np.diff(self.starts))

    @cached_property
    def touchpoint(self) -> np.ndarray:
        """int32, (events,). Position in `map.touchpoints`."""
        return np.take(self.kinds.touchpoint, self.kind)

    @cached_property
    def stage(self) -> np.ndarray:
        """int32, (events,). Position of the event's stage in `map.stages`."""
        of_kind = np.append(self.stage_of_touchpoint, np.int32(NONE))[self.kinds.touchpoint]
        return np.take(of_kind, self.kind)

    @cached_property
    def stage_of_touchpoint(self) -> np.ndarray:
        """int32, (touchpoints,). Position of each touchpoint's stage in `map.stages`."""
        counts = [len(stage.touchpoints) for stage in self.map.stages]
        return np.repeat(np.arange(len(counts), dtype=np.int32), counts)

    @property
    def name(self) -> np.ndarray:
        """int32, (events,). Position in `names`."""
        return np.take(self.kinds.name, self.kind)

    @property
    def contested(self) -> np.ndarray:
        """int32, (events,). A second touchpoint whose rule claims the event too, else -1."""
        return np.take(self.kinds.contested, self.kind)

    @property
    def undecided(self) -> np.ndarray:
        """bool, (events,). That second rule is as strong, and only the smaller id decided."""
        return np.take(self.kinds.undecided, self.kind)

    def save(self, path: str | PathLike[str]) -> None:
        """Write everything into one file, to be opened again in milliseconds.

        Comments are written word for word: keep the file as you keep the answers.

        Raises  SourceError when these are not all the journeys that `join` returned, or a file
                they were joined from changed since
        """
        from cjm_notebooks.journeys.saving import save_journeys

        save_journeys(self, Path(path))

    @staticmethod
    def open(
        path: str | PathLike[str],
        journey_map: JourneyMap | None = None,
        events: Events | None = None,
        *,
        feedback: Feedback | None = None,
        customers: Customers | None = None,
        as_of: datetime | None = None,
    ) -> Journeys:
        """The saved journeys, read from the disk only where something is asked of them.

        With a map, journeys are refused that were not made of this map and these tables. Without
        one they are taken as they are.

        Raises  SourceError when the file holds no journeys
                StaleError when the map or the content of a table is another one
        """
        from cjm_notebooks.journeys.saving import open_journeys

        origin = None
        if journey_map is not None:
            tables = {"events": events, "feedback": feedback, "customers": customers}
            origin = Origin.of(journey_map, as_of, **tables)
        return open_journeys(Path(path), origin)

    def content_hash(self) -> str:
        """SHA-256 of the map and of everything joined to it, whatever library it came from."""
        return digest(self)

    def groups(self) -> tuple[Journeys, ...]:
        """The customers of each of the 64 groups that has any, as views without copying.

        A group is what metrics observe at once, and the unit that intervals tell apart.
        """
        return self._groups

    @cached_property
    def _groups(self) -> tuple[Journeys, ...]:
        bounds = np.searchsorted(group_of(self.customer_codes), np.arange(GROUPS + 1))
        return tuple(neighbours(self, np.unique(bounds)))

    @property
    def group(self) -> int:
        """Which of the 64 groups the first customer is in."""
        return int(group_of(self.customer_codes[:1])[0])

    def buckets(self) -> tuple[Journeys, ...]:
        """The customers of each of the 256 buckets that has any; four buckets make a group."""
        bounds = np.searchsorted(self.bucket, np.arange(BUCKETS + 1))
        return tuple(neighbours(self, np.unique(bounds)))

    def part(self, low: int, high: int) -> Journeys:
        """Customers `low` to `high` (exclusive), whole, as views of the same arrays."""
        return next(neighbours(self, np.array([low, high])))

    def chosen(self, customers: np.ndarray) -> Journeys:
        """Only the customers where bool `customers` (customers,) is True, whole."""
        return selected(
            self,
            customers,
            customers[self.journey_customer],
            customers[self.unmatched.customer],
            customers[self.answers.customer],
        )

    def kept(self, journeys: np.ndarray) -> Journeys:
        """Only the journeys where bool `journeys` (journeys,) is True, with their customers.

        What customers without any such journey answered, and their unmatched events, go too.
        """
        customers = np.zeros(self.n_customers, dtype=bool)
        customers[self.journey_customer[journeys]] = True
        strays, said = customers[self.unmatched.customer], customers[self.answers.customer]
        return selected(self, customers, journeys, strays, said)

    def where(self, segment: str, value: str) -> Journeys:
        """The journeys of the customers whose `segment` is `value`.

        Raises  ParameterError when there is no such segment or value
        """
        found = self.segment(segment)
        if value not in found.values:
            near = did_you_mean(value, found.values)
            msg = f"The segment `{segment}` has no value `{value}`. {near}"
            raise ParameterError(msg)
        return self.chosen(found.codes == found.values.index(value))

    def during(self, start: datetime | date, end: datetime | date) -> Journeys:
        """The journeys whose first event lies in the period from `start` to before `end`.

        A date is the start of that day in UTC. Each journey is kept whole.

        Raises  ParameterError when `start` is not before `end`, or a time has no zone
        """
        low, high = period(start, end)
        begins = self.at[self.first]
        return self.kept((begins >= low) & (begins < high))

    def through(self, place: str) -> Journeys:
        """The journeys that came to a touchpoint, or to any of a stage.

        Raises  ParameterError when the map has no such place
        """
        here = touchpoints_of(self.map, place)[self.kinds.touchpoint][self.kind]
        return self.kept(np.add.reduceat(here, self.first, dtype=np.int64) > 0)

    def that(self, pattern: Pattern | str) -> Journeys:
        """The journeys that hold a pattern, such as `cart -> [^help]* -> paid`.

        Raises  ParameterError when the pattern cannot be read or names what the map does not have
        """
        from cjm_notebooks.journeys.patterns import matches

        return self.kept(matches(pattern, self))

    def split_by(self, segment: str) -> Split[Journeys]:
        """The same journeys, to be measured for each value of a segment apart.

        Raises  ParameterError when there is no such segment
        """
        self.segment(segment)
        return Split(self, segment)

    def segment(self, name: str) -> Segment:
        """An attribute of the customers.

        Raises  ParameterError when there is none of that name
        """
        if name not in self.segments:
            msg = f"Customers have no segment `{name}`. {did_you_mean(name, self.segments)}"
            raise ParameterError(msg)
        return self.segments[name]
