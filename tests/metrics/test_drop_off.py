"""Where journeys end without success."""

from __future__ import annotations

import pandas as pd
import pytest

from cjm_notebooks import JourneyMap, measure
from cjm_notebooks.metrics.drop_off import DropOff
from cjm_notebooks.statistics.intervals import wilson
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys

COUNTS = ["reached", "went_on", "left", "failed", "recent", "ended", "decided"]


def drop_off(*customers: str, until: float = 100, on: JourneyMap = ONE_EACH) -> pd.DataFrame:
    return measure(DropOff(), journeys(*customers, until=until, on=on)).set_index("stage")


def counts(table: pd.DataFrame, stage: str) -> list[int]:
    return table.loc[stage, COUNTS].astype(int).tolist()


def test_every_journey_that_reached_a_stage_went_on_left_failed_or_was_there_lately() -> None:
    table = drop_off(
        "home@1",
        "home@1 cart@2",
        "home@1 cart@2 cancelled@3",
        "home@1 cart@2 pay@3 paid@4",
        "home@90",
        "home@1 cart@95",
        until=100,
    )
    assert counts(table, "browse") == [6, 4, 1, 0, 1, 1, 5]
    assert counts(table, "cart") == [4, 1, 1, 1, 1, 2, 3]
    assert counts(table, "pay") == [1, 1, 0, 0, 0, 0, 1]
    assert counts(table, "support") == [0, 0, 0, 0, 0, 0, 0]
    assert table["share"].iloc[:3].tolist() == [1 / 5, 2 / 3, 0]
    assert pd.isna(table.loc["support", "share"])


def test_customer_who_came_back_did_not_leave_where_they_paused() -> None:
    table = drop_off("home@1 cart@2 home@60")
    assert counts(table, "cart") == [1, 1, 0, 0, 0, 0, 1]
    assert counts(table, "browse") == [1, 0, 1, 0, 0, 1, 1]


def test_help_after_the_purchase_is_not_where_the_journey_ended() -> None:
    table = drop_off("home@1 pay@2 paid@3 help@4")
    assert counts(table, "pay") == [1, 1, 0, 0, 0, 0, 1]
    assert counts(table, "support") == [1, 1, 0, 0, 0, 0, 1]


def test_journey_that_failed_before_it_came_did_not_fail_here() -> None:
    assert counts(drop_off("cancelled@1 home@2"), "browse") == [1, 1, 0, 0, 0, 0, 1]


def test_who_went_on_lately_counts_no_more_than_who_may_yet_turn_out_to_have_left() -> None:
    """Half of those at the cart left, whether one looks at all of them or at the old ones."""
    steadily = [f"cart@{day} pay@{day + 1}" if day % 2 else f"cart@{day}" for day in range(1, 99)]
    cart = drop_off(*steadily).loc["cart"]
    assert cart[COUNTS].astype(int).tolist() == [98, 35, 35, 0, 28, 35, 70]
    assert cart["share"] == 0.5


def test_journey_that_ended_with_success_lately_waits_for_those_that_left_lately() -> None:
    table = drop_off("cart@1 paid@2", "cart@90 paid@91", "cart@90", "cart@90 cancelled@91")
    assert counts(table, "cart") == [4, 1, 0, 0, 3, 0, 1]


def test_where_every_end_is_known_at_once_nobody_is_too_recent_to_count() -> None:
    """As bookings are, each of which ends with an arrival or a cancellation."""
    table = drop_off("cart@90 pay@91 paid@92", "cart@95 cancelled@96", "cart@1 cancelled@2")
    assert counts(table, "cart") == [3, 1, 0, 2, 0, 2, 3]


def test_unmatched_event_keeps_a_journey_open_where_it_paused() -> None:
    assert counts(drop_off("home@1 cart@2 about@95"), "cart") == [1, 0, 0, 0, 1, 0, 0]


def test_visit_after_a_failure_does_not_make_the_failure_recent() -> None:
    assert counts(drop_off("cart@1 cancelled@2 cart@95"), "cart") == [1, 0, 0, 1, 0, 1, 1]


def test_where_all_are_open_nothing_is_decided() -> None:
    table = drop_off("home@90", "home@95", until=100)
    assert counts(table, "browse") == [2, 0, 0, 0, 2, 0, 0]
    assert table.loc["browse", ["share", "low", "high"]].isna().all()


def test_ten_of_twenty_have_the_interval_of_the_textbook() -> None:
    browse = drop_off(*["home@1 cart@2"] * 10, *["home@1"] * 10, *["home@99"] * 5).loc["browse"]
    assert (browse["low"], browse["high"]) == pytest.approx((0.2993, 0.7007), abs=5e-5)


def test_customers_with_several_alike_journeys_tell_less_than_as_many_customers() -> None:
    stubborn = "cart@1 cancelled@2 cart@3 cancelled@4 cart@5 cancelled@6"
    loyal = "cart@1 paid@2 cart@3 paid@4 cart@5 paid@6"
    cart = drop_off(*[stubborn] * 10, *[loyal] * 10, on=UNTIL_OUTCOME).loc["cart"]
    assert cart[COUNTS].astype(int).tolist() == [60, 30, 0, 30, 0, 30, 60]
    low, high = wilson(30, 60)
    assert cart["low"] < low
    assert cart["high"] > high


def test_open_journey_beside_a_decided_one_does_not_widen_the_interval() -> None:
    failed, paid = "home@1 cancelled@2 home@95", "home@1 paid@2"
    browse = drop_off(*[failed] * 10, *[paid] * 10, on=UNTIL_OUTCOME).loc["browse"]
    assert browse[COUNTS].astype(int).tolist() == [30, 10, 0, 10, 10, 10, 20]
    assert (browse["low"], browse["high"]) == wilson(10, 20)


def test_nobody_dropped_off() -> None:
    table = drop_off()
    assert not table[COUNTS].any(axis=None)
    assert table[["share", "low", "high"]].isna().all(axis=None)
