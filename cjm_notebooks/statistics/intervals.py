"""Intervals around shares, means, quantiles and the Net Promoter Score.

Every function takes numbers or arrays of one shape and gives back float arrays, so a whole column
of a table is one call. `n` may be an effective number, hence no integer. Where there is nothing
to count the answer is NaN, never an interval that looks like knowledge.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cjm_notebooks.errors import ParameterError

Floats = NDArray[np.float64]
Interval = tuple[Floats, Floats]


def normal_quantile(confidence: float) -> float:
    """How many standard errors a two-sided normal interval reaches: 1.96 at 0.95.

    Raises  ParameterError when `confidence` is not between 0 and 1
    """
    if not 0 < confidence < 1:
        msg = f"`confidence` is {confidence}. Give a number between 0 and 1, such as 0.95."
        raise ParameterError(msg)
    return NormalDist().inv_cdf((1 + confidence) / 2)


def student_quantile(degrees: ArrayLike, confidence: float) -> Floats:
    """The same for Student's t; NaN where there is no degree of freedom."""
    from scipy.special import stdtrit

    normal_quantile(confidence)
    return np.asarray(stdtrit(_positive(degrees), (1 + confidence) / 2), dtype=np.float64)


def wilson(
    hits: ArrayLike,
    trials: ArrayLike,
    *,
    design_effect: ArrayLike = 1.0,
    confidence: float = 0.95,
) -> Interval:
    """Wilson's score interval of a share, 0 to 1.

    With n = trials / design_effect and p = hits / trials:
    (p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n).
    No hits give exactly 0 as lower end, only hits exactly 1 as upper end.

    Empty   NaN without trials, or where the design effect is unknown
    Source  Wilson 1927, Probable inference, the law of succession, and statistical inference
    """
    z = normal_quantile(confidence)
    hits, trials = _floats(hits), _positive(trials)
    n = trials / _floats(design_effect)
    share = hits / trials
    middle = share + z**2 / (2 * n)
    reach = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    low = (middle - reach) / (1 + z**2 / n)
    high = (middle + reach) / (1 + z**2 / n)
    known = ~np.isnan(n)
    return np.where(known & (hits == 0), 0.0, low), np.where(known & (hits == trials), 1.0, high)


def effective_trials(
    share: ArrayLike, low: ArrayLike, high: ArrayLike, *, confidence: float = 0.95
) -> Floats:
    """How many independent trials would give a Wilson interval of that width.

    With a = z^2 / n the width is 2 sqrt(share (1 - share) a + a^2 / 4) / (1 + a), solved for a.

    Empty   NaN where there is no interval, or one without width
    Source  Wilson 1927, Probable inference, the law of succession, and statistical inference
    """
    share, width = _floats(share), _positive(_floats(high) - _floats(low))
    half = 2 * share * (1 - share) - width**2
    a = (np.sqrt(half**2 + (1 - width**2) * width**2) - half) / (1 - width**2)
    return _floats(normal_quantile(confidence) ** 2 / _positive(a))


def rule_of_three(trials: ArrayLike) -> Interval:
    """The 95 % interval of a share that was never seen: 0 to 3 / trials, at most 1.

    Empty   NaN without trials
    Source  Hanley and Lippman-Hand 1983, If nothing goes wrong, is everything all right?
    """
    high = np.minimum(3 / _positive(trials), 1.0)
    return np.where(np.isnan(high), np.nan, 0.0), high


def adjusted_wald_nps(
    promoters: ArrayLike,
    passives: ArrayLike,
    detractors: ArrayLike,
    *,
    design_effect: ArrayLike = 1.0,
    confidence: float = 0.95,
) -> Interval:
    """Interval of a Net Promoter Score, on its scale from -100 to 100.

    Three answers are added, 3/4 promoter, 3/4 detractor, the rest passive; then
    p - d +- z sqrt((p + d - (p - d)^2) / n), cut at -100 and 100. For weighted answers give each
    weighted share times the effective number of answers. The interval lies around the adjusted
    score, which is nearer to 0 than the score itself.

    Empty   NaN without answers, or where the design effect is unknown
    Source  Rocks 2016, Interval estimation for the Net Promoter Score
    """
    z = normal_quantile(confidence)
    effect = _floats(design_effect)
    promoters, detractors = _floats(promoters) / effect, _floats(detractors) / effect
    n = _positive(promoters + _floats(passives) / effect + detractors) + 3
    p, d = (promoters + 0.75) / n, (detractors + 0.75) / n
    reach = z * np.sqrt((p + d - (p - d) ** 2) / n)
    low, high = np.clip([p - d - reach, p - d + reach], -1, 1) * 100
    return np.asarray(low), np.asarray(high)


def mean_interval(
    mean: ArrayLike,
    variance: ArrayLike,
    n: ArrayLike,
    *,
    degrees: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Interval:
    """Student's interval of a mean: mean +- t sqrt(variance / n).

    `variance` is the sample variance. `degrees` of freedom are n - 1 unless given.

    Empty   NaN below one degree of freedom, and where all answers are equal: a width of 0 would
            claim that the next answer is known
    Source  Student 1908, The probable error of a mean
    """
    n = _positive(n)
    free = _floats(n - 1 if degrees is None else degrees)
    t = student_quantile(np.where(free >= 1, free, np.nan), confidence)
    reach = t * np.sqrt(_positive(variance) / n)
    return _floats(mean) - reach, _floats(mean) + reach


def quantile_ranks(n: ArrayLike, share: float = 0.5, *, confidence: float = 0.95) -> Interval:
    """Ranks, from 1 to n, of the two ordered values that enclose a quantile.

    The lower rank is the largest l with P(B < l) <= (1 - confidence) / 2 for B binomial (n,
    share), the upper one its mirror image. Whatever the distribution, the quantile lies between
    the two with at least the stated confidence. n is rounded down.

    Empty   NaN at the end where no value is extreme enough: for a median at 0.95 below n = 6
    Source  Conover 1999, Practical nonparametric statistics, 3.2
    """
    from scipy.stats import binom

    normal_quantile(confidence)
    tail = (1 - confidence) / 2
    n = np.floor(_positive(n))
    low = _floats(binom.ppf(tail, n, share))
    high = n + 1 - _floats(binom.ppf(tail, n, 1 - share))
    return np.where(low >= 1, low, np.nan), np.where(high <= n, high, np.nan)


def kish(weight: ArrayLike, weight_squares: ArrayLike) -> Floats:
    """The number of equal answers that would know as much: (sum of w)^2 / sum of w^2.

    Empty   NaN where nothing has weight
    Source  Kish 1965, Survey sampling
    """
    return _positive(weight) ** 2 / _positive(weight_squares)


def _floats(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)


def _positive(values: ArrayLike) -> Floats:
    numbers = _floats(values)
    return np.where(numbers > 0, numbers, np.nan)
