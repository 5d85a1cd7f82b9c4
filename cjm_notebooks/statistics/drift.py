"""How far one distribution over some places has moved from another."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from cjm_notebooks.statistics.intervals import Floats

HALF = 0.5


def population_stability(before: ArrayLike, after: ArrayLike) -> float:
    """The population stability index of two counts per place: sum of (q - p) ln(q / p).

    Half a count is added everywhere, so that a place that was never seen is no infinite move.
    Places seen in neither are left out.

    Empty   NaN without counts on a side
    Source  Yurdakul 2018, Statistical properties of population stability index
    """
    p, q = _shares(before, after, HALF)
    return float(np.sum((q - p) * np.log(q / p))) if len(p) else float("nan")


def jensen_shannon(before: ArrayLike, after: ArrayLike) -> float:
    """The divergence of Jensen and Shannon of two counts per place, in bits from 0 to 1.

    Empty   NaN without counts on a side
    Source  Lin 1991, Divergence measures based on the Shannon entropy
    """
    p, q = _shares(before, after, 0.0)
    if not len(p):
        return float("nan")
    middle = (p + q) / 2
    return float((_relative_entropy(p, middle) + _relative_entropy(q, middle)) / 2)


def _shares(before: ArrayLike, after: ArrayLike, added: float) -> tuple[Floats, Floats]:
    first, second = (np.asarray(counts, np.float64) for counts in (before, after))
    if not (first.sum() and second.sum()):
        return first[:0], second[:0]
    seen = first + second > 0
    one, other = first[seen] + added, second[seen] + added
    return one / one.sum(), other / other.sum()


def _relative_entropy(p: Floats, q: Floats) -> float:
    some = p > 0
    return float(np.sum(p[some] * np.log2(p[some] / q[some])))
