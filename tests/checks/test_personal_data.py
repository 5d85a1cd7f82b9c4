from __future__ import annotations

from cjm_notebooks.checks.personal_data import PersonalData
from cjm_notebooks.privacy.personal import find
from tests.checking import checked, verdict


def test_nothing_found_passes():
    assert verdict(PersonalData(), personal_data=()).outcome == "pass"


def test_addresses_in_a_column_fail_without_being_shown_again():
    found = checked(
        PersonalData(),
        personal_data=find(["write to ada@example.org", "no", "bob@example.org"], "comment"),
    )
    (finding,) = found.verdict.findings
    assert (found.outcome, finding.severity) == ("fail", "critical")
    assert finding.id == "R01/comment/email"
    assert str(finding.what) == ("Texts of `comment` that hold a value of the kind email: 2.")
    assert "example.org" not in str(finding)
    assert found.observation.value == 2


def test_column_that_only_sounds_personal_is_worth_a_warning():
    (finding,) = verdict(
        PersonalData(), personal_data=find(["x17", "x18"], "customer_email")
    ).findings
    assert (finding.outcome, finding.severity) == ("warn", "high")
    assert str(finding.what) == "The column `customer_email` is named like personal data."


def test_values_come_before_names_of_columns():
    looked = (*find(["x"] * 9, "email"), *find(["ada@example.org"], "comment"))
    findings = verdict(PersonalData(), personal_data=looked).findings
    assert [finding.targets for finding in findings] == [("comment",), ("email",)]


def test_nobody_having_looked_is_no_pass():
    found = verdict(PersonalData())
    assert found.outcome == "insufficient_data"
    assert str(found.reason) == "This run holds no `personal_data` to inspect."
