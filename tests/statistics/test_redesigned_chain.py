"""Redesigns of small chains, each share worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_notebooks.statistics.redesigned_chain import (
    avoided,
    leaving_less,
    removed,
    success_share,
    swapped,
    without_each,
)

# From home and cart and the start: to home, cart, success, failure, left.
SHOP = np.array([[[0, 8, 0, 0, 2], [0, 0, 4, 0, 4], [10, 0, 0, 0, 0]]], float)
# Half of those at a succeed there and then; the others go to b, where two of five leave.
SHORT_CUT = np.array([[[0, 5, 5, 0, 0], [0, 0, 3, 0, 2], [10, 0, 0, 0, 0]]], float)


def share(design: np.ndarray) -> float:
    return float(success_share(design)[0])


def test_share_of_success_is_what_was_counted() -> None:
    assert share(SHOP) == pytest.approx(0.4)
    assert share(SHORT_CUT) == pytest.approx(0.8)


def test_without_a_place_nobody_leaves_there() -> None:
    assert share(removed(SHOP, 0)) == pytest.approx(0.5)
    assert share(removed(SHOP, 1)) == pytest.approx(0.8)


def test_who_avoids_a_place_goes_as_the_others_do() -> None:
    assert share(avoided(SHOP, 1)) == 0
    assert share(avoided(SHORT_CUT, 1)) == pytest.approx(1)


def test_order_does_not_matter_where_all_must_pass_both() -> None:
    assert share(swapped(SHOP, 0, 1)) == pytest.approx(0.4)


def test_order_matters_where_some_skip_the_second() -> None:
    # Two of five now leave at the first: 0.6 * (1 / 2 succeed there + 1 / 2 go on and succeed).
    assert share(swapped(SHORT_CUT, 0, 1)) == pytest.approx(0.6)


def test_fewer_leave_in_the_measure_of_those_who_came_by_that_way() -> None:
    weight, change = np.array([[0.0, 0.5]]), np.array([-0.2])
    # Half of those at b came by the way: 0.4 - 0.5 * 0.2 leave, 0.7 of five succeed.
    assert share(leaving_less(SHORT_CUT, weight, change)) == pytest.approx(0.5 + 0.5 * 0.7)


def test_more_than_all_cannot_leave_nor_fewer_than_none() -> None:
    weight = np.array([[0.0, 1.0]])
    assert share(leaving_less(SHORT_CUT, weight, np.array([9.0]))) == pytest.approx(0.5)
    assert share(leaving_less(SHORT_CUT, weight, np.array([-9.0]))) == pytest.approx(1)


def test_place_that_everyone_leaves_loses_them_whatever_is_removed() -> None:
    dead_end = np.array([[[0, 4, 6, 0, 0], [0, 0, 0, 0, 4], [10, 0, 0, 0, 0]]], float)
    assert share(removed(dead_end, 1)) == pytest.approx(0.6)
    assert without_each(dead_end)[0] == pytest.approx([0.6, 0.6])


def test_circle_without_a_way_out_loses_whoever_comes_in() -> None:
    circle = np.array([[[0, 5, 2, 0, 3], [5, 0, 0, 0, 0], [5, 0, 0, 0, 0]]], float)
    no_success = circle.copy()
    no_success[0, 0, 2] = 0
    assert share(removed(no_success, 0)) == 0
    assert without_each(no_success)[0, 0] == 0


def test_nobody_has_no_share() -> None:
    nobody = np.zeros((1, 3, 5))
    assert np.isnan(success_share(nobody)).all()
    assert np.isnan(without_each(nobody)).all()


counts = st.lists(st.integers(0, 3), min_size=24, max_size=24)


@given(counts)
def test_shares_are_those_of_walking_on_for_long(numbers: list[int]) -> None:
    design = np.array(numbers, float).reshape(1, 4, 6)
    design[0, 3, 0] += 1
    for one in (design, removed(design, 0), avoided(design, 1), swapped(design, 0, 2)):
        ways = one[0] / np.maximum(one[0].sum(axis=1, keepdims=True), 1e-300)
        here, succeeded = np.array([0.0, 0, 0, 1]), 0.0
        for _ in range(3000):
            to = here @ ways
            succeeded += to[3]
            here = np.append(to[:3], 0)
        assert share(one) == pytest.approx(succeeded, abs=1e-6)


@given(st.lists(counts, min_size=1, max_size=3))
def test_removing_each_place_at_once_is_removing_them_one_by_one(groups: list[list[int]]) -> None:
    design = np.array(groups, float).reshape(len(groups), 4, 6)
    each = [success_share(removed(design, place)) for place in range(3)]
    assert without_each(design) == pytest.approx(np.array(each).T, abs=1e-9, nan_ok=True)
