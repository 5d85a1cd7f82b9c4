"""A learner at work: data of their own, feedback at once, hints one after another, a hand-in."""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cjm_notebooks.catalogue import entry
from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.events import Customers, Events, Feedback
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.teaching.answering.answers import FILE, write_answers
from cjm_notebooks.teaching.answering.handout import (
    Assignment,
    assignment_in,
    read_handout,
)
from cjm_notebooks.teaching.answering.judging import Unfit, as_json, judged
from cjm_notebooks.teaching.answering.marking import Result, mark_of
from cjm_notebooks.teaching.answering.told import State, Told
from cjm_notebooks.teaching.exercises import Answer, Exercise, Question
from cjm_notebooks.teaching.generators import Generated
from cjm_notebooks.teaching.handing_out import Handout
from cjm_notebooks.teaching.seeds import seed_of

PRACTICE = "practice"


def begin(exercise: str, student: str = "", course: str = PRACTICE) -> Attempt:
    """An attempt at an exercise, on data of the student's own.

    Beside an `assignment.json` the data are those handed out, and student and course are what it
    says. Else they are made here, the same each time for one student and course.

    Raises  ParameterError when there is no such exercise, or the folder was handed out for another
            SourceError when a table that was handed out is missing
    """
    kind = entry("teaching.exercises", Exercise, exercise)
    folder = Path.cwd()
    assigned = assignment_in(folder)
    if assigned is None:
        assigned = Assignment(course=course, exercise=exercise, student=student)
    if assigned.exercise != exercise:
        msg = (
            f"This folder was handed out for `{assigned.exercise}`, not for `{exercise}`. "
            "Open the notebook that lies in it."
        )
        raise ParameterError(msg)
    if assigned.graded:
        return Attempt(kind, assigned, read_handout(folder))
    seed = seed_of(assigned.course, exercise, assigned.student)
    given = kind.generator.generate(kind.customers, seed)
    return Attempt(kind, assigned, Handout.of(given), given)


@dataclass(eq=False, repr=False)
class Attempt:
    """What `begin` gives: `events`, `feedback`, `customers`, `draft_map`, and `check`."""

    kind: type[Exercise]
    assigned: Assignment
    _handout: Handout
    _given: Generated | None = None
    _tries: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __repr__(self) -> str:
        points = sum(question.points for question in self.kind.questions)
        questions = len(self.kind.questions)
        return f"{self.kind.title}: {questions} questions, {points} points. {self.kind.about}"

    @property
    def events(self) -> Events:
        """What customers did."""
        return self._handout.events

    @property
    def feedback(self) -> Feedback:
        """What customers answered."""
        return self._handout.feedback

    @property
    def customers(self) -> Customers:
        """Who the customers are."""
        return self._handout.customers

    @property
    def draft_map(self) -> JourneyMap:
        """The map that the organisation believes in; it has faults."""
        return self._handout.draft_map

    @property
    def as_of(self) -> date:
        """The day at whose beginning the data end."""
        return self._handout.as_of

    def check(self, question: str) -> Told:
        """Feedback on the answer to a question, read from the notebook that calls.

        A wrong answer brings the next of three hints; the same answer again brings the same one.

        Raises  ParameterError when there is no such question
        """
        asked = self._question(question)
        answer = judged(asked, sys._getframe(1).f_globals.get(asked.variable))
        if isinstance(answer, Unfit):
            return self._without_answer(asked, answer)
        if self._given is None:
            return _taken(asked, answer)
        mark = mark_of(asked, {asked.id: answer}, self._given)
        result = Result(asked.id, asked.points, mark)
        return _told(asked, result, "" if mark.share == 1 else self._hint(asked, answer))

    def hand_in(self, path: str | Path = FILE) -> Told:
        """Write the answers of the notebook that calls, as a file for the teacher."""
        variables = sys._getframe(1).f_globals
        answers = {
            question.id: judged(question, variables.get(question.variable))
            for question in self.kind.questions
        }
        write_answers(Path(path), self.assigned.exercise, self.assigned.student, answers)
        missing = {id_: one for id_, one in answers.items() if isinstance(one, Unfit)}
        heading = f"{len(answers) - len(missing)} of {len(answers)} answers in {Path(path).name}"
        reasons = tuple((id_, one.sentence) for id_, one in missing.items())
        return Told("taken" if not missing else "open", heading, reasons)

    def _question(self, id_: str) -> Question:
        questions = {question.id: question for question in self.kind.questions}
        if id_ not in questions:
            msg = f"There is no question `{id_}`. {did_you_mean(str(id_), questions)}"
            raise ParameterError(msg)
        return questions[id_]

    def _hint(self, asked: Question, answer: Answer) -> str:
        """The hint for this try: the first for the first wrong answer, then the second, ..."""
        tries, written = self._tries[asked.id], str(as_json(answer))
        if written not in tries:
            tries.append(written)
        level = min(tries.index(written), len(asked.hints) - 1)
        return f"({level + 1} of {len(asked.hints)}) {asked.hints[level]}"

    def _without_answer(self, asked: Question, why: Unfit) -> Told:
        paragraphs = [("What I saw", why.sentence)]
        if self._given is not None:
            paragraphs.append(("Hint", f"(1 of {len(asked.hints)}) {asked.hints[0]}"))
        return Told("open", asked.id, tuple(paragraphs))


def _taken(asked: Question, answer: Answer) -> Told:
    saw = f"`{asked.variable}` is {_described(answer)}. It has the form that is asked for."
    graded = "This is graded work: your teacher marks it, and nothing here knows the answer."
    return Told("taken", asked.id, (("What I saw", saw), ("", graded)))


def _described(answer: Answer) -> str:
    match answer:
        case JourneyMap():
            stages, places = len(answer.stages), answer.touchpoints
            bound = sum(place.match is not None for place in places)
            return (
                f"a map with {_so_many(stages, 'stage')} and "
                f"{_so_many(len(places), 'touchpoint')}, {bound} with a rule"
            )
        case dict():
            return f"a table of {_so_many(len(answer), 'number')}"
        case str():
            return f"a text of {_so_many(len(answer.split()), 'word')}"
        case _:
            return "a number"


def _so_many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _told(asked: Question, result: Result, hint: str) -> Told:
    mark = result.mark
    state: State = "right" if mark.share == 1 else "partly" if mark.share > 0 else "wrong"
    heading = f"{asked.id}, {result.earned:g} of {result.points} points"
    paragraphs = (("What I saw", mark.saw), ("Why it matters", mark.matters), ("Hint", hint))
    return Told(state, heading, tuple((word, text) for word, text in paragraphs if text))
