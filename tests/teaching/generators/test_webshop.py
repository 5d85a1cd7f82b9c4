"""Each planted fact is in the tables at the planted size."""

from __future__ import annotations

from itertools import pairwise

import duckdb
import numpy as np
import pandas as pd
import pytest

from cjm_notebooks.teaching.generators.webshop import Webshop
from tests.teaching.generators.counting import (
    ERRORS,
    Counted,
    difference,
    is_apart_by,
    is_planted,
    large,
    ratings,
)

PLANTED = Webshop()
STEPS = ["home_view", "product_view", "cart_add", "shipping_costs_shown", "payment_entered"]


@pytest.fixture(scope="module")
def shop() -> Counted:
    return Counted.of("webshop")


def test_shipping_costs_lose_more_than_any_other_step(shop: Counted) -> None:
    for here, there in pairwise(STEPS):
        is_worst = here == "shipping_costs_shown"
        drop = PLANTED.worst_drop if is_worst else PLANTED.usual_drop
        assert is_planted(~shop.who(there), shop.who(here), drop), here


def test_of_those_with_a_parcel_as_many_do_not_come_back_as_leave_at_a_usual_step(
    shop: Counted,
) -> None:
    assert is_planted(~shop.who("second_order"), shop.who("parcel_delivered"), 1 - PLANTED.repeat)


def test_parcel_in_time_brings_more_second_orders(shop: Counted) -> None:
    in_time, parcel = shop.who("delivered_in_window"), shop.who("parcel_delivered")
    back = shop.who("second_order")
    assert is_planted(in_time, parcel, PLANTED.in_time)
    assert is_apart_by(back, in_time, parcel & ~in_time, PLANTED.in_time_effect)


def test_newsletter_goes_with_second_orders_and_changes_none_of_them(shop: Counted) -> None:
    reads, back = shop.who("newsletter_open"), shop.who("second_order")
    decoy = large("webshop").truth.fact("decoy")
    assert decoy.against == pytest.approx(0.118, abs=0.001)
    assert is_apart_by(back, reads, ~reads, decoy.against)
    for tenure in ("a year or more", "under a year"):
        mine = shop.is_("tenure", tenure)
        assert is_apart_by(back, reads & mine, ~reads & mine, decoy.size)


def test_refund_is_rated_worst() -> None:
    answers = ratings("webshop").query("question == 'rating'")
    bad = answers.assign(bad=answers["score"] <= 2).groupby("touchpoint")["bad"]
    share, n = bad.mean(), bad.count()
    assert share.idxmax() == "refund"
    planted = PLANTED.bad_refunds
    assert abs(share["refund"] - planted) < ERRORS * np.sqrt(planted * (1 - planted) / n["refund"])


def test_so_many_of_the_events_are_on_no_touchpoint_of_the_draft() -> None:
    given = large("webshop")
    rules = [one.match for one in (*given.draft_map.touchpoints, *given.draft_map.outcomes)]
    claimed = [rule.where.is_ for rule in rules]
    unclaimed = f"SELECT avg((event NOT IN {tuple(claimed)})::INT) FROM events"
    ((share,),) = duckdb.from_arrow(given.events.table).query("events", unclaimed).fetchall()
    assert share == pytest.approx(PLANTED.unmapped, abs=0.0005)


def test_chatbot_is_new_and_rises_week_by_week(shop: Counted) -> None:
    looked = shop.did["product_view"]
    week = ((looked - pd.Timestamp("2025-03-03", tz="UTC")).dt.days // 7).to_numpy()
    opened = shop.who("chatbot_open")
    assert not opened[week < 3].any()
    for number, share in ((4, 0.12), (5, 0.18), (6, 0.24), (7, PLANTED.chatbot)):
        assert is_planted(opened, week == number, share)


def test_region_and_device_make_no_difference(shop: Counted) -> None:
    back = shop.who("second_order")
    for segment, value in (("region", "north"), ("device", "phone")):
        mine = shop.is_(segment, value)
        found, error = difference(back, mine, ~mine)
        assert abs(found) < ERRORS * error
