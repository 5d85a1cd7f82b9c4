from __future__ import annotations

import pytest

from cjm_notebooks.checks.broken_hand_offs import BrokenHandOffs
from tests.checking import measured
from tests.journeys import journeys
from tests.views import claimed_shop

SHOP = claimed_shop()


def test_hand_off_after_which_most_journeys_end_is_found() -> None:
    """Web hands over to care at the product; within care nobody leaves."""
    lost = ["home@1 product@2"] * 40
    within = ["product@1 pay@2 paid@3"] * 40
    (finding,) = measured(BrokenHandOffs(), journeys(*lost, *within, on=SHOP)).verdict.findings
    assert finding.id == "O01/care/web-care"
    assert (finding.value, finding.n) == (pytest.approx(1), 40)


def test_hand_off_that_loses_no_more_than_moves_within_passes() -> None:
    lost = ["home@1 product@2"] * 40
    within = ["product@1 pay@2"] * 40
    assert measured(BrokenHandOffs(), journeys(*lost, *within, on=SHOP)).outcome == "pass"


def test_few_moves_cannot_be_judged() -> None:
    few = journeys("home@1 product@2", on=SHOP)
    assert measured(BrokenHandOffs(), few).outcome == "insufficient_data"


def test_map_without_departments_has_no_hand_offs() -> None:
    assert measured(BrokenHandOffs(), journeys("home@1 cart@2")).outcome == "not_applicable"
