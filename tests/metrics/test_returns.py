"""Where journeys go round in circles."""

from __future__ import annotations

import pandas as pd
import pytest

from cjm_notebooks import JourneyMap, measure
from cjm_notebooks.metrics.returns import Returns
from cjm_notebooks.statistics.intervals import wilson
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys


def returns(*customers: str, on: JourneyMap = ONE_EACH) -> pd.DataFrame:
    return measure(Returns(), journeys(*customers, until=100, on=on)).set_index("touchpoint")


def counts(table: pd.DataFrame, touchpoint: str) -> list[int]:
    columns = ["journeys", "returned", "returns", "immediate", "open"]
    return table.loc[touchpoint, columns].astype(int).tolist()


def test_coming_back_twice_is_one_journey_that_returned_with_two_returns() -> None:
    table = returns("home@1 product@2 home@3 home@4 cart@5 home@6", "home@1 cart@2")
    assert counts(table, "home") == [2, 1, 2, 1, 0]
    assert counts(table, "product") == [1, 0, 0, 0, 0]
    assert table.loc["home", "share"] == 1 / 2


def test_staying_is_no_return() -> None:
    assert counts(returns("home@1 home@2 home@3"), "home") == [1, 0, 0, 2, 0]


def test_next_journey_of_the_customer_is_no_return() -> None:
    table = returns("home@1 paid@2 home@3 cart@4 paid@5 home@6", on=UNTIL_OUTCOME)
    assert counts(table, "home") == [3, 0, 0, 0, 0]


def test_coming_back_after_the_outcome_is_a_return() -> None:
    assert counts(returns("home@1 cart@2 paid@3 home@4"), "home") == [1, 1, 1, 0, 0]


def test_open_journey_may_still_return_where_it_has_not() -> None:
    table = returns("home@90 product@91 home@92", "home@90")
    assert counts(table, "home") == [2, 1, 1, 0, 1]
    assert counts(table, "product") == [1, 0, 0, 0, 1]


def test_ten_of_twenty_have_the_interval_of_the_textbook() -> None:
    home = returns(*["home@1 cart@2 home@3"] * 10, *["home@1 cart@2"] * 10).loc["home"]
    assert (home["low"], home["high"]) == pytest.approx((0.2993, 0.7007), abs=5e-5)


def test_customers_with_several_alike_journeys_tell_less_than_as_many_customers() -> None:
    circling = "home@1 cart@2 home@3 paid@4 home@5 cart@6 home@7 paid@8"
    straight = "home@1 cart@2 paid@4 home@5 cart@6 paid@8"
    home = returns(*[circling] * 10, *[straight] * 10, on=UNTIL_OUTCOME).loc["home"]
    low, high = wilson(20, 40)
    assert (home["returned"], home["journeys"]) == (20, 40)
    assert home["low"] < low
    assert home["high"] > high


def test_nobody_returned() -> None:
    table = returns()
    assert counts(table, "home") == [0, 0, 0, 0, 0]
    assert table[["share", "low", "high"]].isna().all(axis=None)
