"""The first lines of a sheet of an Excel workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa

from cjm_notebooks.errors import SourceError
from cjm_notebooks.sources.excel_sheet import Cell, opened_book, text_of

HEADER_WITHIN = 20  # lines from the top


@dataclass(frozen=True)
class Sheet:
    """Its first rows as texts, how many there are if all were read, and where its header is."""

    rows: pa.Table
    total: int | None
    settings: Mapping[str, object]


def first_lines(file: Path, rows: int) -> Sheet:
    """The fullest sheet, from the first of the fullest lines at its top, which is the header.

    Raises  SourceError when the file is no workbook, or its sheet holds no row below a header
    """
    book = opened_book(file)
    try:
        sheets = {
            sheet.title: list(islice(sheet.iter_rows(values_only=True), HEADER_WITHIN + rows + 1))
            for sheet in book.worksheets
        }
    finally:
        book.close()
    title, lines = max(sheets.items(), key=lambda pair: len(pair[1]))
    if not lines:
        msg = f"`{file.name}` has no sheet with a row in it. Save it again with its rows."
        raise SourceError(msg)
    header = max(range(min(len(lines), HEADER_WITHIN)), key=lambda place: _texts(lines[place]))
    below = [line for line in lines[header + 1 :] if any(cell is not None for cell in line)]
    is_whole = len(lines) <= HEADER_WITHIN + rows
    settings: dict[str, object] = {"sheet": title} if len(sheets) > 1 else {}
    return Sheet(
        _table(lines[header], below[:rows]),
        len(below) if is_whole else None,
        settings | ({"header": header + 1} if header else {}),
    )


def _texts(line: tuple[Cell, ...]) -> int:
    return sum(isinstance(cell, str) and bool(cell.strip()) for cell in line)


def _table(header: Sequence[Cell], lines: Sequence[Sequence[Cell]]) -> pa.Table:
    named = {place: name for place, cell in enumerate(header) if (name := text_of(cell))}
    return pa.Table.from_arrays(
        [
            pa.array([text_of(line[place]) if place < len(line) else None for line in lines]).cast(
                pa.string()
            )
            for place in named
        ],
        names=list(named.values()),
    )
