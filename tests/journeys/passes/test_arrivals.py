"""Arrivals at another place than before."""

from __future__ import annotations

from hypothesis import given

from cjm_notebooks import Journeys
from cjm_notebooks.journeys.passes.arrivals import arrivals
from tests.journeys import journeys
from tests.journeys.drawn import drawn_journeys
from tests.journeys.ways import ways


def at_touchpoints(found: Journeys) -> list[str]:
    ids = [touchpoint.id for touchpoint in found.map.touchpoints]
    return [ids[place] for place in found.touchpoint[arrivals(found, found.touchpoint)]]


def test_events_in_a_row_at_one_place_are_one_arrival() -> None:
    assert at_touchpoints(journeys("home@1 home@2 cart@3 home@4")) == ["home", "cart", "home"]


def test_two_touchpoints_of_one_stage_are_one_arrival_at_the_stage() -> None:
    found = journeys("home@1 product@2 cart@3")
    assert arrivals(found, found.stage).tolist() == [0, 2]


def test_what_comes_after_the_outcome_arrives_nowhere() -> None:
    assert at_touchpoints(journeys("cart@1 paid@2 home@3")) == ["cart"]


def test_next_customer_arrives_even_where_the_last_one_was() -> None:
    assert at_touchpoints(journeys("cart@1", "cart@2")) == ["cart", "cart"]


def test_nobody_arrives_nowhere() -> None:
    assert at_touchpoints(journeys("about@1")) == []


@given(journeys=drawn_journeys)
def test_arrivals_are_those_counted_one_by_one(journeys: Journeys) -> None:
    assert at_touchpoints(journeys) == [stop for way in ways(journeys) for stop in way.arrivals]
