"""A small class on a real exercise: what its students hand in is written by the tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from cjm_notebooks.teaching.classroom.copies import part_of, solution_of
from cjm_notebooks.teaching.classroom.course import Course
from cjm_notebooks.teaching.classroom.starting import Wanted, start_class

EXERCISE = "nps-change"


def started(folder: Path, *students: str, graded: bool = True) -> Course:
    return start_class(Wanted(EXERCISE, folder / "course", graded=graded), students).course


def notebook_of(course: Course, student: str) -> Path:
    return course.folder / "students" / student / course.notebook_name


def solve(course: Course, student: str, *questions: str) -> Path:
    """Answer these questions as the solution does, or all."""
    file = notebook_of(course, student)
    notebook = nbformat.read(file, as_version=4)
    for own, solved in zip(notebook.cells, solution_of(course.kind).cells, strict=True):
        part, question = part_of(solved)
        if part == "answer" and (not questions or question in questions):
            own.source = solved.source
    nbformat.write(notebook, file)
    return file


def change(course: Course, student: str, edit: Callable[[NotebookNode], None]) -> None:
    file = notebook_of(course, student)
    notebook = nbformat.read(file, as_version=4)
    edit(notebook)
    nbformat.write(notebook, file)


@pytest.fixture
def two(tmp_path: Path) -> Course:
    return started(tmp_path, "ann", "bob")
