"""Whichever way one counts, the numbers of one audit agree."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings

from cjm_notebooks import Journeys, measure
from cjm_notebooks.metrics.coverage import Coverage
from cjm_notebooks.metrics.drop_off import DropOff
from cjm_notebooks.metrics.returns import Returns
from cjm_notebooks.metrics.stage_reach import StageReach
from cjm_notebooks.metrics.step_matrix import StepMatrix
from cjm_notebooks.metrics.touchpoint_summary import TouchpointSummary
from cjm_notebooks.metrics.transitions import Transitions
from tests.journeys.drawn import drawn_journeys

few = settings(max_examples=50)


def by_touchpoint(table: pd.DataFrame, touchpoint: str, count: str) -> dict[str, int]:
    return table.groupby(touchpoint)[count].sum().to_dict()


@few
@given(journeys=drawn_journeys)
def test_drop_off_and_stage_reach_agree_on_who_came(journeys: Journeys) -> None:
    drop_off, reach = measure(DropOff(), journeys), measure(StageReach(), journeys)
    assert drop_off["reached"].tolist() == reach["reached"].tolist()


@few
@given(journeys=drawn_journeys)
def test_whoever_came_to_a_stage_went_on_left_failed_or_was_there_lately(
    journeys: Journeys,
) -> None:
    table = measure(DropOff(), journeys)
    ways = table[["went_on", "left", "failed", "recent"]]
    assert (ways >= 0).all(axis=None)
    assert ways.sum(axis=1).tolist() == table["reached"].tolist()


@few
@given(journeys=drawn_journeys)
def test_whoever_comes_to_a_touchpoint_leaves_it_too(journeys: Journeys) -> None:
    table = measure(Transitions(), journeys)
    into = by_touchpoint(table, "to_touchpoint", "moves")
    assert into == by_touchpoint(table, "from_touchpoint", "moves")


@few
@given(journeys=drawn_journeys)
def test_every_journey_begins_once_and_ends_once(journeys: Journeys) -> None:
    table = measure(Transitions(), journeys)
    assert table.loc[table["from_touchpoint"].isna(), "moves"].sum() == journeys.n_journeys
    assert table.loc[table["end"].notna(), "moves"].sum() == journeys.n_journeys


@few
@given(journeys=drawn_journeys)
def test_step_matrix_shows_all_journeys_at_every_step(journeys: Journeys) -> None:
    at_step = measure(StepMatrix(5), journeys).groupby("step")["journeys"].sum()
    steps = range(1, 6) if journeys.n_journeys else ()
    assert at_step.to_dict() == dict.fromkeys(steps, journeys.n_journeys)


@few
@given(journeys=drawn_journeys)
def test_first_step_is_where_journeys_begin(journeys: Journeys) -> None:
    steps, moves = measure(StepMatrix(1), journeys), measure(Transitions(), journeys)
    begin = moves[moves["from_touchpoint"].isna()]
    assert steps["journeys"].tolist() == begin["moves"].tolist()


@few
@given(journeys=drawn_journeys)
def test_every_matched_event_is_in_the_touchpoint_summary(journeys: Journeys) -> None:
    coverage, summary = measure(Coverage(), journeys), measure(TouchpointSummary(), journeys)
    events = by_touchpoint(coverage, "touchpoint", "events")
    assert events == by_touchpoint(summary, "touchpoint", "events")
    assert sum(events.values()) == journeys.n_events
    assert coverage["events"].sum() == journeys.n_events + len(journeys.unmatched.at)


@few
@given(journeys=drawn_journeys)
def test_last_touchpoints_before_leaving_add_up_to_the_drop_off_of_their_stage_and_recent_ones(
    journeys: Journeys,
) -> None:
    drop_off = measure(DropOff(), journeys).set_index("stage")
    by_stage = measure(TouchpointSummary(), journeys).groupby("stage", sort=False)
    missing = by_stage["last_before_leaving"].sum() - drop_off["ended"]
    assert missing.between(0, drop_off["recent"]).all()
    assert (missing[drop_off["recent"] == 0] == 0).all()
    assert (by_stage["open"].sum() <= drop_off["recent"]).all()


@few
@given(journeys=drawn_journeys)
def test_arrivals_returns_and_stays_are_all_events(journeys: Journeys) -> None:
    returns, summary = measure(Returns(), journeys), measure(TouchpointSummary(), journeys)
    events = returns["journeys"] + returns["returns"] + returns["immediate"]
    assert returns["journeys"].tolist() == summary["journeys"].tolist()
    assert events.tolist() == summary["events"].tolist()
