"""Where journeys were just before and just after."""

from __future__ import annotations

import pytest

from cjm_notebooks.views.touchpoint_profile import TouchpointProfile
from tests.journeys import journeys
from tests.views import drawn, headings, readings

CART = TouchpointProfile("cart")
READ = readings(CART, journeys("home@1 cart@2 pay@3", "home@1 cart@2", "cart@1 cart@2", "help@1"))


def test_bars_tell_where_journeys_came_from_and_what_followed() -> None:
    plot = CART.draw(**READ)
    assert headings(plot)[:2] == ["just before", "just after"]
    assert drawn(plot, "share")["here"] == pytest.approx([2 / 3, 1 / 3, 1 / 3, 1 / 3])
    assert drawn(plot, "lost")["here"] == pytest.approx([1 / 3])


def test_summary_counts_the_journeys_that_ended_here() -> None:
    assert list(map(str, CART.summary(**READ))) == [
        "3 journeys came here; for 1 of them it was the last place before they failed or left."
    ]
