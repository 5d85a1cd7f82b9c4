"""To begin is to have data of one's own, always the same ones."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.teaching import begin
from cjm_notebooks.teaching.answering import Assignment, Attempt, write_handout
from tests.teaching.answering import GIVEN

EXERCISE = "nps-change"


def events(attempt: Attempt) -> pa.Table:
    return pa.table(attempt.events.table)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def assign(folder: Path, *, graded: bool, exercise: str = EXERCISE) -> None:
    assignment = Assignment(course="c1", exercise=exercise, student="7", graded=graded)
    write_handout(folder, GIVEN, assignment)


def test_practice_gives_the_same_student_the_same_data_and_another_one_others() -> None:
    assert events(begin(EXERCISE, "7")).equals(events(begin(EXERCISE, "7")))
    assert not events(begin(EXERCISE, "7")).equals(events(begin(EXERCISE, "8")))


def test_practice_for_nobody_in_particular_is_possible() -> None:
    assert events(begin(EXERCISE)).num_rows > 0


def test_graded_work_is_on_the_tables_beside_the_notebook(folder: Path) -> None:
    assign(folder, graded=True)
    attempt = begin(EXERCISE)
    assert events(attempt).equals(pa.table(GIVEN.events.table))
    assert attempt.assigned.student == "7"


def test_assigned_practice_is_that_of_the_assigned_student(folder: Path) -> None:
    assign(folder, graded=False)
    assert events(begin(EXERCISE, "8")).equals(events(begin(EXERCISE, "7", course="c1")))


def test_who_turns_graded_work_into_practice_gets_other_data(folder: Path) -> None:
    assign(folder, graded=True)
    changed = (folder / "assignment.json").read_text().replace("true", "false")
    (folder / "assignment.json").write_text(changed)
    assert not events(begin(EXERCISE)).equals(pa.table(GIVEN.events.table))


def test_folder_of_another_exercise_is_refused(folder: Path) -> None:
    assign(folder, graded=True, exercise="stage-it")
    with pytest.raises(ParameterError, match="handed out for `stage-it`, not for `nps-change`"):
        begin(EXERCISE)


def test_table_that_went_missing_is_named(folder: Path) -> None:
    assign(folder, graded=True)
    (folder / "events.parquet").unlink()
    with pytest.raises(SourceError, match=r"`events\.parquet` is missing or was changed"):
        begin(EXERCISE)


def test_unknown_exercise_brings_the_nearest() -> None:
    with pytest.raises(ParameterError, match=r"no `nps-chance` .* Did you mean `nps-change`"):
        begin("nps-chance")
