from __future__ import annotations

from cjm_notebooks.checks.single_evidence import SingleEvidence
from cjm_notebooks.maps import Evidence, JourneyMap, MomentOfTruth
from tests.checking import verdict
from tests.journeys import ONE_EACH

TALK, OTHER_TALK = Evidence(id="talk", kind="interview"), Evidence(id="more", kind="interview")
LOG = Evidence(id="log", kind="analytics")


def claiming(*evidence: Evidence) -> JourneyMap:
    """The shop with one moment of truth that rests on this evidence."""
    first = ONE_EACH.stages[0]
    moment = MomentOfTruth(evidence=tuple(piece.id for piece in evidence))
    home = first.touchpoints[0].model_copy(update={"moment_of_truth": moment})
    stage = first.model_copy(update={"touchpoints": (home, *first.touchpoints[1:])})
    stages = (stage, *ONE_EACH.stages[1:])
    return ONE_EACH.model_copy(update={"stages": stages, "evidence": evidence})


def test_talk_and_log_that_agree_are_enough() -> None:
    assert verdict(SingleEvidence(), journey_map=claiming(TALK, LOG)).outcome == "pass"


def test_two_talks_are_one_kind() -> None:
    found = verdict(SingleEvidence(), journey_map=claiming(TALK, OTHER_TALK))
    (finding,) = found.findings
    assert (found.outcome, finding.targets) == ("fail", ("home",))
    assert finding.rows == ({"touchpoint": "home", "kind": "moment_of_truth", "evidence": 1},)


def test_map_that_claims_nothing_cannot_be_judged() -> None:
    assert verdict(SingleEvidence(), journey_map=ONE_EACH).outcome == "insufficient_data"
