"""A difference, its interval and its p-value, from the intervals of its two sides."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cjm_notebooks.statistics.intervals import Floats, Interval, normal_quantile


def difference_interval(a: ArrayLike, of_a: Interval, b: ArrayLike, of_b: Interval) -> Interval:
    """The interval of a - b, where both rest on different people and have intervals of their own.

    With Wilson's intervals of two shares this is Newcombe's hybrid score interval, which holds its
    level for small groups and for shares near 0 and 1.

    Empty   NaN where one of the sides has no interval
    Source  Newcombe 1998, Interval estimation for the difference between independent proportions
            Zou and Donner 2008, Construction of confidence limits about effect measures
    """
    first, second = np.asarray(a, np.float64), np.asarray(b, np.float64)
    (low_a, high_a), (low_b, high_b) = of_a, of_b
    down = _reach(first - low_a, high_b - second)
    up = _reach(high_a - first, second - low_b)
    return first - second - down, first - second + up


def estimates_p(
    a: ArrayLike,
    of_a: Interval,
    b: ArrayLike,
    of_b: Interval,
    *,
    confidence: float = 0.95,
) -> Floats:
    """The p-value of the z-test that two estimates are one, each known by its interval.

    The standard error of a side is the longer arm of its interval divided by the quantile of the
    normal distribution: an interval that is cut at the end of a scale, or made with Student's t,
    then errs towards finding nothing.

    Empty   NaN where a side has no interval, or neither has any width
    Source  Altman and Bland 2003, Interaction revisited: the difference between two estimates
    """
    from scipy.special import ndtr

    z = normal_quantile(confidence)
    first, second = np.asarray(a, np.float64), np.asarray(b, np.float64)
    errors = [
        np.maximum(high - estimate, estimate - low) / z
        for estimate, (low, high) in ((first, of_a), (second, of_b))
    ]
    both = _reach(*errors)
    error = np.where(both > 0, both, np.nan)
    return np.asarray(2 * ndtr(-np.abs(first - second) / error), np.float64)


def _reach(one: Floats, other: Floats) -> Floats:
    return np.asarray(np.sqrt(one**2 + other**2), np.float64)
