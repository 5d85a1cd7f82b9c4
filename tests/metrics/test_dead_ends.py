"""Touchpoints after which nothing comes, each journey counted by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from cjm_notebooks import JourneyMap, Journeys, measure
from cjm_notebooks.maps import Cut
from cjm_notebooks.matching.labels import MICROSECONDS_PER_SECOND
from cjm_notebooks.metrics.dead_ends import DeadEnds
from tests.journeys import ONE_EACH, journeys, shop
from tests.journeys.drawn import drawn_journeys
from tests.journeys.ways import Way, ways


def dead_ends(*customers: str, until: float = 100, on: JourneyMap = ONE_EACH) -> pd.DataFrame:
    return measure(DeadEnds(), journeys(*customers, until=until, on=on)).set_index("touchpoint")


def test_journey_left_at_the_touchpoint_of_its_last_event() -> None:
    table = dead_ends("home@1 product@2 cart@3", "home@1 product@2")
    assert table["reached"].tolist() == [2, 2, 1, 0, 0]
    assert table["left"].tolist() == [0, 1, 1, 0, 0]
    assert table["share"].tolist()[:3] == [0, 0.5, 1]
    assert np.isnan(table["share"]["pay"])


def test_failure_is_an_outcome_and_no_dead_end() -> None:
    table = dead_ends("cart@1 cancelled@2", "cart@1 paid@2", "cart@1")
    assert table.loc["cart", ["left", "went_on", "decided"]].tolist() == [1, 2, 3]


def test_journey_that_came_twice_counts_once_and_by_its_last_visit() -> None:
    table = dead_ends("home@1 cart@2 home@3 cart@4 home@5")
    assert table.loc["home", ["reached", "left"]].tolist() == [1, 1]
    assert table.loc["cart", ["reached", "left"]].tolist() == [1, 0]


def test_visit_after_the_outcome_is_none() -> None:
    table = dead_ends("cart@1 paid@2 help@3")
    assert table.loc["help", "reached"] == 0
    assert table.loc["cart", "left"] == 0


def test_visit_of_the_last_weeks_is_undecided_and_an_earlier_one_of_that_journey_is_not() -> None:
    table = dead_ends("home@60 product@98 cart@99", until=100)
    assert table.loc["home", ["went_on", "decided", "recent"]].tolist() == [1, 1, 0]
    assert table.loc["product", ["went_on", "decided", "recent"]].tolist() == [0, 0, 1]
    assert table.loc["cart", ["reached", "decided", "recent"]].tolist() == [1, 0, 1]
    assert np.isnan(table.loc["cart", "share"])


def test_lift_compares_with_the_share_over_all_arrivals() -> None:
    """Three of eight arrivals end a journey; two of the three at the cart."""
    table = dead_ends("home@1 cart@2", "home@1 cart@2", "home@1 cart@2 pay@3 paid@4", "home@1")
    assert table["average"].tolist() == [3 / 8] * 5
    assert table.loc["cart", "lift"] == pytest.approx((2 / 3) / (3 / 8))
    assert table.loc["home", "lift"] == pytest.approx((1 / 4) / (3 / 8))
    assert table.loc["pay", "lift"] == 0
    assert np.isnan(table.loc["pay", "lift_low"])


def test_lift_has_an_interval_around_it_once_many_customers_were_seen() -> None:
    some = ["home@1 cart@2"] * 60 + ["home@1 cart@2 pay@3 paid@4"] * 60 + ["home@1"] * 20
    row = dead_ends(*some).loc["cart"]
    assert 1 < row["lift_low"] < row["lift"] < row["lift_high"]


def test_without_anyone_who_left_there_is_no_lift() -> None:
    table = dead_ends("home@1 paid@2")
    assert table["average"].tolist() == [0] * 5
    assert table["lift"].isna().all()


def test_journeys_of_one_customer_widen_the_interval() -> None:
    by_pause = shop(Cut(by="inactivity", inactivity="P10D"))
    strangers = dead_ends(*["cart@1"] * 20, *["cart@1 paid@2"] * 20, on=by_pause).loc["cart"]
    regulars = dead_ends(*["cart@1 cart@20"] * 10, *["cart@1 paid@2"] * 20, on=by_pause).loc["cart"]
    assert strangers["share"] == regulars["share"] == 0.5
    assert regulars["low"] < strangers["low"] < strangers["high"] < regulars["high"]


def test_nobody_reached_nothing() -> None:
    table = dead_ends("about@1")
    assert table["reached"].tolist() == [0] * 5
    assert table[["share", "average", "lift", "lift_low"]].isna().all(axis=None)


@given(journeys=drawn_journeys)
def test_dead_ends_are_those_counted_one_by_one(journeys: Journeys) -> None:
    table = measure(DeadEnds(), journeys).set_index("touchpoint")
    some_open = any(way.is_open for way in ways(journeys))
    for touchpoint, row in table.iterrows():
        came = [way for way in ways(journeys) if touchpoint in way.stops]
        last = [way for way in came if way.stops[-1] == touchpoint]
        assert row["reached"] == len(came)
        late = [way for way in came if _last(way, touchpoint) > journeys.settled_until]
        late = late if some_open else []
        undecided = {*map(id, late), *(id(way) for way in last if way.is_open)}
        assert row["recent"] == len(undecided)
        assert row["left"] == sum(way.end == "left" and id(way) not in undecided for way in last)


def _last(way: Way, touchpoint: object) -> float:
    """UTC microseconds of the last visit."""
    pairs = zip(way.stops, way.seconds, strict=True)
    return max(seconds for stop, seconds in pairs if stop == touchpoint) * MICROSECONDS_PER_SECOND
