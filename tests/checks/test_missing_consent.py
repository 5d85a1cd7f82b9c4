from __future__ import annotations

import pytest

from cjm_notebooks.checks.missing_consent import MissingConsent
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events import Counted, Quality
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.maps.settings import Privacy
from tests.checking import checked, verdict


def shop(**privacy: object) -> JourneyMap:
    return JourneyMap(id="shop", name="Shop", privacy=Privacy.model_validate(privacy))


REQUIRED = shop(consent_required=True, consent_field="consent")


def table(denied: int, unknown: int, *, used: bool = False) -> Quality:
    """A hundred rows of events."""
    rules = {"consent_denied": Counted(denied), "consent_unknown": Counted(unknown)}
    if used:
        return Quality("events", read=100, kept=100, noticed=rules)
    return Quality("events", read=100, kept=100 - denied - unknown, set_aside=rules)


def test_rows_of_those_who_did_not_agree_are_left_out_which_passes_and_is_told():
    found = verdict(MissingConsent(), journey_map=REQUIRED, quality=(table(40, 5),))
    assert found.outcome == "pass"
    assert str(found.reason) == "Rows left out for want of consent: 45."


def test_many_of_whom_nobody_knows_are_worth_a_warning():
    found = checked(MissingConsent(), journey_map=REQUIRED, quality=(table(0, 6),))
    (finding,) = found.verdict.findings
    assert (finding.id, finding.severity) == ("R02/events/unknown", "high")
    assert str(finding.what) == (
        "Of 6.0% of the rows of events nobody knows whether the customer agreed."
    )
    assert found.observation.value == 0.06


def test_consent_that_is_required_and_stands_nowhere_fails():
    found = checked(MissingConsent(), journey_map=shop(consent_required=True), quality=())
    (finding,) = found.verdict.findings
    assert (finding.id, finding.severity) == ("R02/privacy.consent_field/unstated", "critical")


def test_rows_that_were_used_without_consent_are_worth_a_warning():
    noticed = (table(3, 2, used=True),)
    (finding,) = verdict(
        MissingConsent(), journey_map=shop(consent_field="consent"), quality=noticed
    ).findings
    assert (finding.outcome, finding.value) == ("warn", 0.05)
    assert "3 where it was denied, 2 where nobody knows" in str(finding.what)


def test_what_a_protected_file_says_of_its_import_counts_too():
    protected = (Quality("protected events", 10, 8, {"consent_denied": Counted(2)}),)
    found = verdict(MissingConsent(), journey_map=REQUIRED, quality=protected)
    assert str(found.reason) == "Rows left out for want of consent: 2."


def test_map_that_asks_for_no_consent_has_nothing_to_judge():
    found = verdict(MissingConsent(), journey_map=shop(), quality=(table(0, 0),))
    assert found.outcome == "not_applicable"


def test_no_data_are_no_pass():
    found = verdict(MissingConsent(), journey_map=REQUIRED, quality=())
    assert found.outcome == "insufficient_data"


def test_threshold_is_a_share():
    with pytest.raises(ParameterError, match=r"`unknown` is 2\. Give a share from 0 to 1"):
        MissingConsent(unknown=2)
