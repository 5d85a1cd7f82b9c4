"""Changes of the channel, each counted by hand.

Home and product are on the web, the cart in the app, help in the store; pay has no channel.
"""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given

from cjm_notebooks import JourneyMap, Journeys, measure
from cjm_notebooks.metrics.channel_switches import ChannelSwitches
from tests.journeys import ONE_EACH, journeys
from tests.journeys.drawn import drawn_journeys
from tests.journeys.owned import CHANNELS, OWNED, OWNED_UNTIL_OUTCOME, moves, old_moves, on_owned
from tests.journeys.ways import counted

HOUR = 3600
BIN = 0.0055


def switches(*customers: str, until: float = 100, on: JourneyMap = OWNED) -> pd.DataFrame:
    return named(measure(ChannelSwitches(), journeys(*customers, until=until, on=on)))


def named(table: pd.DataFrame) -> pd.DataFrame:
    pair = table["from_channel"] + ">" + table["to_channel"]
    return table.set_index(pair.fillna("all"))


def test_next_event_in_another_channel_is_a_switch() -> None:
    table = switches("home@1 product@2 cart@3 help@4", "home@1 cart@2")
    assert table["moves"].to_dict() == {"web>app": 2, "app>store": 1, "all": 3}
    assert table["journeys"].to_dict() == {"web>app": 2, "app>store": 1, "all": 2}
    assert table["share"].to_dict() == {"web>app": 1, "app>store": 0.5, "all": 1}


def test_journey_counts_once_in_each_pair_however_often_it_switched() -> None:
    table = switches("home@1 cart@2 home@3 cart@4", "home@1")
    assert table["moves"].to_dict() == {"web>app": 2, "app>web": 1, "all": 3}
    assert table["journeys"].to_dict() == {"web>app": 1, "app>web": 1, "all": 1}
    assert table["all_journeys"].tolist() == [2, 2, 2]


def test_touchpoint_without_a_channel_is_passed_over() -> None:
    table = switches("home@1 pay@2 help@3")
    assert table["moves"].to_dict() == {"web>store": 1, "all": 1}
    assert table["mean_seconds"].to_dict() == {"web>store": 48 * HOUR, "all": 48 * HOUR}
    assert switches("home@1 pay@2 product@3").empty


def test_time_is_the_one_of_the_first_switch() -> None:
    table = switches("home@1 product@2 cart@2.5 home@5 cart@9")
    assert table["mean_seconds"].to_dict() == {
        "web>app": 12 * HOUR,
        "app>web": 60 * HOUR,
        "all": 12 * HOUR,
    }
    assert table.loc["web>app", "p50_seconds"] == pytest.approx(12 * HOUR, rel=BIN)


def test_switch_after_the_outcome_is_none() -> None:
    assert switches("home@1 paid@2 cart@3").empty


def test_end_of_one_customer_and_start_of_the_next_are_no_switch() -> None:
    assert switches("home@1", "cart@2").empty


def test_where_one_is_open_who_began_lately_switched_and_counts_nowhere_else() -> None:
    """With 30 days of quiet, day 40 is the last on which one that counts began."""
    table = switches("home@98 cart@99", "home@1 help@2", until=100)
    assert table["recent"].to_dict() == {"web>app": 1, "web>store": 0, "all": 1}
    assert table["journeys"].to_dict() == {"web>app": 0, "web>store": 1, "all": 1}
    assert table["moves"].to_dict() == {"web>app": 0, "web>store": 1, "all": 1}
    assert table["all_journeys"].tolist() == [1, 1, 1]
    quick, slow = "home@41 cart@42 paid@42", "home@40 help@80 paid@90"
    table = switches("home@98 help@99", quick, slow, until=100)
    assert table["recent"].to_dict() == {"web>app": 1, "web>store": 1, "all": 2}
    assert table["journeys"].to_dict() == {"web>app": 0, "web>store": 1, "all": 1}
    assert table["all_journeys"].tolist() == [1, 1, 1]
    table = switches(quick, slow, until=100)
    assert table["recent"].to_dict() == {"web>app": 0, "web>store": 0, "all": 0}
    assert table["all_journeys"].tolist() == [2, 2, 2]


def test_where_one_is_open_a_switch_is_among_the_moves_once_it_is_old_enough() -> None:
    """Day 70 is the last on which a move is old enough, whoever made it."""
    table = switches("home@60 cart@70 home@99", "home@60 cart@71 paid@72", until=100)
    assert table["moves"].to_dict() == {"web>app": 1, "app>web": 0, "all": 1}
    assert table["journeys"].to_dict() == {"web>app": 1, "app>web": 0, "all": 1}
    assert table["all_journeys"].tolist() == [1, 1, 1]


def test_journeys_of_one_customer_widen_the_interval() -> None:
    switch, stay = "home@1 cart@2 paid@3", "home@1 paid@2"
    strangers = switches(*[switch] * 20, *[stay] * 20, on=OWNED_UNTIL_OUTCOME)
    regulars = switches(
        *[f"{switch} home@4 cart@5 paid@6"] * 10,
        *[f"{stay} home@4 paid@5"] * 10,
        on=OWNED_UNTIL_OUTCOME,
    )
    alone, again = strangers.loc["all"], regulars.loc["all"]
    assert alone["share"] == again["share"] == 0.5
    assert again["low"] < alone["low"] < alone["high"] < again["high"]


def test_map_without_channels_has_no_switches() -> None:
    table = switches("home@1 cart@2", on=ONE_EACH)
    assert table.empty
    assert "from_channel" in table


def test_nobody_switches_nowhere() -> None:
    assert switches("about@1").empty


@given(journeys=drawn_journeys)
def test_switches_are_those_counted_one_by_one(journeys: Journeys) -> None:
    found = on_owned(journeys)
    table = named(measure(ChannelSwitches(), found))
    over = counted(found)
    every = [[m for m in moves(way, CHANNELS) if m.from_ != m.to] for way in over]
    old = [m for m in old_moves(found, CHANNELS) if m.from_ != m.to]
    for pair, row in table.iterrows():
        mine = [[m for m in some if pair in ("all", f"{m.from_}>{m.to}")] for some in every]
        first = [some[0].seconds for some in mine if some]
        assert row["moves"] == sum(pair in ("all", f"{m.from_}>{m.to}") for m in old)
        assert (row["journeys"], row["all_journeys"]) == (len(first), len(over))
        assert not first or row["mean_seconds"] == pytest.approx(sum(first) / len(first))
    pairs = {f"{m.from_}>{m.to}" for some in every for m in some}
    assert pairs <= set(table.index)


@given(journeys=drawn_journeys)
def test_parts_of_the_customers_add_up(journeys: Journeys) -> None:
    found, metric = on_owned(journeys), ChannelSwitches()
    half = found.n_customers // 2
    parts = [metric.observe(found.part(*b)) for b in ((0, half), (half, found.n_customers))]
    pd.testing.assert_frame_equal(
        metric.report(parts[1] + parts[0], found.map),
        metric.report(metric.observe(found), found.map),
        check_exact=True,
    )
