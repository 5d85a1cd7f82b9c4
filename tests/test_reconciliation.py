"""A funnel tells the same numbers as every other metric that talks about the same journeys."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_notebooks import Journeys, measure
from cjm_notebooks.journeys.passes.endings import ENDINGS, OPEN
from cjm_notebooks.metrics.drop_off import DropOff
from cjm_notebooks.metrics.funnel import Funnel
from cjm_notebooks.metrics.returns import Returns
from cjm_notebooks.metrics.stage_reach import StageReach
from cjm_notebooks.metrics.step_matrix import StepMatrix
from cjm_notebooks.metrics.time_to_outcome import TimeToOutcome
from cjm_notebooks.metrics.touchpoint_summary import TouchpointSummary
from cjm_notebooks.metrics.transitions import Transitions
from cjm_notebooks.metrics.waits import Waits
from tests.journeys.drawn import drawn_journeys

STAGES = ("browse", "cart", "pay", "support")
TOUCHPOINTS = ("home", "product", "cart", "pay", "help")
orders = ("ordered", "any", "strict")
any_order = pytest.mark.parametrize("order", orders)
touchpoints = st.sampled_from(TOUCHPOINTS[:3])
few = settings(max_examples=50)


def moves(journeys: Journeys, from_touchpoint: str, column: str, to: str) -> int:
    table = measure(Transitions(), journeys)
    there = (table["from_touchpoint"] == from_touchpoint) & (table[column] == to)
    return int(table.loc[there, "moves"].sum())


def ends(table: pd.DataFrame, count: str) -> dict[str, int]:
    """The journeys at each end, zero or not."""
    found = table[table["end"].notna()].groupby("end")[count].sum()
    return {end: int(found.get(end, 0)) for end in ENDINGS}


@any_order
@few
@given(journeys=drawn_journeys)
def test_funnel_of_one_stage_is_its_reach(order: str, journeys: Journeys) -> None:
    reach = measure(StageReach(), journeys)
    one = pd.concat(
        [measure(Funnel(steps=(stage,), order=order), journeys) for stage in STAGES],
        ignore_index=True,
    )
    names = {"reached": "reached", "all_journeys": "journeys"}
    names |= {"of_all": "share", "of_all_low": "low", "of_all_high": "high"}
    same = one[list(names)].rename(columns=names)
    pd.testing.assert_frame_equal(same, reach[list(names.values())], check_dtype=False)


@few
@given(journeys=drawn_journeys)
def test_funnel_of_one_touchpoint_is_who_came_there(journeys: Journeys) -> None:
    came = [int(measure(Funnel(steps=(id_,)), journeys)["reached"].iloc[0]) for id_ in TOUCHPOINTS]
    assert came == measure(TouchpointSummary(), journeys)["journeys"].tolist()
    assert came == measure(Returns(), journeys)["journeys"].tolist()


@any_order
@few
@given(journeys=drawn_journeys, steps=st.permutations(STAGES))
def test_every_journey_went_through_or_was_lost_at_one_step(
    order: str, journeys: Journeys, steps: list[str]
) -> None:
    table = measure(Funnel(steps=tuple(steps), order=order), journeys)
    reached = table["reached"].tolist()
    assert reached == sorted(reached, reverse=True)
    assert table["previous"].tolist() == [journeys.n_journeys, *reached[:-1]]
    ways = ["went_on", "skipped", *ENDINGS[:OPEN], "recent"]
    assert table[ways].sum(axis=1).tolist() == table["previous"].tolist()
    assert (table["went_on"] <= table["reached"]).all()


@few
@given(
    journeys=drawn_journeys,
    steps=st.permutations(STAGES),
    within=st.sampled_from([None, 1, 30]),
)
def test_stricter_order_lets_fewer_through(
    journeys: Journeys, steps: list[str], within: float | None
) -> None:
    strict, ordered, anyhow = (
        measure(Funnel(steps=tuple(steps), order=order, within_days=within), journeys)["reached"]
        for order in ("strict", "ordered", "any")
    )
    assert (strict <= ordered).all()
    assert (ordered <= anyhow).all()


@few
@given(journeys=drawn_journeys, steps=st.permutations(STAGES))
def test_more_time_lets_more_through_and_without_a_limit_nobody_is_too_late(
    journeys: Journeys, steps: list[str]
) -> None:
    day, month, ever = (
        measure(Funnel(steps=tuple(steps), within_days=days), journeys) for days in (1, 30, None)
    )
    assert (day["reached"] <= month["reached"]).all()
    assert (month["reached"] <= ever["reached"]).all()
    assert not ever["too_late"].any()


@few
@given(journeys=drawn_journeys, from_=touchpoints, to=touchpoints)
def test_two_strict_steps_are_a_transition(journeys: Journeys, from_: str, to: str) -> None:
    wanted = Funnel(steps=(from_, to), order="strict", until_outcome=True)
    through = measure(wanted, journeys)["reached"].iloc[1]
    made = moves(journeys, from_, "to_touchpoint", to)
    assert (through > 0) == (made > 0)
    assert through <= made


@few
@given(journeys=drawn_journeys, from_=touchpoints)
def test_strict_step_to_an_outcome_is_a_transition_to_that_end(
    journeys: Journeys, from_: str
) -> None:
    for outcome, end in (("paid", "success"), ("cancelled", "failure")):
        table = measure(Funnel(steps=(from_, outcome), order="strict"), journeys)
        assert table["reached"].iloc[1] == moves(journeys, from_, "end", end)


@few
@given(journeys=drawn_journeys)
def test_two_strict_stages_are_a_wait_and_take_as_long(journeys: Journeys) -> None:
    for row in measure(Waits(), journeys).itertuples():
        wanted = Funnel(steps=(row.from_stage, row.to_stage), order="strict")
        through = measure(wanted, journeys).iloc[1]
        assert through["reached"] == row.journeys
        assert through["since_first_p50_seconds"] == row.p50_seconds
        assert through["since_previous_p90_seconds"] == row.p90_seconds


@few
@given(journeys=drawn_journeys)
def test_return_is_a_funnel_to_another_touchpoint_and_back(journeys: Journeys) -> None:
    returned = measure(Returns(), journeys).set_index("touchpoint")["returned"]
    for id_ in TOUCHPOINTS[:3]:
        others = "|".join(f"touchpoint:{other}" for other in TOUCHPOINTS if other != id_)
        back = measure(Funnel(steps=(id_, others, id_)), journeys)["reached"].iloc[2]
        assert back == returned[id_]


@few
@given(journeys=drawn_journeys)
def test_ends_are_the_same_after_the_last_step_as_in_the_transitions(journeys: Journeys) -> None:
    matrix = measure(StepMatrix(5), journeys)
    transitions = ends(measure(Transitions(), journeys), "moves")
    assert ends(matrix[matrix["step"] == 5], "journeys") == transitions


@few
@given(journeys=drawn_journeys)
def test_bad_ends_are_those_of_the_transitions_with_a_touchpoint_unless_they_are_recent(
    journeys: Journeys,
) -> None:
    moved = measure(Transitions(), journeys)
    at_touchpoint = ends(moved[moved["from_touchpoint"].notna()], "moves")
    drop_off = measure(DropOff(), journeys)
    for end, column in (("left", "left"), ("failure", "failed")):
        missing = at_touchpoint[end] - drop_off[column].sum()
        assert 0 <= missing <= drop_off["recent"].sum()
    assert drop_off["recent"].sum() >= at_touchpoint["open"]


@few
@given(journeys=drawn_journeys)
def test_outcomes_reached_in_the_end_are_the_ends_of_the_transitions(journeys: Journeys) -> None:
    found = measure(TimeToOutcome(), journeys).groupby("outcome")["reached"].max()
    moved = ends(measure(Transitions(), journeys), "moves")
    assert found.to_dict() == {"paid": moved["success"], "cancelled": moved["failure"]}


@few
@given(journeys=drawn_journeys)
def test_funnel_from_any_touchpoint_to_an_outcome_leaves_out_only_those_without_a_way(
    journeys: Journeys,
) -> None:
    anywhere = "|".join(f"stage:{id_}" for id_ in STAGES)
    moved = measure(Transitions(), journeys)
    for outcome, end in (("paid", "success"), ("cancelled", "failure")):
        through = measure(Funnel(steps=(anywhere, outcome)), journeys)["reached"].iloc[1]
        assert through == ends(moved[moved["from_touchpoint"].notna()], "moves")[end]
