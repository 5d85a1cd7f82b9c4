"""A class is a table of ids; whatever is wrong with one is said with its row and its cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from cjm_notebooks.errors import MapError, SourceError
from cjm_notebooks.teaching.classroom.roster import read_roster


def roster(folder: Path, content: str | bytes) -> Path:
    file = folder / "roster.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def test_ids_come_in_the_order_of_the_table_and_nothing_else_is_read(tmp_path: Path) -> None:
    file = roster(tmp_path, "name,Student\nAnn Lee,s2\n\nBob, s1 \n")
    assert read_roster(file) == ("s2", "s1")


@pytest.mark.parametrize(
    "content",
    [
        "student;name\r\nann;Ann\r\nzoë;Zoë\r\n".encode("utf-8-sig"),
        "student\tname\nann\tAnn\nzoë\tZoë\n".encode("utf-16"),
        "student\nann\nzoe\N{COMBINING DIAERESIS}\n",
    ],
    ids=["semicolons and a byte order mark", "Unicode text of Excel", "decomposed"],
)
def test_table_is_read_however_a_spreadsheet_saves_it(tmp_path: Path, content: str) -> None:
    assert read_roster(roster(tmp_path, content)) == ("ann", "zoë")


def test_table_without_the_column_is_told_its_name(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no column `student` in its first row\. Did you mean"):
        read_roster(roster(tmp_path, "students,name\nann,Ann\n"))


def test_empty_table_and_table_without_students_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no column `student`"):
        read_roster(roster(tmp_path, ""))
    with pytest.raises(SourceError, match="has no students"):
        read_roster(roster(tmp_path, "student\n\n"))


def test_same_id_twice_is_told_with_both_rows(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"names `Ann` in rows 2 and 4\. Keep one"):
        read_roster(roster(tmp_path, "student\nann\nbob\nAnn\n"))


@pytest.mark.parametrize(
    ("id_", "why"),
    [
        ("../ann", r"Row 3 .* is `\.\./ann` with '/'"),
        ("..", "Row 3 .* begins with a letter or digit"),
        (r"a\b", "Row 3 .* is"),
        ("=cmd()", "Row 3 .* with '='"),
        ("ann.", "Row 3 .* begins with a letter or digit"),
        ("a\u202eb", "Row 3 .* is"),
        ("nul", "which Windows keeps for itself"),
        ("x" * 65, "has 65 characters. Use at most 64"),
        ('""', "Row 3 .* is missing"),
    ],
)
def test_id_that_is_no_good_as_a_folder_is_told_with_its_row(
    tmp_path: Path, id_: str, why: str
) -> None:
    with pytest.raises(SourceError, match=why):
        read_roster(roster(tmp_path, f"student,group\nann,1\n{id_},1\n"))


def test_row_in_another_encoding_is_named(tmp_path: Path) -> None:
    content = "student\nzoë\n".encode() + "jürgen\n".encode("latin-1")
    with pytest.raises(SourceError, match=r"Row 3 of `roster\.csv` is not UTF-8"):
        read_roster(roster(tmp_path, content))


def test_missing_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(MapError, match=r"There is no file `roster\.csv`"):
        read_roster(tmp_path / "roster.csv")
