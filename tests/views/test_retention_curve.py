"""The share of customers who come back, period by period."""

from __future__ import annotations

import pytest

from cjm_notebooks.views.retention_curve import RetentionCurve
from tests.journeys import journeys
from tests.views import drawn, readings

WEEKS = RetentionCurve(periods=2)
READ = readings(WEEKS, journeys("home@1 cart@9", "home@1 cart@9 pay@16", "home@1"))


def test_points_are_the_weeks_after_the_first() -> None:
    points = drawn(WEEKS.draw(**READ), "share")
    assert points["x"] == [1, 2]
    assert points["at"] == pytest.approx([2 / 3, 1 / 3])


def test_summary_says_how_many_came_back_and_of_how_many() -> None:
    first, last = map(str, WEEKS.summary(**READ))
    assert first.startswith(
        "In the first period after their first one 2 of 3 customers came back (66.7%"
    )
    assert last.startswith("From day 14 on it were 1 of 3 (33.3%")
