"""Every table of an audit in one Excel workbook, a sheet each, for people who calculate on.

Only what the page may show is in it: hidden cells are empty. A text that Excel could take for a
formula stays a text, and the same audit gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd

from cjm_notebooks.audits.findings import Findings
from cjm_notebooks.maps import MeasuredMap
from cjm_notebooks.maps.cells import put

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST_NAME = 31
LONGEST_TEXT = 2_000
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
NOT_IN_A_CELL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
SAVED_AT = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
WIDEST, NARROWEST = 60, 8
ABOUT = (
    "One sheet a table. Hidden numbers, which would tell of too few people, are empty.",
    "Shares go from 0 to 1; `low` and `high` are the ends of the interval at 95 %.",
    "What each column means stands in the documentation of its metric: cjm explain NAME.",
)

Row = Sequence[object]


def workbook(
    findings: Findings, measured: MeasuredMap, tables: Mapping[str, pd.DataFrame]
) -> bytes:
    """The sheets: what this is, findings, questions, measured numbers, then each table."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    taken: set[str] = set()
    for name, rows in _sheets(findings, measured, tables):
        _fill(book.create_sheet(_sheet_name(name, taken)), rows)
    content = BytesIO()
    book.save(content)
    return _without_times(content.getvalue())


def _sheets(
    findings: Findings, measured: MeasuredMap, tables: Mapping[str, pd.DataFrame]
) -> Iterator[tuple[str, Iterable[Row]]]:
    manifest = findings.manifest
    about = (manifest.journey_map.id, manifest.as_of.date().isoformat(), *ABOUT)
    yield "about", ([line] for line in about)
    yield "findings", _findings(findings)
    yield "questions", _questions(findings)
    yield "measured", _measured(measured)
    for name, table in tables.items():
        yield name, [list(table.columns), *table.itertuples(index=False)]


def _findings(findings: Findings) -> Iterator[Row]:
    plain = ("id", "severity", "owner", "value", "low", "high", "n", "p_adjusted", "threshold")
    said = ("what", "so_what", "advice")
    yield [*plain, *said]
    for one in findings.findings:
        yield [getattr(one, name) for name in plain] + [getattr(one, name).text for name in said]


def _questions(findings: Findings) -> Iterator[Row]:
    yield ["question", "status", "n", "needed", "reason"]
    for one in findings.gate.questions:
        yield [one.asks, one.status, one.n, one.needed, one.reason.text]


def _measured(measured: MeasuredMap) -> Iterator[Row]:
    numbers = [one.model_dump(mode="json") for one in measured.targets]
    names = list(dict.fromkeys(name for one in numbers for name in one))
    yield names
    for one in numbers:
        yield [one.get(name) for name in names]


def _fill(sheet: Worksheet, rows: Iterable[Row]) -> None:
    from openpyxl.utils import get_column_letter

    widths: dict[int, int] = {}
    for number, row in enumerate(rows, 1):
        for position, value in enumerate(row, 1):
            content = _content(value)
            put(sheet.cell(number, position), content)
            widths[position] = max(widths.get(position, NARROWEST), len(str(content or "")))
    sheet.freeze_panes = "A2"
    for position, width in widths.items():
        sheet.column_dimensions[get_column_letter(position)].width = min(width + 2, WIDEST)


def _content(value: Any) -> str | float | None:
    """A number, a text that a cell can hold, or nothing for what is missing or hidden."""
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    if isinstance(value, bool | int | float):
        return value
    if hasattr(value, "item"):
        return _content(value.item())
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return NOT_IN_A_CELL.sub("\ufffd", text)[:LONGEST_TEXT]


def _sheet_name(name: str, taken: set[str]) -> str:
    """The name as Excel allows it, and no other sheet's."""
    short = NOT_IN_A_NAME.sub("-", name)
    found, number = short[:LONGEST_NAME], 2
    while found.casefold() in taken:
        ending = f"~{number}"
        found, number = f"{short[: LONGEST_NAME - len(ending)]}{ending}", number + 1
    taken.add(found.casefold())
    return found


def _without_times(book: bytes) -> bytes:
    """The same workbook without the moment at which it was written."""
    content = BytesIO()
    with ZipFile(BytesIO(book)) as written, ZipFile(content, "w", ZIP_DEFLATED) as kept:
        for name in written.namelist():
            part = SAVED_AT.sub(b"", written.read(name))
            kept.writestr(ZipInfo(name, FIRST_DAY), part, ZIP_DEFLATED)
    return content.getvalue()
