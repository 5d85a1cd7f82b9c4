"""Whatever a learner gives is an answer of its kind and size, or a sentence that says why not."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from cjm_notebooks.maps import Condition, JourneyMap, Rule, Stage, Touchpoint
from cjm_notebooks.teaching.answering.judging import Unfit, judged
from cjm_notebooks.teaching.exercises import Question
from tests.teaching.answering import CURVE, DRAWING, SHARE, SHOP, VERDICT, WHY


class Spiteful:
    def __repr__(self) -> str:
        raise AssertionError

    __str__ = __eq__ = __bool__ = __len__ = __float__ = __iter__ = __repr__  # type: ignore
    __hash__ = None  # type: ignore[assignment]


def sentence(question: Question, given: object) -> str:
    found = judged(question, given)
    assert isinstance(found, Unfit)
    return found.sentence


def a_map(where: Condition, touchpoints: int = 1) -> JourneyMap:
    place = Touchpoint(id="t", name="T", match=Rule(where=where))
    stage = Stage(id="s", name="S", touchpoints=(place,) * touchpoints)
    return SHOP.model_copy(update={"stages": (stage,)})


@pytest.mark.parametrize("question", [DRAWING, SHARE, CURVE, WHY, VERDICT], ids=lambda q: q.kind)
def test_object_that_fails_when_looked_at_is_named_by_its_type(question: Question) -> None:
    assert f"`{question.variable}` is a Spiteful" in sentence(question, Spiteful())


@pytest.mark.parametrize("question", [DRAWING, SHARE, CURVE, WHY, VERDICT], ids=lambda q: q.kind)
def test_placeholder_is_no_answer(question: Question) -> None:
    assert sentence(question, None) == f"`{question.variable}` has no answer yet."


@pytest.mark.parametrize("number", [0.25, np.float32(0.25), np.float64(0.25)], ids=type)
def test_number_may_come_from_python_or_numpy(number: object) -> None:
    assert judged(SHARE, number) == 0.25


def test_whole_number_is_a_number() -> None:
    assert judged(SHARE, np.int64(3)) == 3.0


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (float("nan"), "`share` is not a finite number. Is something divided by zero, or missing?"),
        (float("inf"), "`share` is not a finite number. Is something divided by zero, or missing?"),
        (10**400, "`share` is not a finite number. Is something divided by zero, or missing?"),
        (True, "`share` is a bool. Give a number."),
        ("0.5", "`share` is a str. Give a number."),
        ([0.5], "`share` is a list. Give a number."),
        (Decimal("0.5"), "`share` is a Decimal. Give a number."),
    ],
    ids=["nan", "inf", "huge", "bool", "text", "list", "decimal"],
)
def test_what_is_no_number_says_what_it_is(given: object, why: str) -> None:
    assert sentence(SHARE, given) == why


def test_numbers_may_be_a_dictionary_or_a_column_of_a_table() -> None:
    assert judged(CURVE, {"home": 1, "cart": np.float64(-0.5)}) == {"home": 1.0, "cart": -0.5}
    assert judged(CURVE, pd.Series({"home": 1.0})) == {"home": 1.0}


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "holds 0 numbers"),
        ({str(place): 1.0 for place in range(1000)}, "holds 1,000 numbers"),
        ({"home": float("nan")}, '`curve["home"]` is not a finite number'),
        ({1: 1.0}, "A name in `curve` is no text"),
        ({"x" * 10_000: "y"}, f'`curve["{"x" * 40}"]` is a str'),
        ([1, 2], "`curve` is a list"),
        (pd.Series([1.0] * 10_000), "`curve` is a Series"),
    ],
    ids=["none", "many", "nan", "no name", "long name", "list", "long column"],
)
def test_what_are_no_numbers_by_name_says_where(given: object, why: str) -> None:
    assert why in sentence(CURVE, given)


def test_text_of_a_million_characters_is_refused_by_its_length() -> None:
    assert sentence(WHY, "a" * 1_000_000) == "`why` has 1,000,000 characters. Say it in 5,000."


def test_blank_text_is_no_answer() -> None:
    assert sentence(WHY, " \n ") == "`why` has no answer yet."


def test_text_that_no_file_can_hold_is_made_to_fit() -> None:
    assert judged(WHY, "half \ud800") == "half ?"


def test_choice_is_read_whatever_its_capitals_and_blanks() -> None:
    assert judged(VERDICT, " Cannot Tell ") == "cannot tell"


def test_choice_that_is_none_brings_the_nearest() -> None:
    assert sentence(VERDICT, "cant tell").endswith("Did you mean `cannot tell`?")
    assert len(sentence(VERDICT, "z" * 4000)) < 200


def test_map_may_be_the_fields_of_its_file() -> None:
    assert judged(DRAWING, SHOP) == SHOP
    assert judged(DRAWING, SHOP.fields()) == SHOP


def test_map_with_a_million_touchpoints_is_refused_before_it_is_looked_at() -> None:
    crowd = a_map(Condition(is_="cart"), touchpoints=1_000_000)
    assert "has 1,000,001 stages and touchpoints" in sentence(DRAWING, crowd)


def test_map_with_endless_texts_is_refused() -> None:
    wordy = SHOP.model_copy(update={"context": "a" * 1_000_001})
    assert "is longer than 1,000,000 characters" in sentence(DRAWING, wordy)


def test_expression_that_could_run_for_ever_is_never_run() -> None:
    hidden = Condition(any=(Condition(not_=Condition(matches=r"^(\w+)+!$")), Condition(is_="a")))
    assert "says `matches`" in sentence(DRAWING, a_map(hidden))


def test_conditions_nested_without_end_are_refused() -> None:
    where = Condition(is_="a")
    for _ in range(3_000):
        where = Condition.model_construct(not_=where)
    assert "too deeply" in sentence(DRAWING, a_map(where))


def test_fields_that_are_no_map_say_what_is_wrong_with_them() -> None:
    assert "cannot be read as a journey map" in sentence(DRAWING, {"name": 7})
