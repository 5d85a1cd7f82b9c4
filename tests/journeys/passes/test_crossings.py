"""Owners of touchpoints, and the moves between them."""

from __future__ import annotations

import numpy as np

from cjm_notebooks.journeys.passes.crossings import Crossings, Owners, from_and_to
from tests.journeys import journeys

SHOP = Owners.of(["web", "web", "app", None, ""])


def test_owners_stand_in_map_order_and_each_once() -> None:
    assert SHOP.ids == ("web", "app")
    assert SHOP.of_touchpoint.tolist() == [0, 0, 1, -1, -1]


def test_cells_are_all_pairs_and_then_all_moves_that_change_or_keep_the_owner() -> None:
    found = Crossings.of(journeys("home@1 product@2 cart@3 home@4"), SHOP, staying=True)
    assert found.left.trials.tolist() == [1, 1, 1, 0, 2, 1]


def test_moves_that_keep_the_owner_are_left_out_unless_asked_for() -> None:
    found = Crossings.of(journeys("home@1 product@2 cart@3 home@4"), SHOP, staying=False)
    assert found.left.trials.tolist() == [0, 1, 1, 0, 2, 0]


def test_rows_are_the_pairs_seen_and_all_together() -> None:
    found = Crossings.of(journeys("home@1 product@2 cart@3"), SHOP, staying=True)
    rows = found.crossed(SHOP)
    from_, to = from_and_to(SHOP, rows)
    assert rows.tolist() == [1, 4]
    assert from_.fillna("all").tolist() == ["web", "all"]
    assert to.fillna("all").tolist() == ["app", "all"]


def test_touchpoints_of_nobody_have_no_moves() -> None:
    nobody = Owners.of([None] * 5)
    found = Crossings.of(journeys("home@1 cart@2"), nobody, staying=True)
    assert found.crossed(nobody).tolist() == []
    assert np.array_equal(found.left.trials, [0, 0])
