"""How many journeys reach which outcome by when, with the shares worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from cjm_notebooks import JourneyMap, measure
from cjm_notebooks.metrics.time_to_outcome import TimeToOutcome
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys

BIN = 0.011


def ends(*customers: str, until: float = 100, on: JourneyMap = ONE_EACH) -> pd.DataFrame:
    return measure(TimeToOutcome(), journeys(*customers, until=until, on=on))


def curve(table: pd.DataFrame, outcome: str, *columns: str) -> list[tuple[float, ...]]:
    """Whole days, rounded down from the upper ends of the bins, and the columns asked for."""
    rows = table[table["outcome"] == outcome].assign(days=lambda rows: rows["days"] // 1)
    return list(rows[["days", *columns]].itertuples(index=False, name=None))


def test_without_journeys_lost_from_sight_the_shares_are_counts_over_all() -> None:
    table = ends(
        "home@1 paid@3", "home@1 paid@6", "home@1 cancelled@2", "home@50 paid@55", "home@1 paid@3"
    )
    paid, cancelled = (table[table["outcome"] == id_] for id_ in ("paid", "cancelled"))
    assert paid["reached"].tolist() == [0, 2, 4]
    assert paid["cumulative"].tolist() == [0, 2 / 5, 4 / 5]
    assert cancelled["cumulative"].tolist() == [1 / 5, 1 / 5, 1 / 5]
    assert table["kind"].tolist() == ["success"] * 3 + ["failure"] * 3
    assert set(table["journeys"]) == {5}


def test_journey_lost_from_sight_leaves_its_share_to_those_who_stay() -> None:
    """Day 10: 1/5 pay. Day 20: 4/5 are free, 1/4 of them cancel. Day 30: one is lost, seen from
    day 70 to 100. Day 40: 3/5 are free, one of the two at risk pays."""
    table = ends(
        "home@0 paid@10", "home@0 cancelled@20", "home@70", "home@0 paid@40", "home@0 cart@50"
    )
    assert curve(table, "paid", "reached", "at_risk") == [(10, 1, 5), (20, 1, 4), (40, 2, 2)]
    assert table["cumulative"].tolist() == pytest.approx([0.2, 0.2, 0.5, 0, 0.2, 0.2])


def test_every_outcome_is_followed_to_the_same_last_day() -> None:
    table = ends("home@0 paid@10", "home@0 cancelled@20", "home@0 cancelled@30")
    assert [row[0] for row in curve(table, "paid")] == [row[0] for row in curve(table, "cancelled")]
    assert table.groupby("outcome")["cumulative"].last().sum() == 1


def test_outcome_comes_at_most_a_bin_before_the_day_of_its_row() -> None:
    for wait in (0.001, 1, 7, 29.9):
        (day,) = ends(f"home@1 paid@{1 + wait}").query("outcome == 'paid'")["days"]
        assert wait < day <= wait * (1 + BIN)


def test_who_was_last_seen_on_the_day_of_an_outcome_was_still_at_risk() -> None:
    table = ends("home@0 paid@10", "home@90")
    assert curve(table, "paid", "at_risk", "cumulative") == [(10, 2, 0.5)]


def test_outcome_before_the_first_event_took_no_time() -> None:
    (day,) = ends("paid@1 home@2").query("outcome == 'paid'")["days"]
    assert day == 1 / 86_400


def test_journey_ends_with_its_first_outcome() -> None:
    table = ends("home@1 cancelled@3 paid@5")
    assert table[["outcome", "reached"]].to_numpy().tolist() == [["paid", 0], ["cancelled", 1]]


def test_outcome_never_reached_has_one_row_at_the_start() -> None:
    never = ends("home@1 paid@3", "home@1").query("outcome == 'cancelled'")
    assert never[["days", "reached", "at_risk", "cumulative"]].to_numpy().tolist() == [[0, 0, 2, 0]]
    assert never[["low", "high"]].isna().all(axis=None)


def test_open_journeys_may_reach_an_outcome_yet() -> None:
    table = ends("home@1 paid@3", "home@1", "home@90", "home@10 cart@95")
    assert set(table["open"]) == {2}


def test_interval_encloses_the_share_and_stays_between_nothing_and_all() -> None:
    table = ends(*["home@1 paid@3"] * 3, *["home@1 cancelled@6"] * 2, "home@95")
    assert table["low"].between(0, table["cumulative"]).all()
    assert table["high"].between(table["cumulative"], 1).all()


def test_before_anybody_reached_an_outcome_the_interval_is_that_of_nobody_out_of_all() -> None:
    first = ends(*["home@1 cancelled@2"] * 5, *["home@1 paid@3"] * 5).iloc[0]
    assert first[["outcome", "cumulative", "low"]].tolist() == ["paid", 0, 0]
    assert first["high"] == pytest.approx(0.278, abs=0.0005)


def test_journeys_of_few_customers_know_less_than_those_of_many() -> None:
    strangers = ["home@1 paid@3"] * 12 + ["home@1 cancelled@3"] * 12
    regulars = ["home@1 paid@3 home@4 paid@6"] * 6 + ["home@1 cancelled@3 home@4 cancelled@6"] * 6
    alone, again = (
        ends(*customers, on=UNTIL_OUTCOME).iloc[-1] for customers in (strangers, regulars)
    )
    assert alone["journeys"] == again["journeys"] == 24
    assert alone["cumulative"] == again["cumulative"] == 0.5
    assert again["low"] < alone["low"] < alone["high"] < again["high"]


def test_without_journeys_nothing_is_known() -> None:
    table = ends("about@1")
    assert table["outcome"].tolist() == ["paid", "cancelled"]
    assert table[["reached", "at_risk", "journeys", "open"]].eq(0).all(axis=None)
    assert table[["cumulative", "low", "high"]].isna().all(axis=None)


def test_map_without_outcomes_has_no_rows() -> None:
    assert ends("home@1", on=ONE_EACH.model_copy(update={"outcomes": ()})).empty
