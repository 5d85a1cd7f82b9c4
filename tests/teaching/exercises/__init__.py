"""Notebooks of exercises, run cell by cell, and what their answers are worth."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat

from cjm_notebooks.catalogue import entries
from cjm_notebooks.teaching.answering import Attempt, Unfit, mark_all
from cjm_notebooks.teaching.answering.judging import judged
from cjm_notebooks.teaching.answering.marking import Result
from cjm_notebooks.teaching.classroom.copies import learners_copy, solution_of
from cjm_notebooks.teaching.exercises import Answer, Exercise, Mark, Question
from cjm_notebooks.teaching.generators import Generated
from cjm_notebooks.teaching.seeds import seed_of

EXERCISES = entries("teaching.exercises", Exercise)
STUDENTS = ("1", "2", "3", "4", "5")
Answers = dict[str, Answer | Unfit]


@cache
def given_to(exercise: str, student: str = "1") -> Generated:
    """The data of one student for practice, with their truth."""
    kind = EXERCISES[exercise]
    return kind.generator.generate(kind.customers, seed_of("practice", exercise, student))


@cache
def solved(exercise: str, student: str = "1") -> Mapping[str, object]:
    """The variables of the solution when all its cells were run."""
    return _run(solution_of(EXERCISES[exercise]), student)


@cache
def untouched(exercise: str, student: str = "1") -> Mapping[str, object]:
    """The variables of the learner's copy when all its cells were run and none was edited."""
    return _run(learners_copy(EXERCISES[exercise]), student)


def _run(notebook: nbformat.NotebookNode, student: str) -> Mapping[str, object]:
    variables: dict[str, object] = {"display": lambda *shown: None}
    with _empty_folder():
        for cell in notebook.cells:
            if cell.cell_type == "code":
                source = cell.source.replace('student=""', f'student="{student}"')
                exec(compile(source, cell.id, "exec"), variables)
    assert isinstance(variables["exercise"], Attempt)
    return variables


@contextmanager
def _empty_folder() -> Iterator[None]:
    home = Path.cwd()
    with TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(home)


def answers_in(exercise: str, variables: Mapping[str, object]) -> Answers:
    questions = EXERCISES[exercise].questions
    return {one.id: judged(one, variables.get(one.variable)) for one in questions}


def right_answer(exercise: str, question: str, student: str = "1") -> Answer:
    """What the solution answers."""
    answer = answers_in(exercise, solved(exercise, student))[question]
    assert not isinstance(answer, Unfit)
    return answer


def results(
    exercise: str, answers: Mapping[str, Answer | Unfit], student: str = "1"
) -> list[Result]:
    return list(mark_all(EXERCISES[exercise], answers, given_to(exercise, student)).values())


def question_of(exercise: str, question: str) -> Question:
    (found,) = [one for one in EXERCISES[exercise].questions if one.id == question]
    return found


def marked(exercise: str, question: str, given: object, student: str = "1") -> Mark:
    """The mark of one answer, whatever it is."""
    answer = judged(question_of(exercise, question), given)
    found = mark_all(EXERCISES[exercise], {question: answer}, given_to(exercise, student))
    return found[question].mark


def numbers(exercise: str, question: str) -> dict[str, float]:
    answer = right_answer(exercise, question)
    assert isinstance(answer, dict)
    return answer
