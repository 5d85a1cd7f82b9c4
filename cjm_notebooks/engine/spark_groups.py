"""Whole groups of customers on Spark: joined one at a time, and asked every metric."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import groupby, pairwise
from typing import Any, Self

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cjm_notebooks.engine.spark_rows import BUCKET, SEQUENCE
from cjm_notebooks.engine.spark_tasks import Batches
from cjm_notebooks.engine.totals import Totals, observed_of, refuse_split_groups, sealed, together
from cjm_notebooks.events import Events, Quality
from cjm_notebooks.events.ledger import workspace
from cjm_notebooks.journeys.joining.answering import Read
from cjm_notebooks.journeys.joining.attaching import attached
from cjm_notebooks.journeys.joining.opening import Opened
from cjm_notebooks.journeys.joining.segments import Described
from cjm_notebooks.journeys.joining.sorting import sort_events
from cjm_notebooks.journeys.joining.walking import Found, Walk, assemble
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.splitting import Split
from cjm_notebooks.journeys.tables import BUCKETS, GROUPS, Segment, arrays_of, bucket_of
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import AnyMetric

LUGGAGE = "luggage"
BUCKETS_A_GROUP = BUCKETS // GROUPS
ORDER_MATTERS_TO_AMOUNTS = ("outcome", "touchpoint")


@dataclass(frozen=True)
class Ties:
    """Events of one customer of which nothing says which came first: how many, since when."""

    rows: int = 0
    first_at: int = 0

    def __add__(self, other: Self) -> Self:
        since = [ties.first_at for ties in (self, other) if ties.rows]
        return type(self)(self.rows + other.rows, min(since, default=0))


@dataclass(frozen=True, eq=False)
class Observed:
    """What was found in some groups of customers."""

    groups: frozenset[int]
    rows: int
    found: Found
    never_seen: int
    ties: Ties
    totals: Totals

    def __add__(self, other: Self) -> Self:
        refuse_split_groups(set(self.groups), other.groups)
        return self.beside(other)

    def beside(self, other: Self) -> Self:
        """The same sum, where both are of one group."""
        return type(self)(
            self.groups | other.groups,
            self.rows + other.rows,
            self.found + other.found,
            self.never_seen + other.never_seen,
            self.ties + other.ties,
            together(self.totals, other.totals),
        )


@dataclass(frozen=True, eq=False)
class Said:
    """Answers and attributes, of all customers or of those in one bucket."""

    answers: Read | None
    described: Described | None

    def within(self, low: int, high: int) -> Said:
        """What is known of the customers of buckets `low` to `high` (exclusive)."""
        answers, described = self.answers, self.described
        if answers is not None:
            said = slice(*np.searchsorted(bucket_of(answers.code), [low, high]))
            some: dict[str, Any] = {name: all_[said] for name, all_ in arrays_of(answers).items()}
            answers = replace(answers, **some)
        if described is not None:
            mine = slice(*np.searchsorted(bucket_of(described.code), [low, high]))
            segments = {
                name: Segment(segment.codes[mine], segment.values)
                for name, segment in described.segments.items()
            }
            described = replace(described, code=described.code[mine], segments=segments)
        return Said(answers, described)

    def pack(self) -> bytes | None:
        """Only the arrays; None where they are empty."""
        answers = {} if self.answers is None else arrays_of(self.answers)
        code, segments = np.zeros(0, np.uint64), {}
        if self.described is not None:
            code = self.described.code
            segments = {name: part.codes for name, part in self.described.segments.items()}
        if not len(code) and not len(answers.get("code", ())):
            return None
        return pickle.dumps((answers, code, segments))

    def unpacked(self, luggage: bytes) -> Said:
        """The same tables with the arrays of others."""
        arrays, code, codes = pickle.loads(luggage)
        answers = None if self.answers is None else replace(self.answers, **arrays)
        if self.described is None:
            return Said(answers, None)
        segments = {
            name: Segment(codes[name], segment.values)
            for name, segment in self.described.segments.items()
        }
        return Said(answers, replace(self.described, code=code, segments=segments))


@dataclass(frozen=True, eq=False)
class Observing:
    """Joins the customers of `buckets` neighbouring buckets at a time and asks all metrics.

    `quality` is the account of all events; `said` holds what is known of nobody.
    """

    journey_map: JourneyMap
    events: Events
    attach_within_days: float | None
    quality: Quality
    walk: Walk
    said: Said
    metrics: Sequence[AnyMetric]
    split: Split[Any] | None
    buckets: int

    def __call__(self, batches: Batches) -> Iterator[Observed]:
        for _, each in groupby(self._of_buckets(batches), lambda observed: observed.groups):
            group = reduce(Observed.beside, each)
            yield replace(group, totals=sealed(group.totals))

    def _of_buckets(self, batches: Batches) -> Iterator[Observed]:
        for place, rows in _runs(batches, self.buckets):
            said, events = self.said, rows
            if LUGGAGE in rows.column_names:
                has_luggage = pc.is_valid(rows.column(LUGGAGE))
                events = rows.filter(pc.invert(has_luggage))
                for luggage in rows.column(LUGGAGE).filter(has_luggage).to_pylist():
                    said = said.unpacked(luggage)
            yield self._observed(place * self.buckets // BUCKETS_A_GROUP, events, said)

    def nobody(self) -> Journeys:
        """No journeys, made as any others are."""
        nothing = pa.table({name: pa.array([], pa.int64()) for name in self._columns})
        return self._joined(nothing, self.said)[0]

    def _observed(self, group: int, events: pa.Table, said: Said) -> Observed:
        journeys, found, ties = self._joined(events, said)
        totals = {} if ties.rows else observed_of(self.metrics, journeys, self.split)
        never_seen = 0
        if said.described is not None:
            account = said.described.account(journeys.customer_codes)
            never_seen = account.noticed_rows("never_seen")
        return Observed(frozenset({group}), len(events), found, never_seen, ties, totals)

    def _joined(self, events: pa.Table, said: Said) -> tuple[Journeys, Found, Ties]:
        with workspace() as connection:
            opened = self._opened(connection, events)
            ties = self._ties(connection, opened)
            walked = self.walk(sort_events(opened, self.events))
        journeys = assemble(self.journey_map, self.walk, walked, said.answers)
        if self.attach_within_days is not None:
            journeys = attached(journeys, self.attach_within_days)
        if said.described is not None:
            journeys = said.described.of(journeys)
        return journeys, walked.found, ties

    @property
    def _columns(self) -> tuple[str, ...]:
        extra = {"cut": self.journey_map.journey.cut.by == "column", "value": self.events.value}
        sequence = () if self.events.sequence is None else (SEQUENCE,)
        return ("code", "utc", "combination", *(name for name in extra if extra[name]), *sequence)

    def _opened(self, connection: duckdb.DuckDBPyConnection, events: pa.Table) -> Opened:
        columns = {name: events.column(name) for name in self._columns}
        code = columns.pop("code").to_numpy().view(np.uint64)
        codes, place = np.unique(code, return_inverse=True)
        columns["place"] = place.astype(np.uint32)
        columns["row"] = np.arange(len(events))
        kind = np.min_scalar_type(max(len(self.walk.name) - 1, 0))
        columns["combination"] = columns["combination"].to_numpy().astype(kind)
        if "cut" in columns:
            columns["cut"] = columns["cut"].to_numpy().view(np.uint64)
        connection.register("bucket", pa.table(columns))
        in_order = (f"TRY_CAST({SEQUENCE} AS DOUBLE)", SEQUENCE) if SEQUENCE in columns else ()
        return Opened(
            connection=connection,
            place=lambda: codes,
            combinations=(),
            quality=self.quality,
            source="bucket",
            extra={name: name for name in ("cut", "value") if name in columns and len(events)},
            sequence=in_order,
        )

    def _ties(self, connection: duckdb.DuckDBPyConnection, opened: Opened) -> Ties:
        """Events whose order would matter and that nothing puts into one."""
        cut = self.journey_map.journey.cut.by
        counts = cut in ORDER_MATTERS_TO_AMOUNTS or self.events.duplicates == "set_aside"
        differ = ["combination", *opened.extra]
        if not counts and "value" in differ:
            differ.remove("value")
        together = ", ".join(["place", "utc", *opened.sequence])
        unlike = " OR ".join(f"min({column}) <> max({column})" for column in differ)
        (found,) = connection.execute(
            "SELECT coalesce(sum(n), 0), coalesce(min(utc), 0) FROM (SELECT utc, count(*) AS n "
            f"FROM bucket GROUP BY {together} HAVING {unlike})"
        ).fetchall()
        return Ties(*(int(number) for number in found))


def _runs(batches: Batches, buckets: int) -> Iterator[tuple[int, pa.Table]]:
    """The rows of some buckets after the other, from batches in the order of their buckets."""
    place = -1
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        places = batch.column(BUCKET).to_numpy() // buckets
        bounds = [0, *(np.flatnonzero(np.diff(places)) + 1).tolist(), len(places)]
        for low, high in pairwise(bounds) if len(places) else ():
            if waiting and places[low] != place:
                yield place, pa.Table.from_batches(waiting)
                waiting = []
            place = int(places[low])
            waiting.append(batch.slice(low, high - low))
    if waiting:
        yield place, pa.Table.from_batches(waiting)
