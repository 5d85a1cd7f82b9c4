"""Every student gets data of their own; nothing handed out tells the truth, and work is safe."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import nbformat
import pytest

from cjm_notebooks.errors import AuditError, ParameterError
from cjm_notebooks.teaching.classroom.course import Course, read_course, usual_secret
from cjm_notebooks.teaching.classroom.starting import Wanted, start_class
from tests.teaching.classroom.conftest import EXERCISE, notebook_of, started


def handed_out(course: Course, student: str) -> dict[str, bytes]:
    folder = course.folder / "students" / student
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_each_student_has_a_folder_with_a_notebook_and_data_of_their_own(two: Course) -> None:
    ann, bob = handed_out(two, "ann"), handed_out(two, "bob")
    assert set(ann) == set(bob) > {"nps_change.ipynb", "assignment.json", "draft.cjm.json"}
    assert ann["feedback.parquet"] != bob["feedback.parquet"]
    assert json.loads(ann["assignment.json"]) == {
        "course": "course",
        "exercise": EXERCISE,
        "student": "ann",
        "graded": True,
    }


def test_nothing_that_is_handed_out_holds_secret_solution_or_truth(two: Course) -> None:
    secret = usual_secret(two.folder).read_bytes().strip()
    for name, content in handed_out(two, "ann").items():
        assert secret not in content
        assert b"SOLUTION" not in content
        assert name not in ("truth.json", "right.cjm.json")


def test_secret_can_be_read_by_its_owner_alone_and_lies_outside_of_the_course(two: Course) -> None:
    file = usual_secret(two.folder)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.parent == two.folder.parent


def test_practice_needs_no_secret(tmp_path: Path) -> None:
    course = started(tmp_path, "ann", graded=False)
    assert not usual_secret(course.folder).exists()
    assert course.fingerprint is None


def test_started_again_it_adds_the_new_and_leaves_work_as_it_is(two: Course) -> None:
    notebook_of(two, "ann").write_text("my work")
    again = start_class(Wanted(EXERCISE, two.folder), ["bob", "cyd", "ANN"])
    assert (again.new, again.kept) == (("cyd",), ("ann", "bob"))
    assert notebook_of(two, "ann").read_text() == "my work"
    assert read_course(two.folder).students == ("ann", "bob", "cyd")


def test_folder_of_another_class_is_refused(two: Course) -> None:
    with pytest.raises(ParameterError, match=r"holds the class `course` on `nps-change` \(graded"):
        start_class(Wanted("stage-it", two.folder), ["ann"])
    with pytest.raises(ParameterError, match="Choose another folder"):
        start_class(Wanted(EXERCISE, two.folder, graded=False), ["ann"])


def test_another_secret_is_refused(two: Course, tmp_path: Path) -> None:
    other = tmp_path / "other.secret"
    wanted = Wanted(EXERCISE, two.folder, secret=other)
    with pytest.raises(ParameterError, match="is not the one that"):
        start_class(wanted, ["ann"])
    with pytest.raises(ParameterError, match="is not the secret that this class"):
        two.secret(other)


def test_secret_among_what_is_handed_out_is_refused(tmp_path: Path) -> None:
    inside = tmp_path / "course" / "students" / "secret"
    with pytest.raises(ParameterError, match="would be handed out"):
        start_class(Wanted(EXERCISE, tmp_path / "course", secret=inside), ["ann"])


def test_short_secret_is_refused(tmp_path: Path) -> None:
    short = tmp_path / "short"
    short.write_text("1234")
    with pytest.raises(ParameterError, match=r"has 4 bytes\. Give it at least 16"):
        start_class(Wanted(EXERCISE, tmp_path / "course", secret=short), ["ann"])


def test_checks_cannot_be_edited_in_jupyter_and_answers_can(two: Course) -> None:
    notebook = nbformat.read(notebook_of(two, "ann"), as_version=4)
    locked = {cell.metadata.cjm.part for cell in notebook.cells if "editable" in cell.metadata}
    assert locked == {"begin", "check", "hand-in"}
    assert notebook.metadata.cjm == {"exercise": EXERCISE, "student": "ann"}


def test_changed_original_is_noticed(two: Course) -> None:
    file = two.folder / "handed_out.ipynb"
    file.write_text(file.read_text().replace("check(", "print("))
    with pytest.raises(AuditError, match="is not what was handed out"):
        two.original()


def test_folder_without_a_class_is_told_how_to_begin_one(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="Begin one with `cjm class start`"):
        read_course(tmp_path)
