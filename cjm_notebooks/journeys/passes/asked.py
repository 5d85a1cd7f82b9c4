"""Answers to some questions, numbered by what was asked and about which touchpoint."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import get_args

import numpy as np

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.events import Question
from cjm_notebooks.events.tables import FeedbackKind
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.visits import by_place, changes
from cjm_notebooks.journeys.tables import NONE
from cjm_notebooks.maps import JourneyMap


@dataclass(frozen=True, eq=False)
class Asked:
    """The answers to questions of some kinds.

    A place is one question at one touchpoint or, last, about the journey as a whole.

    Attributes
    ----------
    questions
        all questions of these kinds, answered or not.
    touchpoints
        how many touchpoints the map has.
    question
        int64, (answers,). Position in `questions`.
    touchpoint
        int64, (answers,). Position in `map.touchpoints`, `touchpoints` for the journey as a whole.
    customer
        int64, (answers,), ascending.
    score
        float64, (answers,).
    weight
        float64, (answers,). 1 throughout when `weighted` is False.
    """

    questions: tuple[Question, ...]
    touchpoints: int
    question: np.ndarray
    touchpoint: np.ndarray
    customer: np.ndarray
    score: np.ndarray
    weight: np.ndarray
    weighted: bool

    @property
    def places(self) -> int:
        return len(self.questions) * (self.touchpoints + 1)

    @property
    def place(self) -> np.ndarray:
        """int64, (answers,)."""
        place: np.ndarray = self.question * (self.touchpoints + 1) + self.touchpoint
        return place

    @property
    def weighted_answers(self) -> int:
        return len(self.score) if self.weighted else 0

    def repeats(self) -> np.ndarray:
        """int64, (places,). Answers beyond the first of the same customer."""
        return repeats(self.place, self.customer, self.places)


def asked(journeys: Journeys, kinds: Collection[str]) -> Asked:
    """The answers to questions of these kinds."""
    answers, touchpoints = journeys.answers, len(journeys.map.touchpoints)
    of_kinds = np.array([question.kind in kinds for question in answers.questions], dtype=bool)
    mine = of_kinds[answers.question]
    touchpoint = answers.touchpoint[mine].astype(np.int64)
    return Asked(
        questions=tuple(question for question in answers.questions if question.kind in kinds),
        touchpoints=touchpoints,
        question=(np.cumsum(of_kinds) - 1)[answers.question[mine]],
        touchpoint=np.where(touchpoint == NONE, touchpoints, touchpoint),
        customer=answers.customer[mine],
        score=answers.score[mine],
        weight=answers.weight[mine],
        weighted=answers.weighted,
    )


def places_of(
    questions: tuple[Question, ...], journey_map: JourneyMap
) -> tuple[list[Question], list[str | None]]:
    """The question of each place and its touchpoint's id, None for the journey as a whole."""
    touchpoints = [*(touchpoint.id for touchpoint in journey_map.touchpoints), None]
    each_question = [question for question in questions for _ in touchpoints]
    return each_question, touchpoints * len(questions)


def repeats(place: np.ndarray, customer: np.ndarray, places: int) -> np.ndarray:
    """int64, (places,). Answers beyond the first of the same customer; `customer` ascends."""
    order = by_place(place, places)
    again = ~changes(place[order], customer[order])
    return np.bincount(place[order[again]], minlength=places)


def require_kinds(parameter: str, kinds: Collection[str]) -> None:
    """Refuse a parameter that names no kind of question, or one that does not exist."""
    if not kinds:
        msg = f"`{parameter}` is empty. Name at least one kind of question, such as `csat`."
        raise ParameterError(msg)
    for kind in kinds:
        if kind not in get_args(FeedbackKind):
            hint = did_you_mean(kind, get_args(FeedbackKind))
            msg = f"`{parameter}` names `{kind}`, which is no kind of question. {hint}"
            raise ParameterError(msg)
