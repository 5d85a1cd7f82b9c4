"""A class from the terminal: started, checked, collected, looked at, exported."""

from __future__ import annotations

import csv
from pathlib import Path

import nbformat
import pytest

from cjm_notebooks.teaching.classroom.copies import part_of, solution_of
from cjm_notebooks.teaching.classroom.course import Course, read_course
from tests.commands import Ran, cjm

EXERCISE = "nps-change"
ROSTER = "student\nann\nbob\n"


def start(*more: str) -> Ran:
    Path("roster.csv").write_text(ROSTER)
    return cjm("class", "start", EXERCISE, "--students", "roster.csv", "--out", "nps", *more)


def solve(course: Course, student: str) -> Path:
    file = course.folder / "students" / student / course.notebook_name
    notebook = nbformat.read(file, as_version=4)
    for own, solved in zip(notebook.cells, solution_of(course.kind).cells, strict=True):
        if part_of(solved)[0] == "answer":
            own.source = solved.source
    nbformat.write(notebook, file)
    return file


def marks() -> dict[str, dict[str, str]]:
    text = Path("nps/marks/marks.csv").read_text("utf-8-sig")
    return {row["student"]: row for row in csv.DictReader(text.splitlines())}


def test_start_says_what_was_made_and_where_the_secret_is() -> None:
    ran = start()
    assert ran.code == 0
    assert "Folders: 2 new, in nps/students" in ran.out
    assert "nps.secret" in ran.out
    assert "2 were there before" in start().out


def test_wrong_exercise_roster_or_time_is_told_with_its_cure() -> None:
    to = ("--students", "roster.csv", "--out", "nps")
    Path("roster.csv").write_text(ROSTER)
    unknown = cjm("class", "start", "nps", *to)
    assert (unknown.code, "There is no `nps`" in unknown.err) == (2, True)
    Path("roster.csv").write_text("student\n../ann\n")
    wrong = cjm("class", "start", EXERCISE, *to)
    assert (wrong.code, "Row 2 of `roster.csv`" in wrong.err) == (3, True)
    assert not Path("nps").exists()
    assert "Write a time such as" in start("--due", "soon").err


def test_collect_without_a_class_and_overview_without_marks_are_told() -> None:
    assert "Begin one with `cjm class start`" in cjm("class", "collect", "nps").err
    start("--practice")
    ran = cjm("class", "overview", "nps")
    assert (ran.code, "Run `cjm class collect` first" in ran.err) == (3, True)


def test_class_is_collected_marked_by_hand_and_looked_at() -> None:
    start()
    solve(read_course(Path("nps")), "ann")
    ran = cjm("class", "collect", "nps")
    assert ran.code == 0
    assert "Marked: 2 of 2" in ran.out
    assert [marks()[student]["total"] for student in ("ann", "bob")] == ["20", "0"]
    by_hand = Path("nps/marks/by_hand.csv")
    by_hand.write_text(by_hand.read_text() + "bob,q1,1.5,Told me <b>so</b>\n")
    looked = cjm("class", "overview", "nps")
    assert "Who needs help first" in looked.out
    assert marks()["bob"]["total"] == "1.5"
    assert cjm("class", "collect", "nps").code == 0
    assert marks()["bob"]["total"] == "1.5"
    page = Path("nps/marks/pages/bob.html").read_text("utf-8")
    assert "Told me &lt;b&gt;so&lt;/b&gt;" in page


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("cyd,q1,1,", "there is no student `cyd`"),
        ("ann,q9,1,", "there is no question `q9`"),
        ("ann,q1,4,", "`4` points. Give a number from 0 to 3"),
        ("ann,q1,many,", "`many` points"),
    ],
)
def test_points_by_hand_that_cannot_be_meant_are_told_with_their_row(row: str, said: str) -> None:
    start("--practice")
    course = read_course(Path("nps"))
    for student in course.students:
        (course.folder / "students" / student / course.notebook_name).unlink()
    cjm("class", "collect", "nps")
    Path("nps/marks/by_hand.csv").write_text(f"student,question,points,why\n{row}\n")
    ran = cjm("class", "overview", "nps")
    assert (ran.code, f"Row 2 of `by_hand.csv`: {said}" in ran.err) == (3, True)


def test_learner_checks_a_notebook_before_handing_it_in() -> None:
    start("--practice")
    course = read_course(Path("nps"))
    file = course.folder / "students" / "bob" / course.notebook_name
    before = {one.name: one.read_bytes() for one in file.parent.iterdir()}
    ran = cjm("class", "check", file)
    assert ran.code == 1
    assert "`change` has no answer yet" in ran.out
    assert {one.name: one.read_bytes() for one in file.parent.iterdir()} == before
    right = cjm("class", "check", solve(course, "ann"))
    assert (right.code, "q5, 4 of 4 points: Right" in right.out) == (0, True)


def test_notebook_of_no_exercise_is_told() -> None:
    nbformat.write(nbformat.v4.new_notebook(), "own.ipynb")
    assert "is no exercise" in cjm("class", "check", "own.ipynb").err
    assert "There is no file" in cjm("class", "check", "none.ipynb").err


def test_export_is_a_course_of_nbgrader_and_never_replaces_one() -> None:
    ran = cjm("class", "export", EXERCISE, "--out", "course")
    assert (ran.code, "nbgrader generate_assignment nps-change" in ran.out) == (0, True)
    source = nbformat.read("course/source/nps-change/nps_change.ipynb", as_version=4)
    about = [cell.metadata.nbgrader for cell in source.cells]
    assert len({one.grade_id for one in about}) == len(about)
    assert sum(one.points for one in about if one.grade) == 20
    assert "Take it away first" in cjm("class", "export", EXERCISE, "--out", "course").err
