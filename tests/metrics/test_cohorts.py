"""Cohorts by their first week or month; day 4 is Monday, 5 January 1970."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_notebooks import JourneyMap, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.cohorts import Cohorts
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys

WEEKS = Cohorts()


def cohorts(
    *customers: str, by: Cohorts = WEEKS, until: float = 100, on: JourneyMap = ONE_EACH
) -> pd.DataFrame:
    return measure(by, journeys(*customers, until=until, on=on))


def counts(table: pd.DataFrame) -> list[tuple[str, int, int, int, int]]:
    columns = ["cohort", "age", "active", "customers", "open"]
    return list(table[columns].itertuples(index=False, name=None))


def test_triangle_ends_with_the_week_that_is_still_running() -> None:
    table = cohorts("home@1 home@5 home@12", "home@2", "cart@6 home@19", "home@19", until=20)
    assert counts(table) == [
        ("1969-12-29", 0, 2, 2, 0),
        ("1969-12-29", 1, 1, 2, 0),
        ("1969-12-29", 2, 1, 2, 0),
        ("1969-12-29", 3, 0, 0, 2),
        ("1970-01-05", 0, 1, 1, 0),
        ("1970-01-05", 1, 0, 1, 0),
        ("1970-01-05", 2, 0, 0, 1),
        ("1970-01-19", 0, 0, 0, 1),
    ]
    assert table["share"].isna().tolist() == [row[3] == 0 for row in counts(table)]
    assert table["all_customers"].tolist() == [2, 2, 2, 2, 1, 1, 1, 1]


def test_sunday_and_monday_lie_in_two_weeks_though_a_day_apart() -> None:
    assert cohorts("home@3.5 home@4.5")["active"].tolist()[:2] == [1, 1]
    assert cohorts("home@4.5 home@10.5")["active"].tolist()[:2] == [1, 0]


def test_ages_end_at_the_last_period_asked_for() -> None:
    assert cohorts("home@4 home@90", by=Cohorts(periods=2))["age"].tolist() == [0, 1, 2]


def test_month_is_one_of_the_calendar() -> None:
    table = cohorts("home@30 home@31", "home@31 home@58", by=Cohorts("month", 1))
    assert counts(table) == [
        ("1970-01-01", 0, 1, 1, 0),
        ("1970-01-01", 1, 1, 1, 0),
        ("1970-02-01", 0, 1, 1, 0),
        ("1970-02-01", 1, 0, 1, 0),
    ]


def test_late_sunday_evening_in_utc_is_monday_in_berlin() -> None:
    by = [Cohorts(zone="UTC"), Cohorts(zone="Europe/Berlin")]
    assert [cohorts("home@3.99", by=one)["cohort"][0] for one in by] == ["1969-12-29", "1970-01-05"]


def test_interval_is_wilsons_and_age_0_has_none() -> None:
    back, gone = ["home@4 home@12"] * 3, ["home@4"] * 7
    always, once = cohorts(*back, *gone).head(2).itertuples()
    assert (once.share, once.low, once.high) == pytest.approx((0.3, 0.1078, 0.6032), abs=5e-5)
    assert always.share == 1
    assert pd.isna(always.low)
    assert pd.isna(always.high)


def test_customer_belongs_to_the_cohort_of_the_first_of_all_journeys() -> None:
    table = cohorts("home@4 paid@5 home@12", on=UNTIL_OUTCOME, by=Cohorts(periods=1))
    assert counts(table) == [("1970-01-05", 0, 1, 1, 0), ("1970-01-05", 1, 1, 1, 0)]


def test_nobody_is_in_no_cohort() -> None:
    assert cohorts("about@1").empty
    assert list(cohorts("about@1").columns) == [
        "cohort",
        "age",
        "active",
        "customers",
        "share",
        "low",
        "high",
        "open",
        "all_customers",
    ]


quarter_days = st.integers(0, 160)
histories = st.lists(st.lists(quarter_days, min_size=1, max_size=5), max_size=5)


def monday(day: float) -> date:
    on = date(1970, 1, 1) + timedelta(days=int(day))
    return on - timedelta(days=on.weekday())


@settings(max_examples=30, deadline=None)
@given(histories)
def test_counting_customer_by_customer_says_the_same(histories: list[list[int]]) -> None:
    written = [" ".join(f"home@{q / 4}" for q in quarters) for quarters in histories]
    expected = []
    for first in sorted({monday(min(quarters) / 4) for quarters in histories}):
        mine = [{monday(q / 4) for q in quarters} for quarters in histories]
        mine = [weeks for weeks in mine if min(weeks) == first]
        for age in range(4):
            week = first + timedelta(weeks=age)
            active = sum(week in weeks for weeks in mine)
            if week < monday(40):
                expected.append((str(first), age, active, len(mine), 0))
            elif week == monday(40):
                expected.append((str(first), age, 0, 0, len(mine)))
    assert counts(cohorts(*written, by=Cohorts(periods=3), until=40)) == expected


def test_unknown_words_are_named_with_the_nearest() -> None:
    with pytest.raises(ParameterError, match=r"`period` is `weeks`, .* Did you mean `week`\?"):
        Cohorts("weeks")  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match=r"`zone` is `Europe/Berln`, .*`Europe/Berlin`"):
        Cohorts(zone="Europe/Berln")


def test_periods_are_at_least_one() -> None:
    with pytest.raises(ParameterError, match=r"`periods` is 0\. Give the number of periods"):
        Cohorts(periods=0)
