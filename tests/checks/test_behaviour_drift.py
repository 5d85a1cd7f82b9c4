from __future__ import annotations

import pytest

from cjm_notebooks.checks.behaviour_drift import BehaviourDrift
from tests.checking import measured
from tests.journeys import journeys

MONTHS = BehaviourDrift(("1970-01-01", "1970-02-01"), ("1970-02-01", "1970-03-01"))


def test_touchpoint_that_half_of_the_customers_left_is_found() -> None:
    before = ["home@1 product@2"] * 50
    after = ["home@40 product@41"] * 10 + ["home@40 help@41"] * 40
    (finding,) = measured(MONTHS, journeys(*before, *after)).verdict.findings
    assert finding.id == "M04/map/drift"
    assert finding.outcome == "fail"
    assert [row["touchpoint"] for row in finding.rows] == ["product", "help"]
    assert finding.value == pytest.approx(10 / 50 - 1)


def test_touchpoint_that_is_new_to_a_few_is_found_though_the_index_of_all_is_small() -> None:
    before = ["home@1 product@2 cart@3"] * 400
    after = ["home@40 product@41 cart@42"] * 380 + ["home@40 product@41 cart@42 help@43"] * 20
    found = measured(MONTHS, journeys(*before, *after))
    (finding,) = found.verdict.findings
    assert found.observation.value < 0.10
    assert finding.outcome == "warn"
    assert [row["touchpoint"] for row in finding.rows] == ["help"]


def test_same_behaviour_passes() -> None:
    same = journeys(*["home@1 cart@2"] * 40, *["home@40 cart@41"] * 40)
    assert measured(MONTHS, same).outcome == "pass"


def test_few_customers_cannot_be_judged() -> None:
    assert measured(MONTHS, journeys("home@1", "home@40")).outcome == "insufficient_data"


def test_few_days_after_the_review_cannot_be_judged() -> None:
    short = BehaviourDrift(("1970-01-01", "1970-02-01"), ("1970-02-01", "1970-02-28"))
    same = journeys(*["home@1 cart@2"] * 40, *["home@40 cart@41"] * 40)
    assert measured(short, same).outcome == "insufficient_data"


def test_map_that_was_never_reviewed_has_nothing_to_compare() -> None:
    assert measured(BehaviourDrift(), journeys("home@1")).outcome == "not_applicable"
