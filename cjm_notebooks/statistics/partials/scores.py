"""Answers on a scale: their mean, raw and weighted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.statistics.intervals import Floats, Interval, kish, mean_interval
from cjm_notebooks.statistics.partials.additive import Additive
from cjm_notebooks.statistics.partials.buckets import Buckets
from cjm_notebooks.statistics.partials.cells import Ints, Sums, per_cell, places, sum_by_cell

SCALE = 1000
LARGEST_SCORE = 1000
ROUNDING = 1e-12


@dataclass(frozen=True)
class Moments(Additive):
    """Sums of weights and of weighted scores in thousandths; integers when no weight is given."""

    weight: Sums  # int64 or float64, (cells,)
    weight_squares: Sums  # int64 or float64, (cells,)
    total: Sums  # int64 or float64, (cells,)
    squares: Sums  # int64 or float64, (cells,)
    repeats: Ints  # int64, (cells,)
    buckets: Buckets  # float64: squares of bucket totals outgrow int64

    @classmethod
    def of(cls, place: Ints, score: Ints, weight: Sums, repeats: Ints) -> Self:
        cells = len(repeats)
        return cls(
            weight=sum_by_cell(place, weight, cells),
            weight_squares=sum_by_cell(place, weight**2, cells),
            total=sum_by_cell(place, weight * score, cells),
            squares=sum_by_cell(place, weight * score**2, cells),
            repeats=repeats,
            buckets=Buckets.none(np.zeros(cells)),
        )

    @property
    def has_repeats(self) -> bool:
        return bool(self.repeats.any())

    def sealed(self) -> Self:
        top, bottom = self.total.astype(np.float64), self.weight.astype(np.float64)
        return replace(self, buckets=Buckets.one(top, bottom))

    @property
    def mean(self) -> Floats:
        return np.asarray(self.total / self._weight / SCALE, np.float64)

    @property
    def effective_n(self) -> Floats:
        return kish(self.weight, self.weight_squares)

    @property
    def variance(self) -> Floats:
        """Sample variance: n / (n - 1) times the weighted mean square around the mean."""
        n = np.where(self.effective_n > 1, self.effective_n, np.nan)
        square = self.squares / self._weight / SCALE**2
        spread = square - self.mean**2
        varied = np.where(spread > ROUNDING * square, spread, 0.0)
        return np.asarray(varied * n / (n - 1), np.float64)

    @property
    def independent_n(self) -> Floats:
        """The effective number of answers, less where those of one customer are alike."""
        n, variance = self.effective_n, self.variance * SCALE**2
        effect = self.buckets.design_effect(self.total, self.weight, variance, n)
        return np.where(self.repeats > 0, n / effect, n)

    def normal_n(self, confidence: float = 0.95) -> Floats:
        """The same for an interval of normal width: less where few buckets were seen, to 1."""
        few = (self.repeats > 0) & (self.buckets.sealed_buckets > 1)
        factor = np.where(few, self.buckets.small_sample_factor(self.weight, confidence), 1.0)
        return np.maximum(self.independent_n / factor, 1)

    def interval(self, confidence: float) -> Interval:
        n = self.independent_n
        degrees = np.where(self.repeats > 0, self.buckets.degrees(self.weight), n - 1)
        return mean_interval(self.mean, self.variance, n, degrees=degrees, confidence=confidence)

    @property
    def _weight(self) -> Floats:
        return np.where(self.weight > 0, self.weight, np.nan)


@dataclass(frozen=True)
class Scores(Additive):
    """The answers per cell: their number, mean and interval, raw and weighted.

    Scores are kept in thousandths, so raw sums are exact. Weighted sums are floats, and so are
    the sums behind the interval of repeated answers, exact up to about a hundred thousand per
    cell: a metric that reports these declares a tolerance of 1e-9.

    Empty  a cell without answers has a null mean; below two customers the interval is null
    """

    raw: Moments
    weighted: Moments

    @classmethod
    def of(
        cls,
        cell: ArrayLike,
        score: ArrayLike,
        cells: int,
        *,
        weight: ArrayLike | None = None,
        repeats: ArrayLike = 0,
    ) -> Self:
        """The answers, each given by the number of its cell, its score and perhaps its weight.

        `repeats` counts per cell the answers beyond the first of the same customer; a single
        number holds for each cell.

        Raises  ParameterError when a score is missing or beyond 1000, or a weight is not above 0
        """
        place = places(cell, cells)
        scores = _thousandths(np.asarray(score, dtype=np.float64))
        weights = np.ones(len(scores)) if weight is None else np.asarray(weight, dtype=np.float64)
        if not np.all(weights > 0):
            msg = "Some weights are missing or not above 0. Leave those answers out."
            raise ParameterError(msg)
        more = per_cell(repeats, (cells,))
        return cls(
            raw=Moments.of(place, scores, np.ones_like(scores), more),
            weighted=Moments.of(place, scores, weights, more),
        )

    @property
    def n(self) -> Ints:
        """int64, (cells,): the answers."""
        return self.raw.weight.astype(np.int64)

    @property
    def mean(self) -> Floats:
        """float64, (cells,), on the scale of the question."""
        return self.raw.mean

    @property
    def variance(self) -> Floats:
        """float64, (cells,): the sample variance; NaN below two answers."""
        return self.raw.variance

    def interval(self, confidence: float = 0.95) -> Interval:
        """Student's interval of the mean, with the customer as the independent unit."""
        return self.raw.interval(confidence)

    @property
    def weighted_mean(self) -> Floats:
        """float64, (cells,), on the scale of the question."""
        return self.weighted.mean

    @property
    def effective_n(self) -> Floats:
        """float64, (cells,): Kish's number of equal answers that would know as much."""
        return self.weighted.effective_n

    def weighted_interval(self, confidence: float = 0.95) -> Interval:
        """Student's interval of the weighted mean, over the effective number of answers."""
        return self.weighted.interval(confidence)


def _thousandths(score: Floats) -> Ints:
    odd = int(np.count_nonzero(~(np.abs(score) <= LARGEST_SCORE)))
    if odd:
        msg = (
            f"{odd} scores are missing or beyond {LARGEST_SCORE}. "
            "Leave missing answers out and give scores on the scale of their question."
        )
        raise ParameterError(msg)
    return np.rint(score * SCALE).astype(np.int64)
