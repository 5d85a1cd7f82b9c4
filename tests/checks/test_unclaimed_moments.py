from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cjm_notebooks.checks.unclaimed_moments import UnclaimedMoments
from cjm_notebooks.journeys.tables import MICROSECONDS_PER_DAY, Segment
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


def test_touchpoint_of_those_who_would_have_come_back_anyway_is_no_moment() -> None:
    loyal = ["home@1 cart@2 paid@3"] * 54 + ["home@1 cart@2"] * 6 + ["home@1 paid@3"] * 18
    new = ["home@51 cart@52 paid@53"] * 2 + ["home@51 cart@52"] * 18 + ["home@51 paid@53"] * 6
    decided = journeys(*loyal, *["home@1"] * 2, *new, *["home@51"] * 54)
    is_new = decided.at[decided.first] > 50 * MICROSECONDS_PER_DAY
    kind = Segment(is_new.astype(np.int32), ("loyal", "new"))
    assert measured(CART, decided).outcome == "warn"
    assert measured(CART, replace(decided, segments={"kind": kind})).outcome == "pass"


def test_claimed_moment_of_truth_is_known() -> None:
    assert measured(CART, journeys(*DECIDED, on=claimed_shop())).outcome == "pass"


def test_touchpoint_where_every_journey_came_cannot_be_compared() -> None:
    assert measured(UnclaimedMoments("home"), journeys(*DECIDED)).outcome == "insufficient_data"


def test_without_a_touchpoint_it_does_not_apply() -> None:
    assert measured(UnclaimedMoments(), journeys(*DECIDED)).outcome == "not_applicable"
