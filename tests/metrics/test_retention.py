"""Customers who came back, each counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_notebooks import JourneyMap, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.retention import Kind, Retention
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys

WEEKS = Retention(periods=3)
DAYS = Retention("day", 3)


def retention(
    *customers: str, by: Retention = WEEKS, until: float = 100, on: JourneyMap = ONE_EACH
) -> pd.DataFrame:
    return measure(by, journeys(*customers, until=until, on=on))


def test_week_begins_with_the_first_event_of_the_customer() -> None:
    table = retention("home@1 home@9 cart@15.5", "home@1 home@7.9", "product@2 home@30")
    assert table["active"].tolist() == [3, 1, 1, 0]
    assert table["customers"].tolist() == [3, 3, 3, 3]
    assert table["from_day"].tolist() == [0, 7, 14, 21]


def test_day_is_24_hours_and_not_the_next_on_the_calendar() -> None:
    assert retention("home@1.9 home@2.1", by=DAYS)["active"].tolist() == [1, 0, 0, 0]
    assert retention("home@1.9 home@2.9", by=DAYS)["active"].tolist() == [1, 1, 0, 0]


def test_month_is_30_days() -> None:
    by = Retention("month", 2)
    assert retention("home@1 home@30.9", by=by)["active"].tolist() == [1, 0, 0]
    assert retention("home@1 home@31", by=by)["active"].tolist() == [1, 1, 0]


def test_unbounded_retention_counts_who_comes_back_later_still() -> None:
    by = Retention(periods=3, kind="unbounded")
    table = retention("home@1 home@16", "home@1 home@9", "home@1", by=by)
    assert table["active"].tolist() == [3, 2, 1, 0]


def test_customer_whose_week_is_not_over_is_open_even_when_seen_to_come_back() -> None:
    table = retention("home@1", "home@10 home@17.5", until=20)
    assert table["active"].tolist() == [2, 0, 0, 0]
    assert table["customers"].tolist() == [2, 1, 0, 0]
    assert table["open"].tolist() == [0, 1, 2, 2]
    assert table["share"].tolist()[:2] == [1, 0]
    assert table["share"].isna().tolist() == [False, False, True, True]


def test_open_customer_who_came_back_is_not_counted_unbounded_either() -> None:
    by = Retention(periods=1, kind="unbounded")
    table = retention("home@10 home@17.5", "home@1 home@19", until=20, by=by)
    assert table["active"].tolist() == [2, 1]
    assert table["customers"].tolist() == [2, 1]


def test_week_that_ends_with_the_data_is_over() -> None:
    assert retention("home@1", until=15)["customers"].tolist() == [1, 1, 0, 0]
    assert retention("home@1", until=14.999)["customers"].tolist() == [1, 0, 0, 0]


def test_interval_is_wilsons() -> None:
    back, gone = ["home@1 home@9"] * 3, ["home@1"] * 7
    always, once = retention(*back, *gone).head(2).itertuples()
    assert (once.share, once.low, once.high) == pytest.approx((0.3, 0.1078, 0.6032), abs=5e-5)
    assert always.share == 1
    assert pd.isna(always.low)
    assert pd.isna(always.high)


def test_journeys_of_one_customer_are_one_customer_who_came_back() -> None:
    table = retention("home@1 paid@2 home@9 paid@10 home@16", on=UNTIL_OUTCOME)
    assert table["active"].tolist() == [1, 1, 1, 0]
    assert table["all_customers"].tolist() == [1, 1, 1, 1]


def test_what_no_touchpoint_claims_brings_nobody_back() -> None:
    assert retention("home@1 about@9 paid@16")["active"].tolist() == [1, 0, 0, 0]


def test_what_came_before_the_first_touchpoint_starts_no_clock() -> None:
    assert retention("about@1 home@9 home@16")["active"].tolist() == [1, 1, 0, 0]


def test_nobody_came_back_of_nobody() -> None:
    table = retention("about@1")
    assert table["all_customers"].tolist() == [0, 0, 0, 0]
    assert table["share"].isna().all()


quarter_days = st.integers(0, 160)
histories = st.lists(st.lists(quarter_days, min_size=1, max_size=5), max_size=5)


@settings(max_examples=30, deadline=None)
@given(
    histories, st.sampled_from(("bounded", "unbounded")), st.sampled_from((("day", 1), ("week", 7)))
)
def test_counting_customer_by_customer_says_the_same(
    histories: list[list[int]], kind: Kind, period: tuple[str, int]
) -> None:
    name, length = period
    written = [" ".join(f"home@{q / 4}" for q in quarters) for quarters in histories]
    by = Retention(name, 4, kind)  # type: ignore[arg-type]
    table = retention(*written, by=by, until=40)
    for row in table.itertuples():
        active = customers = 0
        for quarters in histories:
            since = [(q - min(quarters)) / 4 for q in quarters]
            begin, end = row.period * length, (row.period + 1) * length
            if min(quarters) / 4 + end <= 40:
                customers += 1
                active += any(begin <= d and (d < end or kind == "unbounded") for d in since)
        assert (row.active, row.customers) == (active, customers)
        assert row.open == len(histories) - customers


def test_unknown_words_are_named_with_the_nearest() -> None:
    with pytest.raises(ParameterError, match=r"`period` is `weeks`\. .*Did you mean `week`\?"):
        Retention("weeks")  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match=r"`kind` is `unbound`\. .*Did you mean `unbounded`"):
        Retention(kind="unbound")  # type: ignore[arg-type]


def test_periods_are_at_least_one() -> None:
    with pytest.raises(ParameterError, match=r"`periods` is 0\. Give the number of periods"):
        Retention(periods=0)
