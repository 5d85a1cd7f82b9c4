"""Measuring over whole customers: one pass where that is enough, buckets where they are needed."""

from functools import reduce
from operator import add

import numpy as np
import pytest

from cjm_notebooks.engine import jackknife, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.stage_reach import StageReach
from cjm_notebooks.metrics.transitions import Transitions
from cjm_notebooks.statistics.intervals import wilson
from tests.journeys import UNTIL_OUTCOME, journeys

CART = 1


def error_of_cart(*customers):
    joined = journeys(*customers)
    assert len(list(joined.buckets())) == len(customers)
    return jackknife(StageReach(), joined, ["share"])["share"][CART]


def test_two_customers_who_differ_leave_a_share_half_open():
    assert error_of_cart("home@1 cart@2", "home@1") == pytest.approx(0.5)


def test_one_customer_in_three_has_a_standard_error_of_a_third():
    assert error_of_cart("home@1 cart@2", "home@1", "home@1") == pytest.approx(1 / 3)


def test_nobody_differs_from_one_customer_alone():
    assert np.isnan(jackknife(StageReach(), journeys("home@1"), ["share"])["share"]).all()


def test_rows_that_come_and_go_with_a_customer_have_no_standard_error():
    joined = journeys("home@1 cart@2", "home@1 help@2")
    with pytest.raises(ParameterError, match=r"Transitions reports other rows when customers are"):
        jackknife(Transitions(), joined, ["share"])


def test_journeys_of_one_customer_count_as_less_than_those_of_many():
    loyal = " ".join(f"home@{day} cart@{day}.1 paid@{day}.2" for day in range(1, 21))
    reach = measure(StageReach(), journeys(loyal, *["home@1"] * 20, on=UNTIL_OUTCOME))
    row = reach.loc[CART]
    assert (row["reached"], row["journeys"]) == (20, 40)
    low, high = wilson(np.array([20]), np.array([40]))
    assert row["high"] - row["low"] > 1.5 * (high - low)[0]


def test_one_pass_reports_what_the_buckets_report_together():
    joined = journeys(*["home@1 cart@2", "product@1 home@3", "cart@4"] * 5)
    metric = StageReach()
    added = reduce(add, (metric.observe(bucket).sealed() for bucket in joined.buckets()))
    assert metric.report(added, joined.map).equals(measure(metric, joined))
