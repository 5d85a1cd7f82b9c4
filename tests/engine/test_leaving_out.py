"""Leaving out groups of customers: the error of an estimate, and of a difference."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cjm_notebooks.engine import difference, jackknife
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.stage_reach import StageReach
from cjm_notebooks.metrics.transitions import Transitions
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys

CART = 1


def error_of_cart(*customers: str) -> float:
    joined = journeys(*customers)
    assert len(joined.groups()) == len(customers)
    return float(jackknife(StageReach(), joined, ["share"])["share"][CART])


def test_two_customers_who_differ_leave_a_share_half_open() -> None:
    assert error_of_cart("home@1 cart@2", "home@1") == pytest.approx(0.5)


def test_one_customer_in_three_has_a_standard_error_of_a_third() -> None:
    assert error_of_cart("home@1 cart@2", "home@1", "home@1") == pytest.approx(1 / 3)


def test_nobody_differs_from_one_customer_alone() -> None:
    assert np.isnan(jackknife(StageReach(), journeys("home@1"), ["share"])["share"]).all()


def test_a_move_that_one_group_alone_makes_has_no_standard_error() -> None:
    joined = journeys("home@1 cart@2", "home@1 help@2")
    errors = jackknife(Transitions(), joined, ["share"])["share"]
    report = Transitions().report(Transitions().observe(joined), joined.map)
    from_start = report["from_touchpoint"].isna()
    assert errors[from_start].tolist() == [0.0]
    assert np.isnan(errors[~from_start]).all()


def test_an_unknown_column_is_named_with_the_nearest() -> None:
    with pytest.raises(ParameterError, match=r"StageReach reports no `shares`\. Did you mean `sha"):
        jackknife(StageReach(), journeys("home@1"), ["shares"])


def difference_of_cart(one: tuple[str, ...], other: tuple[str, ...]) -> pd.Series:
    everyone = journeys(*one, *other)
    is_one = journeys(*one).customer_codes
    mask = np.isin(everyone.customer_codes, is_one)
    table = difference(StageReach(), everyone.chosen(mask), everyone.chosen(~mask))
    assert table["estimate"].unique().tolist() == ["share"]
    return table.set_index("stage").loc["cart"]


def test_shares_of_independent_customers_differ_with_the_error_of_both() -> None:
    row = difference_of_cart(("home@1 cart@2", "home@1"), ("home@1", "home@1", "home@1 cart@2"))
    assert (row["one"], row["other"]) == pytest.approx((1 / 2, 1 / 3))
    half, third = 0.25, 1 / 9
    groups = 5
    left_out = [(0, 1 / 3), (1, 1 / 3), (1 / 2, 1 / 2), (1 / 2, 1 / 2), (1 / 2, 0)]
    values = np.array([one - other for one, other in left_out])
    error = np.sqrt(((values - values.mean()) ** 2).sum() * (groups - 1) / groups)
    assert error == pytest.approx(np.sqrt((half / 4 * 8 + third * 1.5) * 4 / 5), rel=0.2)
    reach = row["high"] - row["difference"]
    assert reach == pytest.approx(2.7764451 * error)


def test_groups_that_are_alike_do_not_differ() -> None:
    customers = ("home@1 cart@2", "home@1", "home@1 cart@3", "product@2")
    row = difference_of_cart(customers, customers)
    assert row["difference"] == 0
    assert row["p"] == 1
    assert row["low"] < 0 < row["high"]


def test_a_row_of_one_group_alone_is_compared_with_nothing() -> None:
    everyone = journeys(*["home@1 cart@2"] * 4, *["home@1 help@2"] * 4)
    came = everyone.journey_customer[everyone.journey[everyone.touchpoint == 2]]
    mask = np.isin(np.arange(everyone.n_customers), came)
    table = difference(Transitions(), everyone.chosen(mask), everyone.chosen(~mask), ["share"])
    to_help = table[table["to_touchpoint"] == "help"]
    assert to_help["one"].isna().all()
    assert to_help["p_adjusted"].isna().all()


def test_groups_of_two_maps_are_not_compared() -> None:
    here, there = journeys("home@1", on=ONE_EACH), journeys("home@1", on=UNTIL_OUTCOME)
    with pytest.raises(ParameterError, match=r"of two maps, `shop` and `shop`\. Join both to one"):
        difference(StageReach(), here, there)
