"""Events in a sheet of an Excel workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import pyarrow as pa

from cjm_notebooks.errors import ParameterError, SourceError, did_you_mean
from cjm_notebooks.events import Clock, Counted, Events, Quality
from cjm_notebooks.events.clock import as_written, times
from cjm_notebooks.events.glimpse import Glimpse
from cjm_notebooks.events.ledger import open_table, workspace
from cjm_notebooks.events.quality import PLACES
from cjm_notebooks.sources import Import, Recognised, Source

if TYPE_CHECKING:
    from openpyxl import Workbook

Cell = object
ANY_ZONE = "UTC"  # checks the format only
ERRORS = ("#N/A", "#DIV/0!", "#REF!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!")


@dataclass(frozen=True)
class ExcelSheet(Source):
    """Events in a sheet of an `.xlsx` workbook, one a row, below one row of headers.

    `sheet` names the sheet, else it is the first; `header` is the line of the headers, counted from
    1 as Excel does. Cells are read as they were last calculated: a formula that no program ever
    calculated is empty. Days and times become ISO 8601, clock times of `zone`; whole numbers lose
    their `.0`. Where days are texts, `time_format` says how they are written, as in `Events`; what
    does not fit it is passed on as it is. The columns are named as in `Events`; only those and
    `columns` are passed on.

    Sets aside `blank_row`. Notices `error_cell`: rows with an error such as `#N/A` in a column that
    is read; that cell is empty.

    Personal data: whatever stands in the columns named.

    Memory  the columns named
    Raises  SourceError when the file is no workbook, or has no such sheet, header or column, or two
            columns of one name
            ParameterError when `header` is below 1
    """

    file: str | PathLike[str]
    customer: str
    at: str
    event: str = "event"
    sheet: str | None = None
    header: int = 1
    columns: tuple[str, ...] = ()
    zone: str | None = None
    sequence: str | None = None
    value: str | None = None
    time_format: str | None = None

    def __post_init__(self) -> None:
        if self.header < 1:
            msg = f"`header` is {self.header}. Excel counts lines from 1."
            raise ParameterError(msg)

    @classmethod
    def recognises(cls, glimpse: Glimpse) -> Recognised | None:
        wanted = {"customer": "customer", "at": "time", "event": "event"}
        found = {name: glimpse.with_role(role) for name, role in wanted.items()}
        if glimpse.format != "xlsx" or not all(found.values()):
            return None
        settings: dict[str, object] = {name: columns[0].name for name, columns in found.items()}
        further = (*glimpse.with_role("channel"), *glimpse.with_role("segment"))
        if further:
            settings["columns"] = tuple(one.name for one in further)
        why = "A sheet with columns for the customer, the time and the event."
        clock = {name: said for name, said in glimpse.clock_of("time").items() if name != "unit"}
        return Recognised(0.6, why, {**settings, **glimpse.opened_with, **clock})

    def read(self) -> Import:
        book = opened_book(Path(self.file))
        try:
            lines = self._lines(book)
            places = self._places(lines)
            rows, quality = _taken(lines, places, Path(self.file).name)
            if self.time_format is not None:
                rows = _with_times(rows, self.at, self.time_format)
        finally:
            book.close()
        events = Events(
            rows,
            customer=self.customer,
            at=self.at,
            event=self.event,
            zone=self.zone,
            sequence=self.sequence,
            value=self.value,
        )
        return Import(events=events, quality=(quality,))

    def _lines(self, book: Workbook) -> Iterator[tuple[Cell, ...]]:
        names = [sheet.title for sheet in book.worksheets]
        if self.sheet is not None and self.sheet not in names:
            near = did_you_mean(self.sheet, names)
            msg = f"`{Path(self.file).name}` has no sheet `{self.sheet}`. {near}"
            raise SourceError(msg)
        sheet = book.worksheets[0 if self.sheet is None else names.index(self.sheet)]
        return sheet.iter_rows(min_row=self.header, values_only=True)

    def _places(self, lines: Iterator[tuple[Cell, ...]]) -> dict[str, int]:
        """Where each column wanted is."""
        called = Path(self.file).name
        headers = [text_of(cell) or "" for cell in next(lines, ())]
        wanted = (self.customer, self.event, self.at, self.sequence, self.value, *self.columns)
        places = {}
        for name in wanted:
            if name is None:
                continue
            if headers.count(name) != 1:
                near = did_you_mean(name, filter(None, headers))
                many = f"{headers.count(name)} columns" if name in headers else "no column"
                cure = "Rename all but one." if name in headers else near
                msg = f"Line {self.header} of `{called}` has {many} `{name}`. {cure}"
                raise SourceError(msg)
            places[name] = headers.index(name)
        return places


def opened_book(path: Path) -> Workbook:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    if not path.exists():
        near = did_you_mean(path.name, sorted(p.name for p in path.parent.glob("*.xls*")))
        msg = f"There is no file `{path.name}` in `{path.parent.name or '.'}`. {near}"
        raise SourceError(msg)
    try:
        return load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as cause:
        msg = f"`{path.name}` is not an Excel workbook. Save it again as `.xlsx`."
        raise SourceError(msg) from cause


def _taken(
    lines: Iterator[tuple[Cell, ...]], places: dict[str, int], called: str
) -> tuple[pa.Table, Quality]:
    columns: dict[str, list[str | None]] = {name: [] for name in places}
    blank: list[int] = []
    errors: list[int] = []
    read = 0
    for read, line in enumerate(lines, 1):
        if all(cell is None or cell == "" for cell in line):
            blank.append(read - 1)
            continue
        cells = [line[place] if place < len(line) else None for place in places.values()]
        if any(_is_error(cell) for cell in cells):
            errors.append(read - 1)
        for column, cell in zip(columns.values(), cells, strict=True):
            column.append(None if _is_error(cell) else text_of(cell))
    if read == len(blank):
        msg = f"`{called}` has a header and no rows below it. Name the sheet with the events."
        raise SourceError(msg)
    texts = pa.dictionary(pa.int32(), pa.string())
    quality = Quality(
        table=f"rows of {called}",
        read=read,
        kept=read - len(blank),
        set_aside={"blank_row": _counted(blank)} if blank else {},
        noticed={"error_cell": _counted(errors)} if errors else {},
    )
    return pa.table({name: pa.array(column, texts) for name, column in columns.items()}), quality


def _with_times(rows: pa.Table, at: str, time_format: str) -> pa.Table:
    """The rows with each text of the column that is written so in ISO 8601."""
    column = rows.column(at).cast(pa.string())
    with workspace() as connection:
        ledger = open_table(connection, pa.table({at: column}), "sheet")
        times(ledger, Clock(at, ANY_ZONE, time_format=time_format))
        time, in_utc = as_written("c0", time_format), "%z" in time_format.casefold()
        iso = f"strftime({time}, '%Y-%m-%dT%H:%M:%S.%f{'Z' if in_utc else ''}')"
        written = connection.sql(
            f"SELECT coalesce({iso}, c0) AS at FROM sheet ORDER BY row"
        ).to_arrow_table()
    return rows.set_column(rows.schema.names.index(at), at, written.column(0))


def _counted(rows: list[int]) -> Counted:
    return Counted(len(rows), tuple(rows[:PLACES]))


def _is_error(cell: Cell) -> bool:
    return cell in ERRORS


def text_of(cell: Cell) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, (datetime, date, time)):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() or None
