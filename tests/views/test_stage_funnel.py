"""Bars of the stages: where they end, what they say, and what the table says too."""

from __future__ import annotations

import pytest

from cjm_notebooks.views.stage_funnel import StageFunnel
from tests.journeys import ONE_EACH, journeys
from tests.views import drawn, labels, readings

FOUR = journeys("home@1 cart@2 pay@3 paid@3.5", "home@1 cart@2", "home@1 cancelled@2", "home@90")
READ = readings(StageFunnel(), FOUR)


def test_bars_are_the_share_of_journeys_that_reached_each_stage_in_map_order() -> None:
    plot = StageFunnel().draw(**READ)
    assert labels(plot.yaxis[0]) == ["Browse", "Cart", "Pay", "Support"]
    assert labels(plot.yaxis[1]) == ["100.0%", "50.0%", "25.0%", "0.0%"]
    assert drawn(plot, "reached")["share"] == [1, 0.5, 0.25, 0]


def test_journeys_that_ended_take_the_far_end_of_the_bar() -> None:
    bars = drawn(StageFunnel().draw(**READ), "failed")
    assert (bars["failed_from"][0], bars["failed_to"][0]) == (0.75, 1)
    assert (bars["recent_from"][0], bars["recent_to"][0]) == (0.5, 0.75)
    assert (bars["left_from"][1], bars["left_to"][1]) == (0.25, 0.5)


def test_interval_is_that_of_the_report() -> None:
    bars = drawn(StageFunnel().draw(**READ), "reached")
    assert bars["low"] == READ["stage_reach"]["low"].tolist()
    assert bars["high"] == READ["stage_reach"]["high"].tolist()


def test_table_says_how_the_journeys_of_each_stage_ended() -> None:
    table = StageFunnel().table(**READ)
    counts = ["reached", "journeys", "went_on", "recent", "failed", "left"]
    assert table[counts].to_numpy().tolist() == [
        [4, 4, 2, 1, 1, 0],
        [2, 4, 1, 0, 0, 1],
        [1, 4, 1, 0, 0, 0],
        [0, 4, 0, 0, 0, 0],
    ]


def test_summary_names_the_last_stage_and_where_most_journeys_ended() -> None:
    last, worst = map(str, StageFunnel().summary(**READ))
    assert last.startswith("0 of 4 journeys (0.0%, 95 % interval 0.0% to ")
    assert last.endswith("reached the last stage, Support.")
    assert worst.startswith("The largest share left or failed at Cart: 1 of 2 (50.0%")


def test_stage_that_the_map_expects_a_share_of_has_a_mark_at_it() -> None:
    cart = ONE_EACH.stages[1].model_copy(update={"expected_share": 0.7})
    stages = (ONE_EACH.stages[0], cart, *ONE_EACH.stages[2:])
    expecting = ONE_EACH.model_copy(update={"stages": stages})
    plot = StageFunnel().draw(**{**READ, "journey_map": expecting})
    assert drawn(plot, "expected")["expected"][1] == 0.7
    with pytest.raises(AssertionError, match="Nothing called `expected` is drawn"):
        drawn(StageFunnel().draw(**READ), "expected")


def test_hidden_count_is_not_drawn_and_does_not_hide_the_others() -> None:
    drop_off = READ["drop_off"].astype({"failed": "Int64"})
    drop_off.loc[0, "failed"] = None
    bars = drawn(StageFunnel().draw(**{**READ, "drop_off": drop_off}), "reached")
    assert str(bars["failed_from"][0]) == "nan"
    assert (bars["recent_from"][0], bars["recent_to"][0]) == (0.75, 1)


def test_stage_with_too_few_journeys_to_show_is_not_called_the_last_one() -> None:
    hidden = READ["stage_reach"].astype({"reached": "Int64"})
    hidden.loc[3, ["reached", "share", "low", "high"]] = None
    last = str(StageFunnel().summary(**{**READ, "stage_reach": hidden})[0])
    assert last.endswith("reached Pay; too few went further to say how many.")
