"""Loops between touchpoints, each round counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_notebooks import JourneyMap, Journeys, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.loops import Loops
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys
from tests.journeys.drawn import drawn_journeys
from tests.journeys.ways import Way, ways

Stops = tuple[str, ...]


def loops(
    *customers: str, until: float = 100, on: JourneyMap = ONE_EACH, longest: int = 3
) -> pd.DataFrame:
    return by_stops(measure(Loops(longest=longest), journeys(*customers, until=until, on=on)))


def by_stops(table: pd.DataFrame) -> pd.DataFrame:
    stops = table[["touchpoint", "over", "then_over"]]
    named = [tuple(stop for stop in row if isinstance(stop, str)) for row in stops.to_numpy()]
    return table.set_index(pd.Index(named, tupleize_cols=False))


def row_of(table: pd.DataFrame, *stops: str) -> pd.Series:
    return table.iloc[list(table.index).index(stops)]


def rounds(way: Way, length: int) -> list[tuple[Stops, int]]:
    """The stops of each round and its events: a turn counts unless it is inside another round."""
    stops = way.arrivals
    came = [i for i, stop in enumerate(way.stops) if i == 0 or stop != way.stops[i - 1]]
    turns = [i for i in range(len(stops) - length) if stops[i] == stops[i + length]]
    found, begin = [], -1
    for turn in turns:
        begin = begin if turn - 1 in turns else turn
        if (turn - begin) % length == 0:
            events = came[turn + length] - came[turn + 1] + 1
            found.append((stops[turn : turn + length], events))
    return found


def test_there_and_back_is_one_round() -> None:
    table = loops("home@1 product@2 home@3 cart@4")
    assert list(table.index) == [("home", "product")]
    assert table.iloc[0][["journeys", "rounds", "extra_events"]].tolist() == [1, 1, 2]


def test_loop_begins_where_the_journey_first_turned() -> None:
    table = loops("home@1 product@2 home@3 product@4 home@5")
    assert table[["rounds", "extra_events"]].to_numpy().tolist() == [[2, 4]]
    assert list(table.index) == [("home", "product")]


def test_round_that_is_not_closed_is_none() -> None:
    assert loops("home@1 product@2 home@3 product@4")["rounds"].tolist() == [1]


def test_loop_over_two_touchpoints_needs_longest_3() -> None:
    there = "home@1 product@2 cart@3 home@4"
    assert list(loops(there).index) == [("home", "product", "cart")]
    assert loops(there, longest=2).empty


def test_events_in_a_row_are_one_stop_and_still_extra_events() -> None:
    table = loops("home@1 home@2 product@3 product@4 product@5 home@6 home@7")
    assert table[["rounds", "extra_events"]].to_numpy().tolist() == [[1, 4]]


def test_journey_counts_once_for_each_loop_however_often_it_went_round() -> None:
    table = loops("home@1 cart@2 home@3 product@4 home@5 cart@6 home@7", "home@1 cart@2 home@3")
    assert row_of(table, "home", "cart")[["journeys", "rounds"]].tolist() == [2, 3]
    assert row_of(table, "home", "product")[["journeys", "rounds"]].tolist() == [1, 1]


def test_most_frequent_loop_stands_first_and_equal_ones_in_map_order() -> None:
    table = loops(
        *["cart@1 pay@2 cart@3"] * 2, "product@1 cart@2 product@3", "home@1 cart@2 home@3"
    )
    assert list(table.index) == [("cart", "pay"), ("home", "cart"), ("product", "cart")]


def test_at_most_top_loops_are_shown() -> None:
    some = journeys("cart@1 pay@2 cart@3", "cart@1 pay@2 cart@3", "home@1 cart@2 home@3")
    assert measure(Loops(top=1), some)["touchpoint"].tolist() == ["cart"]


def test_success_of_those_who_went_round_stands_beside_that_of_all_others() -> None:
    (row,) = loops(
        "home@1 cart@2 home@3 paid@4",
        "home@1 cart@2 home@3",
        "home@1 paid@2",
        "home@1 paid@2",
        "home@1 cancelled@2",
    ).itertuples()
    assert (row.journeys, row.all_journeys, row.share) == (2, 5, 0.4)
    assert (row.succeeded, row.success_share) == (1, 0.5)
    assert (row.succeeded_without, row.journeys_without) == (2, 3)
    assert row.success_without == pytest.approx(2 / 3)
    assert row.all_succeeded == 3


def test_way_back_after_the_outcome_is_no_loop() -> None:
    assert loops("home@1 cart@2 paid@3 home@4").empty


def test_end_of_one_customer_and_start_of_the_next_are_no_loop() -> None:
    assert loops("home@1 cart@2", "home@3 cart@4").empty


def test_open_journeys_went_round_but_count_nowhere_else() -> None:
    (row,) = loops("home@95 cart@96 home@97", "home@1 cart@2 home@3", "pay@99").itertuples()
    assert (row.open, row.journeys, row.all_journeys, row.rounds) == (1, 1, 1, 1)


def test_journeys_of_one_customer_widen_the_interval() -> None:
    loop, straight = "home@1 cart@2 home@3 paid@4", "home@1 paid@2"
    again = "home@5 cart@6 home@7 paid@8", "home@5 paid@6"
    strangers = loops(*[loop] * 10, *[straight] * 10, on=UNTIL_OUTCOME).iloc[0]
    regulars = loops(
        *[f"{loop} {again[0]}"] * 5, *[f"{straight} {again[1]}"] * 5, on=UNTIL_OUTCOME
    ).iloc[0]
    assert strangers["share"] == regulars["share"] == 0.5
    assert regulars["low"] < strangers["low"] < strangers["high"] < regulars["high"]


def test_longest_is_2_or_3() -> None:
    with pytest.raises(ParameterError, match=r"`longest` is 4\. Give the stops .* 2 or 3"):
        Loops(longest=4)


def test_top_is_at_least_one() -> None:
    with pytest.raises(ParameterError, match=r"`top` is 0\. Give the number of loops"):
        Loops(top=0)


def walked(journeys: Journeys) -> dict[Stops, list[int]]:
    """Per loop the journeys, rounds, extra events and open journeys."""
    wanted: dict[Stops, list[int]] = {}
    for way in ways(journeys):
        found = rounds(way, 2) + rounds(way, 3)
        for stops in {stops for stops, _ in found}:
            mine = [events for other, events in found if other == stops]
            row = wanted.setdefault(stops, [0, 0, 0, 0])
            added = [0, 0, 0, 1] if way.is_open else [1, len(mine), sum(mine), 0]
            row[:] = [a + b for a, b in zip(row, added, strict=True)]
    return wanted


def assert_walked(found: Journeys) -> None:
    table = by_stops(measure(Loops(top=100), found))
    columns = table[["journeys", "rounds", "extra_events", "open"]].to_numpy().tolist()
    assert dict(zip(table.index, columns, strict=True)) == walked(found)


@given(journeys=drawn_journeys)
def test_loops_of_some_customers_are_those_walked_one_by_one(journeys: Journeys) -> None:
    assert_walked(journeys)


@settings(max_examples=40, deadline=None)
@given(stops=st.lists(st.sampled_from(["home", "product", "cart", "pay"]), max_size=14))
def test_loops_of_a_long_journey_are_those_walked_one_by_one(stops: list[str]) -> None:
    words = [f"{stop}@{1 + hour / 24}" for hour, stop in enumerate(stops)]
    assert_walked(journeys(" ".join(words), "home@1"))
