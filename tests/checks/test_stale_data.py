from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cjm_notebooks.checks.stale_data import StaleData
from cjm_notebooks.events import Quality
from tests.checking import checked, verdict

AS_OF = datetime(2025, 7, 1, 12, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def table(name: str, days_old: float | None) -> Quality:
    since_1970 = AS_OF - datetime(1970, 1, 1, tzinfo=UTC)
    last = None if days_old is None else (since_1970 - timedelta(days=days_old)) // MICROSECOND
    return Quality(name, read=10, kept=10, last_at=last)


def test_records_up_to_30_days_old_pass():
    found = checked(StaleData(), quality=(table("events", 30), table("feedback", 0)), as_of=AS_OF)
    assert found.outcome == "pass"
    assert found.observation.value == 30


def test_each_table_that_is_too_old_is_found_with_its_age():
    tables = (table("events", 30.5), table("feedback", 91), table("customers", None))
    found = verdict(StaleData(), quality=tables, as_of=AS_OF)
    assert found.outcome == "fail"
    feedback, events = found.findings
    assert (feedback.id, feedback.severity) == ("D02/feedback/old", "high")
    assert (events.id, events.severity) == ("D02/events/old", "medium")
    assert str(events.what) == "The last record of the events is 30.5 days older than the audit."
    assert events.rows[0]["last"] == "2025-06-01T00:00:00+00:00"


def test_record_after_the_audit_is_not_old():
    assert verdict(StaleData(), quality=(table("feedback", -5),), as_of=AS_OF).outcome == "pass"


def test_answers_without_times_leave_a_fresh_log_undecided():
    tables = (table("events", 1), table("feedback", None))
    found = verdict(StaleData(), quality=tables, as_of=AS_OF)
    assert found.outcome == "insufficient_data"
    assert str(found.reason) == "The records of the feedback have no time."


def test_answers_without_times_do_not_excuse_an_old_log():
    tables = (table("events", 200), table("feedback", None))
    assert verdict(StaleData(), quality=tables, as_of=AS_OF).outcome == "fail"


def test_nothing_with_a_time_cannot_be_judged():
    found = verdict(StaleData(), quality=(table("feedback", None),), as_of=AS_OF)
    assert found.outcome == "insufficient_data"
    assert str(found.reason) == "No record has a time."
