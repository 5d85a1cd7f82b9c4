"""Differences of shares against published intervals."""

from __future__ import annotations

from math import isnan

import numpy as np
import pytest

from cjm_notebooks.statistics.differences import difference_interval, estimates_p
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


def test_two_estimates_with_intervals_are_tested_as_the_textbook_does() -> None:
    """Errors of 0.1 on both sides: z = 0.6 / sqrt(0.02) = 4.243, p = 0.0000221."""
    reach = 0.1 * 1.959964
    p = estimates_p(-0.6, (-0.6 - reach, -0.6 + reach), -1.2, (-1.2 - reach, -1.2 + reach))
    assert float(p) == pytest.approx(2.21e-5, rel=0.01)


def test_interval_cut_at_the_end_of_its_scale_counts_with_its_longer_arm() -> None:
    """An NPS of 100 from 80 to 100 has an error of 20 / 1.96 = 10.2; z = 40 / sqrt(2 * 10.2^2)."""
    p = estimates_p(100, (80, 100), 60, (40, 80))
    assert float(p) == pytest.approx(0.0056, abs=0.0001)


def test_estimate_without_an_interval_is_not_tested() -> None:
    assert isnan(float(estimates_p(1, (float("nan"), float("nan")), 2, (1, 3))))
    assert isnan(float(estimates_p(1, (1, 1), 2, (2, 2))))
