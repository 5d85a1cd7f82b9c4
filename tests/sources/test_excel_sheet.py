"""Events in a workbook, counted by hand in the fixtures.

The sheet `Events` of `clean.xlsx` has a header and three rows; that of `malformed.xlsx` a title
above its header, a blank row, cells `#N/A` and `#DIV/0!`, and a formula that was never calculated.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest
from openpyxl import Workbook

from cjm_notebooks import JourneyMap, join
from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events import Counted
from cjm_notebooks.maps import Stage
from cjm_notebooks.sources.excel_sheet import ExcelSheet

HEADERS = ["Kunde", "Was", "Wann", "Betrag", "E-Mail"]


def written(folder: Path, rows: list[list[object]], name: str) -> Path:
    book = Workbook()
    book.worksheets[0].title = "Notes"
    sheet = book.create_sheet("Events")
    for row in rows:
        sheet.append(row)
    book.save(folder / name)
    return folder / name


FOLDER = Path(__file__).parent / "fixtures" / "excel_sheet"
CLEAN = ExcelSheet(
    FOLDER / "clean.xlsx",
    customer="Kunde",
    event="Was",
    at="Wann",
    value="Betrag",
    sheet="Events",
    zone="Europe/Berlin",
)
MALFORMED = replace(CLEAN, file=FOLDER / "malformed.xlsx", header=2)
EXAMPLES = (CLEAN, MALFORMED)
SHOP = JourneyMap(id="shop", name="Shop", stages=(Stage(id="s", name="S"),))


def rows(source: ExcelSheet) -> list[list[object]]:
    found = source.read().events
    assert found is not None
    return [list(row.values()) for row in pa.table(found.table).to_pylist()]


def test_cells_are_read_as_ids_texts_and_times() -> None:
    assert rows(CLEAN) == [
        ["101", "Angebot", "2024-07-15T10:00:00", None],
        ["101", "Kauf", "2024-07-15T11:30:00", "59.9"],
        ["C-7", "Kauf", "2024-07-16T00:00:00", "120"],
    ]


def test_clock_times_are_those_of_the_stated_zone() -> None:
    (quality,) = join(SHOP, replace(CLEAN, value=None).read().events).quality
    assert (quality.kept, quality.first_at) == (3, 1_721_030_400_000_000)


def test_blank_rows_are_set_aside_and_errors_are_empty() -> None:
    assert rows(MALFORMED) == [
        ["101", "Angebot", "2024-07-15T10:00:00", None],
        ["102", None, "bald", None],
        ["103", "Kauf", None, None],
    ]
    (quality,) = MALFORMED.read().quality
    assert (quality.read, quality.kept) == (4, 3)
    assert quality.set_aside == {"blank_row": Counted(1, (1,))}
    assert quality.noticed == {"error_cell": Counted(1, (2,))}


def test_text_that_begins_like_an_error_is_none() -> None:
    assert [row[-1] for row in rows(replace(MALFORMED, columns=("E-Mail",)))] == [
        None,
        "#1 customer",
        None,
    ]


def test_unknown_sheet_names_the_nearest() -> None:
    with pytest.raises(SourceError, match=r"no sheet `Event`\. Did you mean `Events`"):
        replace(CLEAN, sheet="Event").read()


def test_sheet_without_the_headers_is_refused() -> None:
    with pytest.raises(SourceError, match=r"Line 1 of `clean\.xlsx` has no column `Kunde`"):
        replace(CLEAN, sheet="Notes").read()


def test_headers_on_another_line_are_told() -> None:
    with pytest.raises(SourceError, match=r"Line 1 of `malformed\.xlsx` has no column `Kunde`"):
        replace(MALFORMED, header=1).read()


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    file = written(tmp_path, [["Kunde", "Kunde", "Was", "Wann"], [1, 2, "Kauf", None]], "two.xlsx")
    with pytest.raises(SourceError, match=r"has 2 columns `Kunde`\. Rename all but one\."):
        replace(CLEAN, file=file, value=None).read()


def test_header_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"`none\.xlsx` has a header and no rows below it\."):
        replace(CLEAN, file=written(tmp_path, [HEADERS], "none.xlsx")).read()


def test_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "old.xlsx").write_text("not a workbook")
    with pytest.raises(SourceError, match=r"`old\.xlsx` is not an Excel workbook\. Save it again"):
        replace(CLEAN, file=tmp_path / "old.xlsx").read()


def test_lines_are_counted_from_one() -> None:
    with pytest.raises(ParameterError, match=r"`header` is 0\. Excel counts lines from 1\."):
        replace(CLEAN, header=0)


def test_texts_that_begin_with_the_day_are_read_beside_cells_that_hold_days(
    tmp_path: Path,
) -> None:
    lines = [["31.12.2025 14:05"], [datetime.fromisoformat("2026-01-02T09:00")], ["soon"]]
    file = written(tmp_path, [HEADERS, *(["1", "home", *line, 1, ""] for line in lines)], "d.xlsx")
    source = replace(CLEAN, file=file, time_format="%d.%m.%Y %H:%M", zone="UTC", value=None)
    (quality,) = join(SHOP, source.read().events).quality
    assert (quality.kept, quality.set_aside_rows("unreadable_time")) == (2, 1)
    assert (quality.first_at, quality.last_at) == (1_767_189_900_000_000, 1_767_344_400_000_000)
