"""The tables of an audit as a workbook: all that may be told, and nothing that calculates."""

from __future__ import annotations

from io import BytesIO

import pandas as pd
import pytest
from openpyxl import load_workbook

from cjm_notebooks import AuditResult, audit
from cjm_notebooks.audits.files.workbook import workbook
from cjm_notebooks.audits.findings import findings_of
from tests.audits import AS_OF, BUYS, BUYS_LATER, LEAVES_CART, events
from tests.journeys import ONE_EACH

FORTY_BUY_TWENTY_LEAVE = events(*[BUYS] * 39, BUYS_LATER, *[LEAVES_CART] * 20)


@pytest.fixture(scope="module")
def result() -> AuditResult:
    return audit(ONE_EACH, FORTY_BUY_TWENTY_LEAVE, as_of=AS_OF)


def sheets(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def written(result: AuditResult, **tables: pd.DataFrame) -> bytes:
    return workbook(findings_of(result), result.measured, tables or result.tables)


def test_each_table_has_a_sheet_with_its_numbers(result: AuditResult) -> None:
    found = sheets(written(result))
    assert list(found)[:4] == ["about", "findings", "questions", "measured"]
    assert {name[:31] for name in result.tables} <= set(found)
    header, *rows = found["drop-off"]
    cart = next(row for row in rows if row[0] == "cart")
    assert dict(zip(header, cart, strict=True))["left"] == 20
    assert dict(zip(header, cart, strict=True))["share"] == pytest.approx(20 / 60)


def test_findings_stand_with_number_sentence_and_advice(result: AuditResult) -> None:
    header, *rows = sheets(written(result))["findings"]
    first = dict(zip(header, rows[0], strict=True))
    assert first["id"] == result.findings[0].id
    assert first["value"] == result.findings[0].value
    assert first["advice"] == str(result.findings[0].advice)


def test_a_hidden_number_is_an_empty_cell(result: AuditResult) -> None:
    table = pd.DataFrame({"n": pd.array([7, None, 9], dtype="Int64"), "share": [0.5, None, None]})
    found = sheets(written(result, few=table))["few"]
    assert found == [("n", "share"), (7, 0.5), (None, None), (9, None)]


def test_a_text_never_becomes_a_formula_and_what_excel_refuses_is_marked(
    result: AuditResult,
) -> None:
    evil = ['=HYPERLINK("http://a.example")', "+1", "@SUM(A1)", "a\x07b"]
    content = written(result, names=pd.DataFrame({"name": evil}))
    assert [row[0] for row in sheets(content)["names"]] == ["name", *evil[:3], "a\ufffdb"]
    cells = load_workbook(BytesIO(content))["names"]["A"]
    assert {cell.data_type for cell in cells} == {"s"}


def test_long_names_of_sheets_stay_apart(result: AuditResult) -> None:
    table = pd.DataFrame({"n": [1]})
    long = "thin-feedback.respondents-of-all"
    found = sheets(workbook(findings_of(result), result.measured, {long: table, f"{long}2": table}))
    assert [name for name in found if name.startswith("thin")] == [long[:31], f"{long[:29]}~2"]


def test_the_same_audit_gives_the_same_bytes(result: AuditResult) -> None:
    assert written(result) == written(result)
    again = audit(ONE_EACH, FORTY_BUY_TWENTY_LEAVE, as_of=AS_OF)
    assert written(again) == written(result)
