"""Sums kept apart for each bucket of customers: intervals for whatever they can estimate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from cjm_notebooks.statistics.intervals import Floats, Interval, student_quantile
from cjm_notebooks.statistics.partials.additive import Additive
from cjm_notebooks.statistics.partials.cells import Ints, Sums


@dataclass(frozen=True)
class PerBucket(Additive):
    """Sums over the customers of each of the 256 buckets, for estimates without a closed form.

    It takes 256 times the room of its sums, so that it is for a few thousand of them.
    """

    bucket: Ints  # int64, (seen,), ascending
    sums: Sums  # int64 or float64, (seen, ...)

    @classmethod
    def of(cls, bucket: ArrayLike, sums: ArrayLike) -> Self:
        """What was seen in some buckets, in any order; sums of the same bucket are added.

        `bucket` (rows,), 0 to 255; `sums` (rows, ...).
        """
        buckets, rows = np.asarray(bucket, dtype=np.int64), np.asarray(sums)
        order = np.argsort(buckets, kind="stable")
        seen, first = np.unique(buckets[order], return_index=True)
        return cls(seen, np.add.reduceat(rows[order], first, axis=0) if len(seen) else rows[:0])

    def __add__(self, other: Self) -> Self:
        return type(self).of(
            np.concatenate([self.bucket, other.bucket]), np.concatenate([self.sums, other.sums])
        )

    @property
    def total(self) -> Sums:
        """(...): the sums over all customers."""
        return np.asarray(self.sums.sum(axis=0, dtype=self.sums.dtype))

    @property
    def left_out(self) -> Sums:
        """(seen, ...): the sums over all customers but those of one bucket."""
        return np.asarray(self.total - self.sums)

    def interval(
        self, estimate: Callable[[Sums], Floats], confidence: float = 0.95
    ) -> tuple[Floats, Interval]:
        """The estimate from all sums and its interval by the delete-a-group jackknife.

        `estimate` turns sums (groups, ...) into estimates (groups, cells), each group by itself.

        Empty   NaN ends below two buckets, or where a bucket's absence leaves no estimate
        Source  Wolter 2007, Introduction to variance estimation, chapter 4
        """
        whole = estimate(self.total[None])[0]
        if len(self.bucket) < 2:
            return whole, (np.full_like(whole, np.nan), np.full_like(whole, np.nan))
        error = jackknife_error(estimate(self.left_out))
        reach = student_quantile(np.array(len(self.bucket) - 1.0), confidence) * error
        return whole, (whole - reach, whole + reach)


def jackknife_error(left_out: Floats) -> Floats:
    """The standard error from the estimates (groups, cells) without each group in turn.

    Source  Wolter 2007, Introduction to variance estimation, chapter 4
    """
    groups = len(left_out)
    spread = ((left_out - left_out.mean(axis=0)) ** 2).sum(axis=0)
    return np.asarray(np.sqrt(spread * (groups - 1) / groups), np.float64)
