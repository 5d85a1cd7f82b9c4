"""Cells of hand-offs, from where to where."""

from __future__ import annotations

import pytest

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.views.channel_handoffs import ChannelHandoffs
from tests.journeys import journeys
from tests.views import claimed_shop, drawn, readings

OWNERS = ChannelHandoffs("department")
READ = readings(
    OWNERS,
    journeys("home@1 product@2", "home@1 product@2 cart@3 paid@4", "home@1", on=claimed_shop()),
)


def test_cell_is_the_share_of_the_journeys_that_were_handed_on() -> None:
    """Web to care in two of three journeys, back again in one."""
    cells = drawn(OWNERS.draw(**READ), "cell")
    assert cells["label"] == ["66.7%", "33.3%"]
    table = OWNERS.table(**READ)
    pairs = table[["source", "target", "journeys", "left_share"]].to_numpy().tolist()
    assert pairs == [["web", "care", 2, 0.5], ["care", "web", 1, 0]]


def test_summary_is_about_the_most_frequent_hand_off() -> None:
    (most,) = map(str, OWNERS.summary(**READ))
    assert most.startswith("Most often journeys went from web to care: 2 of 3 (66.7%")


def test_other_owners_are_refused() -> None:
    with pytest.raises(ParameterError, match=r"`between` is `team`\. Give `channel` or `depar"):
        ChannelHandoffs("team")  # type: ignore[arg-type]
