"""How long things took: quantiles from a histogram whose bins never change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.statistics.intervals import Floats, Interval, quantile_ranks
from cjm_notebooks.statistics.partials.additive import Additive
from cjm_notebooks.statistics.partials.buckets import Buckets
from cjm_notebooks.statistics.partials.cells import Ints, per_cell, places, sum_by_cell

BINS_PER_DOUBLING = 64
LONGEST_SECONDS = 100 * 365.25 * 86_400
_DOUBLINGS = np.log2(LONGEST_SECONDS)
EDGES = 2.0 ** (np.arange(np.ceil(_DOUBLINGS * BINS_PER_DOUBLING)) / BINS_PER_DOUBLING)
MIDDLES = np.concatenate([[0.0], EDGES * 2 ** (0.5 / BINS_PER_DOUBLING)])


@dataclass(frozen=True)
class Durations(Additive):
    """A histogram of durations per cell: quantiles with their intervals, and exact means.

    Bins grow by 2^(1/64), so a quantile is off by at most 0.55 %; durations below one second
    count as 0, those of 100 years and more as 100 years. A bin holds up to 2,147,483,647.

    Empty  a cell without durations has null quantiles and a null mean
    """

    counts: NDArray[np.int32]  # int32, (cells, bins)
    milliseconds: Ints  # int64, (cells,)
    repeats: Ints  # int64, (cells,)
    buckets: Buckets

    @classmethod
    def of(cls, cell: ArrayLike, seconds: ArrayLike, cells: int, *, repeats: ArrayLike = 0) -> Self:
        """The durations, each given by the number of its cell and its seconds.

        `repeats` counts per cell the durations beyond the first of the same customer; a single
        number holds for each cell.

        Raises  ParameterError when a duration is missing or below 0
        """
        place = places(cell, cells)
        lengths = np.asarray(seconds, dtype=np.float64)
        odd = int(np.count_nonzero(~(lengths >= 0)))
        if odd:
            msg = f"{odd} durations are missing or below 0. Leave open ones out of the histogram."
            raise ParameterError(msg)
        cell_and_bin = place * len(MIDDLES) + _bin(lengths)
        counts = np.bincount(cell_and_bin, minlength=cells * len(MIDDLES)).astype(np.int32)
        milliseconds = sum_by_cell(place, np.rint(lengths * 1000).astype(np.int64), cells)
        unsealed = Buckets.none(milliseconds)
        shaped = counts.reshape(cells, len(MIDDLES))
        return cls(shaped, milliseconds, per_cell(repeats, (cells,)), unsealed)

    @property
    def has_repeats(self) -> bool:
        return bool(self.repeats.any())

    def sealed(self) -> Self:
        return replace(self, buckets=Buckets.one(self.count, self.count))

    @property
    def count(self) -> Ints:
        """int64, (cells,): the durations."""
        return np.asarray(self.counts.sum(axis=1), np.int64)

    @property
    def total_seconds(self) -> Floats:
        """float64, (cells,), summed exactly in milliseconds."""
        return self.milliseconds / 1000

    @property
    def mean_seconds(self) -> Floats:
        """float64, (cells,)."""
        return self.total_seconds / self._n

    def quantile(self, share: float = 0.5) -> Floats:
        """Seconds, float64, (cells,): the smallest duration that `share` of them do not exceed."""
        if not 0 < share < 1:
            msg = f"The share of a quantile is {share}. Give a number between 0 and 1."
            raise ParameterError(msg)
        return self._at_rank(np.ceil(share * self._n))

    def quantile_interval(self, share: float = 0.5, *, confidence: float = 0.95) -> Interval:
        """Seconds: two of the durations that enclose the quantile, whatever the distribution.

        With repeats all durations of one customer are taken as alike, which is too wide rather
        than too narrow.

        Empty  NaN at an end that too few durations can bound, and with repeats while nothing was
               sealed
        """
        n = self._n
        effect = np.where(self.repeats > 0, self.buckets.alike_effect(self.count, n), 1.0)
        low, high = quantile_ranks(n / effect, share, confidence=confidence)
        return self._at_rank((low - 1) * effect + 1), self._at_rank(high * effect)

    def _at_rank(self, rank: Floats) -> Floats:
        known = ~np.isnan(rank)
        filled = np.where(known, rank, 1)
        place = (np.cumsum(self.counts, axis=1, dtype=np.int64) < filled[:, None]).sum(axis=1)
        return np.where(known, MIDDLES[np.minimum(place, len(MIDDLES) - 1)], np.nan)

    @property
    def _n(self) -> Floats:
        return np.where(self.count > 0, self.count, np.nan)


def _bin(seconds: Floats) -> Ints:
    """int64: how many `EDGES` each length has reached; a logarithm is faster than to search."""
    last = len(EDGES) - 1
    logarithm = np.log2(np.maximum(seconds, 0.5)) * BINS_PER_DOUBLING
    near = np.clip(logarithm.astype(np.int64) + 1, 0, last)
    near -= (near > 0) & (seconds < EDGES[near - 1])
    near += seconds >= EDGES[np.minimum(near, last)]
    return near
