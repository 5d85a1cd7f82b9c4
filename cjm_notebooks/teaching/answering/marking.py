"""Marks of answers: pure, so that they can be given where the learner's code never runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite

from cjm_notebooks.errors import JourneyError
from cjm_notebooks.teaching.answering.judging import LONGEST_SENTENCE, Unfit
from cjm_notebooks.teaching.exercises import Answer, Exercise, Mark, Question
from cjm_notebooks.teaching.generators import Generated


@dataclass(frozen=True)
class Result:
    """The mark of one question, and the points it could earn."""

    question: str
    points: int
    mark: Mark

    @property
    def earned(self) -> float:
        """Points, to one decimal place."""
        return round(self.points * self.mark.share, 1)


def mark_all(
    exercise: type[Exercise], answers: Mapping[str, Answer | Unfit], given: Generated
) -> dict[str, Result]:
    """The result of each question, in order; what cannot be marked is worth nothing."""
    return {
        question.id: Result(question.id, question.points, mark_of(question, answers, given))
        for question in exercise.questions
    }


def mark_of(question: Question, answers: Mapping[str, Answer | Unfit], given: Generated) -> Mark:
    answer = answers.get(question.id)
    if answer is None:
        return Mark(0.0, f"`{question.variable}` has no answer yet.")
    if isinstance(answer, Unfit):
        return Mark(0.0, answer.sentence)
    try:
        mark = question.mark(answer, given)
    except JourneyError as error:
        return Mark(0.0, str(error)[:LONGEST_SENTENCE])
    except Exception as error:  # noqa: BLE001 - an answer nobody thought of costs its own mark only
        kind = type(error).__name__
        return Mark(0.0, f"`{question.variable}` could not be marked ({kind}). Tell your teacher.")
    share = mark.share if isfinite(mark.share) else 0.0
    return replace(mark, share=min(max(share, 0.0), 1.0))
