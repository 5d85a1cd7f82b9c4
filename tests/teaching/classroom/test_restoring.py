"""Cells that check answers come back as they were handed out, and answers stay."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from cjm_notebooks.teaching.classroom.copies import hashes, without_solution
from cjm_notebooks.teaching.classroom.restoring import (
    Restored,
    UnreadableError,
    read_submission,
    restored,
)


def cell(source: str, part: str = "", question: str = "") -> NotebookNode:
    about = {"part": part, "question": question} if question else {"part": part}
    return new_code_cell(source, metadata={"cjm": about} if part else {})


def original() -> list[NotebookNode]:
    return [
        cell("begin()", "begin"),
        cell("a = None", "answer", "q1"),
        cell("check(1)", "check", "q1"),
        cell("b = None", "answer", "q2"),
        cell("check(2)", "check", "q2"),
        cell("hand_in()", "hand-in"),
    ]


def back(cells: list[NotebookNode]) -> tuple[list[str], Restored]:
    found = restored(new_notebook(cells=cells), new_notebook(cells=original()))
    return [one.source for one in found.notebook.cells], found


def test_answers_and_cells_of_the_learners_own_stay() -> None:
    cells = original()
    cells[1].source = "a = 3"
    cells.insert(2, cell("a + 1"))
    sources, found = back(cells)
    assert sources == [
        *("begin()", "a = 3", "a + 1", "check(1)", "b = None", "check(2)", "hand_in()")
    ]
    assert (found.altered, found.deleted) == ((), ())


def test_altered_check_is_put_back_and_named() -> None:
    cells = original()
    cells[2].source = "print('Right')"
    sources, found = back(cells)
    assert sources[2] == "check(1)"
    assert found.altered == ("check q1",)


def test_deleted_checks_come_back_behind_their_question() -> None:
    cells = [one for one in original() if one.metadata.cjm.part == "answer"]
    sources, found = back(cells)
    assert sources == ["begin()", "a = None", "check(1)", "b = None", "check(2)", "hand_in()"]
    assert found.deleted == ("begin", "check q1", "check q2", "hand-in")


def test_hand_in_comes_last_wherever_it_was_moved_and_counts_once() -> None:
    cells = [original()[5], *original()]
    sources, found = back(cells)
    assert sources == ["begin()", "a = None", "check(1)", "b = None", "check(2)", "hand_in()"]
    assert (found.altered, found.deleted) == ((), ())


def test_check_turned_into_text_is_altered() -> None:
    cells = original()
    cells[2] = nbformat.v4.new_markdown_cell(
        "check(1)", metadata={"cjm": {"part": "check", "question": "q1"}}
    )
    sources, found = back(cells)
    assert sources[2] == "check(1)"
    assert found.notebook.cells[2].cell_type == "code"
    assert found.altered == ("check q1",)


def test_one_letter_changes_the_hash_of_its_cell_alone() -> None:
    cells = original()
    cells[2].source = "check(11)"
    before = hashes(new_notebook(cells=original()))
    after = hashes(new_notebook(cells=cells))
    assert [key for key in before if before[key] != after[key]] == ["check q1"]


def test_place_for_an_answer_stands_where_the_solution_stood() -> None:
    source = "x = 1\n### BEGIN SOLUTION\nhelp = 2\nanswer = help + x\n### END SOLUTION\nprint(x)"
    assert without_solution(source, "answer") == (
        "x = 1\n# Your answer here\nanswer = None\nprint(x)"
    )


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"cells": 1, "nbformat": 4}', b"\xff\xfe", b"[" * 100_000]
)
def test_file_that_is_no_notebook_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.ipynb"
    file.write_bytes(content)
    with pytest.raises(UnreadableError, match="It is not a Jupyter notebook"):
        read_submission(file)


def test_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("{}")
    (tmp_path / "link.ipynb").symlink_to(tmp_path / "secret")
    with pytest.raises(UnreadableError, match="a link"):
        read_submission(tmp_path / "link.ipynb")
