"""Journeys: what each customer did, as sorted arrays of small numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from typing import TypeVar

import numpy as np

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.events import Quality, Question
from cjm_notebooks.maps import JourneyMap

BUCKETS = 256
NONE = -1
UNKNOWN_TIME = np.iinfo(np.int64).min
MICROSECONDS_PER_DAY = 86_400_000_000


@dataclass(frozen=True, eq=False)
class Segment:
    """One attribute of the customers: `codes` int32, (customers,), -1 where it is not known."""

    codes: np.ndarray
    values: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Unmatched:
    """Events that belong to no touchpoint, in the order of their customers.

    Attributes
    ----------
    customer
        int64, (unmatched,). Position of the customer.
    at
        int64, (unmatched,). UTC microseconds.
    name
        int32, (unmatched,). Position in `Journeys.names`.
    is_outcome
        bool, (unmatched,). The event is an outcome all the same.
    """

    customer: np.ndarray
    at: np.ndarray
    name: np.ndarray
    is_outcome: np.ndarray


@dataclass(frozen=True, eq=False)
class Answers:
    """Feedback, in the order of its customers.

    Attributes
    ----------
    customer
        int64, (answers,). Position of the customer.
    question
        int32, (answers,). Position in `questions`.
    touchpoint
        int32, (answers,). Position in `map.touchpoints`, -1 for the journey as a whole.
    score
        float64, (answers,). On the scale of the question.
    at
        int64, (answers,). UTC microseconds, `UNKNOWN_TIME` where the time is not known.
    weight
        float64, (answers,). 1 throughout when `weighted` is False.
    """

    questions: tuple[Question, ...]
    customer: np.ndarray
    question: np.ndarray
    touchpoint: np.ndarray
    score: np.ndarray
    at: np.ndarray
    weight: np.ndarray
    weighted: bool = False

    def of_kind(self, kind: str) -> np.ndarray:
        """bool, (answers,). The answers whose question is of `kind`."""
        places = [place for place, asked in enumerate(self.questions) if asked.kind == kind]
        return np.isin(self.question, places)


@dataclass(frozen=True, eq=False)
class Journeys:
    """The matched events of whole customers, cut into journeys, and their feedback.

    Customers stand in the order of a stable code of their id, which falls into 256 buckets; the
    journeys of a customer stand together in time order, and so do the events of a journey. No
    customer is ever split over two `Journeys`: that is why partial results of a metric add.

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
    at
        int64, (events,). UTC microseconds since 1970-01-01.
    touchpoint
        int32, (events,). Position in `map.touchpoints`.
    name
        int32, (events,). Position in `names`.
    contested
        int32, (events,). A second touchpoint whose rule claims the event too, else -1.
    undecided
        bool, (events,). That second rule is as strong, and only the smaller id decided.
    end_of_data
        UTC microseconds of the last event, the same in every part.
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
    at: np.ndarray
    touchpoint: np.ndarray
    name: np.ndarray
    contested: np.ndarray
    undecided: np.ndarray
    names: tuple[str, ...]
    unmatched: Unmatched
    answers: Answers
    segments: Mapping[str, Segment] = field(default_factory=dict)
    quality: tuple[Quality, ...] = ()

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
    def repeats(self) -> int:
        """Journeys beyond the first of their customer."""
        return self.n_journeys - len(np.unique(self.journey_customer))

    @cached_property
    def journey(self) -> np.ndarray:
        """int64, (events,). The journey that owns each event."""
        return np.repeat(np.arange(self.n_journeys), np.diff(self.starts))

    @cached_property
    def stage_of_touchpoint(self) -> np.ndarray:
        """int32, (touchpoints,). Position of each touchpoint's stage in `map.stages`."""
        counts = [len(stage.touchpoints) for stage in self.map.stages]
        return np.repeat(np.arange(len(counts), dtype=np.int32), counts)

    @cached_property
    def stage(self) -> np.ndarray:
        """int32, (events,). Position of the event's stage in `map.stages`."""
        return np.take(self.stage_of_touchpoint, self.touchpoint)

    @property
    def first(self) -> np.ndarray:
        """int64, (journeys,). Position of each journey's first event."""
        return self.starts[:-1]

    @property
    def last(self) -> np.ndarray:
        """int64, (journeys,). Position of each journey's last event."""
        return self.starts[1:] - 1

    def content_hash(self) -> str:
        """SHA-256 of the map and of everything joined to it, whatever library it came from."""
        digest = sha256(self.map.content_hash().encode())
        tables: list[Journeys | Unmatched | Answers | Segment]
        tables = [self, self.unmatched, self.answers]
        tables += self.segments.values()
        for table in tables:
            for name in _arrays(table):
                digest.update(name.encode() + np.ascontiguousarray(getattr(table, name)).tobytes())
        for words in (self.names, *(segment.values for segment in self.segments.values())):
            digest.update("\0".join(words).encode())
        return digest.hexdigest()

    def buckets(self) -> Iterator[Journeys]:
        """The customers of each of the 256 buckets that has any, as views without copying."""
        bucket = (self.customer_codes >> np.uint64(56)).astype(np.int64)
        bounds = np.searchsorted(bucket, np.arange(BUCKETS + 1))
        for low, high in pairwise(bounds):
            if low < high:
                yield self.part(int(low), int(high))

    def part(self, low: int, high: int) -> Journeys:
        """Customers `low` to `high` (exclusive), whole, as views of the same arrays."""
        mine = slice(*np.searchsorted(self.journey_customer, [low, high]))
        starts = self.starts[mine.start : mine.stop + 1]
        events = slice(int(starts[0]), int(starts[-1]))
        return replace(
            self,
            customer_codes=self.customer_codes[low:high],
            journey_customer=self.journey_customer[mine] - low,
            starts=starts - starts[0],
            **{name: getattr(self, name)[mine] for name in _OF_JOURNEYS},
            **{name: getattr(self, name)[events] for name in _OF_EVENTS},
            unmatched=_part(self.unmatched, low, high),
            answers=_part(self.answers, low, high),
            segments={
                name: Segment(segment.codes[low:high], segment.values)
                for name, segment in self.segments.items()
            },
        )

    def chosen(self, customers: np.ndarray) -> Journeys:
        """Only the customers where bool `customers` (customers,) is True, whole."""
        new_place = np.cumsum(customers) - 1
        mine = customers[self.journey_customer]
        lengths = np.diff(self.starts)
        events = np.repeat(mine, lengths)
        return replace(
            self,
            customer_codes=self.customer_codes[customers],
            journey_customer=new_place[self.journey_customer[mine]],
            starts=np.concatenate([[0], np.cumsum(lengths[mine])]),
            **{name: getattr(self, name)[mine] for name in _OF_JOURNEYS},
            **{name: getattr(self, name)[events] for name in _OF_EVENTS},
            unmatched=_chosen(self.unmatched, customers, new_place),
            answers=_chosen(self.answers, customers, new_place),
            segments={
                name: Segment(segment.codes[customers], segment.values)
                for name, segment in self.segments.items()
            },
        )

    def where(self, segment: str, value: str) -> Journeys:
        """The journeys of the customers whose `segment` is `value`.

        Raises  ParameterError when there is no such segment or value
        """
        if segment not in self.segments:
            msg = f"Customers have no segment `{segment}`. {did_you_mean(segment, self.segments)}"
            raise ParameterError(msg)
        found = self.segments[segment]
        if value not in found.values:
            near = did_you_mean(value, found.values)
            msg = f"The segment `{segment}` has no value `{value}`. {near}"
            raise ParameterError(msg)
        return self.chosen(found.codes == found.values.index(value))


T = TypeVar("T", Unmatched, Answers)

_OF_JOURNEYS = ("outcome", "outcome_at", "seen_until", "is_open")
_OF_EVENTS = ("at", "touchpoint", "name", "contested", "undecided")


def _arrays(table: Journeys | Unmatched | Answers | Segment) -> list[str]:
    return [f.name for f in fields(table) if isinstance(getattr(table, f.name), np.ndarray)]


def _part(table: T, low: int, high: int) -> T:
    mine = slice(*np.searchsorted(table.customer, [low, high]))
    cut = {name: getattr(table, name)[mine] for name in _arrays(table)}
    return replace(table, **cut | {"customer": cut["customer"] - low})


def _chosen(table: T, customers: np.ndarray, places: np.ndarray) -> T:
    mine = customers[table.customer]
    cut = {name: getattr(table, name)[mine] for name in _arrays(table)}
    return replace(table, **cut | {"customer": places[cut["customer"]]})
