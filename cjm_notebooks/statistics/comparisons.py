"""Tests of one estimate against another, from counts and moments alone.

All p-values are two-sided and NaN where nothing can be tested. An `n` may be effective, so that
repeated or weighted answers are tested with the width they deserve.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cjm_notebooks.statistics.intervals import Floats, Interval, student_quantile


def two_proportions_p(
    hits_a: ArrayLike, n_a: ArrayLike, hits_b: ArrayLike, n_b: ArrayLike
) -> Floats:
    """The p-value of the z-test that two shares are one, with their pooled variance.

    Empty   NaN without trials on a side, and where neither or all trials are hits
    Source  Fleiss, Levin and Paik 2003, Statistical methods for rates and proportions, 3.1
    """
    from scipy.special import ndtr

    hits_a, hits_b = np.asarray(hits_a, np.float64), np.asarray(hits_b, np.float64)
    n_a, n_b = _above(n_a, 0), _above(n_b, 0)
    pooled = (hits_a + hits_b) / (n_a + n_b)
    error = np.sqrt(_above(pooled * (1 - pooled), 0) * (1 / n_a + 1 / n_b))
    return np.asarray(2 * ndtr(-np.abs(hits_a / n_a - hits_b / n_b) / error), np.float64)


def paired_p(mean_difference: ArrayLike, variance: ArrayLike, n: ArrayLike) -> Floats:
    """The p-value of the t-test that differences within the same respondents average 0.

    Empty   NaN below two pairs, and where all differences are equal
    Source  Student 1908, The probable error of a mean
    """
    n = _above(n, 1)
    error = np.sqrt(_above(variance, 0) / n)
    return student_p(np.asarray(mean_difference, np.float64) / error, n - 1)


def welch_p(
    mean_a: ArrayLike,
    variance_a: ArrayLike,
    n_a: ArrayLike,
    mean_b: ArrayLike,
    variance_b: ArrayLike,
    n_b: ArrayLike,
) -> Floats:
    """The p-value of the t-test that two groups with variances of their own have one mean.

    Empty   NaN below two answers on a side, and where no answer differs within either
    Source  Welch 1947, The generalization of Student's problem when several different population
            variances are involved
    """
    error, degrees = _welch(variance_a, n_a, variance_b, n_b)
    difference = np.asarray(mean_a, np.float64) - np.asarray(mean_b, np.float64)
    return student_p(difference / error, degrees)


def welch_interval(
    mean_a: ArrayLike,
    variance_a: ArrayLike,
    n_a: ArrayLike,
    mean_b: ArrayLike,
    variance_b: ArrayLike,
    n_b: ArrayLike,
    *,
    confidence: float = 0.95,
) -> Interval:
    """The interval of the first mean less the second, by the same formula as `welch_p`."""
    error, degrees = _welch(variance_a, n_a, variance_b, n_b)
    difference = np.asarray(mean_a, np.float64) - np.asarray(mean_b, np.float64)
    reach = student_quantile(degrees, confidence) * error
    return difference - reach, difference + reach


def _welch(
    variance_a: ArrayLike, n_a: ArrayLike, variance_b: ArrayLike, n_b: ArrayLike
) -> tuple[Floats, Floats]:
    n_a, n_b = _above(n_a, 1), _above(n_b, 1)
    a, b = np.asarray(variance_a, np.float64) / n_a, np.asarray(variance_b, np.float64) / n_b
    both = _above(a + b, 0)
    return np.sqrt(both), both**2 / (a**2 / (n_a - 1) + b**2 / (n_b - 1))


def student_p(t: Floats, degrees: ArrayLike) -> Floats:
    """The two-sided p-value of Student's t."""
    from scipy.special import stdtr

    return np.asarray(2 * stdtr(np.asarray(degrees, np.float64), -np.abs(t)), np.float64)


def _above(values: ArrayLike, floor: float) -> Floats:
    numbers = np.asarray(values, np.float64)
    return np.where(numbers > floor, numbers, np.nan)
