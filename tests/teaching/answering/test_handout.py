"""What a learner is handed is read as it was written, and holds no truth."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.teaching.answering.handout import (
    Assignment,
    assignment_in,
    read_handout,
    write_handout,
)
from cjm_notebooks.teaching.handing_out import write
from tests.teaching.answering import CSAT, GIVEN

ASSIGNED = Assignment(course="c1", exercise="small", student="7", graded=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_handout(tmp_path / "7", GIVEN, ASSIGNED)
    return tmp_path / "7"


def test_tables_and_how_to_read_them_come_back(folder: Path) -> None:
    assert assignment_in(folder) == ASSIGNED
    handout = read_handout(folder)
    assert pa.table(handout.events.table).equals(pa.table(GIVEN.events.table))
    assert pa.table(handout.feedback.table).equals(pa.table(GIVEN.feedback.table))
    assert handout.feedback.questions == (CSAT,)
    assert handout.draft_map == GIVEN.draft_map
    assert handout.as_of == GIVEN.as_of


def test_folder_holds_the_draft_and_neither_the_right_map_nor_the_truth(folder: Path) -> None:
    assert sorted(file.name for file in folder.iterdir()) == [
        "assignment.json",
        "customers.parquet",
        "draft.cjm.json",
        "events.parquet",
        "feedback.parquet",
        "tables.json",
    ]
    assert b'"name": "Shop"' not in b"".join(file.read_bytes() for file in folder.iterdir())


def test_tables_may_be_csv_files(folder: Path) -> None:
    write(GIVEN, folder, format="csv")
    handout = read_handout(folder)
    (first, _) = pa.table(handout.events.table).to_pylist()
    assert first == pa.table(GIVEN.events.table).to_pylist()[0]
    assert pa.table(handout.feedback.table)["touchpoint"].to_pylist() == ["cart", None]


def test_folder_without_an_assignment_is_practice(tmp_path: Path) -> None:
    assert assignment_in(tmp_path) is None


@pytest.mark.parametrize("left", [None, b"PAR"], ids=["missing", "broken"])
def test_missing_or_broken_table_says_what_to_do(folder: Path, left: bytes | None) -> None:
    (folder / "feedback.parquet").unlink()
    if left is not None:
        (folder / "feedback.parquet").write_bytes(left)
    with pytest.raises(SourceError, match=r"`feedback\.parquet` is missing or was changed"):
        read_handout(folder)


@pytest.mark.parametrize("text", ["", "{}", '{"course": 1}', "\xff"])
def test_assignment_that_was_changed_is_refused(folder: Path, text: str) -> None:
    (folder / "assignment.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(ParameterError, match="was changed and cannot be read"):
        assignment_in(folder)
