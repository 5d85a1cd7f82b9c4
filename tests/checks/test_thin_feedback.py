from __future__ import annotations

import pandas as pd
import pytest

from cjm_notebooks import measure
from cjm_notebooks.checks.thin_feedback import ThinFeedback
from cjm_notebooks.errors import ParameterError
from tests.checking import EVENTS, FEEDBACK, checked, verdict
from tests.journeys import ONE_EACH, journeys


def respondents(*counts: int) -> pd.DataFrame:
    """Of the five touchpoints of the shop."""
    ids = [touchpoint.id for touchpoint in ONE_EACH.touchpoints]
    return pd.DataFrame({"touchpoint": ids, "respondents": counts})


def heard(*customers: str) -> dict[str, int]:
    report = measure(ThinFeedback.reads["respondents"], journeys(*customers))
    return dict(zip(report["touchpoint"], report["respondents"], strict=True))


def test_customer_who_answers_twice_about_a_touchpoint_is_one_respondent():
    counts = heard(
        "home@1 csat:home=4@2 stars:home=5@2 csat:home=3@9",
        "home@1 csat:home=2@2 csat:cart=1@3",
    )
    assert counts == {"home": 2, "product": 0, "cart": 1, "pay": 0, "help": 0}


def test_expectation_and_answer_about_the_whole_journey_are_about_no_touchpoint():
    counts = heard("home@1 expected:home=5@0 nps=9@2", "cart@1")
    assert sum(counts.values()) == 0


def test_three_measured_touchpoints_of_five_pass():
    found = checked(
        ThinFeedback(),
        journey_map=ONE_EACH,
        respondents=respondents(30, 31, 400, 29, 0),
        quality=(FEEDBACK,),
    )
    assert (found.outcome, found.observation.value) == ("pass", 0.6)


def test_two_measured_touchpoints_of_five_are_worth_a_warning():
    found = verdict(
        ThinFeedback(),
        journey_map=ONE_EACH,
        respondents=respondents(30, 31, 12, 29, 0),
        quality=(FEEDBACK,),
    )
    (finding,) = found.findings
    assert (found.outcome, finding.id, finding.severity) == ("warn", "F01/map/unmeasured", "low")
    assert str(finding.what) == "2 of 5 touchpoints have answers of at least 30 customers."
    assert [row["touchpoint"] for row in finding.rows] == ["help", "cart", "pay"]


def test_feedback_about_no_touchpoint_at_all_is_no_pass():
    found = verdict(
        ThinFeedback(),
        journey_map=ONE_EACH,
        respondents=respondents(0, 0, 0, 0, 0),
        quality=(FEEDBACK,),
    )
    assert found.outcome == "warn"


def test_events_alone_hold_no_feedback():
    found = verdict(
        ThinFeedback(),
        journey_map=ONE_EACH,
        respondents=respondents(0, 0, 0, 0, 0),
        quality=(EVENTS,),
    )
    assert found.outcome == "not_applicable"
    assert str(found.reason) == "No feedback was joined."


def test_threshold_is_a_share():
    with pytest.raises(ParameterError, match=r"`measured_share` is 50\. Give a share"):
        ThinFeedback(measured_share=50)
