"""How far journeys follow the map, each deviation counted by hand."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest

from cjm_notebooks import JourneyMap, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.conformance import Conformance
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys


def followed(*customers: str, until: float = 100, on: JourneyMap = ONE_EACH) -> pd.Series:
    (row,) = measure(Conformance(), journeys(*customers, until=until, on=on)).to_dict("records")
    return pd.Series(row)


def fitness(*customers: str, on: JourneyMap = ONE_EACH) -> float:
    return float(followed(*customers, on=on)["fitness"])


def test_journey_in_the_order_of_the_map_fits_it() -> None:
    assert fitness("home@1 product@2 cart@3 pay@4 help@5") == 1


def test_journey_that_stopped_early_lacks_nothing_beyond_its_furthest_stage() -> None:
    assert fitness("home@1 cart@2") == 1


def test_skipped_stage_costs_one_of_two_arrivals_and_three_required_stages() -> None:
    assert fitness("home@1 pay@2") == pytest.approx(1 - 1 / 5)


def test_journey_that_begins_late_skipped_what_lies_before() -> None:
    row = followed("pay@1")
    assert row["fitness"] == pytest.approx(1 - 2 / 4)
    assert (row["skipped"], row["reordered"], row["conforming"]) == (1, 0, 0)


def test_stage_that_came_after_a_later_one_is_left_out_and_put_in() -> None:
    row = followed("cart@1 home@2 pay@3")
    assert row["fitness"] == pytest.approx(1 - 2 / 6, abs=1e-5)
    assert (row["skipped"], row["reordered"], row["returned"]) == (0, 1, 0)


def test_returning_costs_the_arrivals_that_are_too_many() -> None:
    row = followed("home@1 cart@2 home@3 cart@4 pay@5")
    assert row["fitness"] == pytest.approx(1 - 2 / 8)
    assert (row["skipped"], row["reordered"], row["returned"]) == (0, 0, 1)


def test_staying_is_no_return_and_touchpoints_of_a_stage_are_free() -> None:
    row = followed("product@1 home@2 home@3 cart@4")
    assert (row["fitness"], row["conforming"], row["returned"]) == (1, 1, 0)


def test_touchpoints_of_a_stage_have_an_order_on_their_own_level() -> None:
    table = measure(Conformance(level="touchpoint"), journeys("product@1 home@2 home@3 cart@4"))
    assert table["fitness"].item() == pytest.approx(1 - 2 / 6, abs=1e-5)
    assert table["reordered"].item() == 1


def test_events_after_the_outcome_are_not_on_the_way() -> None:
    assert fitness("home@1 cart@2 paid@3 home@4") == 1


def test_optional_stage_may_be_skipped_and_may_be_visited() -> None:
    stages = [
        stage.model_copy(
            update={
                "touchpoints": tuple(
                    one.model_copy(update={"optionality": "optional"}) for one in stage.touchpoints
                )
            }
        )
        if stage.id == "cart"
        else stage
        for stage in ONE_EACH.stages
    ]
    on = ONE_EACH.model_copy(update={"stages": tuple(stages)})
    assert fitness("home@1 pay@2", on=on) == 1
    assert fitness("home@1 cart@2 pay@3", on=on) == 1
    assert fitness("cart@1 home@2 pay@3", on=on) == pytest.approx(1 - 1 / 5)


def test_mean_fitness_counts_each_journey_once_and_has_students_interval() -> None:
    row = followed("home@1", "home@1 pay@2", "pay@1")
    assert row["journeys"] == 3
    assert row["fitness"] == pytest.approx((1 + 0.8 + 0.5) / 3, abs=1e-5)
    reach = 4.302653 * (0.0633333 / 3) ** 0.5
    assert row["fitness_low"] == pytest.approx(2.3 / 3 - reach, abs=1e-5)
    assert row["fitness_high"] == 1
    assert (row["conforming"], row["deviating"]) == (1, 2)
    assert row["conforming_share"] == pytest.approx(1 / 3)


def test_equally_fit_journeys_have_no_interval() -> None:
    assert followed("home@1", "home@1 cart@2")[["fitness_low", "fitness_high"]].isna().all()


def test_open_journeys_are_not_judged() -> None:
    row = followed("home@1 cart@2", "pay@90")
    assert (row["journeys"], row["fitness"], row["open"]) == (1, 1, 1)


def test_journey_whose_outcome_came_before_its_first_event_is_not_judged() -> None:
    assert followed("paid@1 pay@2", "home@1")["journeys"] == 1


def test_success_is_compared_between_conforming_and_deviating_journeys() -> None:
    row = followed(
        "home@1 cart@2 paid@3",
        "home@1 cart@2 cancelled@3",
        "home@1",
        "cart@1 paid@2",
        "cart@1",
    )
    assert (row["conforming"], row["conforming_success"]) == (3, 1)
    assert (row["deviating"], row["deviating_success"]) == (2, 1)
    assert row["conforming_success_share"] == pytest.approx(1 / 3)
    assert row["deviating_success_share"] == 1 / 2


def test_lateness_is_of_the_journeys_whose_time_is_known() -> None:
    limited = [
        stage.model_copy(update={"expected_duration": timedelta(days=2)})
        if stage.id == "cart"
        else stage
        for stage in ONE_EACH.stages
    ]
    on = ONE_EACH.model_copy(update={"stages": tuple(limited)})
    row = followed("home@1 cart@2 pay@3", "home@1 cart@2 pay@9", "home@1 cart@2", "home@1", on=on)
    assert (row["timed"], row["late"], row["late_share"]) == (2, 1, 1 / 2)
    assert row["conforming"] == 4


def test_map_without_durations_knows_of_no_lateness() -> None:
    row = followed("home@1 cart@2 pay@3")
    assert (row["timed"], row["late"]) == (0, 0)
    assert pd.isna(row["late_share"])


def test_each_journey_of_a_customer_counts_and_alike_ones_tell_less() -> None:
    strangers = ["home@1 paid@2", "pay@1 paid@2", "home@1 paid@2", "pay@1 paid@2"] * 3
    regulars = ["home@1 paid@2 home@3 paid@4", "pay@1 paid@2 pay@3 paid@4"] * 3
    alone, again = (followed(*some, on=UNTIL_OUTCOME) for some in (strangers, regulars))
    assert alone["journeys"] == again["journeys"] == 12
    assert alone["fitness"] == again["fitness"]
    assert again["fitness_low"] < alone["fitness_low"]
    assert again["conforming_share_high"] > alone["conforming_share_high"]


def test_nobody_follows_nothing() -> None:
    row = followed("about@1")
    assert (row["journeys"], row["open"]) == (0, 0)
    assert pd.isna(row["fitness"])
    assert pd.isna(row["conforming_share"])


def test_level_is_one_of_two() -> None:
    with pytest.raises(ParameterError, match=r"`level` is `touch`\. Set journeys beside each"):
        Conformance(level="touch")  # type: ignore[arg-type]
