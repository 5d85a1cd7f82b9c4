"""The pages of a class: what they count, and that what learners wrote is text on them."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from cjm_notebooks.language import language
from cjm_notebooks.teaching.classroom.marks import write_marks
from cjm_notebooks.teaching.classroom.pages import Overview, write_pages
from tests.teaching.classroom import made_up

ASKS_OUTSIDE = re.compile(r"""(src|href)=["'](?!#|pages/)|url\(|@import|<script""")


@pytest.fixture
def overview(tmp_path: Path) -> Overview:
    course = made_up.course(tmp_path)
    return Overview(course, made_up.finals(course))


def test_each_question_counts_who_earned_nothing_some_most_and_all(overview: Overview) -> None:
    counts = [(one.none, one.some, one.most, one.all) for one in overview.questions]
    assert counts == [(1, 0, 0, 4), (1, 2, 1, 1), (1, 0, 0, 4), (3, 0, 0, 2), (3, 0, 1, 1)]
    assert overview.questions[0].mean == pytest.approx(4 / 5)


def test_misconception_is_counted_once_a_student(overview: Overview) -> None:
    (trap,) = overview.traps
    assert (trap.name, trap.questions, trap.students) == (
        *("intervals-overlap", ("q2",)),
        ("bob", "dan"),
    )


def test_who_earned_least_is_helped_first_and_who_is_missing_stands_apart(
    overview: Overview,
) -> None:
    assert [one.student for one in overview.first_to_help] == ["cyd", "bob", "dan"]
    assert overview.missing == ["eve"]


def test_copied_work_stands_in_the_overview(overview: Overview) -> None:
    (pair,) = overview.alike
    assert (pair.first, pair.second, pair.answers) == ("bob", "dan", ("q1", "q2"))


def test_what_learners_and_teachers_wrote_is_text_and_pages_ask_nobody(
    overview: Overview,
) -> None:
    write_pages(overview.course, overview.marks, language("en"))
    pages = list(overview.course.marks.rglob("*.html"))
    assert len(pages) == 7
    for page in pages:
        html = page.read_text("utf-8")
        assert ASKS_OUTSIDE.search(html) is None
        assert '<html lang="en">' in html


def test_points_by_hand_count_and_say_so(overview: Overview) -> None:
    zoe = next(one for one in overview.marks if one.student == "zoë")
    assert zoe.total == 3 + 4 + 4 + 4 + 2
    write_pages(overview.course, overview.marks, language("en"))
    page = (overview.course.marks / "pages" / "zoë.html").read_text("utf-8")
    assert "Your teacher has set these points by hand." in page


def test_table_holds_points_and_notes_and_no_formula(overview: Overview) -> None:
    file = write_marks(overview.course, overview.marks, language("en"))
    lines = file.read_text("utf-8-sig").splitlines()
    rows = {row["student"]: row for row in csv.DictReader(lines)}
    assert rows["ann"]["total"] == rows["ann"]["points"] == "20"
    assert rows["dan"]["notes"] == "The notebook was handed out to bob."
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows.values() for cell in row)
