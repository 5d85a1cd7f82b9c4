"""Two marks for each touchpoint, before and after."""

from __future__ import annotations

from cjm_notebooks.views.behaviour_shift import BehaviourShift
from tests.journeys import journeys
from tests.views import drawn, readings

MONTHS = BehaviourShift(("1970-01-01", "1970-02-01"), ("1970-02-01", "1970-03-01"))
READ = readings(MONTHS, journeys("home@1 cart@2", "home@3", "home@40", "product@41"))


def test_marks_are_the_shares_of_the_active_customers() -> None:
    marks = drawn(MONTHS.draw(**READ), "after")
    assert marks["was"] == [1, 0, 0.5, 0, 0]
    assert marks["now"] == [0.5, 0.5, 0, 0, 0]


def test_summary_is_about_the_largest_move() -> None:
    moved, index = map(str, MONTHS.summary(**READ))
    assert moved.startswith(
        "Most moved at Home: 100.0% of 2 active customers came there in 1970-01-01 – 1970-02-01, "
        "50.0% of 2 in 1970-02-01 – 1970-03-01; the difference is -50.0%"
    )
    assert "population stability index" in index
