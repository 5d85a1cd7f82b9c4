"""Marks of groups on the scale of each question."""

from __future__ import annotations

import pytest

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.views.group_scores import GroupScores
from tests.journeys import with_plan
from tests.views import drawn, headings, readings

SAID = with_plan(
    ("csat:pay=5 nps=9", "gold"), ("csat:pay=4 nps=9", "gold"),
    ("csat:pay=2 nps=10", "silver"), ("csat:pay=1 nps=3", "silver"),
)  # fmt: skip


def test_means_lie_between_the_ends_of_their_scale() -> None:
    view = GroupScores(split="plan")
    plot = view.draw(**readings(view, SAID))
    assert headings(plot) == ["nps", "csat: Pay"]
    assert drawn(plot, "mean")["mean"] == pytest.approx([1, 0.5, 3.5 / 4, 0.5 / 4])
    assert drawn(plot, "rest")["rest"] == pytest.approx([0.5, 1, 0.5 / 4, 3.5 / 4])


def test_of_many_questions_those_are_shown_where_groups_differ_most() -> None:
    one = GroupScores(split="plan", questions=1)
    assert set(one.table(**readings(one, SAID))["question"]) == {"csat"}


def test_number_of_questions_must_be_positive() -> None:
    with pytest.raises(ParameterError, match=r"`questions` is 0\. Give the number"):
        GroupScores(questions=0)
