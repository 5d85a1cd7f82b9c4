"""Where journeys are, step by step."""

from __future__ import annotations

import pandas as pd
import pytest

from cjm_notebooks import JourneyMap, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.step_matrix import StepMatrix
from cjm_notebooks.statistics.intervals import wilson
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys


def matrix(*customers: str, steps: int = 3, on: JourneyMap = ONE_EACH) -> pd.DataFrame:
    return measure(StepMatrix(steps), journeys(*customers, until=100, on=on))


def journeys_at(table: pd.DataFrame) -> list[tuple[int, str, int]]:
    where = table["touchpoint"].fillna(table["end"])
    return list(zip(table["step"], where, table["journeys"], strict=True))


def test_journey_that_ended_stays_at_its_end() -> None:
    table = matrix("home@1 cart@2 paid@3 help@4", "home@1", "home@95")
    assert journeys_at(table) == [
        (1, "home", 3),
        (2, "cart", 1),
        (2, "left", 1),
        (2, "open", 1),
        (3, "success", 1),
        (3, "left", 1),
        (3, "open", 1),
    ]
    assert table["open"].tolist() == [0, 1, 1, 1, 1, 1, 1]
    assert table["share"].tolist() == [1, *[1 / 3] * 6]


def test_steps_beyond_the_last_one_asked_for_are_not_shown() -> None:
    table = matrix("home@1 product@2 cart@3 pay@4", steps=2)
    assert journeys_at(table) == [(1, "home", 1), (2, "product", 1)]


def test_outcome_before_every_event_is_where_the_journey_is_from_the_first_step() -> None:
    assert journeys_at(matrix("cancelled@1 home@2", steps=2)) == [
        (1, "failure", 1),
        (2, "failure", 1),
    ]


def test_ten_of_twenty_have_the_interval_of_the_textbook() -> None:
    first = matrix(*["home@1"] * 10, *["cart@1"] * 10).iloc[0]
    assert (first["low"], first["high"]) == pytest.approx((0.2993, 0.7007), abs=5e-5)


def test_customers_with_several_alike_journeys_tell_less_than_as_many_customers() -> None:
    loyal, strayed = "cart@1 paid@2 cart@3 paid@4", "home@1 paid@2 home@3 paid@4"
    first = matrix(*[loyal] * 10, *[strayed] * 10, on=UNTIL_OUTCOME).iloc[0]
    low, high = wilson(20, 40)
    assert (first["journeys"], first["all_journeys"]) == (20, 40)
    assert first["low"] < low
    assert first["high"] > high


def test_nobody_takes_no_step() -> None:
    assert matrix().empty


def test_there_is_at_least_one_step() -> None:
    with pytest.raises(ParameterError, match=r"`steps` is 0\. Give the number of steps"):
        StepMatrix(steps=0)
