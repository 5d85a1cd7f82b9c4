from __future__ import annotations

from datetime import date

from cjm_notebooks.checks import Verdict
from cjm_notebooks.checks.unowned_opportunities import UnownedOpportunities
from cjm_notebooks.maps import Opportunity
from cjm_notebooks.maps.improvement import ExpectedEffect
from tests.checking import verdict
from tests.journeys import ONE_EACH

READY = Opportunity(
    id="fix",
    name="Fix it",
    owner="Ada",
    end=date(2025, 6, 1),
    expected_effect=ExpectedEffect(kpi="nps", delta=1),
)
LOOSE = READY.model_copy(update={"id": "dream", "name": "Dream", "end": None})


def found(*opportunities: Opportunity) -> Verdict:
    listed = ONE_EACH.model_copy(update={"opportunities": opportunities})
    return verdict(UnownedOpportunities(), journey_map=listed)


def test_opportunity_with_owner_day_and_number_passes() -> None:
    assert found(READY).outcome == "pass"


def test_opportunity_without_a_day_is_listed() -> None:
    (finding,) = found(READY, LOOSE).findings
    assert (finding.outcome, finding.value) == ("warn", 0.5)
    assert [row["opportunity"] for row in finding.rows] == ["Dream"]


def test_map_without_opportunities_has_none_to_own() -> None:
    assert found().outcome == "not_applicable"
