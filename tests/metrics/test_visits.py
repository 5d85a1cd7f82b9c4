"""Visits of customers, each counted by hand; here times are minutes of one day."""

from __future__ import annotations

import re
from functools import reduce
from operator import add

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

from cjm_notebooks import Events, JourneyMap, join, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.maps import Cut
from cjm_notebooks.metrics.visits import Visits
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys, shop

MICROSECONDS_PER_MINUTE = 60_000_000
MINUTES_PER_DAY = 1440
BIN = 0.0055


def in_days(minutes: str) -> str:
    return re.sub(r"(?<=@)[\d.]+", lambda at: repr(float(at[0]) / MINUTES_PER_DAY), minutes)


def visits(
    *customers: str, gap: float = 30, until: float = 10_000, on: JourneyMap = ONE_EACH
) -> pd.DataFrame:
    them_all = journeys(*map(in_days, customers), until=until / MINUTES_PER_DAY, on=on)
    return measure(Visits(gap), them_all).set_index("stage")


def test_pause_as_long_as_the_gap_belongs_to_the_visit_and_a_longer_one_does_not() -> None:
    assert visits("home@0 product@30 home@60").loc["browse", "visits"] == 1
    assert visits("home@0 product@30 home@60.1").loc["browse", "visits"] == 2
    assert visits("home@0 product@30 home@60.1", gap=29).loc["browse", "visits"] == 3


def test_visit_counts_where_it_began() -> None:
    table = visits("home@0 cart@5 pay@9", "cart@0 home@2", "home@0", "home@0 home@90 cart@100")
    assert table.index.tolist() == ["browse", "cart", "pay", "support"]
    assert table["visits"].tolist() == [4, 1, 0, 0]
    assert table["customers"].tolist() == [3, 1, 0, 0]
    assert table["events"].tolist() == [7, 2, 0, 0]
    assert table["single"].tolist() == [2, 0, 0, 0]
    assert table["share"].tolist()[:2] == [0.5, 0]
    assert table["visits_per_customer"].tolist()[:2] == [4 / 3, 1]
    assert table["events_per_visit"].tolist()[:2] == [7 / 4, 2]
    assert table.loc["pay", ["share", "visits_per_customer", "mean_seconds"]].isna().all()


def test_visit_lasts_from_its_first_event_to_its_last() -> None:
    row = visits("home@0 cart@10", "home@0 pay@20 help@40", "home@0").loc["browse"]
    assert row["mean_seconds"] == (10 + 40) * 60 / 3
    assert row["p50_seconds"] == pytest.approx(600, rel=BIN)
    assert row["p90_seconds"] == pytest.approx(2400, rel=BIN)


def test_visit_that_may_go_on_when_the_data_end_is_open() -> None:
    row = visits("home@0", "home@80 cart@90", "home@70", "home@50 cart@60", until=90).loc["browse"]
    assert (row["visits"], row["open"], row["ended"]) == (4, 2, 2)
    assert (row["single"], row["events"], row["share"]) == (1, 3, 0.5)
    assert row["mean_seconds"] == 600 / 2


def test_outcome_ends_a_journey_and_no_visit() -> None:
    row = visits("home@0 paid@5 home@10 cart@15", on=UNTIL_OUTCOME).loc["browse"]
    assert (row["visits"], row["events"]) == (1, 3)


def test_midnight_ends_no_visit() -> None:
    row = visits("home@1435 cart@1445").loc["browse"]
    assert (row["visits"], row["mean_seconds"]) == (1, 600)


def test_next_customer_begins_another_visit() -> None:
    assert visits("home@0", "home@0", "cart@1")["visits"].tolist() == [2, 1, 0, 0]


def test_visit_runs_over_journeys_that_overlap() -> None:
    rows = [("home", 0, "a"), ("cart", 25, "b"), ("pay", 50, "a"), ("help", 75, "b")]
    table = pd.DataFrame([*rows, ("tick", 999, "c")], columns=["event", "minute", "order"])
    table = table.assign(customer="anna", at=table.pop("minute") * MICROSECONDS_PER_MINUTE)
    by_order = shop(Cut(by="column", column="order"))
    events = Events(table, customer="customer", at="at", unit="us")
    row = measure(Visits(), join(by_order, events)).iloc[0]
    assert (row["stage"], row["visits"], row["events"]) == ("browse", 1, 4)
    assert row["mean_seconds"] == 75 * 60


def test_visits_of_one_customer_tell_less_than_those_of_many() -> None:
    many = ["home@0", "home@0 cart@9"] * 20
    few = [" ".join(f"home@{100 * k}" for k in range(10))] * 2
    few += [" ".join(f"home@{100 * k} cart@{100 * k + 9}" for k in range(10))] * 2
    alone, again = (visits(*customers).loc["browse"] for customers in (many, few))
    assert (alone["ended"], alone["share"]) == (again["ended"], again["share"]) == (40, 0.5)
    assert again["low"] < alone["low"] < alone["high"] < again["high"]


def test_means_have_the_intervals_of_the_jackknife_over_buckets() -> None:
    customers = [
        " ".join(in_days(f"home@{100 * k} cart@{100 * k + 9}") for k in range(1 + n % 5))
        + " home@5"
        for n in range(60)
    ]
    them_all, means = journeys(*customers), ["visits_per_customer", "events_per_visit"]
    row = measure(Visits(), them_all).iloc[0]
    parts = [Visits().observe(bucket) for bucket in them_all.buckets()]
    n = len(parts)
    left_out = [reduce(add, parts[:out] + parts[out + 1 :]) for out in range(n)]
    reports = [Visits().report(partial, them_all.map).iloc[0] for partial in left_out]
    for name in means:
        values = np.array([report[name] for report in reports])
        error = np.sqrt(((values - values.mean()) ** 2).sum() * (n - 1) / n)
        reach = t.ppf(0.975, n - 1) * error
        assert 0 < reach < 1
        assert row[f"{name}_high"] - row[name] == pytest.approx(reach)
        assert row[f"{name}_low"] == pytest.approx(max(row[name] - reach, 1))


def test_nobody_who_came_has_fewer_than_one_visit_or_event() -> None:
    row = visits("home@0", " ".join(f"home@{100 * k} cart@{100 * k + 9}" for k in range(20)))
    ends = row.loc["browse", ["visits_per_customer_low", "events_per_visit_low"]]
    assert ends.tolist() == [1, 1]


def test_nobody_visits_no_stage() -> None:
    table = visits("about@1")
    assert table["visits"].tolist() == [0, 0, 0, 0]
    assert table[["share", "events_per_visit", "p50_seconds"]].isna().all(axis=None)


STAGES = {"home": "browse", "product": "browse", "cart": "cart", "help": "support"}
steps = st.tuples(st.sampled_from(tuple(STAGES)), st.integers(0, 20).map(lambda at: at * 10))
histories = st.lists(st.lists(steps, min_size=1, max_size=8, unique_by=lambda s: s[1]), max_size=5)


@settings(max_examples=30, deadline=None)
@given(histories)
def test_walking_along_each_history_says_the_same(histories: list[list[tuple[str, int]]]) -> None:
    until, runs = 200, []
    for customer, steps in enumerate(histories):
        last = -1000
        for name, at in sorted(steps, key=lambda step: step[1]):
            if at - last > 30:
                runs.append((customer, STAGES[name], [at]))
            else:
                runs[-1][2].append(at)
            last = at
    written = [" ".join(f"{name}@{at}" for name, at in steps) for steps in histories]
    for stage, row in visits(*written, until=until).iterrows():
        mine = [(customer, times) for customer, began, times in runs if began == stage]
        ended = [times for _, times in mine if until - times[-1] >= 30]
        assert row["visits"] == len(mine)
        assert row["customers"] == len({customer for customer, _ in mine})
        assert row["open"] == len(mine) - len(ended)
        assert row["single"] == sum(len(times) == 1 for times in ended)
        assert row["events"] == sum(map(len, ended))
        if ended:
            lengths = [(times[-1] - times[0]) * 60 for times in ended]
            assert row["mean_seconds"] == sum(lengths) / len(ended)


@pytest.mark.parametrize("gap", [0, -1, float("inf"), float("nan")])
def test_gap_is_a_number_of_minutes(gap: float) -> None:
    with pytest.raises(ParameterError, match=r"`gap_minutes` is .*\. Give a number of minutes"):
        Visits(gap)
