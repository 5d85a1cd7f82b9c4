"""Marks of what each model credits."""

from __future__ import annotations

import pytest

from cjm_notebooks.views.attribution_models import AttributionModels
from tests.journeys import journeys
from tests.views import drawn, labels, readings

BY_STAGE = AttributionModels("stage")
READ = readings(BY_STAGE, journeys(*["home@1 cart@2 paid@3"] * 4))


def test_first_and_last_touch_lie_at_opposite_ends_and_linear_between() -> None:
    plot = BY_STAGE.draw(**READ)
    assert labels(plot.yaxis[0])[:2] == ["Browse", "Cart"]
    marks = drawn(plot, "first")
    assert marks["at_first"][:2] == [1, 0]
    assert marks["at_last"][:2] == [0, 1]
    assert marks["at_linear"][:2] == pytest.approx([0.5, 0.5])


def test_summary_says_how_far_models_disagree() -> None:
    _, spread = map(str, BY_STAGE.summary(**READ))
    assert spread.startswith(
        "Models differ most about Browse: from 0.0% to 100.0%, a spread of 100.0%"
    )
