"""The stages to begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from cjm_notebooks.errors import MapError
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.maps.journey_map import PRESETS

STAGES = {
    "C5": "Awareness, Consideration, Purchase, Retention, Advocacy",
    "D5": "Awareness, Consideration, Purchase, Use/Experience, Loyalty/Advocacy",
    "LV3": "Prepurchase, Purchase, Postpurchase",
    "ZMOT4": "Stimulus, Zero moment of truth, First moment of truth, Second moment of truth",
    "SaaS": "Aware, Sign up, Activate, Habit, Expand, Renew or churn",
    "NNG-ecommerce": "Discover, Try, Buy, Use, Seek support",
    "AARRR": "Acquisition, Activation, Retention, Referral, Revenue",
    "task": "Evaluate, Onboard, Get support, Renew",
}
TOUCHPOINTS_OF_D5 = {
    "Ads",
    "Social media",
    "Website visits",
    "Reviews",
    "Onboarding",
    "Support",
    "Feature usage",
    "Payment flow",
    "Confirmation emails",
    "Renewals",
    "Feedback",
    "Referrals",
}


@pytest.mark.parametrize("preset", STAGES)
def test_preset_has_its_stages_in_order(preset: str) -> None:
    journey_map = JourneyMap.preset(preset)
    assert ", ".join(stage.name for stage in journey_map.stages) == STAGES[preset]


@pytest.mark.parametrize("file", sorted(PRESETS.iterdir()), ids=lambda file: file.name)
def test_preset_is_a_map_without_problems_in_canonical_text(file: Path) -> None:
    journey_map = JourneyMap.load(file)
    assert journey_map.problems() == ()
    assert journey_map.canonical_text() == file.read_text("utf-8")


def test_d5_brings_the_twelve_common_touchpoints() -> None:
    touchpoints = JourneyMap.preset("d5").touchpoints
    assert len(touchpoints) == 12
    assert {touchpoint.name for touchpoint in touchpoints} == TOUCHPOINTS_OF_D5


def test_preset_takes_the_name_of_the_new_map() -> None:
    journey_map = JourneyMap.preset("saas", name="Unser Büro-Tool")
    assert (journey_map.id, journey_map.name) == ("unser-buro-tool", "Unser Büro-Tool")


def test_name_without_latin_letters_gets_a_plain_id() -> None:
    assert JourneyMap.preset("saas", name="マップ").id == "map"


def test_preset_that_is_not_there_brings_the_nearest_one() -> None:
    with pytest.raises(MapError, match=r"no preset `arrr`\. Did you mean `aarrr`\?"):
        JourneyMap.preset("arrr")
