"""How much buckets of whole customers differ: the honest width of an interval.

Trials of one customer resemble each other, so a thousand visits of ten customers tell less than a
thousand visits of a thousand. Customers fall at random into `BUCKETS` buckets, which are sealed in
`SEALED` groups of neighbours; the spread between what was sealed shows the true variance, whatever
the likeness inside a customer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from cjm_notebooks.statistics.intervals import Floats, normal_quantile, student_quantile
from cjm_notebooks.statistics.partials.additive import Additive
from cjm_notebooks.statistics.partials.cells import Ints, Sums

BUCKETS = 256
SEALED = 64


@dataclass(frozen=True)
class Buckets(Additive):
    """Second moments over sealed buckets of `top` and `bottom`, whose ratio is the estimate.

    Source  Wolter 2007, Introduction to variance estimation, chapters 2 (random groups), 6
    """

    sealed_buckets: Ints  # int64, (cells,), those with a bottom above 0
    top_squares: Sums  # int64 or float64, (cells,)
    cross: Sums  # int64 or float64, (cells,)
    bottom_squares: Sums  # int64 or float64, (cells,)

    @classmethod
    def none(cls, like: Sums) -> Self:
        zeros = np.zeros_like(like)
        return cls(np.zeros(like.shape, np.int64), zeros, zeros, zeros)

    @classmethod
    def one(cls, top: Sums, bottom: Sums) -> Self:
        return cls((bottom > 0).astype(np.int64), top * top, top * bottom, bottom * bottom)

    def ratio_variance(self, top: Sums, bottom: Sums) -> Floats:
        """Variance of top / bottom: G/(G-1) sum of (top_g - ratio bottom_g)^2 / bottom^2.

        With buckets of one size this is the delete-a-group jackknife.

        Empty  NaN below two buckets
        """
        all_bottom = _known(bottom)
        ratio = top / all_bottom
        spread = self.top_squares - 2 * ratio * self.cross + ratio**2 * self.bottom_squares
        groups = np.where(self.sealed_buckets > 1, self.sealed_buckets, np.nan)
        variance = np.maximum(spread, 0) * groups / (groups - 1) / all_bottom**2
        return np.asarray(variance, np.float64)

    def design_effect(self, top: Sums, bottom: Sums, variance: Floats, n: Floats) -> Floats:
        """How many times larger the variance of top / bottom is than `variance` / `n`.

        Never below 1: a spread smaller than that of independent trials is luck. Where nothing
        varies, or one bucket holds everything, no likeness can be estimated; then all trials of
        a customer are taken as alike, the worst case.

        Empty  NaN where nothing was sealed
        """
        plain = np.where(variance > 0, variance, np.nan) / n
        estimated = self.ratio_variance(top, bottom) / plain
        effect = np.where(np.isnan(estimated), self.alike_effect(bottom, n), estimated)
        return np.where(self.sealed_buckets > 0, np.maximum(effect, 1), np.nan)

    def alike_effect(self, bottom: Sums, n: Floats) -> Floats:
        """The design effect if all trials of a customer were alike: n sum of b_c^2 / bottom^2.

        The sum over customers c is estimated without bias from the sum over buckets g, from
        E(sum of b_g^2) = sum of b_c^2 + (bottom^2 - sum of b_c^2) / SEALED.

        Empty  NaN where nothing was sealed
        """
        whole = _known(bottom) ** 2
        squares = (SEALED * self.bottom_squares - whole) / (SEALED - 1)
        known = np.where(self.sealed_buckets > 0, squares / whole, np.nan)
        return np.maximum(n * known, 1)

    def degrees(self, bottom: Sums) -> Floats:
        """Degrees of freedom of `ratio_variance`: bottom^2 / sum of bottom_g^2, less 1.

        Buckets of one size count fully; where one customer has nearly all trials, none are left.

        Empty  NaN where nothing was sealed
        """
        squares = np.where(self.bottom_squares > 0, self.bottom_squares, np.nan)
        return _known(bottom) ** 2 / squares - 1

    def small_sample_factor(self, bottom: Sums, confidence: float) -> Floats:
        """(t / z)^2 with the degrees of freedom that there are: few buckets know little.

        Source  Korn and Graubard 1998, Confidence intervals for proportions with small expected
                number of positive counts estimated from survey data
        """
        t = student_quantile(self.degrees(bottom), confidence)
        return np.asarray((t / normal_quantile(confidence)) ** 2)


def _known(bottom: Sums) -> Floats:
    return np.where(bottom > 0, bottom.astype(np.float64), np.nan)
