"""An answer earns what its question gives, and can cost nobody else anything."""

from __future__ import annotations

from cjm_notebooks.teaching.answering import Unfit, mark_all
from cjm_notebooks.teaching.exercises import Answer
from tests.teaching.answering import GIVEN, RIGHT, SmallExercise


def marked(**changed: Answer | Unfit) -> dict[str, float]:
    results = mark_all(SmallExercise, {**RIGHT, **changed}, GIVEN)
    return {id_: result.earned for id_, result in results.items()}


def test_right_answers_earn_all_points() -> None:
    assert marked() == {"q1": 4, "q2": 3, "q3": 2, "q4": 1, "q5": 1}


def test_no_answers_earn_nothing_and_say_so() -> None:
    results = mark_all(SmallExercise, {}, GIVEN)
    assert [result.earned for result in results.values()] == [0] * 5
    assert results["q2"].mark.saw == "`share` has no answer yet."


def test_what_is_no_answer_earns_nothing_and_keeps_its_sentence() -> None:
    results = mark_all(SmallExercise, {**RIGHT, "q2": Unfit("It is a list.")}, GIVEN)
    assert results["q2"].earned == 0
    assert results["q2"].mark.saw == "It is a list."
    assert results["q1"].earned == 4


def test_partly_right_answer_earns_its_share_and_names_the_misconception() -> None:
    result = mark_all(SmallExercise, {"q2": 2.0}, GIVEN)["q2"]
    assert result.earned == 1.5
    assert result.mark.misconception == "count-for-share"


def test_question_that_breaks_on_an_answer_costs_that_mark_only() -> None:
    results = mark_all(SmallExercise, {**RIGHT, "q2": 0.0}, GIVEN)
    assert results["q2"].earned == 0
    assert "could not be marked (ZeroDivisionError)" in results["q2"].mark.saw
    assert results["q1"].earned == 4


def test_mark_is_never_less_than_nothing_nor_more_than_all() -> None:
    assert marked()["q3"] == 2
    assert marked(q2=3.0)["q2"] == 0
