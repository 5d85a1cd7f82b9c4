"""What journeys were made of, so that saved ones can be told from stale ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from os import PathLike
from pathlib import Path
from typing import NoReturn, Self

from pydantic import BaseModel, ConfigDict, JsonValue

from cjm_notebooks.errors import SourceError, StaleError
from cjm_notebooks.events.content import Recorded, content_hash, read_as
from cjm_notebooks.events.tables import name_of
from cjm_notebooks.maps import JourneyMap

Stamp = tuple[int, int]


class RecordedTable(BaseModel):
    """How a table was read, its content and, of a file, its size and time of change."""

    model_config = ConfigDict(frozen=True)

    read_as: dict[str, JsonValue]
    sha256: str
    stamp: Stamp | None


class Record(BaseModel):
    """What saved journeys were made of."""

    model_config = ConfigDict(frozen=True)

    map: str
    as_of: datetime | None
    tables: dict[str, RecordedTable]


@dataclass(frozen=True, eq=False)
class Origin:
    """The map and the tables behind some journeys.

    Attributes
    ----------
    tables
        by what they hold: events, feedback, customers.
    stamps
        size and time of change of each table that is a file, when it was joined.
    """

    journey_map: JourneyMap
    tables: Mapping[str, Recorded]
    as_of: datetime | None
    stamps: Mapping[str, Stamp]

    @classmethod
    def of(cls, journey_map: JourneyMap, as_of: datetime | None, **tables: Recorded | None) -> Self:
        given = {name: table for name, table in tables.items() if table is not None}
        stamps = {name: stamp for name, table in given.items() if (stamp := _stamp(table))}
        return cls(journey_map, given, as_of, stamps)

    def record(self) -> Record:
        """The content of everything, to be saved beside the journeys.

        Raises  SourceError when a file is another one than when it was joined
        """
        return Record(
            map=self.journey_map.content_hash(),
            as_of=self.as_of,
            tables={name: self._recorded(name, table) for name, table in self.tables.items()},
        )

    def _recorded(self, name: str, table: Recorded) -> RecordedTable:
        stamp = _stamp(table)
        if stamp != self.stamps.get(name):
            called = name_of(table.table)
            msg = f"`{called}` changed since it was joined. Join it again before you save."
            raise SourceError(msg)
        return RecordedTable(read_as=read_as(table), sha256=content_hash(table), stamp=stamp)

    def require(self, record: Record, file: str) -> None:
        """Refuse journeys that were made of something else.

        A file of the same size and time of change is taken to be the same; any other is read.

        Raises  StaleError that names the first thing that differs
        """
        if record.map != self.journey_map.content_hash():
            _refuse(file, f"another version of map `{self.journey_map.id}`")
        if record.as_of != self.as_of:
            _refuse(file, f"the data as of {record.as_of or 'its end'}")
        for name in sorted({*record.tables} - {*self.tables}):
            _refuse(file, f"{name} too, which are not given now")
        for name, table in self.tables.items():
            if name not in record.tables:
                _refuse(file, f"no {name}, which are given now")
            before = record.tables[name]
            if before.read_as != read_as(table):
                _refuse(file, f"{name} whose columns were read in another way")
            is_same_file = before.stamp is not None and before.stamp == _stamp(table)
            if not is_same_file and before.sha256 != content_hash(table):
                _refuse(file, f"another version of `{name_of(table.table)}`")


def _refuse(file: str, made_of: str) -> NoReturn:
    msg = f"`{file}` was made of {made_of}. Join anew and save the result."
    raise StaleError(msg)


def _stamp(table: Recorded) -> Stamp | None:
    if not isinstance(table.table, (str, PathLike)):
        return None
    file = Path(table.table)
    return (file.stat().st_size, file.stat().st_mtime_ns) if file.exists() else None
