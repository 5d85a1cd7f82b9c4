"""What happened at each touchpoint."""

from __future__ import annotations

import pandas as pd
import pytest

from cjm_notebooks import JourneyMap, measure
from cjm_notebooks.metrics.touchpoint_summary import TouchpointSummary
from cjm_notebooks.statistics.intervals import wilson
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys


def summary(*customers: str, on: JourneyMap = ONE_EACH) -> pd.DataFrame:
    found = measure(TouchpointSummary(), journeys(*customers, until=100, on=on))
    return found.set_index("touchpoint")


def test_touchpoints_stand_in_map_order_with_their_stages() -> None:
    table = summary("home@1")
    assert table["stage"].to_dict() == {
        "home": "browse",
        "product": "browse",
        "cart": "cart",
        "pay": "pay",
        "help": "support",
    }


def test_events_journeys_and_repeats_are_told_apart() -> None:
    table = summary("home@1 home@2 product@3 home@4 paid@5 help@6", "home@1", "home@90 product@91")
    assert table["events"].tolist() == [5, 2, 0, 0, 1]
    assert table["journeys"].tolist() == [3, 2, 0, 0, 1]
    assert table["all_journeys"].tolist() == [3, 3, 3, 3, 3]
    assert table["repeats"].tolist() == [2, 0, 0, 0, 0]
    assert table["repeated"].tolist() == [1, 0, 0, 0, 0]
    assert table.loc["home", "repeated_share"] == 1 / 3
    assert pd.isna(table.loc["cart", "repeated_share"])


def test_last_event_before_a_bad_end_and_of_open_journeys_is_counted() -> None:
    table = summary("home@1", "home@1 cart@2 cancelled@3 help@4", "home@1 pay@2 paid@3", "cart@95")
    assert table["last_before_leaving"].tolist() == [1, 0, 1, 0, 0]
    assert table["open"].tolist() == [0, 0, 1, 0, 0]


def test_second_journey_of_a_customer_is_no_repeat_within_a_journey() -> None:
    home = summary("home@1 paid@2 home@3", on=UNTIL_OUTCOME).loc["home"]
    assert (home["journeys"], home["customers"], home["repeats"], home["repeated"]) == (2, 1, 0, 0)


def test_ten_of_twenty_have_the_interval_of_the_textbook() -> None:
    table = summary(*["home@1 home@2 cart@3"] * 10, *["home@1"] * 10)
    cart, home = table.loc["cart"], table.loc["home"]
    assert (cart["low"], cart["high"]) == pytest.approx((0.2993, 0.7007), abs=5e-5)
    assert (home["repeated_low"], home["repeated_high"]) == (cart["low"], cart["high"])


def test_customers_with_several_alike_journeys_tell_less_than_as_many_customers() -> None:
    again = " ".join(
        f"home@{3 * i} home@{3 * i + 1} cart@{3 * i + 1} paid@{3 * i + 2}" for i in range(3)
    )
    once = " ".join(f"home@{3 * i} paid@{3 * i + 2}" for i in range(3))
    table = summary(*[again] * 10, *[once] * 10, on=UNTIL_OUTCOME)
    low, high = wilson(30, 60)
    assert table.loc["cart", "low"] < low
    assert table.loc["cart", "high"] > high
    assert table.loc["home", "repeated_low"] < low
    assert table.loc["home", "repeated_high"] > high


def test_nobody_came() -> None:
    table = summary()
    assert table["events"].tolist() == [0, 0, 0, 0, 0]
    assert table[["share", "low", "high", "repeated_share"]].isna().all(axis=None)
