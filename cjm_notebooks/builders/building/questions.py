"""Questions of a survey, and the touchpoints that they ask about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from cjm_notebooks.builders.building.written import Json
from cjm_notebooks.errors import MapError, did_you_mean
from cjm_notebooks.events import Feedback, Question
from cjm_notebooks.events.ledger import workspace
from cjm_notebooks.journeys.joining.answering import read_feedback
from cjm_notebooks.maps import JourneyMap

NO_MAP = JourneyMap(id="none", name="None")


@dataclass(frozen=True)
class Questions:
    """Each question with the number of its answers that count."""

    questions: tuple[Question, ...]
    answers: tuple[int, ...]

    @classmethod
    def of(cls, feedback: Feedback) -> Self:
        """The questions of a table of answers.

        Raises  SourceError when the answers cannot be read
        """
        anywhere = tuple(replace(question, touchpoint=None) for question in feedback.questions)
        with workspace() as connection:
            read = read_feedback(connection, NO_MAP, replace(feedback, questions=anywhere))
        answers = np.bincount(read.question, minlength=len(anywhere))
        return cls(feedback.questions, tuple(answers.tolist()))

    def written(self, journey_map: JourneyMap) -> list[Json]:
        """As the screen shows them, each with the touchpoint that it asks about."""
        asked_at = {
            question: touchpoint.id
            for touchpoint in journey_map.touchpoints
            for question in touchpoint.questions
        }
        return [
            {
                "id": question.id,
                "kind": question.kind,
                "scale": list(question.scale),
                "answers": answers,
                "touchpoint": question.touchpoint or asked_at.get(question.id),
            }
            for question, answers in zip(self.questions, self.answers, strict=True)
        ]


def moved(journey_map: JourneyMap, question: str, touchpoint: str | None) -> JourneyMap:
    """The map in which the question asks about that touchpoint alone, or about none.

    Raises  MapError when the map has no such touchpoint
    """
    ids = [one.id for one in journey_map.touchpoints]
    if touchpoint is not None and touchpoint not in ids:
        near = did_you_mean(touchpoint, ids)
        msg = f"The map `{journey_map.id}` has no touchpoint `{touchpoint}`. {near}"
        raise MapError(msg)
    stages = []
    for stage in journey_map.stages:
        touchpoints = []
        for one in stage.touchpoints:
            asked = [other for other in one.questions if other != question or one.id == touchpoint]
            if one.id == touchpoint and question not in asked:
                asked.append(question)
            touchpoints.append(one.model_copy(update={"questions": tuple(asked)}))
        stages.append(stage.model_copy(update={"touchpoints": tuple(touchpoints)}))
    return journey_map.model_copy(update={"stages": tuple(stages)})
