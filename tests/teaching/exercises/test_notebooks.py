"""A notebook of an exercise has a place for everything, and everything in its place."""

from __future__ import annotations

import ast
import re

import nbformat
import pytest

from cjm_notebooks.teaching.classroom.copies import part_of, solution_of
from tests.teaching.exercises import EXERCISES

every_exercise = pytest.mark.parametrize("exercise", EXERCISES)
SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*)\n### END SOLUTION", re.DOTALL)


def cells(exercise: str, kind: str = "code") -> list[nbformat.NotebookNode]:
    return [one for one in solution_of(EXERCISES[exercise]).cells if one.cell_type == kind]


@every_exercise
def test_notebook_is_kept_without_outputs_and_is_valid(exercise: str) -> None:
    notebook = solution_of(EXERCISES[exercise])
    nbformat.validate(notebook)
    assert not any(cell.outputs or cell.execution_count for cell in cells(exercise))


@every_exercise
def test_notebook_begins_with_its_title_and_the_cell_that_begins(exercise: str) -> None:
    title, *_ = cells(exercise, "markdown")
    assert title.source.startswith(f"# {EXERCISES[exercise].title}\n")
    first, *_ = cells(exercise)
    assert part_of(first) == ("begin", "")
    assert f'begin("{exercise}", student="")' in first.source


@every_exercise
def test_each_question_has_its_points_an_answer_and_a_check_in_order(exercise: str) -> None:
    questions = EXERCISES[exercise].questions
    parts = [part_of(cell) for cell in cells(exercise)]
    wanted = [(part, one.id) for one in questions for part in ("answer", "check")]
    assert [part for part in parts if part[1]] == wanted
    assert parts[-1] == ("hand-in", "")
    told = "\n".join(cell.source for cell in cells(exercise, "markdown"))
    for question in questions:
        assert f"`{question.variable}`" in told or question.kind == "choice"
        assert re.search(rf"\({question.points} points( each)?\)", told)


@every_exercise
def test_solution_gives_the_answer_its_value_and_nothing_stands_beside_it(exercise: str) -> None:
    variables = {one.id: one.variable for one in EXERCISES[exercise].questions}
    for cell in cells(exercise):
        part, question = part_of(cell)
        if part == "answer":
            solution = SOLUTION.fullmatch(cell.source)
            assert solution is not None
            assert re.search(rf"^{variables[question]} = ", solution[1], re.MULTILINE)
        if part == "check":
            assert cell.source == f'check("{question}")'


@every_exercise
def test_text_of_a_notebook_uses_no_em_dash(exercise: str) -> None:
    assert not any("\N{EM DASH}" in cell.source for cell in cells(exercise, "markdown"))


@every_exercise
def test_solution_writes_down_no_result(exercise: str) -> None:
    """A number with decimals is measured, but for a guess, which is drawn by hand."""
    for cell in cells(exercise):
        part, question = part_of(cell)
        if part == "answer" and (exercise, question) != ("emotion-curve", "q1"):
            numbers = [
                node.value
                for node in ast.walk(ast.parse(cell.source))
                if isinstance(node, ast.Constant) and isinstance(node.value, float)
            ]
            assert numbers == []
