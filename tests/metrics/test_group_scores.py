"""Mean answers of groups, against scipy, which sees every answer."""

from __future__ import annotations

import pytest
from scipy import stats

from cjm_notebooks import measure
from cjm_notebooks.metrics.group_scores import GroupScores
from tests.journeys import journeys, with_plan

GOLD, SILVER = (5, 4, 4, 5, 3), (2, 3, 1, 3)


def test_mean_of_each_group_stands_beside_that_of_the_others() -> None:
    customers = [(f"csat:pay={score}", "gold") for score in GOLD]
    customers += [(f"csat:pay={score}", "silver") for score in SILVER]
    gold, silver = measure(GroupScores(split="plan"), with_plan(*customers)).itertuples()
    assert (gold.group, gold.n, gold.mean, gold.rest_mean) == ("gold", 5, 21 / 5, 9 / 4)
    assert (silver.touchpoint, silver.n, silver.rest_n) == ("pay", 4, 5)
    welch = stats.ttest_ind(GOLD, SILVER, equal_var=False)
    assert gold.p == silver.p == pytest.approx(welch.pvalue)
    interval = welch.confidence_interval(0.95)
    assert (gold.difference_low, gold.difference_high) == pytest.approx(tuple(interval))
    assert silver.difference == pytest.approx(9 / 4 - 21 / 5)


def test_recommendation_is_told_in_its_own_points() -> None:
    customers = [("nps=10", "gold"), ("nps=9", "gold"), ("nps=3", "gold"), ("nps=7", "silver")]
    table = measure(GroupScores(split="plan"), with_plan(*customers))
    assert table["mean"].tolist() == pytest.approx([100 / 3, 0])
    assert table[["scale_low", "scale_high"]].to_numpy().tolist() == [[-100, 100]] * 2


def test_periods_hold_the_answers_given_in_them() -> None:
    metric = GroupScores(periods=(("", "1970-02-01"), ("1970-02-01", "")))
    table = measure(metric, journeys("csat=5@3 csat=1@40", "csat=4@31", "csat=2"))
    assert table["group"].tolist() == ["… – 1970-02-01", "1970-02-01 – …"]
    assert table[["n", "mean"]].to_numpy().tolist() == [[1, 5], [2, 2.5]]


def test_without_a_group_to_compare_there_are_no_rows() -> None:
    assert measure(GroupScores(), journeys("csat=5@3")).empty
