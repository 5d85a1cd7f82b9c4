from __future__ import annotations

import pandas as pd
import pytest

from cjm_notebooks import JourneyMap
from cjm_notebooks.checks.silent_touchpoints import SilentTouchpoints
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.maps import Condition, Evidence, Rule, Stage, Touchpoint
from tests.checking import EVENTS, FEEDBACK, checked, verdict

PAID = Rule(where=Condition(is_="paid"))


def shop(*touchpoints: Touchpoint, evidence: tuple[Evidence, ...] = ()) -> JourneyMap:
    stage = Stage(id="buy", name="Buy", owner_department="sales", touchpoints=touchpoints)
    return JourneyMap(id="shop", name="Shop", stages=(stage,), evidence=evidence)


def with_rule(*ids: str) -> list[Touchpoint]:
    return [Touchpoint(id=id_, name=id_, match=PAID) for id_ in ids]


def coverage(**events: int) -> pd.DataFrame:
    return pd.DataFrame({"touchpoint": [*events, None], "events": [*events.values(), 7]})


def test_one_silent_touchpoint_in_four_passes():
    found = checked(
        SilentTouchpoints(),
        journey_map=shop(*with_rule("a", "b", "c", "d")),
        coverage=coverage(a=9, b=9, c=9, d=0),
        quality=(EVENTS,),
    )
    assert (found.outcome, found.observation.value) == ("pass", 0.25)


def test_touchpoints_without_events_or_without_a_rule_are_found_with_the_reason():
    found = verdict(
        SilentTouchpoints(),
        journey_map=shop(*with_rule("a", "b"), Touchpoint(id="c", name="C", department="care")),
        coverage=coverage(a=9, b=0, c=0),
        quality=(EVENTS,),
    )
    (finding,) = found.findings
    assert (found.outcome, finding.id, finding.severity) == ("warn", "C02/map/silent", "medium")
    assert str(finding.what) == "2 of 3 touchpoints have not a single event."
    assert finding.rows == (
        {"touchpoint": "b", "department": None, "why": "no-event"},
        {"touchpoint": "c", "department": "care", "why": "no-rule"},
    )


def test_touchpoint_known_by_other_means_than_events_is_not_silent():
    touchpoints = (
        Touchpoint(id="asked", name="Asked", questions=("csat",)),
        Touchpoint(id="seen", name="Seen", evidence=("visits",)),
        Touchpoint(id="supported", name="Supported"),
    )
    evidence = (Evidence(id="visits", kind="observation", supports=("supported",)),)
    found = checked(
        SilentTouchpoints(),
        journey_map=shop(*touchpoints, evidence=evidence),
        coverage=coverage(asked=0, seen=0, supported=0),
        quality=(EVENTS,),
    )
    assert (found.outcome, found.observation.value) == ("pass", 0)


def test_evidence_does_not_excuse_a_rule_that_claims_nothing():
    promised = Touchpoint(id="a", name="A", match=PAID, evidence=("visits",))
    found = verdict(
        SilentTouchpoints(), journey_map=shop(promised), coverage=coverage(a=0), quality=(EVENTS,)
    )
    assert found.outcome == "warn"


def test_map_without_touchpoints_cannot_be_judged():
    found = verdict(SilentTouchpoints(), journey_map=shop(), coverage=coverage(), quality=(EVENTS,))
    assert found.outcome == "insufficient_data"


def test_feedback_alone_says_nothing_of_events():
    found = verdict(
        SilentTouchpoints(),
        journey_map=shop(*with_rule("a")),
        coverage=coverage(a=0),
        quality=(FEEDBACK,),
    )
    assert found.outcome == "not_applicable"


def test_threshold_is_a_share():
    with pytest.raises(ParameterError, match=r"`warn_share` is 25\. Give a share from 0 to 1"):
        SilentTouchpoints(warn_share=25)
