"""Some of the journeys: by period, place, pattern and segment."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cjm_notebooks import Journeys, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.stage_reach import StageReach
from tests.journeys import UNTIL_OUTCOME, journeys

DAY = 86_400_000_000
SAID = ("home@1 cart@2 paid@3 cart@40", "home@2 odd@3 nps=9", "help@5 cart@6 csat=2", "product@50")


def shop() -> Journeys:
    return journeys(*SAID, on=UNTIL_OUTCOME)


def first_days(chosen: Journeys) -> list[int]:
    return sorted((chosen.at[chosen.first] // DAY).tolist())


def test_a_journey_belongs_to_the_period_it_begins_in_and_stays_whole() -> None:
    early = shop().during(date(1970, 1, 2), date(1970, 1, 6))
    assert first_days(early) == [1, 2]
    assert early.n_events == 3
    rest = shop().during(datetime(1970, 1, 6, tzinfo=UTC), date(1971, 1, 1))
    assert first_days(rest) == [5, 40, 50]


def test_halves_of_the_data_together_are_the_whole() -> None:
    middle = date(1970, 1, 20)
    before, after = shop().during(date(1970, 1, 1), middle), shop().during(middle, date(2000, 1, 1))
    reached = [measure(StageReach(), part)["reached"] for part in (before, after)]
    assert (reached[0] + reached[1]).tolist() == measure(StageReach(), shop())["reached"].tolist()


def test_through_a_stage_or_one_of_its_touchpoints() -> None:
    assert first_days(shop().through("browse")) == [1, 2, 50]
    assert first_days(shop().through("home")) == [1, 2]
    assert first_days(shop().through("cart")) == [1, 5, 40]
    assert shop().through("pay").n_journeys == 0


def test_a_pattern_chooses_the_journeys_that_hold_it() -> None:
    assert first_days(shop().that("home -> cart -> paid")) == [1]
    assert first_days(shop().that("help -> ... -> cart")) == [5]


def test_what_is_left_out_goes_with_its_customer_and_not_before() -> None:
    chosen = shop().through("help")
    assert (chosen.n_customers, len(chosen.answers.score), len(chosen.unmatched.at)) == (1, 1, 0)
    with_nps = shop().during(date(1970, 1, 3), date(1970, 1, 4))
    assert (len(with_nps.answers.score), len(with_nps.unmatched.at)) == (1, 1)


def test_a_choice_of_a_choice_is_both() -> None:
    assert first_days(shop().through("cart").during(date(1970, 2, 1), date(1971, 1, 1))) == [40]


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"runs from 1970-01-02 to 1970-01-02\. Give a start"):
        shop().during(date(1970, 1, 2), date(1970, 1, 2))


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"`end` is 1970-01-03T00:00:00 without a zone\. Add"):
        shop().during(date(1970, 1, 1), datetime(1970, 1, 3))  # noqa: DTZ001


def test_an_unknown_place_is_named_with_the_nearest() -> None:
    with pytest.raises(ParameterError, match=r"no stage or touchpoint `carts`\. Did you mean `c"):
        shop().through("carts")
