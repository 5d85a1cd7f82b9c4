"""nbgrader hands out, grades and explains an exercise that was exported to it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from cjm_notebooks.catalogue import entries
from cjm_notebooks.teaching.classroom.copies import exercise_named
from cjm_notebooks.teaching.classroom.nbgrader import export
from cjm_notebooks.teaching.exercises import Exercise

STUDENTS = {"full": 99, "partly": 1, "none": 0}

pytestmark = [pytest.mark.needs("nbgrader"), pytest.mark.filterwarnings("ignore")]


@dataclass(frozen=True)
class Course:
    folder: Path
    exercise: str

    @property
    def notebook(self) -> str:
        return self.exercise.replace("-", "_") + ".ipynb"

    @property
    def points(self) -> list[float]:
        return [float(question.points) for question in exercise_named(self.exercise).questions]


@pytest.fixture(scope="module", params=sorted(entries("teaching.exercises", Exercise)))
def course(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course of nbgrader in which three students have handed in, graded by its own commands."""
    course = Course(tmp_path_factory.mktemp("course"), request.param)
    export(course.exercise, course.folder)
    nbgrader(course.folder, "generate_assignment", course.exercise, "--create")
    for student, solved in STUDENTS.items():
        hand_in(course, student, solved)
    nbgrader(course.folder, "autograde", course.exercise)
    nbgrader(course.folder, "generate_feedback", course.exercise)
    return course


def nbgrader(folder: Path, *arguments: str) -> None:
    home, programs = folder / "home", Path(sys.executable).parent
    home.mkdir(exist_ok=True)
    own = {"HOME": home, "JUPYTER_DATA_DIR": home / "data"}
    own["PATH"] = f"{programs}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=folder,
        env=os.environ | {name: str(value) for name, value in own.items()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


def hand_in(course: Course, student: str, solved: int) -> None:
    """What was released, with the first so many answers as in the solution."""
    released_in = course.folder / "release" / course.exercise
    source = nbformat.read(
        course.folder / "source" / course.exercise / course.notebook, as_version=4
    )
    answers = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in source.cells
        if cell.metadata.nbgrader.solution
    }
    released = nbformat.read(released_in / course.notebook, as_version=4)
    for id_, answer in list(answers.items())[:solved]:
        (cell,) = (one for one in released.cells if one.metadata.nbgrader.grade_id == id_)
        cell.source = answer
    home = course.folder / "submitted" / student / course.exercise
    home.mkdir(parents=True)
    for file in released_in.iterdir():
        (home / file.name).write_bytes(file.read_bytes())
    nbformat.write(released, home / course.notebook)


def scores(course: Course) -> dict[str, list[float]]:
    """The points of each question, by student, as nbgrader has written them down."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        found = {}
        for student in STUDENTS:
            name = Path(course.notebook).stem
            notebook = gradebook.find_submission_notebook(name, course.exercise, student)
            by_name = {grade.name: grade.score for grade in notebook.grades}
            questions = exercise_named(course.exercise).questions
            found[student] = [by_name[f"test-{question.id}"] for question in questions]
        return found


def test_solution_scores_full_and_untouched_none(course: Course) -> None:
    found, points = scores(course), course.points
    assert found["full"] == points
    assert found["none"] == [0.0] * len(points)
    assert found["partly"] == [points[0], *[0.0] * (len(points) - 1)]


def test_what_is_released_holds_no_test_no_solution_and_no_truth(course: Course) -> None:
    folder = course.folder / "release" / course.exercise
    written = "".join(file.read_text("utf-8", "replace") for file in folder.iterdir())
    assert "seed=" not in written
    assert "SOLUTION" not in written
    assert not {"truth.json", "right.cjm.json"} & {file.name for file in folder.iterdir()}


def test_feedback_says_what_was_seen(course: Course) -> None:
    name = f"{Path(course.notebook).stem}.html"
    page = course.folder / "feedback" / "none" / course.exercise / name
    assert "has no answer yet" in page.read_text("utf-8")
