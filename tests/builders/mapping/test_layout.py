"""A layout says what one row is and what its columns are, and stands in JSON without loss."""

from __future__ import annotations

import pytest

from cjm_notebooks import Question
from cjm_notebooks.builders.mapping import Layout
from cjm_notebooks.errors import ParameterError

SURVEY = Layout(
    "respondents",
    {"who": "customer", "q1": "score", "why": "comment"},
    zone="Europe/Berlin",
    questions={"q1": Question("ease", "ces", (1, 7), touchpoint="cart", set_aside={8: "never"})},
    beside={"why": "q1"},
)


@pytest.mark.parametrize(
    "layout",
    [
        SURVEY,
        Layout("events", {"id": "customer", "at": "time", "name": "event"}, unit="ms"),
        Layout("events", {"id": "customer", "at": "time"}, time_format="%d.%m.%Y"),
        Layout("milestones", {"no": "customer", "paid": "milestone"}, milestones={"paid": "Paid"}),
    ],
    ids=("survey", "numbers", "written", "milestones"),
)
def test_layout_comes_back_from_json_as_it_was(layout: Layout) -> None:
    assert Layout.read(layout.written()) == layout


def test_what_is_left_empty_on_the_screen_is_nothing() -> None:
    asked = {"shape": "events", "roles": {"a": "time", "b": None, "c": ""}, "zone": " "}
    assert Layout.read(asked) == Layout("events", {"a": "time"})


def test_layout_names_what_must_be_said_first() -> None:
    lacks = Layout("events", {"when": "time"}).lacks
    assert [sentence.partition(".")[0] for sentence in lacks] == [
        "No column is `Customer` yet", "No column is `Event` yet",
    ]  # fmt: skip
    undescribed = Layout("respondents", {"q1": "score"}).lacks
    assert undescribed == ("What `q1` asks is not described yet: its kind and its scale.",)
    assert SURVEY.lacks == ()


def test_only_one_column_is_the_customer() -> None:
    with pytest.raises(ParameterError, match=r"`a` and `b` are both `customer`\. Keep one."):
        Layout("events", {"a": "customer", "b": "customer"})


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("events", "A layout is `'events'`. Write its parts by name"),
        ({"shape": "event"}, "A row cannot be `event`. Did you mean `events`?"),
        ({"shape": 3}, "`shape` is `3`. Write a text"),
        ({"shape": "events", "roles": []}, None),
        ({"shape": "events", "roles": ["a"]}, "Write what stands for each column"),
        ({"shape": "events", "roles": {"a": 3}}, "Write what stands for each column"),
        ({"shape": "events", "roles": {"a": "scor"}}, "no column is `scor`"),
        ({"shape": "events", "unit": "h"}, "`unit` is `h`. Known: `s`"),
        (
            {"shape": "respondents", "questions": {"q": {"kind": "cast", "scale": [1, 5]}}},
            "kind `cast`. Did you mean `csat`?",
        ),
        (
            {"shape": "respondents", "questions": {"q": {"kind": "csat", "scale": ["low", 5]}}},
            "is no two numbers",
        ),
        (
            {"shape": "respondents", "questions": {"q": {"kind": "csat", "scale": [5, 1]}}},
            "Give low < high",
        ),
    ],
    ids=repr,
)
def test_what_is_no_layout_is_refused_with_the_cure(asked: object, says: str | None) -> None:
    if says is None:
        assert Layout.read(asked).roles == {}
        return
    with pytest.raises(ParameterError) as raised:
        Layout.read(asked)
    assert says in str(raised.value)
