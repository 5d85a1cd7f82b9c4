from __future__ import annotations

from datetime import UTC, datetime

from cjm_notebooks.checks.past_retention import PastRetention
from cjm_notebooks.events import Counted, Quality
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.maps.settings import Privacy
from tests.checking import checked, verdict

AS_OF = datetime(2025, 3, 31, 12, tzinfo=UTC)
KEPT_60_DAYS = JourneyMap(id="shop", name="Shop", privacy=Privacy(retention_days=60))
CLEAN = Quality("events", 10, 10)
OLD = Quality("events", 10, 7, {"past_retention": Counted(3)})


def test_tables_without_old_rows_pass():
    found = verdict(PastRetention(), journey_map=KEPT_60_DAYS, quality=(CLEAN,), as_of=AS_OF)
    assert found.outcome == "pass"


def test_rows_that_should_have_been_deleted_fail_with_their_number_and_the_day():
    """Sixty days before 31 March is 30 January."""
    found = checked(PastRetention(), journey_map=KEPT_60_DAYS, quality=(OLD,), as_of=AS_OF)
    (finding,) = found.verdict.findings
    assert (finding.id, finding.severity, finding.value) == ("R03/events/old", "high", 3)
    assert str(finding.what) == (
        "Rows of the events from before 2025-01-30 that should have been deleted: 3."
    )


def test_what_an_import_left_out_is_there_no_longer():
    protected = Quality("protected events", 10, 7, {"past_retention": Counted(3)})
    found = verdict(
        PastRetention(), journey_map=KEPT_60_DAYS, quality=(CLEAN, protected), as_of=AS_OF
    )
    assert found.outcome == "pass"


def test_without_a_limit_or_without_data_nothing_is_judged():
    anything = JourneyMap(id="shop", name="Shop")
    found = verdict(PastRetention(), journey_map=anything, quality=(OLD,), as_of=AS_OF)
    assert found.outcome == "not_applicable"
    found = verdict(PastRetention(), journey_map=KEPT_60_DAYS, quality=(), as_of=AS_OF)
    assert found.outcome == "insufficient_data"
