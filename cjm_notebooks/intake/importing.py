"""Importing an export: read batch by batch, protected, and kept as Parquet files, or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from itertools import islice
from operator import add
from pathlib import Path
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events import Events, Quality
from cjm_notebooks.events.accounts import NAME, Made
from cjm_notebooks.events.content import Recorded
from cjm_notebooks.events.kept import PartName, said_of
from cjm_notebooks.maps.settings import Privacy
from cjm_notebooks.privacy.personal import PersonalData
from cjm_notebooks.privacy.protecting import Protected, protect
from cjm_notebooks.privacy.pseudonyms import Key
from cjm_notebooks.sources import Import, Source, StreamedSource

AT_ONCE = 4  # batches that are protected and written together
UNITS = ("s", "ms", "us")


@dataclass(frozen=True)
class Protection:
    """What an import keeps to: the map's privacy section, the key of pseudonyms, the last day."""

    privacy: Privacy = field(default_factory=Privacy)
    key: Key | None = None
    as_of: date | None = None

    def over(self, imported: Import) -> Protected:
        return protect(imported, self.privacy, key=self.key, as_of=self.as_of)


@dataclass(frozen=True)
class Written:
    """What was kept of an import.

    Attributes
    ----------
    files, rows
        the Parquet file of each part, and how many rows it has.
    quality
        what became of every row, when it was read and when it was protected.
    found
        the personal data that was found, by column and kind.
    """

    files: Mapping[PartName, Path]
    rows: Mapping[PartName, int]
    quality: tuple[Quality, ...]
    found: tuple[PersonalData, ...]


def import_file(
    source: Source,
    target: Path,
    protection: Protection | None = None,
    progress: Callable[[int], None] | None = None,
) -> Written:
    """Read an export, protect what it holds, and keep it as Parquet that says how it is read.

    The first of events, feedback, customers and invitations goes to `target`, others beside it:
    `shop.customers.parquet` beside `shop.parquet`. What is there already is replaced once all is
    written; where something fails, nothing is changed. Exports of events are read as a stream, and
    `progress` is told now and then how many rows came. Numbers that count since 1970 become times.

    Memory  of a stream some 200,000 rows, of any other export all of it
    Raises  ParameterError when the target is no `.parquet` file or cannot be written, and what
            `protect` raises
            SourceError when the export cannot be read, or no row of it is left
    """
    if target.suffix.lower() != ".parquet":
        msg = f"`{target.name}` is no name for what an import keeps. Call it `NAME.parquet`."
        raise ParameterError(msg)
    protection = protection or Protection()
    try:
        with _Kept(target, protection) as kept:
            if isinstance(source, StreamedSource):
                kept.stream(source, progress)
            else:
                kept.whole(protection.over(source.read()))
            return kept.finished()
    except OSError as cause:
        msg = f"`{target}` cannot be written: {cause.strerror or cause}. Nothing was kept."
        raise ParameterError(msg) from cause


class _Kept:
    """Files under way: each is written under another name, and gets its own at the very end."""

    def __init__(self, target: Path, protection: Protection) -> None:
        self.target = target
        self.protection = protection
        self.writers: dict[PartName, _Writer] = {}
        self.quality: tuple[Quality, ...] = ()
        self.found: dict[tuple[str, str], PersonalData] = {}
        self.exits = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.exits.close()

    def stream(self, source: StreamedSource, progress: Callable[[int], None] | None) -> None:
        accounts: list[Quality] = []
        with source.stream() as stream:
            for batch in _together(stream.batches):
                events = _with_times(stream.events(batch))
                protected = self.protection.over(Import(events=events))
                accounts += protected.imported.quality
                self.enter(protected)
                if progress is not None:
                    progress(stream.quality().read)
            self.quality = (stream.quality(), reduce(add, accounts))

    def whole(self, protected: Protected) -> None:
        self.enter(protected)
        self.quality = protected.imported.quality

    def enter(self, protected: Protected) -> None:
        """Write the rows of each part."""
        imported = protected.imported
        parts: dict[PartName, Recorded | None] = {
            "events": imported.events,
            "feedback": imported.feedback,
            "customers": imported.customers,
            "invitations": imported.invitations,
        }
        for name, part in parts.items():
            if part is not None:
                if name not in self.writers:
                    place = self.target if not self.writers else self._beside(name)
                    self.writers[name] = self.exits.enter_context(_Writer(place))
                self.writers[name].write(name, part)
        for one in protected.found:
            before = self.found.get((one.column, one.kind))
            count = one.count + (before.count if before else 0)
            self.found[one.column, one.kind] = replace(before or one, count=count)

    def finished(self) -> Written:
        """Close the files and give them their names.

        Raises  SourceError when no row is left
        """
        rows = {name: writer.rows for name, writer in self.writers.items()}
        if not any(rows.values()):
            raise _nothing_left(self.target, self.quality)
        key = self.protection.key
        made = Made(self.quality, None if key is None else key.fingerprint)
        for writer in self.writers.values():
            writer.finish(made)
        for writer in self.writers.values():
            writer.publish()
        files = {name: writer.target for name, writer in self.writers.items()}
        return Written(files, rows, self.quality, tuple(self.found.values()))

    def _beside(self, name: str) -> Path:
        return self.target.with_suffix(f".{name}.parquet")


class _Writer:
    """One Parquet file that is not there until it is published."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.draft = target.with_name(f".{target.name}.{os.getpid()}.part")
        self.rows = 0
        self.said: dict[bytes, bytes] = {}
        self.parquet: pq.ParquetWriter | None = None

    def __enter__(self) -> Self:
        self.file = self.draft.open("wb")
        return self

    def __exit__(self, *_: object) -> None:
        if self.parquet is not None:
            self.parquet.close()
        self.file.close()
        self.draft.unlink(missing_ok=True)

    def write(self, name: PartName, part: Recorded) -> None:
        table = pa.table(part.table).replace_schema_metadata(None)
        if self.parquet is None:
            self.parquet = pq.ParquetWriter(self.file, table.schema, compression="zstd")
            self.said = said_of(name, part)
        self.parquet.write_table(table)
        self.rows += len(table)

    def finish(self, made: Made) -> None:
        if self.parquet is not None:
            self.parquet.add_key_value_metadata({**self.said, NAME: made.text()})
            self.parquet.close()
        self.parquet = None
        self.file.close()

    def publish(self) -> None:
        self.draft.replace(self.target)


def _together(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Several batches at once, so that what is done to each costs less."""
    while some := list(islice(batches, AT_ONCE)):
        yield pa.Table.from_batches(some)


def _with_times(events: Events) -> Events:
    """The same events, times in place of whole numbers that count since 1970."""
    table = pa.table(events.table)
    column = table.column(events.at)
    if events.unit not in UNITS or not pa.types.is_integer(column.type):
        return replace(events, table=table)
    times = column.cast(pa.int64()).cast(pa.timestamp(events.unit, "UTC"))
    place = table.schema.names.index(events.at)
    return replace(events, table=table.set_column(place, events.at, times), unit=None)


def _nothing_left(target: Path, quality: Sequence[Quality]) -> SourceError:
    left_out = [
        f"{counted.rows:,} as `{rule}`"
        for account in quality
        for rule, counted in account.set_aside.items()
    ]
    why = f" Set aside: {', '.join(left_out)}." if left_out else ""
    msg = f"No row is left to keep in `{target.name}`.{why} Nothing was kept."
    return SourceError(msg)
