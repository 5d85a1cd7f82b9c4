"""Sums kept apart for each bucket of customers: intervals for whatever they can estimate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.statistics.intervals import (
    Floats,
    Interval,
    normal_quantile,
    student_quantile,
    wilson,
)
from cjm_notebooks.statistics.partials.additive import Additive
from cjm_notebooks.statistics.partials.cells import Ints, Sums

MOST_PARTS = 64
ROUNDING = 1e-12

Estimate = Callable[[Sums], Floats]


@dataclass(frozen=True)
class PerBucket(Additive):
    """Sums over the customers of each of the 256 buckets, for estimates without a closed form.

    It takes 256 times the room of its sums, so that it is for a few thousand of them. Added parts
    are put together only now and then, so that adding many costs no more than reading them once.
    """

    parts: tuple[tuple[Ints, Sums], ...]  # at least one; each ascending, as `bucket` and `sums`

    @classmethod
    def of(cls, bucket: ArrayLike, sums: ArrayLike) -> Self:
        """What was seen in some buckets, in any order; sums of the same bucket are added.

        `bucket` (rows,), 0 to 255; `sums` (rows, ...).
        """
        return cls((_merged(np.asarray(bucket, dtype=np.int64), np.asarray(sums)),))

    def __add__(self, other: Self) -> Self:
        if type(other) is not type(self) or self._cells != other._cells:
            msg = (
                f"Sums of the shape {self._cells} and {getattr(other, '_cells', 'others')} do not "
                "add. Observe both with one map and one metric."
            )
            raise ParameterError(msg)
        parts = self.parts + other.parts
        return type(self)(parts if len(parts) <= MOST_PARTS else (_together(parts),))

    @property
    def bucket(self) -> Ints:
        """int64, (seen,), ascending."""
        return _together(self.parts)[0]

    @property
    def sums(self) -> Sums:
        """int64 or float64, (seen, ...): in the order of `bucket`."""
        return _together(self.parts)[1]

    @property
    def total(self) -> Sums:
        """(...): the sums over all customers."""
        return _total(self.sums)

    @property
    def left_out(self) -> Sums:
        """(seen, ...): the sums over all customers but those of one bucket."""
        sums = self.sums
        return np.asarray(_total(sums) - sums)

    def error(self, estimate: Estimate) -> tuple[Floats, Floats]:
        """The estimate from all sums and its standard error by the delete-a-group jackknife.

        `estimate` turns sums (groups, ...) into estimates (groups, cells), each group by itself.

        Empty   NaN errors below two buckets, or where a bucket's absence leaves no estimate
        Source  Wolter 2007, Introduction to variance estimation, chapter 4
        """
        sums = self.sums
        total = _total(sums)
        whole = estimate(total[None])[0]
        if len(sums) < 2:
            return whole, np.full_like(whole, np.nan)
        left_out = estimate(total - sums)
        error = jackknife_error(left_out)
        return whole, np.where(error > ROUNDING * np.abs(left_out).max(axis=0), error, error * 0)

    def interval(
        self, estimate: Estimate, confidence: float = 0.95, *, more_variance: ArrayLike = 0.0
    ) -> tuple[Floats, Interval]:
        """The estimate from all sums and its interval: Student's, with the buckets as units.

        `more_variance` is that of what the buckets do not know of, such as sampling.

        Empty   NaN ends below two buckets, where a bucket's absence leaves no estimate, and where
                it changes nothing: a width of 0 would claim that the next customer is known
        Source  Wolter 2007, Introduction to variance estimation, chapter 4
        """
        whole, error = self.error(estimate)
        known = np.sqrt(np.where(error > 0, error, np.nan) ** 2 + np.asarray(more_variance))
        reach = student_quantile(float(len(self.bucket) - 1), confidence) * known
        return whole, (whole - reach, whole + reach)

    def share_interval(
        self, estimate: Estimate, customers: ArrayLike, confidence: float = 0.95
    ) -> tuple[Floats, Interval]:
        """The same for shares, whose interval stays between 0 and 1: Wilson's, with as many
        independent customers as would vary as much.

        `customers` (seen,) are those with a part in the shares, per bucket. Few buckets with any
        widen the interval; a share that is the same without each bucket in turn, such as one of
        0 or 1, has the interval of all customers.

        Empty   NaN ends below two buckets with customers
        Source  Korn and Graubard 1998, Confidence intervals for proportions with small expected
                number of positive counts estimated from survey data
        """
        whole, error = self.error(estimate)
        counts = np.asarray(customers, dtype=np.float64)
        everyone = float(counts.sum())
        degrees = everyone**2 / max(float((counts**2).sum()), 1.0) - 1
        wider = student_quantile(degrees, confidence) / normal_quantile(confidence)
        share = np.clip(whole, 0, 1)
        varies = (error > 0) & (share > 0) & (share < 1)
        spread = np.where(varies, error, 1) * wider
        n = np.where(varies, np.maximum(share * (1 - share) / spread**2, 1), everyone)
        n = np.where(np.isnan(error) | (degrees <= ROUNDING), np.nan, n)
        return whole, wilson(share * n, n, confidence=confidence)

    def beside(self, *others: PerBucket) -> PerBucket:
        """These sums and others of the same customers, flat and side by side: (seen, all cells)."""
        each = [_together(one.parts) for one in (self, *others)]
        seen = np.unique(np.concatenate([bucket for bucket, _ in each]))
        columns = []
        for bucket, sums in each:
            flat = sums.reshape(len(bucket), int(np.prod(sums.shape[1:])))
            rows = np.zeros((len(seen), flat.shape[1]), flat.dtype)
            rows[np.searchsorted(seen, bucket)] = flat
            columns.append(rows)
        return PerBucket(((seen, np.concatenate(columns, axis=1)),))

    @property
    def _cells(self) -> tuple[int, ...]:
        return self.parts[0][1].shape[1:]


def jackknife_error(left_out: Floats) -> Floats:
    """The standard error from the estimates (groups, cells) without each group in turn.

    Source  Wolter 2007, Introduction to variance estimation, chapter 4
    """
    groups = len(left_out)
    spread = ((left_out - left_out.mean(axis=0)) ** 2).sum(axis=0)
    return np.asarray(np.sqrt(spread * (groups - 1) / groups), np.float64)


def _total(sums: Sums) -> Sums:
    return np.asarray(sums.sum(axis=0, dtype=sums.dtype))


def _together(parts: tuple[tuple[Ints, Sums], ...]) -> tuple[Ints, Sums]:
    if len(parts) == 1:
        return parts[0]
    return _merged(
        np.concatenate([bucket for bucket, _ in parts]), np.concatenate([sums for _, sums in parts])
    )


def _merged(bucket: Ints, sums: Sums) -> tuple[Ints, Sums]:
    if not (bucket[1:] <= bucket[:-1]).any():
        return bucket, sums
    order = np.argsort(bucket, kind="stable")
    seen, first = np.unique(bucket[order], return_index=True)
    return seen, np.add.reduceat(sums[order], first, axis=0)
