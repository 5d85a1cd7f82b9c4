"""Active days per week and month, counted by hand; day 4 is Monday, 5 January 1970."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_notebooks import JourneyMap, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.stickiness import Stickiness
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys

WEEKS = Stickiness("week")


def stickiness(
    *customers: str, by: Stickiness = WEEKS, until: float = 11, on: JourneyMap = ONE_EACH
) -> pd.DataFrame:
    return measure(by, journeys(*customers, until=until, on=on))


def test_share_is_daily_by_weekly_customers() -> None:
    table = stickiness("home@4 cart@5 home@5.5", "home@4", "home@4 home@6 home@9 home@10")
    row = table.iloc[0]
    assert (row["period"], row["days"]) == ("1970-01-05", 7)
    assert (row["customers"], row["active_days"], row["open"]) == (3, 7, 0)
    assert row["daily_customers"] == 1
    assert row["share"] == pytest.approx(1 / 3)


def test_interval_is_students_with_the_customer_as_the_unit() -> None:
    # Active days 2 and 4, four customers each: mean 3, variance 8/7, t with 7 degrees 2.364624.
    twice, often = ["home@4 home@5"] * 4, ["home@4 home@5 home@6 home@7"] * 4
    row = stickiness(*twice, *often).iloc[0]
    assert row["share"] * 7 == pytest.approx(3)
    assert row["low"] * 7 == pytest.approx(3 - 0.893744, abs=1e-6)
    assert row["high"] * 7 == pytest.approx(3 + 0.893744, abs=1e-6)


def test_interval_stays_between_one_day_and_all_days() -> None:
    row = stickiness("home@4", " ".join(f"home@{day}" for day in range(4, 11))).iloc[0]
    assert (row["low"], row["high"]) == (1 / 7, 1)


def test_equal_customers_leave_the_interval_unknown() -> None:
    assert stickiness("home@4", "home@5").loc[0, ["low", "high"]].isna().all()


def test_customers_of_a_week_cut_off_at_its_end_are_open() -> None:
    sunday, saturday = (stickiness("home@4 home@5", until=until) for until in (10.1, 9.9))
    assert sunday.loc[0, "share"] == 2 / 7
    assert saturday.loc[0, ["customers", "active_days", "open"]].tolist() == [0, 0, 1]
    assert saturday.loc[0, ["daily_customers", "share"]].isna().all()


def test_customers_of_a_week_cut_off_at_its_beginning_are_open() -> None:
    monday, tuesday = (stickiness(f"home@{day}") for day in (4, 5))
    assert monday.loc[0, "customers"] == 1
    assert tuesday.loc[0, ["customers", "open"]].tolist() == [0, 1]


def test_week_without_anyone_stands_between_the_others() -> None:
    table = stickiness("home@4", "home@18 home@19", until=25)
    assert table["period"].tolist() == ["1970-01-05", "1970-01-12", "1970-01-19", "1970-01-26"]
    assert table["customers"].tolist() == [1, 0, 1, 0]
    assert table["daily_customers"].tolist()[:3] == [1 / 7, 0, 2 / 7]
    assert table["share"].isna().tolist() == [False, True, False, True]


def test_february_has_28_days() -> None:
    table = stickiness("home@31 home@58 home@59", by=Stickiness(), until=90)
    assert table["period"].tolist() == ["1970-02-01", "1970-03-01", "1970-04-01"]
    assert table["days"].tolist() == [28, 31, 30]
    assert table["share"].tolist()[:2] == [2 / 28, 1 / 31]


def test_journeys_of_one_customer_are_one_customer() -> None:
    row = stickiness("home@4 paid@5 home@6", on=UNTIL_OUTCOME).iloc[0]
    assert (row["customers"], row["active_days"]) == (1, 2)


def test_late_evening_in_utc_is_the_next_day_in_berlin() -> None:
    here, there = (
        stickiness("home@4 home@4.99", by=Stickiness("week", zone))
        for zone in ("UTC", "Europe/Berlin")
    )
    assert (here.loc[0, "active_days"], there.loc[0, "active_days"]) == (1, 2)


def test_nobody_is_active_in_no_week() -> None:
    assert stickiness("about@1").empty
    assert list(stickiness("about@1").columns) == [
        "period",
        "days",
        "customers",
        "active_days",
        "daily_customers",
        "share",
        "low",
        "high",
        "open",
    ]


half_days = st.integers(8, 80)
histories = st.lists(st.lists(half_days, min_size=1, max_size=6), min_size=1, max_size=5)


@settings(max_examples=30, deadline=None)
@given(histories)
def test_counting_day_by_day_says_the_same(histories: list[list[int]]) -> None:
    written = [" ".join(f"home@{half / 2}" for half in halves) for halves in histories]
    table = stickiness("home@4", *written, until=46)
    days = [{4}, *({half // 2 for half in halves} for halves in histories)]
    for row in table.itertuples():
        first = (date.fromisoformat(row.period) - date(1970, 1, 1)) // timedelta(days=1)
        active = [sum(first <= day < first + 7 for day in mine) for mine in days]
        if first + 7 <= 46:
            assert row.customers == sum(count > 0 for count in active)
            assert row.active_days == sum(active)
        else:
            assert row.open == sum(count > 0 for count in active)


def test_unknown_words_are_named_with_the_nearest() -> None:
    with pytest.raises(ParameterError, match=r"`period` is `weeks`\. .*Did you mean `week`\?"):
        Stickiness("weeks")  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match=r"`zone` is `Europe/Berln`, .*`Europe/Berlin`"):
        Stickiness(zone="Europe/Berln")
