"""The contract of a source: `read()` turns one kind of export into tables that can be joined.

A source is a frozen dataclass whose fields name the file, its columns and its clock; nothing is
guessed. It renames and turns columns into rows; times, scores and ids are judged by `join`, so that
every rule by which a row is set aside exists once. What a source derives or sets aside itself it
counts in `quality`.

Its docstring is its card: which export it reads, and what it yields, sets aside and counts.
`recognises` says of the first rows of a table whether they could be such an export.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

import pyarrow as pa

from cjm_notebooks.events import Customers, Events, Feedback, Quality, Table
from cjm_notebooks.events.glimpse import Glimpse
from cjm_notebooks.events.sifting import collected


@dataclass(frozen=True)
class Import:
    """What one export holds; each part may be absent.

    `quality` accounts for what the source itself did; what becomes of the rows it yields stands in
    the quality of the journeys. `invitations` are who was asked to answer, and when; to join them,
    give them as events where the map has a touchpoint for it.
    """

    events: Events | None = None
    feedback: Feedback | None = None
    customers: Customers | None = None
    invitations: Events | None = None
    quality: tuple[Quality, ...] = ()


@dataclass(frozen=True)
class Recognised:
    """That a source could read a table.

    `score` runs from 0 to 1: below a half for a source of any table, above it for one of a certain
    export. `why` is a sentence, `settings` are the fields to give the source, and `table` names the
    field that takes the table, where it is not the first.
    """

    score: float
    why: str
    settings: Mapping[str, object] = field(default_factory=dict)
    table: str | None = None


class Source(ABC):
    """One kind of export."""

    @abstractmethod
    def read(self) -> Import: ...

    @classmethod
    def recognises(cls, glimpse: Glimpse) -> Recognised | None:
        """Whether the table could be such an export, and with which settings; None if it is not."""
        return None


@dataclass(frozen=True, eq=False)
class Stream:
    """Events as they are read, batch by batch.

    `batches` all have the same columns, and one comes at least; `events` says how a table of such
    rows is read; `quality` accounts for the rows that came so far, and for all of them at the end.
    """

    batches: Iterator[pa.RecordBatch]
    events: Callable[[Table], Events]
    quality: Callable[[], Quality]


class StreamedSource(Source):
    """One kind of export of so many events that they need not fit into memory."""

    @abstractmethod
    def stream(self) -> AbstractContextManager[Stream]:
        """The same events as `read` gives, batch by batch."""

    def read(self) -> Import:
        with self.stream() as stream:
            rows = collected(stream.batches)
            return Import(events=stream.events(rows), quality=(stream.quality(),))
