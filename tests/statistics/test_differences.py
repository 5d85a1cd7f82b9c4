"""Differences of shares against published intervals."""

from __future__ import annotations

import numpy as np
import pytest

from cjm_notebooks.statistics.differences import difference_interval
from cjm_notebooks.statistics.intervals import wilson

NEWCOMBE_TABLE_2 = [
    # a, of, b, of, low and high of method 10 in Newcombe 1998, table II.
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (10, 10, 0, 20, 0.6791, 1.0),
    (10, 10, 0, 10, 0.6075, 1.0),
    (0, 10, 0, 20, -0.1611, 0.2775),
]


@pytest.mark.parametrize(("a", "n_a", "b", "n_b", "low", "high"), NEWCOMBE_TABLE_2)
def test_interval_is_the_one_that_newcombe_published(
    a: int, n_a: int, b: int, n_b: int, low: float, high: float
) -> None:
    ends = difference_interval(a / n_a, wilson(a, n_a), b / n_b, wilson(b, n_b))
    assert np.array(ends) == pytest.approx([low, high], abs=0.00006)


def test_side_without_an_interval_leaves_none() -> None:
    low, high = difference_interval(0.5, wilson(1, 2), np.nan, wilson(0, 0))
    assert np.isnan([low, high]).all()
