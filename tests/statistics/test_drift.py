"""How far one distribution has moved from another."""

from __future__ import annotations

from math import isnan, log

import pytest
from scipy.spatial.distance import jensenshannon

from cjm_notebooks.statistics.drift import jensen_shannon, population_stability


def test_same_shares_have_not_moved() -> None:
    assert population_stability([5, 5], [5, 5]) == 0
    assert jensen_shannon([1, 2], [10, 20]) == pytest.approx(0)


def test_index_is_counted_by_hand_with_half_a_count_added() -> None:
    p, q = (10.5 / 21, 10.5 / 21), (5.5 / 21, 15.5 / 21)
    expected = sum((b - a) * log(b / a) for a, b in zip(p, q, strict=True))
    assert population_stability([10, 10], [5, 15]) == pytest.approx(expected)


def test_divergence_is_the_square_of_scipys_distance() -> None:
    expected = jensenshannon([3, 4, 3], [1, 1, 8], base=2) ** 2
    assert jensen_shannon([3, 4, 3], [1, 1, 8]) == pytest.approx(expected)
    assert jensen_shannon([1, 0], [0, 1]) == 1


def test_nothing_counted_has_no_distance() -> None:
    assert isnan(population_stability([0, 0], [1, 2]))
    assert isnan(jensen_shannon([1, 2], [0, 0]))
