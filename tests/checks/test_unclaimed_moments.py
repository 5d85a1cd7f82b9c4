from __future__ import annotations

import pytest

from cjm_notebooks.checks.unclaimed_moments import UnclaimedMoments
from tests.checking import measured
from tests.journeys import journeys
from tests.views import claimed_shop

CART = UnclaimedMoments("cart")
DECIDED = ["home@1 cart@2 paid@3"] * 60 + ["home@1 cart@2"] * 20 + ["home@1"] * 80


def test_touchpoint_with_which_success_goes_is_found() -> None:
    (finding,) = measured(CART, journeys(*DECIDED)).verdict.findings
    assert finding.id == "K02/cart/unclaimed"
    assert (finding.value, finding.n) == (pytest.approx(60 / 80), 80)
    assert str(finding.what) == (
        "Of the journeys that came to `cart` 75.0% succeeded, of the others 0.0%."
    )


def test_claimed_moment_of_truth_is_known() -> None:
    assert measured(CART, journeys(*DECIDED, on=claimed_shop())).outcome == "pass"


def test_touchpoint_where_every_journey_came_cannot_be_compared() -> None:
    assert measured(UnclaimedMoments("home"), journeys(*DECIDED)).outcome == "insufficient_data"


def test_without_a_touchpoint_it_does_not_apply() -> None:
    assert measured(UnclaimedMoments(), journeys(*DECIDED)).outcome == "not_applicable"
