"""The notebook of an exercise: the solution, and the learner's copy made from it."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from typing import Literal

import nbformat
from nbformat import NotebookNode

from cjm_notebooks.catalogue import entries, entry, id_of
from cjm_notebooks.errors import AuditError
from cjm_notebooks.teaching.exercises import Exercise

PACKAGE = Path(__file__).parents[2]
FOLDERS = (PACKAGE / "exercises", PACKAGE.parent / "exercises")
SOLUTION = re.compile(r"^### BEGIN SOLUTION\n.*?^### END SOLUTION$", re.DOTALL | re.MULTILINE)
NO_STUDENT = 'student=""'
LOCKED = ("begin", "check", "hand-in")

Part = Literal["begin", "answer", "check", "hand-in", ""]


def exercises() -> dict[str, type[Exercise]]:
    return entries("teaching.exercises", Exercise)


def exercise_named(id_: str) -> type[Exercise]:
    """Raises  ParameterError when there is no such exercise"""
    return entry("teaching.exercises", Exercise, id_)


def file_name(exercise: str) -> str:
    return f"{exercise.replace('-', '_')}.ipynb"


def solution_of(exercise: type[Exercise]) -> NotebookNode:
    """Raises  AuditError when its notebook is not there"""
    name = file_name(id_of(exercise))
    for folder in FOLDERS:
        if (folder / name).is_file():
            notebook: NotebookNode = nbformat.read(folder / name, as_version=4)
            return notebook
    msg = f"The notebook `{name}` of the exercise is missing. Install the kit again."
    raise AuditError(msg)


def learners_copy(exercise: type[Exercise], student: str = "") -> NotebookNode:
    """The notebook without its solutions and outputs; what checks an answer cannot be edited.

    With a `student`, it begins with that student's data for practice.
    """
    copy = deepcopy(solution_of(exercise))
    questions = {question.id: question for question in exercise.questions}
    for cell in copy.cells:
        about = cell.metadata.get("cjm", {})
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
            question = questions.get(about.get("question", ""))
            cell.source = without_solution(cell.source, question.variable if question else "")
        if about.get("part") in LOCKED:
            cell.metadata.update(editable=False, deletable=False)
        if about.get("part") == "begin" and student:
            named = f"student={json.dumps(student, ensure_ascii=False)}"
            cell.source = cell.source.replace(NO_STUDENT, named)
    copy.metadata["cjm"] = {"exercise": id_of(exercise), "student": student}
    return copy


def without_solution(source: str, variable: str) -> str:
    """The cell with a place for an answer where the solution stood."""

    def emptied(found: re.Match[str]) -> str:
        gives = re.search(rf"^{re.escape(variable)}\s*(:[^=\n]+)?=", found[0], re.MULTILINE)
        return "# Your answer here" + (f"\n{variable} = None" if variable and gives else "")

    return SOLUTION.sub(emptied, source)


def part_of(cell: NotebookNode) -> tuple[Part, str]:
    """What a cell is for, and the id of the question it is about."""
    about = cell.metadata.get("cjm", {})
    if not isinstance(about, dict):
        return "", ""
    return about.get("part", ""), str(about.get("question", ""))


def locked_cells(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """The cells that nobody may alter, by part and question."""
    found = {}
    for cell in notebook.cells:
        part, question = part_of(cell)
        if part in LOCKED:
            found[f"{part} {question}".strip()] = cell
    return found


def hashes(notebook: NotebookNode) -> dict[str, str]:
    """What each locked cell says, as a number that changes with it."""
    return {
        key: sha256(cell.source.strip().encode()).hexdigest()
        for key, cell in locked_cells(notebook).items()
    }
