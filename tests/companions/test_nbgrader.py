"""nbgrader hands out, grades and explains an exercise that was exported to it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from cjm_notebooks.teaching.classroom.copies import exercise_named
from cjm_notebooks.teaching.classroom.nbgrader import export

EXERCISE, NOTEBOOK = "nps-change", "nps_change.ipynb"

pytestmark = [pytest.mark.needs("nbgrader"), pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of nbgrader in which three students have handed in, graded by its own commands."""
    folder = tmp_path_factory.mktemp("course")
    export(EXERCISE, folder)
    nbgrader(folder, "generate_assignment", EXERCISE, "--create")
    for student, solved in (("full", 9), ("partly", 2), ("none", 0)):
        hand_in(folder, student, solved)
    nbgrader(folder, "autograde", EXERCISE)
    nbgrader(folder, "generate_feedback", EXERCISE)
    return folder


def nbgrader(course: Path, *arguments: str) -> None:
    home, programs = course / "home", Path(sys.executable).parent
    home.mkdir(exist_ok=True)
    own = {"HOME": home, "JUPYTER_DATA_DIR": home / "data"}
    own["PATH"] = f"{programs}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=course,
        env=os.environ | {name: str(value) for name, value in own.items()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


def hand_in(course: Path, student: str, solved: int) -> None:
    """What was released, with the first so many answers as in the solution."""
    source = nbformat.read(course / "source" / EXERCISE / NOTEBOOK, as_version=4)
    answers = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in source.cells
        if cell.metadata.nbgrader.solution
    }
    released = nbformat.read(course / "release" / EXERCISE / NOTEBOOK, as_version=4)
    for id_, answer in list(answers.items())[:solved]:
        (cell,) = (one for one in released.cells if one.metadata.nbgrader.grade_id == id_)
        cell.source = answer
    home = course / "submitted" / student / EXERCISE
    home.mkdir(parents=True)
    for file in (course / "release" / EXERCISE).iterdir():
        (home / file.name).write_bytes(file.read_bytes())
    nbformat.write(released, home / NOTEBOOK)


def scores(course: Path) -> dict[str, list[float]]:
    """The points of each question, by student, as nbgrader has written them down."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        found = {}
        for student in ("full", "partly", "none"):
            notebook = gradebook.find_submission_notebook(Path(NOTEBOOK).stem, EXERCISE, student)
            by_name = {grade.name: grade.score for grade in notebook.grades}
            questions = exercise_named(EXERCISE).questions
            found[student] = [by_name[f"test-{question.id}"] for question in questions]
        return found


def test_solution_scores_full_and_untouched_none(course: Path) -> None:
    points = [float(question.points) for question in exercise_named(EXERCISE).questions]
    found = scores(course)
    assert found["full"] == points
    assert found["none"] == [0.0] * len(points)
    assert found["partly"] == [*points[:2], *[0.0] * (len(points) - 2)]


def test_what_is_released_holds_no_test_no_solution_and_no_truth(course: Path) -> None:
    folder = course / "release" / EXERCISE
    written = "".join(file.read_text("utf-8", "replace") for file in folder.iterdir())
    assert "seed=" not in written
    assert "SOLUTION" not in written
    assert not {"truth.json", "right.cjm.json"} & {file.name for file in folder.iterdir()}


def test_feedback_says_what_was_seen(course: Path) -> None:
    page = course / "feedback" / "none" / EXERCISE / f"{Path(NOTEBOOK).stem}.html"
    assert "has no answer yet" in page.read_text("utf-8")
