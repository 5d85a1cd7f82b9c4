from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cjm_notebooks import JourneyMap
from cjm_notebooks.checks.stale_map import StaleMap
from cjm_notebooks.errors import ParameterError
from tests.checking import checked, verdict

AS_OF = datetime(2025, 7, 1, tzinfo=UTC)


def reviewed(day: date | None, interval_days: int = 90) -> JourneyMap:
    return JourneyMap(
        id="shop",
        name="Shop",
        owner="Ada",
        last_reviewed=day,
        review_interval_days=interval_days,
    )


def test_map_reviewed_within_its_interval_passes():
    passed = checked(StaleMap(), journey_map=reviewed(date(2025, 4, 2)), as_of=AS_OF)
    assert passed.outcome == "pass"
    assert passed.observation.value == 90
    assert str(passed.sentence) == "The map was reviewed in time."


def test_review_a_day_late_is_worth_a_warning():
    (finding,) = verdict(StaleMap(), journey_map=reviewed(date(2025, 4, 1)), as_of=AS_OF).findings
    assert finding.id == "M01/map/overdue"
    assert (finding.outcome, finding.severity, finding.threshold) == ("warn", "medium", 90)
    assert str(finding.what) == (
        "The last review was 91 days before the audit; the map asks for one every 90 days."
    )


def test_review_more_than_two_intervals_ago_fails():
    found = verdict(StaleMap(), journey_map=reviewed(date(2025, 6, 1), 14), as_of=AS_OF)
    assert found.outcome == "fail"
    assert found.findings[0].threshold == 28


def test_audit_that_looks_back_behind_the_review_passes():
    looking_back = checked(StaleMap(), journey_map=reviewed(date(2025, 12, 31)), as_of=AS_OF)
    assert (looking_back.outcome, looking_back.observation.value) == ("pass", 0)


def test_map_that_was_never_reviewed_fails_and_names_who_answers_for_it():
    found = checked(StaleMap(), journey_map=reviewed(None), as_of=AS_OF)
    assert (found.outcome, found.severity) == ("fail", "high")
    assert found.verdict.findings[0].id == "M01/map/never-reviewed"
    assert found.verdict.findings[0].owner == "Ada"
    assert str(found.sentence) == "The map is due for a review."


def test_without_a_map_nothing_can_be_judged():
    found = verdict(StaleMap(), as_of=AS_OF)
    assert found.outcome == "insufficient_data"
    assert str(found.reason) == "This run holds no `journey_map` to inspect."


def test_failing_before_warning_is_refused():
    with pytest.raises(ParameterError, match=r"`fail_intervals` is 1\. Give a number that is not"):
        StaleMap(warn_intervals=2, fail_intervals=1)
