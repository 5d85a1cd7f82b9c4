from __future__ import annotations

from cjm_notebooks import JourneyMap
from cjm_notebooks.checks.broken_references import BrokenReferences
from cjm_notebooks.maps import Stage, Touchpoint
from tests.checking import checked, verdict


def test_map_that_agrees_with_itself_passes():
    found = checked(BrokenReferences(), journey_map=JourneyMap(id="shop", name="Shop"))
    assert (found.outcome, found.observation.value) == ("pass", 0)


def test_reference_to_nothing_is_a_critical_failure_with_its_cure():
    pay = Touchpoint(id="pay", name="Pay", channel="wbe")
    journey_map = JourneyMap(
        id="shop", name="Shop", stages=(Stage(id="buy", name="Buy", touchpoints=(pay,)),)
    )
    found = verdict(BrokenReferences(), journey_map=journey_map)
    (finding,) = found.findings
    assert (found.outcome, finding.severity) == ("fail", "critical")
    assert finding.id == "M15/map/contradictions"
    assert str(finding.what) == (
        "Contradictions in the map: 1. The first is at `stages[0].touchpoints[0].channel`."
    )
    assert finding.rows[0]["value"] == "wbe"
    assert "`web`" in str(finding.rows[0]["cure"])


def test_without_a_map_nothing_can_be_judged():
    assert verdict(BrokenReferences()).outcome == "insufficient_data"
