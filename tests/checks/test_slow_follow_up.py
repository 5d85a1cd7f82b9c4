from __future__ import annotations

from cjm_notebooks.checks.slow_follow_up import SlowFollowUp
from tests.checking import measured
from tests.journeys import journeys

SOON, IN_TIME, NEVER = "csat=1@3 help@4", "csat=1@3 help@8", "home@1 csat=1@3"
HELP = SlowFollowUp("help")


def test_customers_called_back_within_two_days_pass() -> None:
    assert measured(HELP, journeys(*[SOON] * 20)).outcome == "pass"


def test_customers_called_back_within_a_week_are_worth_a_warning() -> None:
    found = measured(HELP, journeys(*[IN_TIME] * 20))
    assert found.outcome == "warn"
    (finding,) = found.verdict.findings
    assert str(finding.what) == (
        "After a bad answer to `csat` 0.0% of the customers were contacted within 48 hours."
    )


def test_customers_never_called_back_are_a_failure() -> None:
    (finding,) = measured(HELP, journeys(*[NEVER] * 20)).verdict.findings
    assert (finding.outcome, finding.value, finding.n) == ("fail", 0, 20)


def test_few_bad_answers_cannot_be_judged() -> None:
    assert measured(HELP, journeys(NEVER)).outcome == "insufficient_data"


def test_without_a_place_of_contact_it_does_not_apply() -> None:
    assert measured(SlowFollowUp(), journeys(NEVER)).outcome == "not_applicable"
