"""Journeys week by week, each share counted by hand; day 4 is Monday, 5 January 1970."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cjm_notebooks import JourneyMap, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.maps import Cut
from cjm_notebooks.metrics.trend import Trend
from cjm_notebooks.statistics.intervals import wilson
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys, shop


def trend(
    *customers: str, until: float = 100, on: JourneyMap = ONE_EACH, metric: Trend | None = None
) -> pd.DataFrame:
    return measure(metric or Trend(), journeys(*customers, until=until, on=on))


def weeks(number: int, won: int, lost: int) -> list[str]:
    """Journeys that all began on the Monday of a week, counted from 5 January 1970."""
    monday = 4 + 7 * number
    return [f"home@{monday} paid@{monday + 1}"] * won + [f"home@{monday}"] * lost


def test_journey_belongs_to_the_week_of_its_first_event() -> None:
    table = trend("home@10.9 paid@11.5", "home@11 paid@12", "home@4 cart@12", until=100)
    assert dict(zip(table["period"], table["started"], strict=True)) == {
        "1970-01-05": 2,
        "1970-01-12": 1,
    }
    assert list(table["events"]) == [2, 2]
    assert list(table["success"]) == [1, 1]
    assert list(table["left"]) == [1, 0]


def test_share_is_of_the_decided_journeys_and_open_ones_stand_beside() -> None:
    seen = ("home@4 paid@5", "home@4 cancelled@5", "home@4", "home@5 paid@9", "home@6 cart@20")
    row = trend(*seen, metric=Trend(open_share=0.2), until=45).iloc[0]
    names = ["started", "success", "failed", "left", "decided", "open"]
    assert list(row[names]) == [5, 2, 1, 1, 4, 1]
    assert row["share"] == 2 / 4
    assert (row["low"], row["high"]) == wilson(2, 4)
    still_open = trend(*seen, until=45).iloc[0]
    assert list(still_open[names]) == list(row[names])
    assert still_open[["share", "low", "high"]].isna().all()


def test_week_in_which_nothing_began_is_a_row_too() -> None:
    table = trend("home@4 paid@5", "home@18 paid@19")
    assert list(table["period"]) == ["1970-01-05", "1970-01-12", "1970-01-19"]
    assert list(table["started"]) == [1, 0, 1]
    assert table["share"].isna().tolist() == [False, True, False]


def test_week_is_partial_when_the_data_begin_or_end_within_it() -> None:
    table = trend("home@5 paid@6", "home@11 paid@12", "home@18 paid@19", until=23)
    assert list(table["partial"]) == [True, False, True]


def test_week_is_whole_when_something_happened_on_its_first_and_last_day() -> None:
    table = trend("home@4.9 paid@6", "home@11 paid@12", until=17.1)
    assert list(table["partial"]) == [False, False]


def test_week_is_still_open_when_more_than_a_twentieth_is_undecided() -> None:
    old, new = ["home@4 paid@5"] * 20, ["home@11 paid@12"] * 18
    table = trend(*old, "home@5 cart@90", *new, "home@11 cart@90", until=100)
    assert list(table["open"])[:2] == [1, 1]
    assert list(table["still_open"])[:2] == [False, True]


def test_level_changes_in_the_week_in_which_the_share_fell() -> None:
    shares = [(60, 40), (61, 39), (59, 41), (60, 40)] * 2 + [(40, 60), (41, 59), (39, 61)] * 2
    customers = [one for week, counts in enumerate(shares) for one in weeks(week, *counts)]
    table = trend(*customers, until=200)
    change = table.dropna(subset="change")
    assert list(change["period"]) == ["1970-03-02"]
    assert list(table["level"]) == pytest.approx([0.6] * 8 + [0.4] * 6)
    row = change.iloc[0]
    assert row["change"] == pytest.approx(-0.2)
    assert row["change_low"] == pytest.approx(-0.2 - 0.052, abs=0.003)
    assert row["change_high"] == pytest.approx(-0.2 + 0.052, abs=0.003)
    assert row["p"] <= 0.005


def test_partial_and_still_open_weeks_begin_no_new_level() -> None:
    steady = [one for week in range(8) for one in weeks(week, 30, 30)]
    recent = [f"home@{4 + 7 * week} paid@{5 + 7 * week}" for week in (8, 9) for _ in range(60)]
    undecided = ["home@60"] * 5 + ["home@67"] * 5
    table = trend(*steady, *recent, *undecided, until=85)
    assert list(table["still_open"]) == [False] * 8 + [True] * 2
    assert table["share"].isna().tolist() == [False] * 8 + [True] * 2
    assert table["change"].isna().all()
    assert table["level"].isna().tolist() == [False] * 8 + [True] * 2


def test_customer_with_many_journeys_in_a_week_widens_its_interval() -> None:
    strangers = ["home@4 paid@5"] * 12 + ["home@4 cancelled@5"] * 12
    regulars = ["home@4 paid@5 home@6 paid@7"] * 6 + ["home@4 cancelled@5 home@6 cancelled@7"] * 6
    alone, again = (
        trend(*customers, on=UNTIL_OUTCOME).iloc[0] for customers in (strangers, regulars)
    )
    assert (alone["success"], alone["decided"]) == (again["success"], again["decided"]) == (12, 24)
    assert again["low"] < alone["low"] < alone["high"] < again["high"]


def test_months_and_days_are_those_of_the_zone() -> None:
    late = "home@30.99 paid@31.5"  # 31 January 1970, 23:45 in UTC
    month = trend(late, metric=Trend("month"))
    in_berlin = trend(late, metric=Trend("month", "Europe/Berlin"))
    assert (month["period"][0], in_berlin["period"][0]) == ("1970-01-01", "1970-02-01")


def test_map_without_success_counts_and_has_no_share() -> None:
    only_failure = shop(Cut()).model_copy(update={"outcomes": shop().outcomes[1:]})
    table = trend("home@4 cancelled@5", "home@4", on=only_failure)
    assert list(table["decided"]) == [2]
    assert table[["share", "low", "high", "level"]].isna().all(axis=None)


def test_nobody_began_in_no_week() -> None:
    table = trend("about@4")
    assert table.empty
    assert list(table.columns)[:3] == ["period", "started", "success"]
    assert np.issubdtype(table["started"].dtype, np.integer)


def test_unknown_period_and_shares_out_of_reach_are_refused() -> None:
    with pytest.raises(ParameterError, match=r"`period` is `wek`, .* Did you mean `week`\?"):
        Trend("wek")  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match=r"`open_share` is 5\. Give a share between 0 and 1"):
        Trend(open_share=5)
