from __future__ import annotations

import pytest

from cjm_notebooks import Journeys
from cjm_notebooks.checks import Verdict
from cjm_notebooks.checks.subgroup_difference import SubgroupDifference
from cjm_notebooks.errors import ParameterError
from tests.checking import measured
from tests.journeys import with_plan

PAYS, LEAVES = "home@1 paid@2", "home@1"


def plans(gold: int, silver: int) -> Journeys:
    """A hundred customers of either plan, of whom so many pay."""
    return with_plan(
        *[(PAYS, "gold")] * gold,
        *[(LEAVES, "gold")] * (100 - gold),
        *[(PAYS, "silver")] * silver,
        *[(LEAVES, "silver")] * (100 - silver),
    )


def found(journeys: Journeys, check: SubgroupDifference | None = None) -> Verdict:
    return measured(check or SubgroupDifference("plan"), journeys).verdict


def test_group_that_pays_half_as_often_is_found_with_its_interval() -> None:
    (finding,) = found(plans(60, 30)).findings
    assert finding.id == "G01/silver/success"
    assert finding.severity == "high"
    assert str(finding.what) == (
        "Of the group `silver` 30.0% came to success, of all others 60.0%."
    )
    assert (finding.value, finding.n) == (pytest.approx(-0.3), 100)
    assert finding.low < -0.3 < finding.high < 0


def test_groups_alike_pass() -> None:
    assert found(plans(50, 49)).outcome == "pass"


def test_difference_that_chance_explains_is_none() -> None:
    few = with_plan(
        *[(PAYS, "gold")] * 31,
        (LEAVES, "gold"),
        *[(PAYS, "silver")] * 29,
        *[(LEAVES, "silver")] * 3,
    )
    assert found(few).outcome == "pass"


def test_answers_are_compared_where_they_were_asked() -> None:
    gold = [(f"csat:pay={score}", "gold") for score in (5, 4) * 20]
    silver = [(f"csat:pay={score}", "silver") for score in (2, 3) * 20]
    (finding,) = found(with_plan(*gold, *silver)).findings
    assert finding.id == "G01/pay/csat-pay"
    assert str(finding.what) == (
        "The group `silver` answers `csat` with 2.50 on average, all others with 4.50."
    )


def test_who_comes_back_can_be_compared_too() -> None:
    gold = [("home@1 cart@5", "gold")] * 40
    silver = [("home@1", "silver")] * 40
    (finding,) = found(with_plan(*gold, *silver), SubgroupDifference("plan", of="return")).findings
    assert str(finding.what) == "Of the group `silver` 0.0% came back, of all others 100.0%."


def test_few_customers_cannot_be_judged() -> None:
    few = with_plan((PAYS, "gold"), (LEAVES, "silver"))
    assert found(few).outcome == "insufficient_data"


def test_without_an_attribute_there_is_nothing_to_compare() -> None:
    assert found(plans(60, 30), SubgroupDifference()).outcome == "not_applicable"


def test_threshold_below_zero_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"`least_effect` is -1\. Give a number"):
        SubgroupDifference(least_effect=-1)
