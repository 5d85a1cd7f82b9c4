"""What the teachers' catalogue says of an exercise is what the exercise is."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.teaching.exercises import EXERCISES, given_to

PAGE = (Path(__file__).parents[3] / "docs" / "exercises.md").read_text("utf-8")
NO_MISCONCEPTIONS = {
    "moment-of-truth",
    "negative-peak",
    "rising-event",
    "cannot-tell",
    "another-mix",
    "in-time",
}
PLACES = {place.id for place in given_to("stage-it").right_map.touchpoints}
every_exercise = pytest.mark.parametrize("exercise", EXERCISES)


@every_exercise
def test_catalogue_has_every_question_plan_and_criterion(exercise: str) -> None:
    kind = EXERCISES[exercise]
    assert f"**{kind.title}.** {kind.about}" in PAGE
    for question in kind.questions:
        assert f"| {question.id} | {question.asks} | `{question.variable}`" in PAGE
    for minutes, what in (*kind.time_plan, *kind.short_plan):
        assert f"| {minutes} | {what} |" in PAGE
    for one in kind.rubric:
        assert f"| {one.name} | {one.weight} | {one.excellent} |" in PAGE


@every_exercise
def test_catalogue_explains_every_misconception_that_the_exercise_knows(exercise: str) -> None:
    """An id of a misconception is a word with hyphens that is nothing else in the exercise."""
    source = Path(str(sys.modules[EXERCISES[exercise].__module__].__file__)).read_text("utf-8")
    about = PAGE.split(f"\n## {exercise}\n")[1].split("\n## ")[0]
    explained = set(re.findall(r"^\| `([a-z-]+)` \|", about, re.MULTILINE))
    known = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', source)) - NO_MISCONCEPTIONS - PLACES
    assert known <= explained
    assert explained - known <= {"list-for-explanation"}
