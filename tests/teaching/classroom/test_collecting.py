"""A class is collected however its submissions end; what each is worth is counted by hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nbformat import NotebookNode

from cjm_notebooks.teaching.classroom import walls
from cjm_notebooks.teaching.classroom.collecting import Collecting, Progress, collect
from cjm_notebooks.teaching.classroom.copies import part_of
from cjm_notebooks.teaching.classroom.course import Course
from cjm_notebooks.teaching.classroom.limits import Limits
from cjm_notebooks.teaching.classroom.marks import finals
from cjm_notebooks.teaching.classroom.results import Collected
from tests.teaching.classroom.conftest import change, notebook_of, solve, started

STUDENTS = (
    *("full", "untouched", "altered", "deleted", "slow", "hog", "swapped"),
    *("missing", "broken"),
)


def with_answer(source: str, question: str = "q1") -> Callable[[NotebookNode], None]:
    def edit(notebook: NotebookNode) -> None:
        for cell in notebook.cells:
            if part_of(cell) == ("answer", question):
                cell.source = source

    return edit


def alter_checks(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        if part_of(cell)[0] == "check":
            cell.source = "print('Right, full marks')"


def delete_locked(notebook: NotebookNode) -> None:
    notebook.cells = [cell for cell in notebook.cells if part_of(cell)[0] not in ("check", "begin")]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    found = started(tmp_path_factory.mktemp("class"), *STUDENTS)
    for student in ("full", "altered", "slow", "hog", "swapped", "deleted"):
        solve(found, student)
    change(found, "altered", alter_checks)
    change(found, "deleted", delete_locked)
    change(found, "slow", with_answer("import time\ntime.sleep(1_000)", "q5"))
    hog = "taken = []\nwhile True:\n    taken.append(bytearray(b'x' * 50_000_000))"
    change(found, "hog", with_answer(hog))
    notebook_of(found, "missing").unlink()
    notebook_of(found, "broken").write_text("{")
    shutil.copytree(
        found.folder / "students" / "full",
        found.folder / "students" / "swapped",
        dirs_exist_ok=True,
    )
    return found


@pytest.fixture(scope="module")
def collected(course: Course) -> dict[str, Collected]:
    how = Collecting(limits=Limits(seconds=90, megabytes=1_200), at_once=2)
    return {one.student: one for one in collect(course, course.secret(None), how)}


def kinds(one: Collected) -> list[str]:
    return [note.kind for note in one.notes]


def test_everybody_has_a_result_however_their_submission_ended(
    collected: dict[str, Collected],
) -> None:
    assert {student: one.status for student, one in collected.items()} == {
        "full": "marked",
        "untouched": "marked",
        "altered": "marked",
        "slow": "marked",
        "hog": "stopped",
        "missing": "missing",
        "broken": "unreadable",
        "swapped": "marked",
        "deleted": "marked",
    }


def test_solution_earns_all_points_and_an_untouched_notebook_none(
    course: Course, collected: dict[str, Collected]
) -> None:
    points = sum(question.points for question in course.kind.questions)
    assert collected["full"].earned == points
    assert kinds(collected["full"]) == []
    assert collected["untouched"].earned == 0
    assert kinds(collected["untouched"]) == ["untouched"]


def test_altered_and_deleted_checks_are_put_back_noted_and_change_no_mark(
    collected: dict[str, Collected],
) -> None:
    for student in ("altered", "deleted"):
        assert collected[student].earned == collected["full"].earned
        assert kinds(collected[student]) == [student]


def test_cell_that_takes_too_long_costs_its_own_question_only(
    course: Course, collected: dict[str, Collected]
) -> None:
    assert kinds(collected["slow"])[0] == "slow_cell"
    earned = {question.id: question.earned for question in collected["slow"].questions}
    assert (earned["q1"], earned["q5"]) == (3, 0)


def test_memory_hog_is_ended_and_says_so(collected: dict[str, Collected]) -> None:
    assert (kinds(collected["hog"]), collected["hog"].earned) == (["memory"], 0)


def test_loop_that_cannot_be_interrupted_is_ended_with_its_program(tmp_path: Path) -> None:
    course = started(tmp_path, "endless")
    stubborn = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    change(course, "endless", with_answer(stubborn))
    how = Collecting(limits=Limits(seconds=15))
    (found,) = collect(course, course.secret(None), how)
    assert (found.status, kinds(found), found.earned) == ("stopped", ["time"], 0)


def test_work_handed_on_is_run_on_the_data_of_who_hands_it_in(
    collected: dict[str, Collected],
) -> None:
    assert kinds(collected["swapped"]) == ["other_student", "other_data"]


def test_missing_and_unreadable_work_is_said(collected: dict[str, Collected]) -> None:
    assert kinds(collected["missing"]) == ["missing"]
    assert "not a Jupyter notebook" in str(collected["broken"].notes[0].sentence())


def test_what_has_not_changed_is_not_run_again(
    course: Course, collected: dict[str, Collected]
) -> None:
    seen: list[Progress] = []
    how = Collecting(limits=Limits(seconds=90, megabytes=1_200), progress=seen.append)
    again = collect(course, course.secret(None), how)
    assert [one.student for one in seen[-1].ended] == []
    assert {one.student: one for one in again} == collected


def test_work_after_the_due_time_is_noted_and_loses_no_points(
    course: Course, collected: dict[str, Collected]
) -> None:
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC)
    late = collected["full"].model_copy(update={"changed_at": moment.replace(hour=13)})
    due = course.model_copy(update={"due": moment})
    (final,) = finals(due, [late])
    assert [note.kind for note in final.notes] == ["late"]
    assert final.total == late.earned


@pytest.mark.skipif(not walls.can_be_built(), reason="this machine cannot build walls")
def test_secret_is_out_of_reach_of_a_submission(tmp_path: Path) -> None:
    course = started(tmp_path, "spy")
    secret = tmp_path / "course.secret"
    look = (
        "import os\nfrom pathlib import Path\nfound = str(dict(os.environ))\n"
        f"for file in ({str(secret)!r}, {str(course.folder / 'class.json')!r}):\n"
        "    try:\n        found += Path(file).read_text()\n    except OSError: pass\n"
        "Path('found.txt').write_text(found)\nprint(found)"
    )
    change(course, "spy", with_answer(look))
    collect(course, course.secret(None), Collecting())
    executed = (course.marks / "executed" / "spy.ipynb").read_text()
    assert "CJM_SITTING" in executed
    assert secret.read_text().strip() not in executed
