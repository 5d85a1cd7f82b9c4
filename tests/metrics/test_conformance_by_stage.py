"""Where journeys deviate from the map, each deviation counted by hand."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest

from cjm_notebooks import JourneyMap, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.conformance_by_stage import ConformanceByStage
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys


def deviations(*customers: str, until: float = 100, on: JourneyMap = ONE_EACH) -> pd.DataFrame:
    table = measure(ConformanceByStage(), journeys(*customers, until=until, on=on))
    return table.set_index("stage")


def lasting(days: float, stage_id: str = "cart", on: JourneyMap = ONE_EACH) -> JourneyMap:
    """The shop with a stage that is expected to last so long."""
    stages = [
        stage.model_copy(update={"expected_duration": timedelta(days=days)})
        if stage.id == stage_id
        else stage
        for stage in on.stages
    ]
    return on.model_copy(update={"stages": tuple(stages)})


def test_journey_is_expected_up_to_its_furthest_stage() -> None:
    table = deviations("home@1 pay@2", "cart@1", "home@1")
    assert table["expected"].to_dict() == {"browse": 3, "cart": 2, "pay": 1, "support": 0}
    assert table["journeys"].to_dict() == {"browse": 2, "cart": 1, "pay": 1, "support": 0}
    assert table["skipped"].to_dict() == {"browse": 1, "cart": 1, "pay": 0, "support": 0}
    assert table.loc["cart", "skipped_share"] == 1 / 2
    assert table["skipped_share"].isna()["support"]


def test_stage_after_a_later_one_is_reordered_and_the_later_one_is_not() -> None:
    table = deviations("cart@1 home@2 pay@3", "home@1 cart@2")
    assert table["in_order"].to_dict() == {"browse": 1, "cart": 2, "pay": 1, "support": 0}
    assert table["reordered"].to_dict() == {"browse": 1, "cart": 0, "pay": 0, "support": 0}
    assert table.loc["browse", "reordered_share"] == 1 / 2


def test_coming_back_is_a_return_and_no_change_of_order() -> None:
    table = deviations("home@1 cart@2 home@3 home@4 pay@5")
    assert table["returned"].to_dict() == {"browse": 1, "cart": 0, "pay": 0, "support": 0}
    assert table["reordered"].sum() == 0


def test_every_journey_that_was_expected_is_in_order_or_reordered_or_skipped() -> None:
    table = deviations("cart@1 home@2 help@3", "pay@1", "home@1 pay@2 cart@3")
    parts = table["in_order"] + table["reordered"] + table["skipped"]
    assert table["expected"].tolist() == parts.tolist() == [3, 3, 3, 1]


def test_what_came_after_the_outcome_is_no_deviation() -> None:
    table = deviations("home@1 paid@2 help@3 home@4")
    assert table["expected"].to_dict() == {"browse": 1, "cart": 0, "pay": 0, "support": 0}
    assert table["returned"].sum() == 0


def test_open_journeys_stand_beside_those_that_are_judged() -> None:
    table = deviations("home@90 pay@91", "home@1")
    assert table["expected"].to_dict() == {"browse": 1, "cart": 0, "pay": 0, "support": 0}
    assert table["open"].to_dict() == {"browse": 1, "cart": 0, "pay": 1, "support": 0}


def test_journey_is_late_when_its_stays_together_take_longer_than_the_map_says() -> None:
    on = lasting(3)
    table = deviations(
        "cart@1 pay@4",
        "cart@1 pay@4.1",
        "cart@1 home@3 cart@5 pay@6.5",
        "cart@1 home@3 cart@5 pay@6",
        on=on,
    )
    assert (table.loc["cart", "timed"], table.loc["cart", "late"]) == (4, 2)
    assert table["timed"].sum() == 4


def test_last_stay_ends_with_the_outcome() -> None:
    table = deviations("cart@1 cart@2 paid@9", "cart@1 paid@2", on=lasting(3))
    assert (table.loc["cart", "timed"], table.loc["cart", "late"]) == (2, 1)


def test_nobody_knows_how_long_a_journey_that_left_stayed_where_it_left() -> None:
    table = deviations("home@1 cart@2 cart@20", "cart@1 pay@9 cart@10", on=lasting(3))
    assert table.loc["cart", "timed"] == 0
    assert table["late_share"].isna()["cart"]


def test_touchpoints_have_rows_in_map_order_and_promises_of_their_own() -> None:
    stages = [
        stage.model_copy(
            update={
                "touchpoints": tuple(
                    one.model_copy(update={"sla": timedelta(hours=12)})
                    if one.id == "product"
                    else one
                    for one in stage.touchpoints
                )
            }
        )
        for stage in ONE_EACH.stages
    ]
    on = ONE_EACH.model_copy(update={"stages": tuple(stages)})
    table = measure(
        ConformanceByStage(level="touchpoint"), journeys("product@1 home@2 cart@3", on=on)
    )
    assert table["touchpoint"].tolist() == ["home", "product", "cart", "pay", "help"]
    assert table["stage"].tolist() == ["browse", "browse", "cart", "pay", "support"]
    assert table["reordered"].tolist() == [1, 0, 0, 0, 0]
    assert table["late"].tolist() == [0, 1, 0, 0, 0]


def test_stages_have_no_touchpoint() -> None:
    assert deviations("home@1")["touchpoint"].isna().all()


def test_journeys_of_one_customer_widen_the_interval_of_their_deviation() -> None:
    strangers = ["home@1 pay@2 paid@3", "home@1 cart@2 pay@3 paid@4"] * 12
    regulars = [
        "home@1 pay@2 paid@3 home@4 pay@5 paid@6",
        "home@1 cart@2 pay@3 paid@4 home@5 cart@6 pay@7 paid@8",
    ] * 6
    alone, again = (
        deviations(*some, on=UNTIL_OUTCOME).loc["cart"] for some in (strangers, regulars)
    )
    assert (
        (alone["expected"], alone["skipped"]) == (again["expected"], again["skipped"]) == (24, 12)
    )
    assert again["skipped_share_low"] < alone["skipped_share_low"]


def test_nobody_deviates_from_nothing() -> None:
    table = deviations("about@1")
    assert table["expected"].tolist() == [0, 0, 0, 0]
    assert table["skipped_share"].isna().all()


def test_level_is_one_of_two() -> None:
    with pytest.raises(ParameterError, match=r"`level` is `stages`\. Set journeys beside each"):
        ConformanceByStage(level="stages")  # type: ignore[arg-type]
