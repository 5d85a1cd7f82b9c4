from __future__ import annotations

from cjm_notebooks.checks.moments_of_truth import MomentsOfTruth
from tests.checking import measured
from tests.journeys import journeys
from tests.views import claimed_shop

SHOP = claimed_shop()
"""The cart is claimed to be a moment of truth."""


def test_touchpoint_with_which_success_goes_is_borne_out() -> None:
    decided = journeys(
        *["home@1 cart@2 paid@3"] * 60, *["home@1 cart@2"] * 20, *["home@1"] * 80, on=SHOP
    )
    assert measured(MomentsOfTruth(), decided).outcome == "pass"


def test_touchpoint_that_makes_no_difference_is_doubted() -> None:
    halves = ["home@1 cart@2 paid@3", "home@1 cart@2", "home@1 paid@3", "home@1"]
    found = measured(MomentsOfTruth(), journeys(*halves * 40, on=SHOP))
    assert found.outcome == "warn"
    (finding,) = found.verdict.findings
    assert finding.targets == ("cart",)
    assert finding.low < 0 < finding.high


def test_where_every_journey_came_nothing_can_be_compared() -> None:
    same = journeys(*["cart@2 paid@3", "cart@2"] * 20, on=SHOP)
    assert measured(MomentsOfTruth(), same).outcome == "insufficient_data"


def test_map_without_a_moment_of_truth_claims_nothing() -> None:
    assert measured(MomentsOfTruth(), journeys("cart@2")).outcome == "not_applicable"
