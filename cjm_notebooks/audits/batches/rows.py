"""The rows of a table, each of which is to be a run; its columns are parameters."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cjm_notebooks.errors import ParameterError, SourceError

NAME = "name"


@dataclass(frozen=True)
class Row:
    """One run to be: its name, where it is asked for, and its parameters as texts.

    `name` is how its folder and its files are called. An empty cell says nothing, so that the
    template's default stands.
    """

    name: str
    place: str
    texts: Mapping[str, str]


def rows_of(table: Path) -> tuple[Row, ...]:
    """The rows of a CSV file, whose cells stand apart by commas or semicolons.

    The column `name`, if there is one, names the runs.

    Raises  SourceError when the file cannot be read, or has no rows
            ParameterError when a row has more or fewer cells than the header, or two have one name
    """
    header, *lines = _lines(table)
    rows = []
    for number, cells in lines:
        place = f"Row {number} of `{table.name}`"
        if len(cells) != len(header[1]):
            msg = (
                f"{place} has {len(cells)} cells and the header {len(header[1])}. Make them equal."
            )
            raise ParameterError(msg)
        texts = {name: cell for name, cell in zip(header[1], cells, strict=True) if cell}
        given = texts.pop(NAME, "")
        rows.append(Row(file_name(given) or f"row-{number:03}", place, texts))
    _refuse_same_names(rows)
    return tuple(rows)


def rows_for(column: str, values: Mapping[str, int]) -> tuple[Row, ...]:
    """A row for each value of a column, which restricts its run to that value."""
    rows: list[Row] = []
    for value in values:
        name = file_name(value) or f"row-{len(rows) + 1:03}"
        taken = {row.name.casefold() for row in rows}
        if name.casefold() in taken:
            name = f"{name}-{len(rows) + 1:03}"
        rows.append(Row(name, f"`{column}` = `{value}`", {f"only.{column}": value}))
    return tuple(rows)


def file_name(text: str) -> str:
    """`text` as the beginning of a file's name; empty where nothing of it can stand in one."""
    return re.sub(r"[^\w.-]+", "-", text).strip("-._")[:80]


def _lines(table: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        text = table.read_text("utf-8-sig")
    except OSError as cause:
        msg = f"`{table}` cannot be read: {cause.strerror}. Check the path."
        raise SourceError(msg) from cause
    except UnicodeDecodeError as cause:
        msg = f"`{table.name}` is not UTF-8 text at byte {cause.start}. Save it again as UTF-8."
        raise SourceError(msg) from cause
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    cells = [
        [cell.strip() for cell in line]
        for line in csv.reader(text.splitlines(), delimiter=delimiter)
        if any(cell.strip() for cell in line)
    ]
    if len(cells) < 2:
        msg = f"`{table.name}` has no rows. Give a header of parameters, and a row for each run."
        raise SourceError(msg)
    yield from enumerate(cells)


def _refuse_same_names(rows: list[Row]) -> None:
    seen: dict[str, Row] = {}
    for row in rows:
        other = seen.setdefault(row.name.casefold(), row)
        if other is not row:
            msg = f"{other.place} and {row.place} are both called `{row.name}`. Name them apart."
            raise ParameterError(msg)
