"""Exercises as learners have them: in a kernel of their own, in a folder with nothing else."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from cjm_notebooks.teaching.answering import Assignment, answers_from, mark_all, write_handout
from cjm_notebooks.teaching.classroom.copies import learners_copy, part_of, solution_of
from cjm_notebooks.teaching.seeds import seed_of
from tests.teaching.exercises import EXERCISES, given_to

every_exercise = pytest.mark.parametrize("exercise", EXERCISES)


def run(notebook: nbformat.NotebookNode, folder: Path) -> nbformat.NotebookNode:
    resources = {"metadata": {"path": str(folder)}}
    return NotebookClient(
        notebook, timeout=240, kernel_name="python3", resources=resources
    ).execute()


def told(notebook: nbformat.NotebookNode, part: str) -> list[str]:
    """What the cells of a part showed, as plain text."""
    return [
        output["data"]["text/plain"]
        for cell in notebook.cells
        if part_of(cell)[0] == part
        for output in cell.outputs
        if "data" in output
    ]


def earned(exercise: str, folder: Path) -> list[float]:
    kind = EXERCISES[exercise]
    answers = answers_from(folder / "answers.json", kind)
    return [one.earned for one in mark_all(kind, answers, given_to(exercise, "")).values()]


@every_exercise
def test_solution_is_told_that_it_is_right_and_hands_in_all(exercise: str, tmp_path: Path) -> None:
    notebook = run(solution_of(EXERCISES[exercise]), tmp_path)
    checks = told(notebook, "check")
    questions = EXERCISES[exercise].questions
    assert len(checks) == len(questions)
    assert all(": Right\n" in text for text in checks)
    assert told(notebook, "hand-in") == [
        f"{len(questions)} of {len(questions)} answers in answers.json: Taken down"
    ]
    assert earned(exercise, tmp_path) == [question.points for question in questions]


@every_exercise
def test_untouched_copy_runs_to_its_end_and_is_given_first_hints(
    exercise: str, tmp_path: Path
) -> None:
    notebook = run(learners_copy(EXERCISES[exercise]), tmp_path)
    questions = EXERCISES[exercise].questions
    for text, question in zip(told(notebook, "check"), questions, strict=True):
        assert text.startswith(f"{question.id}: No answer yet")
        assert f"Hint: (1 of 3) {question.hints[0]}" in text
    assert earned(exercise, tmp_path) == [0] * len(questions)


def test_graded_work_is_done_on_what_was_handed_out_and_knows_no_answer(tmp_path: Path) -> None:
    """The solution, on data that only the teacher's secret makes."""
    exercise, kind = "nps-change", EXERCISES["nps-change"]
    seed = seed_of("c1", exercise, "7", secret=b"a secret of the teacher")
    given = kind.generator.generate(kind.customers, seed)
    assigned = Assignment(course="c1", exercise=exercise, student="7", graded=True)
    write_handout(tmp_path, given, assigned)
    notebook = run(solution_of(kind), tmp_path)
    for text in told(notebook, "check"):
        assert "Taken down" in text
        assert "Hint" not in text
    answers = answers_from(tmp_path / "answers.json", kind)
    assert all(one.mark.share == 1 for one in mark_all(kind, answers, given).values())
    of_practice = mark_all(kind, answers, given_to(exercise, "7"))
    assert any(one.mark.share < 1 for one in of_practice.values())
