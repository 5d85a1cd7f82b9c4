"""Time between two stages, each wait counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from cjm_notebooks import JourneyMap, measure
from cjm_notebooks.metrics.waits import Waits
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys

DAY = 86_400
BIN = 0.0055


def waits(*customers: str, until: float = 100, on: JourneyMap = ONE_EACH) -> pd.DataFrame:
    return measure(Waits(), journeys(*customers, until=until, on=on))


def days(table: pd.DataFrame) -> dict[tuple[str, str], float]:
    pairs = zip(table["from_stage"], table["to_stage"], strict=True)
    return dict(zip(pairs, table["mean_seconds"] / DAY, strict=True))


def test_wait_runs_from_the_last_event_in_a_stage_to_the_first_in_the_next() -> None:
    assert days(waits("home@1 product@2 cart@4 pay@4.5")) == {
        ("browse", "cart"): 2,
        ("cart", "pay"): 0.5,
    }


def test_only_the_first_crossing_of_a_journey_counts() -> None:
    assert days(waits("home@1 cart@2 home@5 cart@9 home@20")) == {
        ("browse", "cart"): 1,
        ("cart", "browse"): 3,
    }


def test_stage_that_was_skipped_waits_for_nothing() -> None:
    assert days(waits("home@1 pay@3")) == {("browse", "pay"): 2}


def test_events_after_the_outcome_are_waited_for_too() -> None:
    assert days(waits("home@1 pay@2 paid@2 help@5")) == {
        ("browse", "pay"): 1,
        ("pay", "support"): 3,
    }


def test_end_of_one_customer_is_no_wait_for_the_next() -> None:
    assert waits("home@1", "cart@2", "pay@3").empty


def test_pairs_stand_in_map_order() -> None:
    table = waits("pay@1 help@2 home@3", "cart@1 help@2", "cart@1 home@2 pay@3")
    assert list(zip(table["from_stage"], table["to_stage"], strict=True)) == [
        ("browse", "pay"),
        ("cart", "browse"),
        ("cart", "support"),
        ("pay", "support"),
        ("support", "browse"),
    ]


def test_quantiles_are_waits_that_were_seen_to_half_a_percent() -> None:
    (row,) = waits(*[f"home@1 cart@{1 + wait}" for wait in (1, 2, 3, 5, 40)]).itertuples()
    assert row.journeys == 5
    assert row.p50_seconds == pytest.approx(3 * DAY, rel=BIN)
    assert row.p90_seconds == pytest.approx(40 * DAY, rel=BIN)
    assert row.mean_seconds == (1 + 2 + 3 + 5 + 40) * DAY / 5


def test_five_waits_cannot_bound_the_median_and_six_do_with_the_shortest_and_longest() -> None:
    five, six = (
        waits(*[f"home@1 cart@{1 + wait}" for wait in range(1, n + 1)]).iloc[0] for n in (5, 6)
    )
    assert five[["p50_low", "p50_high"]].isna().all()
    assert six["p50_low"] == pytest.approx(1 * DAY, rel=BIN)
    assert six["p50_high"] == pytest.approx(6 * DAY, rel=BIN)


def test_waits_of_few_customers_know_the_median_less_well_than_those_of_many() -> None:
    strangers = [f"home@1 cart@{1 + hours / 24} paid@3" for hours in range(1, 25)]
    regulars = [
        f"home@1 cart@{1 + hours / 24} paid@3 home@4 cart@{4 + (hours + 1) / 24} paid@6"
        for hours in range(1, 25, 2)
    ]
    alone, again = (
        waits(*customers, on=UNTIL_OUTCOME).iloc[0] for customers in (strangers, regulars)
    )
    assert alone["journeys"] == again["journeys"] == 24
    assert alone["p50_seconds"] == again["p50_seconds"]
    assert again["p50_low"] < alone["p50_low"] < alone["p50_high"] < again["p50_high"]


def test_open_journeys_in_the_stage_may_cross_yet() -> None:
    table = waits("home@1 cart@2", "home@90", "cart@80 home@90", "home@1", "home@1 cart@90")
    assert dict(zip(table["from_stage"], table["open"], strict=True)) == {"browse": 2, "cart": 1}


def test_nobody_waits_for_nothing() -> None:
    assert waits("about@1").empty
    assert list(waits("about@1").columns) == [
        "from_stage",
        "to_stage",
        "journeys",
        "p50_seconds",
        "p50_low",
        "p50_high",
        "p90_seconds",
        "mean_seconds",
        "open",
    ]
