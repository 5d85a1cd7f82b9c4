"""An exercise in the format of nbgrader: one source notebook, its tests hidden, partial credit.

All students of nbgrader get the same data, since it hands out one version. The truth is in no file:
a hidden test, which nbgrader keeps from students, names the seed that it is made from.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from secrets import randbits

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from cjm_notebooks.catalogue import id_of
from cjm_notebooks.errors import AuditError, ParameterError
from cjm_notebooks.teaching.answering import Assignment, answers_from, mark_all, write_handout
from cjm_notebooks.teaching.classroom.copies import (
    exercise_named,
    file_name,
    part_of,
    solution_of,
)
from cjm_notebooks.teaching.exercises import Exercise, Question

SCHEMA_VERSION = 3
EVERYBODY = "everybody"
ANSWERS = "answers.json"
HIDDEN = """\
### BEGIN HIDDEN TESTS
from cjm_notebooks.teaching.classroom.nbgrader import earned

exercise.hand_in("{answers}")
earned("{exercise}", "{question}", "{answers}", seed={seed})
### END HIDDEN TESTS"""


def export(exercise: str, out: Path) -> Path:
    """Write `source/EXERCISE` into the folder `out`, a course of nbgrader. Returns that folder.

    Raises  ParameterError when there is no such exercise, or it is in that course already
            AuditError when it cannot be written
    """
    kind = exercise_named(exercise)
    folder = out / "source" / exercise
    if folder.exists():
        msg = f"`{folder}` exists. Take it away first, or choose another course."
        raise ParameterError(msg)
    seed = randbits(32)
    given = kind.generator.generate(kind.customers, seed)
    assignment = Assignment(course="nbgrader", exercise=exercise, student=EVERYBODY, graded=True)
    try:
        write_handout(folder, given, assignment)
        nbformat.write(source_notebook(kind, seed), folder / file_name(exercise))
    except OSError as cause:
        shutil.rmtree(folder, ignore_errors=True)
        msg = f"`{folder}` cannot be written: {cause.strerror}. Check its permissions."
        raise AuditError(msg) from cause
    return folder


def source_notebook(kind: type[Exercise], seed: int) -> NotebookNode:
    """The solution notebook as nbgrader wants it: what is answered, what is locked, what is tested.

    A test stands behind the check of its question.
    """
    notebook = solution_of(kind)
    questions = {question.id: question for question in kind.questions}
    cells = []
    for number, cell in enumerate(notebook.cells):
        part, question = part_of(cell)
        is_answer = part == "answer"
        name = f"{part or 'text'}-{question or number}-{number}"
        cell.metadata["nbgrader"] = _about(name, is_answer=is_answer)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        cells.append(cell)
        if part == "check" and question in questions:
            cells.append(_test(kind, questions[question], seed))
    notebook.cells = cells
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def earned(exercise: str, question: str, answers: str | Path, seed: int) -> float:
    """The points of one question, for nbgrader to write down.

    Raises  AssertionError saying what was seen when it earns none
    """
    kind = exercise_named(exercise)
    given = kind.generator.generate(kind.customers, seed)
    result = mark_all(kind, answers_from(Path(answers), kind), given)[question]
    said = f"{result.mark.saw} {result.mark.matters}".strip()
    if result.earned <= 0:
        raise AssertionError(said)
    return result.earned


def _about(name: str, *, is_answer: bool = False) -> dict[str, object]:
    return {
        "grade": False,
        "grade_id": name,
        "locked": not is_answer,
        "schema_version": SCHEMA_VERSION,
        "solution": is_answer,
        "task": False,
    }


def _test(kind: type[Exercise], question: Question, seed: int) -> NotebookNode:
    values = {"exercise": id_of(kind), "question": question.id, "answers": ANSWERS, "seed": seed}
    cell: NotebookNode = new_code_cell(HIDDEN.format(**values))
    cell.metadata["nbgrader"] = {
        **_about(f"test-{question.id}"),
        "cell_type": "code",
        "grade": True,
        "points": question.points,
    }
    return cell
