"""Copied work is noticed under other names for comments and layout, and own work is not."""

from __future__ import annotations

from nbformat.v4 import new_code_cell, new_notebook

from cjm_notebooks.teaching.classroom.likeness import alike, code_marks
from cjm_notebooks.teaching.classroom.results import Collected, Marked

GIVEN = new_notebook(cells=[new_code_cell("import math\nfrom pathlib import Path\n")])
ANN = """
scores = [3, 4, 5, 2, 2, 5]
mean = sum(scores) / len(scores)
spread = math.sqrt(sum((one - mean) ** 2 for one in scores) / (len(scores) - 1))
answer = mean - 1.96 * spread / math.sqrt(len(scores))
"""
COPY = "# all my own work\n" + ANN.replace(" - ", "  -  ").replace("\n", "\n\n")
BOB = """
table = pandas.DataFrame({"score": [1, 2, 3, 3, 2]})
grouped = table.groupby("score").size().sort_index(ascending=False)
answer = float(grouped.iloc[0]) / float(grouped.sum()) if len(grouped) else None
"""


def handed_in(student: str, code: str, answer: str | None = None) -> Collected:
    notebook = new_notebook(cells=[*GIVEN.cells, new_code_cell(code)])
    questions = tuple(
        Marked(id=id_, points=1, earned=0, share=0, saw="", answer=answer) for id_ in ("q1", "q2")
    )
    marks = code_marks(notebook, GIVEN)
    return Collected(student=student, status="marked", key="", questions=questions, code=marks)


def test_code_that_was_copied_is_alike_whatever_its_layout_and_comments() -> None:
    (found,) = alike([handed_in("ann", ANN), handed_in("bob", BOB), handed_in("cyd", COPY)])
    assert (found.first, found.second, found.code) == ("ann", "cyd", 1.0)


def test_code_that_was_handed_out_makes_nobody_alike() -> None:
    assert code_marks(GIVEN, GIVEN) == ()
    assert alike([handed_in("ann", ""), handed_in("bob", "")]) == []


def test_equal_answers_on_different_data_are_mentioned() -> None:
    same = [handed_in("ann", ANN, "f00d"), handed_in("bob", BOB, "f00d")]
    (found,) = alike(same)
    assert found.answers == ("q1", "q2")


def test_no_answer_is_like_no_other() -> None:
    assert alike([handed_in("ann", ANN), handed_in("bob", BOB)]) == []
