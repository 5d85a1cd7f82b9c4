"""Tests of two estimates against scipy's, which sees every answer."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from cjm_notebooks.statistics.comparisons import (
    paired_p,
    two_proportions_p,
    welch_interval,
    welch_p,
)

EXPECTED = np.array([9, 8, 10, 9, 7, 9])
PERCEIVED = np.array([7, 8, 6, 9, 4, 5])
OTHERS = np.array([6, 9, 7, 5])


def test_twenty_of_a_hundred_differ_from_ten_of_a_hundred() -> None:
    z = 0.1 / np.sqrt(0.15 * 0.85 * (1 / 100 + 1 / 100))
    assert z == pytest.approx(1.98, abs=0.001)
    assert two_proportions_p(10, 100, 20, 100) == pytest.approx(0.0477, abs=5e-5)


def test_pooled_z_squared_is_the_chi_square_of_the_two_by_two_table() -> None:
    table = [[12, 88], [30, 120]]
    expected = stats.chi2_contingency(table, correction=False).pvalue
    assert two_proportions_p(12, 100, 30, 150) == pytest.approx(expected)


@pytest.mark.parametrize("counts", [(0, 10, 0, 10), (10, 10, 7, 7), (0, 0, 3, 10)])
def test_shares_of_nothing_or_without_any_difference_are_not_tested(
    counts: tuple[int, int, int, int],
) -> None:
    assert np.isnan(two_proportions_p(*counts))


def test_gap_of_the_same_respondents_is_the_paired_test_of_scipy() -> None:
    gap = PERCEIVED - EXPECTED
    p = paired_p(gap.mean(), gap.var(ddof=1), len(gap))
    assert p == pytest.approx(stats.ttest_rel(PERCEIVED, EXPECTED).pvalue)


def test_gap_of_other_respondents_is_the_welch_test_of_scipy() -> None:
    groups = [(group.mean(), group.var(ddof=1), len(group)) for group in (OTHERS, EXPECTED)]
    expected = stats.ttest_ind(OTHERS, EXPECTED, equal_var=False)
    assert welch_p(*groups[0], *groups[1]) == pytest.approx(expected.pvalue)
    interval = expected.confidence_interval(0.95)
    assert welch_interval(*groups[0], *groups[1]) == pytest.approx(tuple(interval))


def test_too_few_or_equal_answers_are_not_compared() -> None:
    assert np.isnan(paired_p(-1, 0, 10))
    assert np.isnan(paired_p(-1, 2, 1))
    assert np.isnan(welch_p(7, 2, 1, 8, 2, 30))
    assert np.isnan(welch_p(7, 0, 9, 8, 0, 30))
