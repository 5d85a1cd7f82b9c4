from __future__ import annotations

import pytest

from cjm_notebooks.checks.unmapped_pain import UnmappedPain
from tests.checking import measured
from tests.journeys import journeys
from tests.views import claimed_shop

FINE = ["csat:home=5", "csat:home=4"] * 40


def test_touchpoint_with_half_its_ratings_bad_is_found() -> None:
    """Forty of eighty at the cart against none of eighty at home and twenty of eighty to pay."""
    bad = ["csat:cart=1", "csat:cart=5"] * 40
    some = ["csat:pay=1", *["csat:pay=4"] * 3] * 20
    found = measured(UnmappedPain(), journeys(*FINE, *bad, *some))
    (finding,) = found.verdict.findings
    assert finding.id == "E03/cart/unmapped-csat"
    assert (finding.value, finding.n) == (pytest.approx(40 / 80), 80)
    assert finding.rows[0]["ratio"] == pytest.approx((40 / 80) / (20 / 160))


def test_pain_that_is_on_the_map_is_known() -> None:
    bad = ["csat:product=1"] * 40
    assert measured(UnmappedPain(), journeys(*FINE, *bad, on=claimed_shop())).outcome == "pass"


def test_one_rated_touchpoint_has_nothing_beside_it() -> None:
    assert measured(UnmappedPain(), journeys(*FINE)).outcome == "insufficient_data"
