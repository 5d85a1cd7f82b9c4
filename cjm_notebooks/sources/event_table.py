"""Any table with one event a row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

from cjm_notebooks.events import Events, Table, TimeUnit
from cjm_notebooks.events.glimpse import Glimpse
from cjm_notebooks.events.ledger import no_column, workspace
from cjm_notebooks.events.passing import Rows
from cjm_notebooks.events.tables import name_of
from cjm_notebooks.sources import Import, Recognised, Stream, StreamedSource

ROLES = ("customer", "at", "event", "sequence", "value")


@dataclass(frozen=True)
class EventTable(StreamedSource):
    """Events of a CSV, Parquet or NDJSON file, or of a table in memory, one a row.

    The columns are named as in `Events`. Every row is yielded; what cannot be used is set aside and
    counted when the events are joined to a map. Imported as a stream, lines that do not fit the
    header of a CSV file are set aside as `unreadable_row` already.

    Memory  none: the file is read when it is joined
    Raises  nothing: what is wrong with the table is raised when it is joined, or imported
    """

    table: Table
    customer: str
    at: str
    event: str = "event"
    zone: str | None = None
    unit: TimeUnit | None = None
    sequence: str | None = None
    value: str | None = None
    duplicates: Literal["keep", "set_aside"] = "keep"
    time_format: str | None = None

    @classmethod
    def recognises(cls, glimpse: Glimpse) -> Recognised | None:
        wanted = {"customer": "customer", "at": "time", "event": "event"}
        found = {name: glimpse.with_role(role) for name, role in wanted.items()}
        if glimpse.format in ("xlsx", "xes") or not all(found.values()):
            return None
        settings: dict[str, object] = {name: columns[0].name for name, columns in found.items()}
        if sequence := glimpse.with_role("sequence"):
            settings["sequence"] = sequence[0].name
        why = "Columns for the customer, the time and the event: any table of events has these."
        return Recognised(0.45, why, settings | glimpse.clock_of("time"))

    def read(self) -> Import:
        return Import(events=self._events(self.table))

    @contextmanager
    def stream(self) -> Iterator[Stream]:
        with workspace() as connection:
            rows = Rows(connection, self.table)
            yield Stream(self._named(rows.batches()), self._events, rows.quality)

    def _named(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The batches, if they have the columns that are named."""
        for number, batch in enumerate(batches):
            for role in ROLES if number == 0 else ():
                name = getattr(self, role)
                if name is not None and name not in batch.schema.names:
                    raise no_column(name_of(self.table), name, role, batch.schema.names)
            yield batch

    def _events(self, table: Table) -> Events:
        return Events(
            table,
            customer=self.customer,
            at=self.at,
            event=self.event,
            zone=self.zone,
            unit=self.unit,
            sequence=self.sequence,
            value=self.value,
            duplicates=self.duplicates,
            time_format=self.time_format,
        )
