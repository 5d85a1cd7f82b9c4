from __future__ import annotations

import pytest

from cjm_notebooks import JourneyMap
from cjm_notebooks.checks.excessive_complexity import ExcessiveComplexity
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.maps import Persona, Stage, Touchpoint
from tests.checking import checked, verdict


def drawn(*touchpoints_per_stage: int, personas: int = 1, doing: str = "") -> JourneyMap:
    stages = tuple(
        Stage(
            id=f"stage-{s}",
            name="Stage",
            touchpoints=tuple(
                Touchpoint(id=f"point-{s}-{t}", name="Point", doing=doing, department=f"team-{t}")
                for t in range(touchpoints)
            ),
        )
        for s, touchpoints in enumerate(touchpoints_per_stage)
    )
    people = tuple(Persona(id=f"persona-{p}", name="Person") for p in range(personas))
    return JourneyMap(id="shop", name="Shop", stages=stages, personas=people)


def keys(journey_map: JourneyMap) -> list[str]:
    found = verdict(ExcessiveComplexity(), journey_map=journey_map)
    return [finding.key for finding in found.findings]


def test_map_at_either_end_of_its_budget_passes():
    assert keys(drawn(1, 2, 2)) == []
    assert keys(drawn(*[5] * 8)) == []


def test_map_of_two_stages_and_four_touchpoints_is_too_bare():
    found = verdict(ExcessiveComplexity(), journey_map=drawn(2, 2))
    assert found.outcome == "warn"
    assert [finding.key for finding in found.findings] == ["too-few-stages", "too-few-touchpoints"]
    assert str(found.findings[0].what) == "The map has 2 stages; a journey has 3 or more."
    assert str(found.findings[0].so_what).startswith("What is left out")


def test_map_of_nine_stages_and_more_than_forty_touchpoints_is_too_large():
    found = checked(ExcessiveComplexity(), journey_map=drawn(*[5] * 9))
    assert found.observation.value == 45
    assert [finding.key for finding in found.verdict.findings] == [
        "too-many-stages",
        "too-many-touchpoints",
    ]
    assert found.verdict.findings[1].threshold == 40


def test_crowded_stage_is_named():
    (stages, lanes) = verdict(ExcessiveComplexity(), journey_map=drawn(13, 1, 1)).findings
    assert str(stages.what) == "Stages with more than 12 touchpoints: 1. The fullest has 13."
    assert stages.rows == ({"measure": "per_stage", "place": "stage-0", "size": 13},)
    assert str(lanes.what) == (
        "The touchpoints are spread over 13 departments, over a budget of 10."
    )


def test_two_personas_warn_and_six_fail():
    assert keys(drawn(2, 2, 2, personas=2)) == ["too-many-personas"]
    assert verdict(ExcessiveComplexity(), journey_map=drawn(2, 2, 2, personas=5)).outcome == "warn"
    assert verdict(ExcessiveComplexity(), journey_map=drawn(2, 2, 2, personas=6)).outcome == "fail"


def test_text_of_more_than_forty_words_is_too_long():
    assert keys(drawn(2, 2, 2, doing="word " * 40)) == []
    assert keys(drawn(2, 2, 2, doing="word " * 41)) == ["long-texts"]


def test_map_without_touchpoints_cannot_be_judged():
    found = verdict(ExcessiveComplexity(), journey_map=drawn(0, 0, 0))
    assert found.outcome == "insufficient_data"
    assert str(found.reason) == "The map has no touchpoint."


def test_budget_that_ends_before_it_begins_is_refused():
    with pytest.raises(ParameterError, match=r"`most_stages` is 2\. Give a number that is not"):
        ExcessiveComplexity(most_stages=2)
