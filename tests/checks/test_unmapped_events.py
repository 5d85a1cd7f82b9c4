from __future__ import annotations

import pandas as pd
import pytest

from cjm_notebooks.checks.unmapped_events import UnmappedEvents
from cjm_notebooks.errors import ParameterError
from tests.checking import EVENTS, FEEDBACK, checked, verdict

COLUMNS = ["event", "touchpoint", "events", "outcome_events", "customers", "share"]


def covered(*rows: tuple[str | None, str | None, int, int, int]) -> pd.DataFrame:
    """Event, touchpoint, events, outcomes among them, customers; all customers are 100."""
    table = pd.DataFrame([(*row, row[-1] / 100) for row in rows], columns=COLUMNS)
    return table.astype({"event": "str", "touchpoint": "str"}).assign(low=0.0, high=1.0)


def test_a_fifth_of_the_events_on_no_touchpoint_passes():
    coverage = covered(("pay", "pay", 80, 0, 60), ("ping", None, 20, 0, 20))
    found = checked(UnmappedEvents(), coverage=coverage, quality=(EVENTS,))
    assert found.outcome == "pass"
    assert (found.observation.value, found.observation.n) == (0.2, 100)


def test_event_that_is_an_outcome_is_on_the_map():
    coverage = covered(("pay", "pay", 50, 0, 50), ("paid", None, 50, 50, 50))
    found = checked(UnmappedEvents(), coverage=coverage, quality=(EVENTS,))
    assert (found.outcome, found.observation.value) == ("pass", 0)


def test_more_than_a_fifth_warns_and_lists_the_names_that_many_customers_have():
    coverage = covered(
        ("pay", "pay", 70, 0, 60),
        ("bot", None, 5, 0, 4),
        ("chat", None, 10, 0, 9),
        ("ping", None, 15, 0, 12),
    )
    found = verdict(UnmappedEvents(), coverage=coverage, quality=(EVENTS,))
    (finding,) = found.findings
    assert (found.outcome, finding.id, finding.severity) == (
        "warn",
        "C01/map/unmapped",
        "medium",
    )
    assert str(finding.what) == "30.0% of 100 events belong to no touchpoint."
    assert [row["event"] for row in finding.rows] == ["ping", "chat"]
    assert "`ping`, the most frequent one" in str(finding.advice)


def test_names_that_only_few_customers_have_are_listed_when_there_are_no_others():
    coverage = covered(("pay", "pay", 50, 0, 60), ("bot", None, 50, 0, 1))
    found = verdict(UnmappedEvents(), coverage=coverage, quality=(EVENTS,))
    assert (found.outcome, found.findings[0].threshold) == ("fail", 0.4)
    assert [row["event"] for row in found.findings[0].rows] == ["bot"]


def test_log_without_an_event_is_no_pass():
    nothing = covered((None, "pay", 0, 0, 0))
    found = verdict(UnmappedEvents(), coverage=nothing, quality=(EVENTS,))
    assert found.outcome == "insufficient_data"
    assert str(found.reason) == "The table of events holds no event."


def test_feedback_alone_has_no_events_to_map():
    nothing = covered((None, "pay", 0, 0, 0))
    found = verdict(UnmappedEvents(), coverage=nothing, quality=(FEEDBACK,))
    assert found.outcome == "not_applicable"


def test_failing_before_warning_is_refused():
    with pytest.raises(ParameterError, match=r"not below the 0\.2 of `warn_share`"):
        UnmappedEvents(fail_share=0.1)
