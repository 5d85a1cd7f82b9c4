from __future__ import annotations

from cjm_notebooks.checks.change_over_time import ChangeOverTime
from tests.checking import measured
from tests.journeys import journeys

BEFORE = ["home@1 paid@2"] * 60 + ["home@1"] * 40
SINCE = ChangeOverTime("1970-02-01")


def test_fall_of_success_since_a_day_is_found() -> None:
    """Day 40 is in February: sixty of a hundred paid before, thirty of a hundred after."""
    after = ["home@40 paid@41"] * 30 + ["home@40"] * 70
    (finding,) = measured(SINCE, journeys(*BEFORE, *after)).verdict.findings
    assert finding.id == "T04/1970-02-01 – …/success"
    assert str(finding.what) == (
        "In the period 1970-02-01 – … 30.0% came to success, before it 60.0%."
    )
    assert finding.low < -0.3 < finding.high < 0


def test_rise_is_no_finding() -> None:
    after = ["home@40 paid@41"] * 90 + ["home@40"] * 10
    assert measured(SINCE, journeys(*BEFORE, *after)).outcome == "pass"


def test_fall_of_a_rating_is_found_where_it_fell() -> None:
    said = ["csat:pay=5@3", "csat:pay=4@3"] * 20 + ["csat:pay=3@40", "csat:pay=2@40"] * 20
    (finding,) = measured(SINCE, journeys("home@1", *said)).verdict.findings
    assert finding.targets == ("pay",)
    assert (finding.value, finding.n) == (-2, 40)


def test_period_with_many_open_journeys_is_not_compared() -> None:
    late = ChangeOverTime("1970-03-25")
    assert measured(late, journeys(*BEFORE, *["home@90"] * 40)).outcome == "insufficient_data"


def test_without_a_day_there_is_nothing_to_compare() -> None:
    assert measured(ChangeOverTime(), journeys(*BEFORE)).outcome == "not_applicable"
    empty = ChangeOverTime(periods=(("", ""), ("", "")))
    assert measured(empty, journeys(*BEFORE)).outcome == "not_applicable"
