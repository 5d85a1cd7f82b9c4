"""Bars of the events on the map and beside it."""

from __future__ import annotations

import pytest

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.views.coverage import Coverage
from tests.journeys import journeys
from tests.views import drawn, labels, readings

TWO = journeys("home@1 home@2 cart@3 odd@4 paid@5", "odd@1 rare@2")
READ = readings(Coverage(), TWO)


def test_touchpoints_stand_in_map_order_above_the_events_that_belong_to_none() -> None:
    plot = Coverage().draw(**READ)
    assert labels(plot.yaxis[0]) == [
        "Home", "Product", "Cart", "Pay", "Help", "odd", "paid", "rare",
    ]  # fmt: skip
    assert drawn(plot, "matched")["events"] == [2, 0, 1, 0, 0]
    assert drawn(plot, "unmatched")["events"] == [2, 1, 1]
    assert labels(plot.yaxis[1]) == ["2", "0", "1", "0", "0", "2", "1", "1"]


def test_touchpoint_without_events_has_a_cross() -> None:
    marks = drawn(Coverage().draw(**READ), "missing")["missing"]
    assert [mark == 0 for mark in marks] == [False, True, False, True, True]


def test_outcome_beside_the_map_is_marked_as_one() -> None:
    assert drawn(Coverage().draw(**READ), "outcome")["outcome"] == [0, 1, 0]


def test_summary_counts_both_ways() -> None:
    events, touchpoints = map(str, Coverage().summary(**READ))
    assert events == (
        "3 of 7 events (42.9%) belong to a touchpoint; of the others 1 are an outcome and 3 belong "
        "to nothing."
    )
    assert touchpoints == "3 of 5 touchpoints have no event."


def test_of_many_names_the_most_frequent_are_shown_and_the_rest_is_summed() -> None:
    table = Coverage(names=1).table(**READ)
    assert list(map(str, table["place"][-2:])) == ["odd", "2 other names"]
    assert table["events"].tolist()[-2:] == [2, 2]
    assert table["share"].sum() == pytest.approx(1)


def test_hidden_count_is_never_taken_for_no_event() -> None:
    coverage = READ["coverage"].astype({"events": "Int64"})
    coverage.loc[coverage["event"] == "home", "events"] = None
    hidden = {**READ, "coverage": coverage}
    assert labels(Coverage().draw(**hidden).yaxis[1])[0] == "–"
    first, touchpoints = map(str, Coverage().summary(**hidden))
    assert first.startswith("At least 1 of 7 events (14.3%) belong to a touchpoint;")
    assert touchpoints == "3 of 5 touchpoints have no event."


def test_number_of_names_must_be_positive() -> None:
    with pytest.raises(ParameterError, match=r"`names` is 0\. Give the number of names"):
        Coverage(names=0)
