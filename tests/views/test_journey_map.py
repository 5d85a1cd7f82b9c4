"""The map with a cell for each touchpoint."""

from __future__ import annotations

import math

from cjm_notebooks.maps import JourneyMap as Map
from cjm_notebooks.maps import Stage
from cjm_notebooks.palette import PAPER
from cjm_notebooks.views.journey_map import JourneyMap
from tests.journeys import journeys, touchpoint
from tests.views import claimed_shop, drawn, readings

TWO = journeys("home@1 cart@2 csat:cart=5@2", "home@1 csat:cart=3@2", on=claimed_shop())
READ = readings(JourneyMap(), TWO)


def test_touchpoints_stand_below_their_stage() -> None:
    cells = drawn(JourneyMap().draw(**READ), "cell")
    places = zip(cells["title"], cells["cell_left"], cells["cell_top"], strict=True)
    assert [(name, int(x), int(y)) for name, x, y in places] == [
        ("Home", 0, 0),
        ("Product", 0, 1),
        ("Cart", 1, 0),
        ("Pay", 2, 0),
        ("Help", 3, 0),
    ]


def test_bar_in_a_cell_is_the_share_of_journeys_that_came_there() -> None:
    cells = drawn(JourneyMap().draw(**READ), "share")
    ends = zip(cells["left"], cells["share_x"], cells["right"], strict=True)
    assert [round((x - left) / (right - left), 9) for left, x, right in ends] == [1, 0, 0.5, 0, 0]
    assert cells["reach"] == ["100.0%", "0.0%", "50.0%", "0.0%", "0.0%"]


def test_claimed_and_reported_emotion_share_a_scale() -> None:
    cells = drawn(JourneyMap().draw(**READ), "claimed")
    left, right, claimed, felt = (
        cells[name][2] for name in ("left", "feelings_right", "claimed_x", "felt_x")
    )
    assert math.isclose((claimed - left) / (right - left), 1 / 4)
    assert math.isclose((felt - left) / (right - left), 3 / 4)
    assert cells["score"] == ["", "", "4.00", "", ""]


def test_mark_is_filled_where_the_claim_was_validated() -> None:
    cells = drawn(JourneyMap().draw(**READ), "claimed")
    assert [fill == PAPER for fill in cells["claimed_fill"]] == [False, True, True, True, True]


def test_claims_are_marked_only_where_they_were_made() -> None:
    cells = drawn(JourneyMap().draw(**READ), "moment")
    assert [math.isnan(x) for x in cells["moment_x"]] == [True, True, False, True, True]
    assert [math.isnan(x) for x in cells["pain_x"]] == [True, False, True, True, True]


def test_table_sets_claims_beside_numbers() -> None:
    cart = JourneyMap().table(**READ).iloc[2]
    assert (cart["stage"], cart["name"], cart["journeys"], cart["share"]) == (
        "Cart",
        "Cart",
        1,
        0.5,
    )
    assert (cart["claimed"], str(cart["status"]), cart["felt"], cart["n"]) == (
        -1,
        "hypothesis",
        1,
        2,
    )
    assert (str(cart["moment"]), cart["pain"]) == ("hypothesis", 0)


def test_summary_says_where_most_journeys_came() -> None:
    most, designed = map(str, JourneyMap().summary(**READ))
    assert most.startswith("Most journeys came to Home: 2 of 2 (100.0%")
    assert designed == (
        "The map has 4 stages and 5 touchpoints; 1 of them are claimed as moments of truth and 1 "
        "have pain points."
    )


def test_map_without_any_event_is_still_drawn() -> None:
    plot = JourneyMap().draw(**readings(JourneyMap(), journeys(on=claimed_shop())))
    assert len(drawn(plot, "cell")["title"]) == 5
    assert "share" not in {renderer.name for renderer in plot.renderers}


def test_stage_of_very_many_touchpoints_takes_several_columns() -> None:
    many = tuple(touchpoint(f"t{number}") for number in range(90))
    stages = (Stage(id="all", name="All", touchpoints=many), Stage(id="end", name="End"))
    huge = Map(id="huge", name="Huge", stages=stages)
    plot = JourneyMap().draw(**readings(JourneyMap(), journeys("t0@1", on=huge)))
    cells = drawn(plot, "cell")
    assert sorted({int(x) for x in cells["cell_left"]}) == [0, 1, 2]
    assert plot.x_range.end == 4
