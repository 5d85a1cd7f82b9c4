"""The page about mapping says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cjm_notebooks.builders.mapping import Call, Layout
from cjm_notebooks.builders.mapping.looked import COUNTED_LIVE, LOOKED_AT
from cjm_notebooks.builders.mapping.shapes import SHAPES, Shape

page = (Path(__file__).parents[3] / "docs" / "mapping.md").read_text("utf-8")
ROWS = re.findall(r"^\| (.+) \| `(\w+)` \| (.+) \| `(?:cjm\.)?(\w+)\(\.\.\.\)` \|$", page, re.M)
READS = {
    "events": "EventTable",
    "milestones": "MilestoneTable",
    "respondents": "SurveyTable",
    "answers": "Feedback",
    "customers": "Customers",
}


def test_every_kind_of_row_is_on_the_page() -> None:
    assert [id_ for _, id_, _, _ in ROWS] == list(SHAPES)
    assert {id_: reads for _, id_, _, reads in ROWS} == READS


@pytest.mark.parametrize(("says", "id_", "roles", "_"), ROWS, ids=[row[1] for row in ROWS])
def test_page_names_what_columns_can_be(says: str, id_: str, roles: str, _: str) -> None:
    shape: Shape = SHAPES[id_]
    assert shape.says == says
    assert re.findall(r"`(\w+)`", roles) == [role.id for role in shape.roles]


def test_the_code_on_the_page_is_that_of_its_layout() -> None:
    roles = {"Kundennummer": "customer", "Vorgang": "event", "Zeitpunkt": "time"}
    layout = Layout("events", roles, zone="Europe/Berlin")
    code = Call.of(layout).code('"orders.csv"', guessed={"Vorgang"})
    assert f"```python\n{code}```" in page


def test_page_says_how_many_rows_are_looked_at() -> None:
    assert f"the first {LOOKED_AT:,} rows" in page
    assert f"the first {COUNTED_LIVE:,} rows" in page
