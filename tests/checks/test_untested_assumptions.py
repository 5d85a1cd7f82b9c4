from __future__ import annotations

import pytest

from cjm_notebooks import JourneyMap
from cjm_notebooks.checks.untested_assumptions import UntestedAssumptions
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.maps import MomentOfTruth, PainPoint, Stage, Touchpoint
from tests.checking import verdict


def claiming(*touchpoints: Touchpoint, status: str = "draft") -> JourneyMap:
    stage = Stage(id="visit", name="Visit", touchpoints=touchpoints)
    return JourneyMap(id="shop", name="Shop", status=status, stages=(stage,))


HALF_TESTED = Touchpoint(
    id="pay",
    name="Pay",
    emotion=-1,
    emotion_status="validated",
    moment_of_truth=MomentOfTruth(status="hypothesis"),
)
UNTESTED = Touchpoint(
    id="wait",
    name="Wait",
    emotion=-2,
    pain_points=(PainPoint(text="Too long"),),
    moment_of_truth=MomentOfTruth(),
)


def test_map_of_which_half_is_tested_passes():
    assert verdict(UntestedAssumptions(), journey_map=claiming(HALF_TESTED)).outcome == "pass"


def test_untested_claims_are_listed_with_the_riskiest_first():
    found = verdict(UntestedAssumptions(), journey_map=claiming(HALF_TESTED, UNTESTED))
    assert found.outcome == "warn"
    (finding,) = found.findings
    assert (finding.id, finding.severity) == ("M06/map/untested", "medium")
    assert str(finding.what) == "4 of 5 claims are hypotheses."
    assert [(row["touchpoint"], row["kind"]) for row in finding.rows] == [
        ("pay", "moment_of_truth"),
        ("wait", "moment_of_truth"),
        ("wait", "pain_point"),
        ("wait", "emotion"),
    ]


def test_map_in_use_without_one_tested_claim_fails():
    assert verdict(UntestedAssumptions(), journey_map=claiming(UNTESTED)).outcome == "warn"
    found = verdict(UntestedAssumptions(), journey_map=claiming(UNTESTED, status="live"))
    assert (found.outcome, found.findings[0].severity) == ("fail", "high")


def test_map_that_claims_nothing_cannot_be_judged():
    bare = claiming(Touchpoint(id="pay", name="Pay"))
    found = verdict(UntestedAssumptions(), journey_map=bare)
    assert found.outcome == "insufficient_data"
    assert str(found.reason) == "The map claims nothing that could be tested."


def test_threshold_is_a_share():
    with pytest.raises(ParameterError, match=r"`warn_share` is 50\. Give a share from 0 to 1"):
        UntestedAssumptions(warn_share=50)
