"""Journeys: what each customer did, as sorted arrays of small numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256

import numpy as np

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.events import Quality
from cjm_notebooks.journeys.splitting import Split
from cjm_notebooks.journeys.tables import (
    BUCKETS,
    NONE,
    Answers,
    Kinds,
    Segment,
    Unmatched,
    arrays_of,
    chosen_rows,
    rows_of,
)
from cjm_notebooks.maps import JourneyMap


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
    value
        int64, (journeys,). Thousandths of the map's currency, summed over all its events.
    at
        int64, (events,). UTC microseconds since 1970-01-01.
    kind
        unsigned, (events,). Row of `kinds`, which says all else about the event.
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
    value: np.ndarray
    at: np.ndarray
    kind: np.ndarray
    kinds: Kinds
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
        return (self.customer_codes >> np.uint64(56)).astype(np.int64)

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

    def content_hash(self) -> str:
        """SHA-256 of the map and of everything joined to it, whatever library it came from."""
        digest = sha256(self.map.content_hash().encode())
        for table in (self, self.kinds, self.unmatched, self.answers, *self.segments.values()):
            for name, array in arrays_of(table).items():
                digest.update(name.encode())
                digest.update(np.ascontiguousarray(array).data)
        for words in (self.names, *(segment.values for segment in self.segments.values())):
            digest.update("\0".join(words).encode())
        return digest.hexdigest()

    def buckets(self) -> tuple[Journeys, ...]:
        """The customers of each of the 256 buckets that has any, as views without copying."""
        return self._buckets

    @cached_property
    def _buckets(self) -> tuple[Journeys, ...]:
        bounds = np.searchsorted(self.bucket, np.arange(BUCKETS + 1))
        return tuple(self._parts(np.unique(bounds)))

    def part(self, low: int, high: int) -> Journeys:
        """Customers `low` to `high` (exclusive), whole, as views of the same arrays."""
        return next(self._parts(np.array([low, high])))

    def _parts(self, customers: np.ndarray) -> Iterator[Journeys]:
        """One part for each pair of neighbours among the `customers` where parts begin and end."""
        journeys = np.searchsorted(self.journey_customer, customers)
        unmatched = np.searchsorted(self.unmatched.customer, customers)
        answers = np.searchsorted(self.answers.customer, customers)
        bounds = np.stack([customers, journeys, self.starts[journeys], unmatched, answers], axis=1)
        for begin, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            whose, its, those, strays, said = map(slice, begin, end)
            starts = self.starts[its.start : its.stop + 1]
            yield replace(
                self,
                customer_codes=self.customer_codes[whose],
                journey_customer=self.journey_customer[its] - whose.start,
                starts=starts - starts[0],
                **{name: getattr(self, name)[its] for name in _OF_JOURNEYS},
                **{name: getattr(self, name)[those] for name in _OF_EVENTS},
                unmatched=rows_of(self.unmatched, strays, whose.start),
                answers=rows_of(self.answers, said, whose.start),
                segments={
                    name: Segment(segment.codes[whose], segment.values)
                    for name, segment in self.segments.items()
                },
            )

    def chosen(self, customers: np.ndarray) -> Journeys:
        """Only the customers where bool `customers` (customers,) is True, whole."""
        return self._chosen(
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
        return self._chosen(customers, journeys, strays, said)

    def _chosen(
        self,
        customers: np.ndarray,
        journeys: np.ndarray,
        unmatched: np.ndarray,
        answers: np.ndarray,
    ) -> Journeys:
        place = np.cumsum(customers) - 1
        lengths = np.diff(self.starts)
        events = np.repeat(journeys, lengths)
        return replace(
            self,
            customer_codes=self.customer_codes[customers],
            journey_customer=place[self.journey_customer[journeys]],
            starts=np.concatenate([[0], np.cumsum(lengths[journeys])]),
            **{name: getattr(self, name)[journeys] for name in _OF_JOURNEYS},
            **{name: getattr(self, name)[events] for name in _OF_EVENTS},
            unmatched=chosen_rows(self.unmatched, unmatched, place),
            answers=chosen_rows(self.answers, answers, place),
            segments={
                name: Segment(segment.codes[customers], segment.values)
                for name, segment in self.segments.items()
            },
        )

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


_OF_JOURNEYS = ("outcome", "outcome_at", "seen_until", "is_open", "value")
_OF_EVENTS = ("at", "kind")
