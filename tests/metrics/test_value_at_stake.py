"""Money at stake, each amount added up by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_notebooks import JourneyMap, measure
from cjm_notebooks.maps import JourneySettings
from cjm_notebooks.metrics.value_at_stake import ValueAtStake
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys, shop

SIX = (
    "home@1 cart@2 pay$100@3 paid@4",
    "home@1 cart$5@2 paid$45.5@3",
    "home@1 paid$10@2",
    "home@1 cart@2",
    "home@1 cart@2 cancelled@3",
    "home@1",
)


def at_stake(*customers: str, until: float = 100, on: JourneyMap = ONE_EACH) -> pd.DataFrame:
    table = measure(ValueAtStake(), journeys(*customers, until=until, on=on))
    return table.set_index("touchpoint")


def test_lost_journeys_are_valued_like_the_successful_ones_that_came_there() -> None:
    table = at_stake(*SIX)
    cart, home = table.loc["cart"], table.loc["home"]
    assert list(cart[["journeys", "success", "lost"]]) == [4, 2, 2]
    assert (cart["value"], cart["mean_value"]) == (150.5, 75.25)
    assert cart["at_stake"] == 2 * 75.25
    assert list(home[["journeys", "success", "lost"]]) == [6, 3, 1]
    assert home["value"] == pytest.approx(160.5)
    assert home["at_stake"] == pytest.approx(160.5 / 3)
    assert set(table["currency"]) == {"EUR"}


def test_touchpoint_where_nobody_is_lost_has_nothing_at_stake() -> None:
    assert at_stake(*SIX).loc["pay", "at_stake"] == 0


def test_touchpoint_where_none_succeeded_has_no_known_stake() -> None:
    row = at_stake(*SIX, "help@1").loc["help"]
    assert row["lost"] == 1
    assert row[["mean_value", "at_stake"]].isna().all()
    assert row["value"] == 0


def test_journey_that_came_twice_counts_once() -> None:
    row = at_stake("home@1 cart@2 home@3 cart@4 paid$8@5", "cart@1").loc["cart"]
    assert (row["journeys"], row["value"], row["at_stake"]) == (2, 8, 8)


def test_journey_that_came_after_its_outcome_was_not_won_there() -> None:
    row = at_stake("home@1 paid$8@2 help@3", "help@1").loc["help"]
    assert list(row[["journeys", "success", "lost", "value"]]) == [1, 0, 1, 0]


def test_open_journey_is_not_lost() -> None:
    row = at_stake(*SIX, "home@90 cart@95", until=100).loc["cart"]
    assert list(row[["journeys", "lost", "open"]]) == [5, 2, 1]
    assert row["at_stake"] == 2 * 75.25


def test_without_a_currency_or_amounts_journeys_are_counted_and_not_valued() -> None:
    amounts = ["value", "mean_value", "mean_low", "at_stake", "at_stake_high"]
    settings_ = JourneySettings(quiet_days=30)
    for table in (
        at_stake("home@1 paid@2", "home@1"),
        at_stake("home@1 paid@2", on=shop().model_copy(update={"journey": settings_})),
    ):
        assert table.loc["home", "success"] == 1
        assert table[amounts].isna().all(axis=None)


def test_more_customers_narrow_the_interval_around_the_stake() -> None:
    few, many = (at_stake(*SIX * times).loc["home"] for times in (5, 60))
    for row in (few, many):
        assert row["at_stake_low"] < row["at_stake"] < row["at_stake_high"]
        assert row["mean_low"] < row["mean_value"] < row["mean_high"]
    assert many["mean_high"] - many["mean_low"] < (few["mean_high"] - few["mean_low"]) / 2


def test_nobody_has_nothing_at_stake() -> None:
    table = at_stake("about@1")
    assert table["journeys"].sum() == 0
    assert table["at_stake"].isna().all()


name = st.sampled_from(["home", "cart", "pay$3", "paid$12.345", "cancelled", "help$0.5"])


@settings(max_examples=25)
@given(st.lists(st.lists(name, min_size=1, max_size=6), min_size=1, max_size=5), st.booleans())
def test_amounts_are_those_of_adding_up_each_journey(
    customers: list[list[str]], once: bool
) -> None:
    on = ONE_EACH if once else UNTIL_OUTCOME
    said = [" ".join(f"{n}@{day}" for day, n in enumerate(names)) for names in customers]
    table = at_stake(*said, "pay$1@1", on=on)
    cuts: list[list[str]] = []
    for names in [*customers, ["pay$1"]]:
        one: list[str] = []
        for n in names:
            one.append(n)
            if not once and n.partition("$")[0] in ("paid", "cancelled"):
                cuts.append(one)
                one = []
        cuts.append(one)
    expected = {place: [0, 0, 0, 0.0] for place in ("home", "cart", "pay", "help")}
    for one in cuts:
        plain = [n.partition("$")[0] for n in one]
        ends = [i for i, n in enumerate(plain) if n in ("paid", "cancelled")]
        way = plain[: ends[0]] if ends else plain
        worth = sum(float(n.partition("$")[2] or 0) for n in one)
        won = bool(ends) and plain[ends[0]] == "paid"
        for place in {*way} & {*expected}:
            expected[place][0] += 1
            expected[place][1] += won
            expected[place][3] += worth * won
        if way and not won:
            expected[way[-1]][2] += 1
    for place, (came, won_, lost, worth) in expected.items():
        row = table.loc[place]
        assert list(row[["journeys", "success", "lost"]]) == [came, won_, lost]
        assert row["value"] == pytest.approx(worth)
        stake = lost * worth / won_ if won_ else np.nan
        assert row["at_stake"] == pytest.approx(stake, nan_ok=True)
