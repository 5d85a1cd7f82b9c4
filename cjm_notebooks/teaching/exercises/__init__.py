"""The contract of an exercise: questions on generated data, and how an answer is marked.

An exercise is one class here and one notebook of the same name in the folder `exercises`. The
notebook is the solution; the learner's copy is made from it. Each answer is a variable of the
notebook. A question marks the answer alone: it sees what was handed in and the data with its truth,
never the notebook, so that an answer can be marked where its code was never run.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Literal

from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.teaching.generators import Generated, Generator

AnswerKind = Literal["map", "number", "numbers", "text", "choice"]
Answer = JourneyMap | float | dict[str, float] | str | None


@dataclass(frozen=True)
class Mark:
    """What an answer is worth, and what its author is told.

    `share` is 0 to 1 of the question's points. `saw` and `matters` are sentences that never give
    the answer away. `misconception` is a short id, the same for all who fell into the same trap.
    """

    share: float
    saw: str
    matters: str = ""
    misconception: str | None = None


@dataclass(frozen=True)
class Criterion:
    """One line of a rubric: its weight, and what excellent, adequate and poor work looks like."""

    name: str
    weight: int
    excellent: str
    adequate: str
    poor: str


class Question(ABC):
    """One question: what it `asks`, and the `variable` that the notebook gives the answer to.

    The first hint says where to look, the second how, the third is nearly there; none is the
    answer. A notebook shows each with the next wrong answer.
    """

    id: ClassVar[str]
    variable: ClassVar[str]
    asks: ClassVar[str]
    kind: ClassVar[AnswerKind]
    points: ClassVar[int]
    hints: ClassVar[tuple[str, str, str]]
    choices: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def mark(self, answer: Answer, given: Generated) -> Mark:
        """Marks an answer of the right kind; None, or any other kind, is marked before."""


class Exercise(ABC):
    """One exercise, for a class of 85 minutes, or of 45 by the `short_plan`.

    A plan is pairs of minutes and of what is done in them.
    """

    title: ClassVar[str]
    about: ClassVar[str]
    generator: ClassVar[Generator]
    customers: ClassVar[int]
    time_plan: ClassVar[tuple[tuple[int, str], ...]]
    short_plan: ClassVar[tuple[tuple[int, str], ...]]
    rubric: ClassVar[tuple[Criterion, ...]]
    questions: ClassVar[tuple[Question, ...]]
