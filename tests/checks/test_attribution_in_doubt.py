from __future__ import annotations

import pytest

from cjm_notebooks.checks.attribution_in_doubt import AttributionInDoubt
from tests.checking import measured
from tests.journeys import journeys

BY_STAGE = AttributionInDoubt("stage")


def test_stages_that_stand_first_and_last_are_credited_by_opposite_models() -> None:
    """All begin at home and all end at the cart: first gives all to one, last to the other."""
    (finding,) = measured(BY_STAGE, journeys(*["home@1 cart@2 paid@3"] * 60)).verdict.findings
    assert set(finding.targets) == {"browse", "cart"}
    assert finding.value == pytest.approx(1)
    assert finding.n == 60


def test_single_stage_has_all_the_credit_under_every_model() -> None:
    assert measured(BY_STAGE, journeys(*["cart@2 paid@3"] * 60)).outcome == "pass"


def test_few_successes_cannot_be_credited() -> None:
    few = measured(BY_STAGE, journeys("home@1 cart@2 paid@3"))
    assert few.outcome == "insufficient_data"


def test_nobody_who_asks_gets_no_attribution() -> None:
    assert measured(AttributionInDoubt(), journeys("cart@2 paid@3")).outcome == "not_applicable"
