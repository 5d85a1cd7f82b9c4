from __future__ import annotations

from dataclasses import replace

import numpy as np

from cjm_notebooks import Journeys
from cjm_notebooks.checks.moments_of_truth import MomentsOfTruth
from cjm_notebooks.journeys.tables import MICROSECONDS_PER_DAY, Segment
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


def test_touchpoint_of_those_who_would_have_come_back_anyway_is_doubted() -> None:
    loyal = ["home@1 cart@2 paid@3"] * 54 + ["home@1 cart@2"] * 6 + ["home@1 paid@3"] * 18
    new = ["home@51 cart@52 paid@53"] * 2 + ["home@51 cart@52"] * 18 + ["home@51 paid@53"] * 6
    decided = journeys(*loyal, *["home@1"] * 2, *new, *["home@51"] * 54, on=SHOP)
    assert measured(MomentsOfTruth(), decided).outcome == "pass"
    found = measured(MomentsOfTruth(), with_kind(decided))
    (finding,) = found.verdict.findings
    assert finding.targets == ("cart",)
    assert str(finding.what) == (
        "Of the journeys that came to `cart` 70.0% succeeded, of the others 30.0%. Between "
        "journeys that are alike in all else that is known there is no clear difference."
    )


def test_where_every_journey_came_nothing_can_be_compared() -> None:
    same = journeys(*["cart@2 paid@3", "cart@2"] * 20, on=SHOP)
    assert measured(MomentsOfTruth(), same).outcome == "insufficient_data"


def test_map_without_a_moment_of_truth_claims_nothing() -> None:
    assert measured(MomentsOfTruth(), journeys("cart@2")).outcome == "not_applicable"


def with_kind(joined: Journeys) -> Journeys:
    """The same, and of each customer it is known whether they came late."""
    is_new = joined.at[joined.first] > 50 * MICROSECONDS_PER_DAY
    return replace(joined, segments={"kind": Segment(is_new.astype(np.int32), ("loyal", "new"))})
