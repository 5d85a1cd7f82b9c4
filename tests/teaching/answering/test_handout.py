"""What a learner is handed is read as it was written, and holds no truth."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.teaching.answering.handout import (
    Assignment,
    assignment_in,
    read_handout,
    write_handout,
)
from tests.teaching.answering import CSAT, GIVEN

ASSIGNED = Assignment(course="c1", exercise="small", student="7", graded=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_handout(tmp_path / "7", GIVEN, ASSIGNED)
    return tmp_path / "7"


def test_tables_and_how_to_read_them_come_back(folder: Path) -> None:
    assignment = assignment_in(folder)
    assert assignment is not None
    assert (assignment.student, assignment.graded) == ("7", True)
    handout = read_handout(folder, assignment)
    assert pa.table(handout.events.table).equals(pa.table(GIVEN.events.table))
    assert (handout.events.customer, handout.events.at) == ("customer", "at")
    assert handout.feedback.questions == (CSAT,)
    assert handout.feedback.comment == "comment"
    assert handout.customers.segments == ("country",)
    assert handout.draft_map == GIVEN.draft_map


def test_folder_holds_the_draft_and_neither_the_right_map_nor_the_truth(folder: Path) -> None:
    assert sorted(file.name for file in folder.iterdir()) == [
        "assignment.json",
        "customers.parquet",
        "draft.cjm.json",
        "events.parquet",
        "feedback.parquet",
    ]
    assert b'"name": "Shop"' not in b"".join(file.read_bytes() for file in folder.iterdir())


def test_table_may_be_a_csv_file_that_a_teacher_made(folder: Path) -> None:
    pd.DataFrame(
        {"customer": ["z"], "event": ["cart"], "at": ["2025-01-01T10:00:00Z"], "channel": ["app"]}
    ).to_csv(folder / "events.csv", index=False)
    assignment = assignment_in(folder)
    assert assignment is not None
    assert pa.table(read_handout(folder, assignment).events.table)["customer"][0].as_py() == "z"


def test_folder_without_an_assignment_is_practice(tmp_path: Path) -> None:
    assert assignment_in(tmp_path) is None


def test_missing_table_says_what_to_do(folder: Path) -> None:
    assignment = assignment_in(folder)
    assert assignment is not None
    (folder / "feedback.parquet").unlink()
    with pytest.raises(SourceError, match=r"no `feedback\.parquet` beside the notebook"):
        read_handout(folder, assignment)


def test_assignment_without_how_to_read_is_refused(folder: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read as handed out"):
        read_handout(folder, ASSIGNED)


@pytest.mark.parametrize("text", ["", "{}", '{"course": 1}', "\xff"])
def test_assignment_that_was_changed_is_refused(folder: Path, text: str) -> None:
    (folder / "assignment.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(ParameterError, match="was changed and cannot be read"):
        assignment_in(folder)
