from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cjm_notebooks import JourneyMap, measure
from cjm_notebooks.checks.drop_off_peak import DropOffPeak
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.maps import Outcome, Stage
from cjm_notebooks.metrics.drop_off import DropOff
from cjm_notebooks.statistics.intervals import wilson
from tests.checking import EVENTS, FEEDBACK, checked, verdict
from tests.journeys import UNTIL_OUTCOME, journeys


def stages(*ids: str, success: bool = True) -> JourneyMap:
    outcomes = (Outcome(id="done", name="Done"),) if success else ()
    named = tuple(Stage(id=id_, name=id_) for id_ in ids)
    return JourneyMap(id="shop", name="Shop", stages=named, outcomes=outcomes)


def drop_off(design_effect: float = 1, **ended: tuple[int, int]) -> pd.DataFrame:
    """Per stage, of how many decided journeys how many ended there."""
    hits, trials = np.array(list(ended.values())).T
    low, high = wilson(hits, trials, design_effect=design_effect)
    return pd.DataFrame(
        {
            "stage": list(ended),
            "decided": trials,
            "ended": hits,
            "share": hits / trials,
            "low": low,
            "high": high,
        }
    )


ABC = stages("a", "b", "c")


def test_stage_that_loses_three_times_as_many_is_the_peak():
    found = checked(
        DropOffPeak(),
        journey_map=ABC,
        drop_off=drop_off(a=(100, 1000), b=(270, 900), c=(63, 630)),
        quality=(EVENTS,),
    )
    (finding,) = found.verdict.findings
    assert (found.outcome, finding.id, finding.severity) == ("fail", "T03/b/peak", "high")
    assert str(finding.what) == (
        "30.0% of the decided journeys that reached `b` ended there, against 10.0% at the other "
        "stages."
    )
    assert (finding.value, finding.n) == (0.3, 900)
    assert finding.low < 0.3 < finding.high
    assert finding.p_adjusted < 1e-10
    assert [row["stage"] for row in finding.rows] == ["a", "b", "c"]
    assert len(found.observation.tests) == 3


def test_stages_that_lose_alike_have_no_peak():
    found = verdict(
        DropOffPeak(),
        journey_map=ABC,
        drop_off=drop_off(a=(100, 1000), b=(95, 900), c=(78, 800)),
        quality=(EVENTS,),
    )
    assert found.outcome == "pass"


def test_certain_difference_of_less_than_two_points_is_no_peak():
    table = drop_off(a=(10_000, 100_000), b=(10_350, 90_000), c=(8_000, 80_000))
    one_point_and_a_half = verdict(
        DropOffPeak(), journey_map=ABC, drop_off=table, quality=(EVENTS,)
    )
    assert one_point_and_a_half.outcome == "pass"
    assert (
        verdict(
            DropOffPeak(least_difference=0.01), journey_map=ABC, drop_off=table, quality=(EVENTS,)
        ).outcome
        == "fail"
    )


def test_stage_with_29_decided_journeys_is_shown_and_not_judged():
    found = checked(
        DropOffPeak(),
        journey_map=ABC,
        drop_off=drop_off(a=(100, 1000), b=(29, 29), c=(100, 1000)),
        quality=(EVENTS,),
    )
    assert found.outcome == "pass"
    assert [stage.is_compared for stage in found.observation.rows] == [True, False, True]


def test_ending_at_the_last_stage_of_a_map_without_a_success_is_arriving():
    table = drop_off(a=(100, 1000), b=(90, 900), c=(810, 810))
    unsaid = verdict(
        DropOffPeak(),
        journey_map=stages("a", "b", "c", success=False),
        drop_off=table,
        quality=(EVENTS,),
    )
    assert unsaid.outcome == "pass"
    said = verdict(DropOffPeak(), journey_map=ABC, drop_off=table, quality=(EVENTS,))
    assert said.findings[0].targets == ("c",)


def test_journeys_of_few_customers_weigh_as_little_as_their_interval_says():
    counts = {"a": (20, 100), "b": (45, 100), "c": (20, 100)}
    alone = checked(DropOffPeak(), journey_map=ABC, drop_off=drop_off(**counts), quality=(EVENTS,))
    assert alone.outcome == "fail"
    assert [round(stage.effective_n) for stage in alone.observation.rows] == [100, 100, 100]
    clustered = checked(
        DropOffPeak(),
        journey_map=ABC,
        drop_off=drop_off(design_effect=10, **counts),
        quality=(EVENTS,),
    )
    assert clustered.outcome == "pass"
    assert [round(stage.effective_n) for stage in clustered.observation.rows] == [10, 10, 10]


def test_stages_where_nobody_ended_are_nothing_to_find():
    found = verdict(
        DropOffPeak(),
        journey_map=ABC,
        drop_off=drop_off(a=(0, 100), b=(0, 100), c=(0, 100)),
        quality=(EVENTS,),
    )
    assert found.outcome == "pass"


def test_report_of_real_journeys_can_be_read():
    few = journeys("home@1 cart@2 pay@3 paid@3.5", "home@1", on=UNTIL_OUTCOME)
    found = verdict(
        DropOffPeak(enough=1),
        journey_map=UNTIL_OUTCOME,
        drop_off=measure(DropOff(), few),
        quality=(EVENTS,),
    )
    assert found.outcome == "pass"


def test_single_stage_with_enough_journeys_cannot_be_compared():
    found = verdict(
        DropOffPeak(),
        journey_map=ABC,
        drop_off=drop_off(a=(100, 1000), b=(2, 20), c=(1, 10)),
        quality=(EVENTS,),
    )
    assert found.outcome == "insufficient_data"
    assert str(found.reason) == "Fewer than two stages have 30 decided journeys."


def test_feedback_alone_has_no_journeys_to_lose():
    found = verdict(
        DropOffPeak(), journey_map=ABC, drop_off=drop_off(a=(0, 1)), quality=(FEEDBACK,)
    )
    assert found.outcome == "not_applicable"


def test_threshold_is_a_share():
    with pytest.raises(ParameterError, match=r"`least_difference` is 2\. Give a share"):
        DropOffPeak(least_difference=2)
