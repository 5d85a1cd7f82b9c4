"""What journeys did around the anchor, step by step."""

from __future__ import annotations

import pandas as pd
import pytest

from cjm_notebooks import JourneyMap, measure
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.anchored_steps import AnchoredSteps
from cjm_notebooks.metrics.step_matrix import StepMatrix
from cjm_notebooks.statistics.intervals import wilson
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys
from tests.journeys.drawn import everyone

TOUCHPOINTS = ("home", "product", "cart")


def steps(metric: AnchoredSteps, *customers: str, on: JourneyMap = ONE_EACH) -> pd.DataFrame:
    return measure(metric, journeys(*customers, until=100, on=on))


def journeys_at(table: pd.DataFrame) -> list[tuple[int, str, int]]:
    where = table["touchpoint"].fillna(table["outside"])
    return list(zip(table["step"], where, table["journeys"], strict=True))


def test_every_step_adds_up_to_all_journeys_that_came_to_the_anchor() -> None:
    table = steps(
        AnchoredSteps("cart", before=2, after=2),
        "home@1 product@2 cart@3 cart@4 pay@5 paid@6",
        "cart@1",
        "home@97 cart@98",
        "home@1 cart@2 cancelled@3",
        "home@1 product@2",
    )
    assert journeys_at(table) == [
        (-2, "home", 1),
        (-2, "start", 3),
        (-1, "home", 2),
        (-1, "product", 1),
        (-1, "start", 1),
        (0, "cart", 4),
        (1, "cart", 1),
        (1, "failure", 1),
        (1, "left", 1),
        (1, "open", 1),
        (2, "pay", 1),
        (2, "failure", 1),
        (2, "left", 1),
        (2, "open", 1),
    ]
    assert table["anchored"].tolist() == [4] * len(table)
    assert table["open"].tolist() == [0] * 6 + [1] * 8
    assert table["share"].tolist() == [count / 4 for count in table["journeys"]]


def test_last_event_at_the_anchor_is_looked_at_when_asked_for() -> None:
    customer = "cart@1 home@2 cart@3 help@4"
    first = steps(AnchoredSteps("cart", before=1, after=1), customer)
    last = steps(AnchoredSteps("cart", before=1, after=1, which="last"), customer)
    assert journeys_at(first) == [(-1, "start", 1), (0, "cart", 1), (1, "home", 1)]
    assert journeys_at(last) == [(-1, "home", 1), (0, "cart", 1), (1, "help", 1)]


def test_anchor_is_a_touchpoint_a_stage_or_some_of_them() -> None:
    customers = ("home@1 product@2", "product@1", "pay@1")
    anchored = [
        steps(AnchoredSteps(anchor, before=0, after=0), *customers)["anchored"].tolist()
        for anchor in ("home", "browse", "[product pay]", "[^browse]")
    ]
    assert anchored == [[1], [2, 2], [3, 3], [1]]


def test_without_an_anchor_it_is_the_first_touchpoint_of_the_last_stage() -> None:
    table = steps(AnchoredSteps(before=1, after=0), "cart@1 help@2", "home@1")
    assert journeys_at(table) == [(-1, "cart", 1), (0, "help", 1)]


def test_events_after_the_outcome_are_neither_anchor_nor_step() -> None:
    table = steps(AnchoredSteps("cart", before=0), "cart@1 paid@2 cart@3", "paid@1 cart@2")
    assert set(table["anchored"]) == {1}
    assert journeys_at(table)[:2] == [(0, "cart", 1), (1, "success", 1)]


def test_steps_do_not_lead_into_the_journeys_before_and_after() -> None:
    table = steps(AnchoredSteps("cart", before=1, after=1), "help@1", "cart@1", "pay@1")
    assert journeys_at(table) == [(-1, "start", 1), (0, "cart", 1), (1, "left", 1)]
    again = steps(
        AnchoredSteps("cart", before=1, after=1),
        "home@1 paid@2 cart@3 paid@4 home@5",
        on=UNTIL_OUTCOME,
    )
    assert journeys_at(again) == [(-1, "start", 1), (0, "cart", 1), (1, "success", 1)]


def test_around_the_first_event_of_all_they_are_the_steps_of_the_step_matrix() -> None:
    someone = everyone(until_outcome=False)
    around = measure(AnchoredSteps(".", before=0, after=3), someone)
    matrix = measure(StepMatrix(4), someone).rename(columns={"end": "outside"})
    there = {(step - 1, where, journeys) for step, where, journeys in journeys_at(matrix)}
    assert {one for one in there if one[1] in TOUCHPOINTS} == {
        one for one in journeys_at(around) if one[1] in TOUCHPOINTS
    }


def test_alike_journeys_of_one_customer_tell_less_than_as_many_customers() -> None:
    loyal, strayed = "cart@1 home@1 paid@2 cart@3 home@3 paid@4", "cart@1 paid@2 cart@3 paid@4"
    metric = AnchoredSteps("cart", before=0, after=1)
    table = steps(metric, *[loyal] * 10, *[strayed] * 10, on=UNTIL_OUTCOME)
    row = table[table["touchpoint"] == "home"].iloc[0]
    low, high = wilson(20, 40)
    assert (row["journeys"], row["anchored"]) == (20, 40)
    assert row["low"] < low
    assert row["high"] > high


def test_nobody_came_to_the_anchor() -> None:
    assert steps(AnchoredSteps("help"), "home@1").empty
    assert steps(AnchoredSteps()).empty


def test_steps_and_side_are_said_as_they_can_be() -> None:
    with pytest.raises(ParameterError, match=r"`before` is -1\. Give the number of steps"):
        AnchoredSteps(before=-1)
    with pytest.raises(ParameterError, match=r"`after` is -2\. Give the number of steps"):
        AnchoredSteps(after=-2)
    with pytest.raises(ParameterError, match=r"`which` is `lst`.*Did you mean `last`"):
        AnchoredSteps(which="lst")  # type: ignore[arg-type]


@pytest.mark.parametrize("anchor", ["cart -> pay", "^ -> cart", "cart?", "cart within 2h"])
def test_anchor_is_one_event(anchor: str) -> None:
    with pytest.raises(ParameterError, match=r"`anchor` is `.*`\. Name one touchpoint or stage"):
        AnchoredSteps(anchor)


def test_anchor_is_on_the_map_and_no_outcome() -> None:
    with pytest.raises(ParameterError, match=r"no touchpoint, stage or outcome `crt`\. Did you me"):
        steps(AnchoredSteps("crt"), "home@1")
    with pytest.raises(ParameterError, match=r"`anchor` is `paid`, which is an outcome\. Name a t"):
        steps(AnchoredSteps("paid"), "home@1")
