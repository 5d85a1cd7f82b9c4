from __future__ import annotations

import pytest

from cjm_notebooks.checks.duplicate_events import DuplicateEvents
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events import Counted, Quality
from tests.checking import FEEDBACK, verdict


def kept(duplicates: int) -> Quality:
    noticed = {"duplicate": Counted(duplicates)} if duplicates else {}
    return Quality("events", read=1000, kept=1000, noticed=noticed)


def test_half_a_percent_of_duplicates_passes():
    assert verdict(DuplicateEvents(), quality=(kept(5),)).outcome == "pass"


def test_one_duplicate_more_is_worth_a_warning():
    found = verdict(DuplicateEvents(), quality=(kept(6),))
    assert found.outcome == "warn"
    (finding,) = found.findings
    assert (finding.id, finding.severity, finding.threshold) == (
        "D03/events/duplicates",
        "low",
        0.005,
    )
    assert str(finding.what) == "0.6% of 1,000 events repeat an earlier one."
    assert "count twice" in str(finding.so_what)


def test_more_than_two_percent_of_duplicates_fail():
    found = verdict(DuplicateEvents(), quality=(kept(21),))
    assert (found.outcome, found.findings[0].threshold) == ("fail", 0.02)


def test_duplicates_that_were_set_aside_are_worth_a_warning_at_most():
    account = Quality("events", read=1000, kept=500, set_aside={"duplicate": Counted(500)})
    found = verdict(DuplicateEvents(), quality=(account,))
    assert found.outcome == "warn"
    assert found.findings[0].value == 0.5
    assert "set aside and count once" in str(found.findings[0].so_what)


def test_log_without_an_event_cannot_be_judged():
    found = verdict(DuplicateEvents(), quality=(Quality("events", read=3, kept=0),))
    assert found.outcome == "insufficient_data"
    assert str(found.reason) == "The table of events holds no event."


def test_feedback_alone_has_no_events_to_repeat():
    found = verdict(DuplicateEvents(), quality=(FEEDBACK,))
    assert found.outcome == "not_applicable"
    assert str(found.reason) == "No events were joined."


def test_share_above_one_is_refused():
    with pytest.raises(ParameterError, match=r"`fail_share` is 2\. Give a share from 0 to 1"):
        DuplicateEvents(fail_share=2)
