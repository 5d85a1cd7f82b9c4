"""Shares of groups, and of everybody else, counted by hand."""

from __future__ import annotations

import pytest
from scipy import stats

from cjm_notebooks import measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.group_shares import GroupShares
from cjm_notebooks.statistics.intervals import wilson
from tests.journeys import UNTIL_OUTCOME, journeys, with_plan

PAYS, LEAVES, OPEN = "home@1 paid@2", "home@1", "home@90"
BY_PLAN = GroupShares(split="plan")


def test_each_group_stands_beside_all_others() -> None:
    """Gold pays 3 of 4, silver 1 of 4, and who is neither 1 of 1."""
    gold = [(PAYS, "gold")] * 3 + [(LEAVES, "gold")]
    silver = [(PAYS, "silver")] + [(LEAVES, "silver")] * 3
    table = measure(BY_PLAN, with_plan(*gold, *silver, (PAYS, None)))
    assert table["group"].fillna("").tolist() == ["gold", "silver", ""]
    assert table[["reached", "n"]].to_numpy().tolist() == [[3, 4], [1, 4], [1, 1]]
    assert table[["rest_reached", "rest_n"]].to_numpy().tolist() == [[2, 5], [4, 5], [4, 8]]
    assert table["difference"].tolist() == pytest.approx([3 / 4 - 2 / 5, 1 / 4 - 4 / 5, 1 / 2])
    assert table.loc[0, ["low", "high"]].tolist() == pytest.approx(
        [float(end) for end in wilson(3, 4)]
    )


def test_p_is_that_of_the_pooled_test_of_two_shares() -> None:
    gold = [(PAYS, "gold")] * 30 + [(LEAVES, "gold")] * 10
    silver = [(PAYS, "silver")] * 20 + [(LEAVES, "silver")] * 20
    (first, second) = measure(BY_PLAN, with_plan(*gold, *silver))["p"]
    expected = stats.chi2_contingency([[30, 10], [20, 20]], correction=False).pvalue
    assert first == second == pytest.approx(expected)


def test_open_journeys_are_in_no_share_and_are_told() -> None:
    table = measure(BY_PLAN, with_plan((PAYS, "gold"), (OPEN, "gold"), (LEAVES, "silver")))
    assert table[["n", "open"]].to_numpy().tolist() == [[1, 1], [1, 0]]
    assert table["still_open"].tolist() == [True, False]


def test_periods_hold_the_journeys_that_began_in_them() -> None:
    """Days count from the first of January 1970: day 40 is the tenth of February."""
    metric = GroupShares(periods=(("1970-01-01", "1970-02-01"), ("1970-02-01", "")))
    early, late = "home@1 paid@60", "home@40 paid@41"
    table = measure(metric, journeys(early, late, "home@41", "home@50"))
    assert table["group"].tolist() == ["1970-01-01 – 1970-02-01", "1970-02-01 – …"]
    assert table[["reached", "n"]].to_numpy().tolist() == [[1, 1], [1, 3]]


def test_customer_came_back_with_an_event_from_one_to_so_many_days_later() -> None:
    metric = GroupShares("return", split="plan", days=10)
    same_day, next_day, tenth, too_late = "home@1 cart@1.9", "home@1 cart@2", "home@1 cart@11", ""
    too_late = "home@1 cart@12"
    not_watched = "home@95 cart@97"
    table = measure(
        metric, with_plan(*((words, "gold") for words in (same_day, next_day, tenth, too_late)))
    )
    assert table[["reached", "n", "open"]].to_numpy().tolist() == [[2, 4, 0]]
    late = measure(metric, with_plan((not_watched, "gold")))
    assert late[["reached", "n", "open"]].to_numpy().tolist() == [[0, 0, 1]]


def test_customers_who_count_twice_widen_the_interval() -> None:
    twice = [f"home@{i} paid@{i + 1} home@{i + 2} paid@{i + 3}" for i in range(1, 20)]
    leave = [f"home@{i}" for i in range(1, 20)]
    metric = GroupShares(periods=(("1970-01-01", "1971-01-01"),))
    (row,) = measure(metric, journeys(*twice, *leave, on=UNTIL_OUTCOME)).itertuples()
    assert (row.reached, row.n) == (38, 57)
    assert row.low < wilson(38, 57)[0]


def test_without_a_group_to_compare_there_are_no_rows() -> None:
    assert measure(GroupShares(), journeys(PAYS)).empty
    assert measure(GroupShares(periods=(("", ""),)), journeys(PAYS)).empty


def test_wrong_questions_are_refused() -> None:
    with pytest.raises(ParameterError, match=r"`of` is `returns`\. Give `success` or `return`"):
        GroupShares("returns")  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match=r"`days` is 0\. Give the number of days"):
        GroupShares("return", days=0)
    with pytest.raises(ParameterError, match=r"`soon` is no day\. Give it as in 2025-03-31"):
        GroupShares(periods=(("", "soon"),))
    with pytest.raises(ParameterError, match=r"`plan`, or `periods`, not both"):
        GroupShares(split="plan", periods=(("", "2025-01-01"),))
    with pytest.raises(ParameterError, match=r"Give a first day before the second"):
        GroupShares(periods=(("2025-02-01", "2025-01-01"),))
    with pytest.raises(ParameterError, match=r"no segment `country`"):
        measure(GroupShares(split="country"), journeys(PAYS))
