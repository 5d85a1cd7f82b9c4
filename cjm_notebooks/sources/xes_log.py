"""Event logs in XES, the format of process mining."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import IO
from xml.parsers.expat import ErrorString, ExpatError, ParserCreate, XMLParserType

import pyarrow as pa

from cjm_notebooks.errors import ParameterError, SourceError, did_you_mean
from cjm_notebooks.events import Counted, Events, Quality, Table
from cjm_notebooks.events.glimpse import Glimpse
from cjm_notebooks.events.quality import PLACES
from cjm_notebooks.sources import Recognised, Stream, StreamedSource

ID, TIME, TRANSITION = "concept:name", "time:timestamp", "lifecycle:transition"
OWN = ("customer", "event", "at", "transition")
ROWS = 50_000  # of one batch
BLOCK = 1 << 20


@dataclass(frozen=True)
class XesLog(StreamedSource):
    """Events of an XES log (IEEE 1849), `.xes` or `.xes.gz`.

    Yields `customer` (the attribute `customer` of the log's `trace`), `event` (`concept:name`),
    `at` (`time:timestamp`, with its offset or of `zone`), `transition` (`lifecycle:transition`),
    and a column for each of `attributes`: that of the event, else that of its trace. A log without
    ids, times or names is yielded as it is; what cannot be used is set aside when it is joined.

    Sets aside `other_transition`: events of a transition that `transitions` does not name, since
    many logs write one for the start of an activity and one for its end. Events that name none are
    yielded. A file that is no XML from some line on, or declares a document type, is refused.

    Personal data: ids of customers. `org:resource`, often the name of an employee, is read only if
    `attributes` names it.

    Memory  the columns yielded, each different text once in 50,000 events; never the file
    Raises  SourceError when the file cannot be read, is no XES or holds no event
            ParameterError when an attribute would take the name of a column
    """

    file: str | PathLike[str]
    customer: str = ID
    attributes: tuple[str, ...] = ()
    transitions: tuple[str, ...] = ("complete",)
    zone: str | None = None

    def __post_init__(self) -> None:
        for name in self.attributes:
            if name in OWN:
                msg = f"`attributes` names `{name}`, which is a column already. Leave it out."
                raise ParameterError(msg)

    @classmethod
    def recognises(cls, glimpse: Glimpse) -> Recognised | None:
        if glimpse.format != "xes":
            return None
        attributes = tuple(
            one.name for one in glimpse.columns if one.role in ("channel", "segment", "value")
        )
        settings: dict[str, object] = {"attributes": attributes} if attributes else {}
        return Recognised(0.95, "An event log in XES.", settings | glimpse.clock_of("time"))

    @contextmanager
    def stream(self) -> Iterator[Stream]:
        account = _Account(self)
        yield Stream(account.batches(), self._events, account.quality)

    def _events(self, rows: Table) -> Events:
        return Events(rows, customer="customer", at="at", zone=self.zone)


Attributes = dict[str, str]


def events_in(path: Path) -> Iterator[tuple[Attributes, Attributes]]:
    """The attributes of the trace and of the event itself, for one event after another.

    Raises  SourceError when there is no such file, or it is no XML, cut off or declares a type
    """
    if not path.exists():
        near = did_you_mean(path.name, sorted(p.name for p in path.parent.glob("*.xes*")))
        msg = f"There is no file `{path.name}` in `{path.parent.name or '.'}`. {near}"
        raise SourceError(msg)
    opened = gzip.open if path.suffix.lower() == ".gz" else Path.open
    with opened(path, "rb") as file:
        yield from _Reading(path.name).events(file)  # type: ignore[arg-type]


class _Reading:
    """One pass over a log."""

    def __init__(self, called: str) -> None:
        self.called = called
        self.inside: list[str] = []
        self.shared: Attributes = {}
        self.event: Attributes = {}
        self.ended: list[tuple[Attributes, Attributes]] = []

    def events(self, file: IO[bytes]) -> Iterator[tuple[Attributes, Attributes]]:
        parser = ParserCreate()
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.StartDoctypeDeclHandler = self.refuse
        block = b"<"
        while block:
            block = self.parse(parser, file)
            yield from self.ended
            self.ended = []

    def parse(self, parser: XMLParserType, file: IO[bytes]) -> bytes:
        """Read one block on; nothing is left when it was the last."""
        try:
            block = file.read(BLOCK)
            parser.Parse(block, not block)
        except ExpatError as cause:
            msg = (
                f"`{self.called}` is not XML from line {cause.lineno}, column {cause.offset + 1}: "
                f"{ErrorString(cause.code)}. Is it cut off? Export it again."
            )
            raise SourceError(msg) from cause
        except (OSError, EOFError) as cause:
            msg = f"`{self.called}` cannot be unpacked: {cause}. Export it again."
            raise SourceError(msg) from cause
        return block

    def refuse(self, *_: object) -> None:
        msg = (
            f"`{self.called}` holds `<!DOCTYPE`, which can make a small file grow without end or "
            "read other files. Delete that declaration."
        )
        raise SourceError(msg)

    def start(self, tag: str, attributes: Attributes) -> None:
        tag = tag.rpartition(":")[2]
        above = self.inside[-1] if self.inside else ""
        if tag == "trace":
            self.shared = {}
        elif tag == "event":
            self.event = {}
        elif above in ("trace", "event") and "key" in attributes:
            read = self.event if above == "event" else self.shared
            read[attributes["key"]] = attributes.get("value", "")
        self.inside.append(tag)

    def end(self, _: str) -> None:
        tag = self.inside.pop()
        if tag == "event" and self.inside and self.inside[-1] in ("trace", "log"):
            self.ended.append((self.shared, self.event))
        elif tag == "trace":
            self.shared = {}


@dataclass
class _Account:
    """The rows kept so far, and what was set aside."""

    source: XesLog
    read: int = 0
    others: int = 0
    places: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.columns: dict[str, list[str | None]] = self._no_rows()

    def batches(self) -> Iterator[pa.RecordBatch]:
        for of_trace, of_event in events_in(Path(self.source.file)):
            self.enter(of_trace, of_event)
            if len(self.columns["at"]) == ROWS:
                yield self._batch()
        if not self.read:
            msg = f"`{Path(self.source.file).name}` holds no event. Is it an XES log?"
            raise SourceError(msg)
        yield self._batch()

    def enter(self, of_trace: Attributes, of_event: Attributes) -> None:
        transition = of_event.get(TRANSITION)
        if transition and transition.lower() not in self.source.transitions:
            self.others += 1
            if len(self.places) < PLACES:
                self.places.append(self.read)
        else:
            named = (of_event.get(ID), of_event.get(TIME), transition)
            whose = of_trace.get(self.source.customer)
            further = (of_event.get(a, of_trace.get(a)) for a in self.source.attributes)
            for column, value in zip(self.columns.values(), (whose, *named, *further), strict=True):
                column.append(value)
        self.read += 1

    def quality(self) -> Quality:
        others = Counted(self.others, tuple(self.places))
        return Quality(
            table=f"events of {Path(self.source.file).name}",
            read=self.read,
            kept=self.read - others.rows,
            set_aside={"other_transition": others} if others.rows else {},
        )

    def _batch(self) -> pa.RecordBatch:
        kept = {name: pa.array(values, pa.string()) for name, values in self.columns.items()}
        self.columns = self._no_rows()
        return pa.RecordBatch.from_pydict(kept)

    def _no_rows(self) -> dict[str, list[str | None]]:
        return {name: [] for name in (*OWN, *self.source.attributes)}
