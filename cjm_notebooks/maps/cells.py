"""Tables of text in CSV and Excel files: the first row holds the headers.

A cell that a spreadsheet could take for a formula is written so that it stays text: with an
apostrophe before it in CSV, which reading takes away again, and as a quoted text cell in Excel.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from cjm_notebooks.errors import MapError
from cjm_notebooks.maps.files import read_bytes, read_text

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as ExcelCell
    from openpyxl.cell.cell import MergedCell

SEPARATORS = ",;\t"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
LONGEST_CELL = 32_767

Cell = str | float | None


def read_rows(path: str | PathLike[str]) -> list[list[str]]:
    """The rows of the file, or of the first sheet of it; empty cells are empty text."""
    rows = _from_excel(path) if _is_excel(path) else _from_csv(path)
    return [[cell.strip() for cell in row] for row in rows]


def table_of(rows: Sequence[Sequence[Cell]], name: str) -> bytes:
    """What a file called `name` holds when it holds these rows."""
    return _as_excel(rows, name) if _is_excel(name) else _as_csv(rows).encode()


def put(cell: ExcelCell | MergedCell, value: Cell) -> None:
    """Write into a cell of Excel; a text stays a text whatever it begins with."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA)


def _is_excel(path: str | PathLike[str]) -> bool:
    name = Path(path).name
    ending = name[name.rfind(".") :].lower()
    if ending not in {".csv", ".xlsx"}:
        msg = f"`{name}` ends in `{ending}`. A spreadsheet ends in `.csv` or `.xlsx`."
        raise MapError(msg)
    return ending == ".xlsx"


def _from_csv(path: str | PathLike[str]) -> list[list[str]]:
    text = read_text(path)
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=lambda mark: len(next(csv.reader([first], delimiter=mark), [])))
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    except csv.Error as cause:
        msg = f"`{Path(path).name}` is not CSV: {cause}. Export it again from the spreadsheet."
        raise MapError(msg) from cause
    return [[_unguarded(cell) for cell in row] for row in rows]


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith(tuple(f"'{mark}" for mark in FORMULA)) else cell


def _as_csv(rows: Sequence[Sequence[Cell]]) -> str:
    table = StringIO()
    table.write("\ufeff")  # without it Excel reads UTF-8 as the code page of the machine
    writer = csv.writer(table, lineterminator="\n")
    for row in rows:
        writer.writerow([_guarded(cell) for cell in row])
    return table.getvalue()


def _guarded(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _from_excel(path: str | PathLike[str]) -> list[list[str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    content = BytesIO(read_bytes(path))
    try:
        book = load_workbook(content, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as cause:
        msg = f"`{Path(path).name}` is not an Excel workbook. Save it again as `.xlsx`."
        raise MapError(msg) from cause
    rows = book.worksheets[0].iter_rows(values_only=True)
    return [["" if cell is None else str(cell) for cell in row] for row in rows]


def _as_excel(rows: Sequence[Sequence[Cell]], name: str) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook()
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, 1):
        for position, value in enumerate(row, 1):
            cell = sheet.cell(number, position)
            if not isinstance(value, str):
                cell.value = value
                continue
            if len(value) > LONGEST_CELL or ILLEGAL_CHARACTERS_RE.search(value):
                msg = (
                    f"Row {number} of `{name}` holds a text that Excel cannot hold: over "
                    f"{LONGEST_CELL:,} characters, or control characters. Write a `.csv` instead."
                )
                raise MapError(msg)
            put(cell, value)
    sheet.freeze_panes = "A2"
    content = BytesIO()
    book.save(content)
    return content.getvalue()
