"""What the teachers' catalogue says of an exercise is what the exercise is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.teaching.exercises import EXERCISES

PAGE = (Path(__file__).parents[3] / "docs" / "exercises.md").read_text("utf-8")
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
