"""Intervals of a difference, from those of its two sides."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cjm_notebooks.statistics.intervals import Floats, Interval


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


def _reach(one: Floats, other: Floats) -> Floats:
    return np.asarray(np.sqrt(one**2 + other**2), np.float64)
