"""Untested claims by what hangs on them and how little is known."""

from __future__ import annotations

from cjm_notebooks.views.assumption_map import AssumptionMap
from tests.views import claimed_shop, drawn

VIEW, SHOP = AssumptionMap(), claimed_shop()


def test_cells_count_the_claims_of_each_kind() -> None:
    """One moment of truth, one pain point, two expectations, and the emotion at the cart."""
    cells = drawn(VIEW.draw(SHOP), "cell")
    assert sorted(zip(cells["y"], cells["label"], strict=True)) == [
        (0, "1"), (1, "1"), (2, "2"), (3, "1"),
    ]  # fmt: skip
    assert set(cells["x"]) == {0}


def test_table_is_a_plan_that_begins_with_the_moment_of_truth() -> None:
    table = VIEW.table(SHOP)
    assert table["rank"].tolist() == [1, 2, 3, 4, 5]
    assert (table["place"][0], str(table["claim"][0])) == ("Cart", "Moment of truth")
    assert str(table["plan"][1]) == "Watch customers there, and count how many are held up."


def test_tested_claim_is_not_in_the_plan() -> None:
    assert "Home" not in VIEW.table(SHOP)["place"].tolist()
