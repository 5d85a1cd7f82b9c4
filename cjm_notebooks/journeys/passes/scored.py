"""Answers as the numbers that are compared: scores, or what each adds to an NPS."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from cjm_notebooks.events import Question
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.asked import asked
from cjm_notebooks.journeys.tables import NONE

PROMOTER, DETRACTOR = 9, 6
LOWEST_PART = 0.25


@dataclass(frozen=True, eq=False)
class Scored:
    """The answers to questions of some kinds, with when they were given.

    Attributes
    ----------
    questions
        all questions of these kinds.
    places
        how many places there are, as `asked` numbers them.
    place
        int64, (answers,). The question and the touchpoint.
    customer
        int64, (answers,), ascending.
    at
        int64, (answers,). UTC microseconds, `UNKNOWN_TIME` where it is not known.
    score
        float64, (answers,). On the scale of the question; for an NPS 100, 0 or -100.
    is_bad
        bool, (answers,). An NPS of 6 or less, else in the lowest quarter of the scale.
    has_comment
        bool, (answers,). Something was said beside the score.
    """

    questions: tuple[Question, ...]
    places: int
    place: np.ndarray
    customer: np.ndarray
    at: np.ndarray
    score: np.ndarray
    is_bad: np.ndarray
    has_comment: np.ndarray


def scored(journeys: Journeys, kinds: Collection[str]) -> Scored:
    answers, found = journeys.answers, asked(journeys, kinds)
    of_kinds = np.array([question.kind in kinds for question in answers.questions], dtype=bool)
    mine = of_kinds[answers.question]
    is_nps = np.array([one.kind == "nps" for one in found.questions], dtype=bool)[found.question]
    standing = (found.score >= PROMOTER).astype(np.float64) - (found.score <= DETRACTOR)
    return Scored(
        questions=found.questions,
        places=found.places,
        place=found.place,
        customer=found.customer,
        at=answers.at[mine],
        score=np.where(is_nps, 100 * standing, found.score),
        is_bad=found.score <= _worst(found.questions)[found.question],
        has_comment=answers.comment[mine] != NONE,
    )


def scale_of(question: Question) -> tuple[float, float]:
    """The ends of what `scored` gives for answers to the question."""
    return (-100.0, 100.0) if question.kind == "nps" else question.scale


def _worst(questions: tuple[Question, ...]) -> np.ndarray:
    """float64, (questions,). The highest score that still is a bad one."""
    worst = [
        DETRACTOR if one.kind == "nps" else np.dot(one.scale, (1 - LOWEST_PART, LOWEST_PART))
        for one in questions
    ]
    return np.array(worst, np.float64)
