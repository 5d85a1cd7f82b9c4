from __future__ import annotations

from cjm_notebooks import JourneyMap
from cjm_notebooks.checks.life_cycle_gap import LifeCycleGap
from cjm_notebooks.maps import Stage
from tests.checking import verdict


def life(*phases: str | None, scope: str | None = None) -> JourneyMap:
    """A stage per phase; `pre_purchase` and the like are super-stages."""
    supers = {"pre_purchase", "post_purchase"}
    stages = tuple(
        Stage(
            id=f"stage-{number}",
            name="Stage",
            **({"super_stage": phase} if phase in supers else {"canonical": phase}),
        )
        for number, phase in enumerate(phases)
    )
    return JourneyMap(id="life", name="Life", stages=stages, scope=scope)


def test_map_from_awareness_to_use_passes():
    assert (
        verdict(LifeCycleGap(), journey_map=life("awareness", "purchase", "use")).outcome == "pass"
    )


def test_super_stages_count_as_well():
    ends = life("pre_purchase", "post_purchase")
    assert verdict(LifeCycleGap(), journey_map=ends).outcome == "pass"


def test_map_that_ends_at_the_purchase_fails():
    found = verdict(LifeCycleGap(), journey_map=life("consideration", "purchase"))
    (finding,) = found.findings
    assert (found.outcome, finding.severity) == ("fail", "high")
    assert finding.id == "M03/map/nothing-after"
    assert str(finding.what) == "No stage lies after the purchase."


def test_map_of_the_purchase_alone_lacks_both_ends():
    found = verdict(LifeCycleGap(), journey_map=life("purchase"))
    assert [finding.key for finding in found.findings] == ["nothing-before", "nothing-after"]


def test_gap_that_an_unplaced_stage_may_fill_is_worth_a_warning():
    found = verdict(LifeCycleGap(), journey_map=life("consideration", "purchase", None))
    assert found.outcome == "warn"
    assert str(found.findings[0].advice).startswith("Say of each stage where it belongs")


def test_map_of_one_task_need_not_cover_a_life():
    found = verdict(LifeCycleGap(), journey_map=life("purchase", scope="task"))
    assert found.outcome == "not_applicable"
    assert str(found.reason) == "The map is about one stage or task, not about a whole life."


def test_stages_that_do_not_say_where_they_belong_cannot_be_judged():
    found = verdict(LifeCycleGap(), journey_map=life(None, None))
    assert found.outcome == "insufficient_data"
    assert str(found.reason) == "No stage says to which phase of a life it belongs."
