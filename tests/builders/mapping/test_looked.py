"""What is guessed of a table from its first rows, and what of them may be shown."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from cjm_notebooks.builders.mapping import Layout, Looked
from cjm_notebooks.builders.mapping.guesses import layout_guess, likely_shape, question_guess
from cjm_notebooks.builders.mapping.shapes import SHAPES
from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events import Table
from tests.builders.mapping import answers, bookings, survey


def events(rows: int = 40) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "user_id": [f"u{row % 8}" for row in range(rows)],
            "event": [("home", "cart")[row % 2] for row in range(rows)],
            "ts": [1_720_000_000_000 + 60_000 * row for row in range(rows)],
            "channel": [("web", "app")[row % 2] for row in range(rows)],
        }
    )


def people() -> pd.DataFrame:
    return pd.DataFrame(
        {"customer_id": [f"c{row}" for row in range(30)], "country": ["DE", "FR", "ES"] * 10}
    )


@pytest.mark.parametrize(
    ("table", "shape", "why"),
    [
        (events(), "events", "`event` names events, and `ts` holds times."),
        (bookings(), "milestones", "3 columns hold times, and none names events."),
        (survey(), "respondents", "2 columns hold scores, and none names events or questions."),
        (answers(), "answers", "`question` names the question of each score."),
        (people(), "customers", "No column holds times or scores."),
    ],
    ids=["events", "bookings", "survey", "answers", "people"],
)
def test_what_a_row_is_is_guessed_with_a_reason(table: Table, shape: str, why: str) -> None:
    assert likely_shape(Looked.at(table).inspection) == (shape, why)


def test_columns_are_guessed_for_the_shape_and_numbers_get_a_unit() -> None:
    seen = Looked.at(events()).inspection
    assert layout_guess(seen, SHAPES["events"]) == Layout(
        "events",
        {"user_id": "customer", "event": "event", "ts": "time", "channel": "channel"},
        unit="ms",
    )
    wide = layout_guess(seen, SHAPES["milestones"])
    assert wide.roles == {
        "user_id": "customer",
        "event": "attribute",
        "ts": "milestone",
        "channel": "attribute",
    }


def test_only_the_first_of_two_that_could_be_the_customer_is_guessed() -> None:
    table = people().assign(account_id=[f"a{row}" for row in range(30)])
    guess = layout_guess(Looked.at(table).inspection, SHAPES["customers"])
    assert guess.all_of("customer") == ("customer_id",)


@pytest.mark.parametrize(
    ("name", "low", "high", "kind", "scale"),
    [
        ("How likely are you to recommend us?", 2, 9, "nps", (0, 10)),
        ("Zufriedenheit", 1, 5, "csat", (1, 5)),
        ("ease", 1, 6, "ces", (1, 7)),
        ("q7", 1, 5, "csat", (1, 5)),
        ("q7", 0, 10, "other", (0, 10)),
        ("nps", 1, 100, "other", (1, 100)),
        ("q7", 55, 55, "other", (55, 56)),
        ("stars", None, None, "stars", (1, 5)),
    ],
)
def test_a_question_is_guessed_from_its_name_and_its_scores(
    name: str, low: float | None, high: float | None, kind: str, scale: tuple[float, float]
) -> None:
    asked = question_guess(name, low, high)
    assert (asked.id, asked.kind, asked.scale) == (name, kind, scale)


def test_a_column_that_becomes_a_score_gets_a_question() -> None:
    layout = Looked.at(survey()).completed(
        Layout("respondents", {"ease": "score", "ease_comment": "comment", "recommend": "score"})
    )
    assert list(layout.roles) == ["recommend", "ease", "ease_comment"]
    assert layout.questions["recommend"].kind == "nps"
    assert layout.questions["ease"].scale == (0, 10)
    assert layout.beside == {"ease_comment": "ease"}
    assert layout.lacks == ()


def test_each_question_in_a_column_is_described() -> None:
    roles = {"question": "question", "score": "score"}
    layout = Looked.at(answers()).completed(Layout("answers", roles))
    assert {name: asked.kind for name, asked in layout.questions.items()} == {
        "nps": "nps", "ease": "ces",
    }  # fmt: skip


def test_personal_data_is_masked_in_the_first_rows() -> None:
    table = people().assign(
        email="anna@example.org",
        note=["call +49 30 1234567 back"] * 30,
        last_name="Müller",
        long="x" * 200,
    )
    rows = Looked.at(table).shown()
    assert len(rows) == 6
    assert rows[0][:4] == ["c0", "DE", "a…", "call [phone number] back"]
    assert rows[0][4] == "M…"
    assert rows[0][5] == "x" * 80 + "…"


def test_nothing_is_shown_of_several_values_in_one_cell() -> None:
    typed = [{"key": "first name", "value": "Anna"}]
    assert Looked.at(pa.table({"id": ["a", "b"], "params": [typed, []]})).shown()[0] == ["a", "…"]


def test_a_long_table_is_counted_by_its_first_rows(tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    events(50).to_csv(file, index=False)
    whole, some = Looked.at(file), Looked.at(file, rows=20)
    assert (whole.is_whole, whole.counted) == (True, file)
    assert not some.is_whole
    assert len(pa.table(some.counted)) == 20


def test_a_table_that_can_be_read_once_is_kept() -> None:
    looked = Looked.at(answers().to_reader())
    assert looked.is_whole
    assert len(pa.table(looked.table)) == 5


def test_no_rows_are_too_few_to_look_at() -> None:
    with pytest.raises(ParameterError, match="`rows` is 0"):
        Looked.at(people(), rows=0)


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(SourceError, match="A dict is no table"):
        Looked.at({})
