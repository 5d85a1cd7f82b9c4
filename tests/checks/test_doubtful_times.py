from __future__ import annotations

import pytest

from cjm_notebooks.checks.doubtful_times import DoubtfulTimes
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events import Counted, Quality
from tests.checking import FEEDBACK, verdict


def events(set_aside: dict[str, int] | None = None, **noticed: int) -> Quality:
    aside = {rule: Counted(rows) for rule, rows in (set_aside or {}).items()}
    return Quality(
        "events",
        read=1000,
        kept=1000 - sum(rows.rows for rows in aside.values()),
        set_aside=aside,
        noticed={rule: Counted(rows) for rule, rows in noticed.items()},
    )


def test_few_ties_and_midnights_are_nothing_to_doubt():
    sound = events(same_second=50, at_midnight=200, clock_shown_twice=3)
    assert verdict(DoubtfulTimes(), quality=(sound,)).outcome == "pass"


def test_log_of_days_without_a_time_of_day_is_doubtful():
    found = verdict(DoubtfulTimes(), quality=(events(at_midnight=1000),))
    (finding,) = found.findings
    assert (found.outcome, finding.severity) == ("warn", "medium")
    assert finding.id == "D04/events/at_midnight"
    assert str(finding.what) == "100.0% of the events happened at 00:00:00."


def test_ties_above_five_percent_are_doubtful():
    (finding,) = verdict(DoubtfulTimes(), quality=(events(same_second=51),)).findings
    assert str(finding.what).startswith("5.1% of the events share their second")


def test_single_time_without_offset_among_others_is_doubtful():
    (finding,) = verdict(DoubtfulTimes(), quality=(events(mixed_zones=1),)).findings
    assert str(finding.what) == ("Times without the offset that the others have: 1 (0.1%).")


def test_time_that_no_clock_of_the_zone_showed_is_doubtful():
    (finding,) = verdict(DoubtfulTimes(), quality=(events(clock_left_out=2),)).findings
    assert str(finding.what) == "Times that no clock of the stated zone showed: 2 (0.2%)."


def test_rows_after_the_audit_are_doubtful():
    (finding,) = verdict(DoubtfulTimes(), quality=(events({"after_as_of": 10}),)).findings
    assert str(finding.what) == ("Rows later than the audit, which were set aside: 10 (1.0%).")


def test_a_few_unreadable_times_warn_and_many_fail():
    few = verdict(DoubtfulTimes(), quality=(events({"unreadable_time": 30, "no_time": 20}),))
    assert (few.outcome, few.findings[0].value) == ("warn", 0.05)
    many = verdict(DoubtfulTimes(), quality=(events({"unreadable_time": 51}),))
    assert (many.outcome, many.findings[0].threshold) == ("fail", 0.05)
    assert str(many.findings[0].what) == ("Rows without a time that can be read: 51 (5.1%).")


def test_log_of_which_nothing_is_left_cannot_be_judged():
    found = verdict(DoubtfulTimes(), quality=(events({"no_time": 1000}),))
    assert found.outcome == "insufficient_data"


def test_feedback_alone_has_no_event_times():
    assert verdict(DoubtfulTimes(), quality=(FEEDBACK,)).outcome == "not_applicable"


def test_threshold_below_zero_is_refused():
    with pytest.raises(ParameterError, match=r"`same_second` is -1\. Give a number that is not"):
        DoubtfulTimes(same_second=-1)
