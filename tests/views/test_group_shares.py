"""Bars of groups beside a mark for all others."""

from __future__ import annotations

import pytest

from cjm_notebooks.views.group_shares import GroupShares
from tests.journeys import journeys, with_plan
from tests.views import drawn, labels, readings

BY_PLAN = GroupShares(split="plan")
PLANS = with_plan(
    *[("home@1 paid@2", "gold")] * 3, ("home@1", "gold"), ("home@1 paid@2", "silver"),
    *[("home@1", "silver")] * 3, ("home@1", None),
)  # fmt: skip
READ = readings(BY_PLAN, PLANS)


def test_bar_is_the_share_of_a_group_and_the_mark_that_of_all_others() -> None:
    plot = BY_PLAN.draw(**READ)
    assert labels(plot.yaxis[0]) == ["gold", "silver", "not known"]
    assert drawn(plot, "share")["share"] == [0.75, 0.25, 0]
    assert drawn(plot, "rest")["rest"] == pytest.approx([1 / 5, 3 / 5, 4 / 8])


def test_summary_is_about_the_group_furthest_below() -> None:
    (lowest,) = map(str, BY_PLAN.summary(**READ))
    assert lowest.startswith(
        "Furthest below all others is ?: 0 of 1 (0.0%), elsewhere 50.0%; the difference is -50.0%"
    )


def test_view_that_was_not_told_what_to_compare_says_so() -> None:
    read = readings(GroupShares(), journeys("home@1"))
    assert list(map(str, GroupShares().summary(**read))) == [
        "There are no two groups with enough customers to compare."
    ]
