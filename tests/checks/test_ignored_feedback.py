from __future__ import annotations

import pytest

from cjm_notebooks.checks.ignored_feedback import IgnoredFeedback
from tests.checking import measured
from tests.journeys import journeys
from tests.views import claimed_shop

SINCE = IgnoredFeedback("1970-02-01")


def test_five_bad_answers_where_the_map_shows_no_pain_are_found() -> None:
    said = journeys(*["csat:pay=1@40"] * 5, *["csat:pay=5@40"] * 5, "csat:pay=1@3")
    (finding,) = measured(SINCE, said).verdict.findings
    assert (finding.id, finding.severity) == ("F05/pay/unmapped-csat", "critical")
    assert (finding.value, finding.n) == (pytest.approx(5 / 10), 10)


def test_touchpoint_with_a_pain_point_is_heard() -> None:
    said = journeys(*["csat:product=1@40"] * 9, on=claimed_shop())
    assert measured(SINCE, said).outcome == "pass"


def test_four_bad_answers_are_too_few() -> None:
    assert measured(SINCE, journeys(*["csat:pay=1@40"] * 4)).outcome == "pass"


def test_answers_without_a_time_cannot_be_told_to_be_new() -> None:
    found = measured(SINCE, journeys(*["csat:pay=1"] * 9))
    assert found.outcome == "insufficient_data"
    assert str(found.sentence) == "No answer has a time, so nobody can tell which are new."
