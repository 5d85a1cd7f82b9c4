"""How far journeys come."""

from __future__ import annotations

import pandas as pd
import pytest

from cjm_notebooks import JourneyMap, measure
from cjm_notebooks.metrics.stage_reach import StageReach
from cjm_notebooks.statistics.intervals import wilson
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys


def reach(*customers: str, until: float = 100, on: JourneyMap = ONE_EACH) -> pd.DataFrame:
    return measure(StageReach(), journeys(*customers, until=until, on=on)).set_index("stage")


def test_stages_stand_in_map_order_with_the_journeys_that_reached_them() -> None:
    table = reach("help@1 cart@2 home@3", "home@1", "home@1 product@2")
    assert table["reached"].to_dict() == {"browse": 3, "cart": 1, "pay": 0, "support": 1}
    assert table["journeys"].tolist() == [3, 3, 3, 3]
    assert table["share"].tolist() == [1, 1 / 3, 0, 1 / 3]


def test_journey_that_comes_back_reached_the_stage_once() -> None:
    assert reach("home@1 cart@2 product@3 home@4")["reached"].tolist() == [1, 1, 0, 0]


def test_stage_reached_only_after_the_outcome_is_reached() -> None:
    assert reach("cart@1 paid@2 help@3").loc["support", "reached"] == 1


def test_open_journey_may_still_reach_the_stages_it_has_not_seen() -> None:
    table = reach("home@1", "home@90 cart@95", until=100)
    assert table["reached"].tolist() == [2, 1, 0, 0]
    assert table["open"].tolist() == [0, 0, 1, 1]


def test_ten_of_twenty_have_the_interval_of_the_textbook() -> None:
    cart = reach(*["home@1 cart@2"] * 10, *["home@1"] * 10).loc["cart"]
    assert (cart["low"], cart["high"]) == pytest.approx((0.2993, 0.7007), abs=5e-5)


def test_customers_with_several_alike_journeys_tell_less_than_as_many_customers() -> None:
    through, away = "home@1 cart@2 paid@3", "home@1 paid@3"
    loyal = f"{through} home@4 cart@5 paid@6 home@7 cart@8 paid@9"
    strayed = f"{away} home@4 paid@6 home@7 paid@9"
    cart = reach(*[loyal] * 10, *[strayed] * 10, on=UNTIL_OUTCOME).loc["cart"]
    assert (cart["reached"], cart["journeys"], cart["customers"]) == (30, 60, 10)
    low, high = wilson(30, 60)
    assert cart["low"] < low
    assert cart["high"] > high


def test_nobody_has_no_share() -> None:
    table = reach()
    assert table["reached"].tolist() == [0, 0, 0, 0]
    assert table[["share", "low", "high"]].isna().all(axis=None)
