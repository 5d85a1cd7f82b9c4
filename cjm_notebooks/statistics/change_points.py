"""When a share changed its level, in a series of periods with counts of their own."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cjm_notebooks.statistics.intervals import Floats

SHORTEST = 3
SHUFFLES = 999
MEDIAN_OF_CHI_SQUARE = 0.454936
SEED = 20_120


def change_points(
    hits: ArrayLike, trials: ArrayLike, *, shortest: int = SHORTEST
) -> NDArray[np.int64]:
    """The places, ascending, at which a new level begins.

    Of all ways to cut the series into levels of at least `shortest` periods, the one with the
    smallest modified BIC: -2 log likelihood of binomial counts over `overdispersion`, plus 3 log n
    for each change, plus the sum of log(length / n). The search is exact, and what PELT finds too.

    Empty   no places in a series shorter than two levels
    Source  Zhang and Siegmund 2007, A modified Bayes information criterion with applications to
            the analysis of comparative genomic hybridization data
            Jackson et al. 2005, An algorithm for optimal partitioning of data on an interval
            Killick, Fearnhead and Eckley 2012, Optimal detection of changepoints with a linear
            computational cost
    """
    good, all_ = np.asarray(hits, np.float64), np.asarray(trials, np.float64)
    n = len(all_)
    if n < 2 * shortest:
        return np.zeros(0, np.int64)
    spread = overdispersion(good, all_)
    sums, totals = _running(good), _running(all_)
    best, begin = np.full(n + 1, np.inf), np.zeros(n + 1, np.int64)
    best[0] = -3 * np.log(n)
    for stop in range(shortest, n + 1):
        start = np.arange(stop - shortest + 1)
        cost = _deviance(sums[stop] - sums[start], totals[stop] - totals[start]) / spread
        whole = best[start] + cost + np.log((stop - start) / n) + 3 * np.log(n)
        begin[stop] = np.argmin(whole)
        best[stop] = whole[begin[stop]]
    found, place = [], int(begin[n])
    while place > 0:
        found.append(place)
        place = int(begin[place])
    return np.array(found[::-1], np.int64)


def overdispersion(hits: ArrayLike, trials: ArrayLike) -> float:
    """How many times more neighbouring periods differ than binomial counts of one share would.

    The median of the squared differences, each over its binomial variance, by that of a chi-square
    of one degree: a few changes of level do not move it. Never below 1.

    Source  McCullagh and Nelder 1989, Generalized linear models, 4.5
    """
    good, all_ = np.asarray(hits, np.float64), np.asarray(trials, np.float64)
    share = good / np.where(all_ > 0, all_, np.nan)
    both = (good[1:] + good[:-1]) / np.where(all_[1:] + all_[:-1] > 0, all_[1:] + all_[:-1], np.nan)
    varies = both * (1 - both) * (1 / np.maximum(all_[1:], 1) + 1 / np.maximum(all_[:-1], 1))
    squares = np.diff(share)[varies > 0] ** 2 / varies[varies > 0]
    known = squares[~np.isnan(squares)]
    if not len(known):
        return 1.0
    return max(1.0, float(np.median(known)) / MEDIAN_OF_CHI_SQUARE)


def change_p(hits: ArrayLike, trials: ArrayLike, *, shortest: int = SHORTEST) -> float:
    """The p-value that a series has one level, against one change anywhere in it.

    The largest likelihood ratio of a cut is compared with those of the same periods in 999 other
    orders, drawn by a fixed seed; so the search for the best cut and periods that differ more than
    binomial counts are both allowed for. Few periods have few orders: six never give less than
    about 0.1.

    Empty   NaN in a series shorter than two levels
    Source  Antoch and Hušková 2001, Permutation tests in change point analysis
    """
    good, all_ = np.asarray(hits, np.float64), np.asarray(trials, np.float64)
    n = len(all_)
    if n < 2 * shortest:
        return float("nan")
    order = np.random.default_rng(SEED).permuted(np.tile(np.arange(n), (SHUFFLES, 1)), axis=1)
    order = np.vstack([np.arange(n), order])
    sums, totals = np.cumsum(good[order], axis=1), np.cumsum(all_[order], axis=1)
    before, of = sums[:, shortest - 1 : n - shortest], totals[:, shortest - 1 : n - shortest]
    split = _deviance(before, of) + _deviance(sums[:, -1:] - before, totals[:, -1:] - of)
    smallest = split.min(axis=1)
    as_good = np.count_nonzero(smallest[1:] <= smallest[0] * (1 + 1e-9))
    return (1 + as_good) / (1 + SHUFFLES)


def _running(values: Floats) -> Floats:
    return np.concatenate([[0.0], np.cumsum(values)])


def _deviance(hits: Floats, trials: Floats) -> Floats:
    """-2 log likelihood of binomial counts at their own share, less what no share changes."""
    from scipy.special import xlogy

    n = np.where(trials > 0, trials, 1)
    share = np.clip(hits / n, 0, 1)
    return np.asarray(-2 * (xlogy(hits, share) + xlogy(trials - hits, 1 - share)), np.float64)
