"""Shares: how many of the trials were hits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.statistics.intervals import Floats, Interval, wilson
from cjm_notebooks.statistics.partials.additive import Additive
from cjm_notebooks.statistics.partials.buckets import Buckets
from cjm_notebooks.statistics.partials.cells import Ints, per_cell


@dataclass(frozen=True)
class Rate(Additive):
    """One share per cell: hits of trials, with what its interval needs.

    `repeats` counts the trials beyond the first of the same customer. A cell without any has
    independent trials and the plain Wilson interval; a cell with some needs sealed buckets.

    Empty  a cell without trials has a null share and a null interval
    """

    hits: Ints  # int64, (cells,)
    trials: Ints  # int64, (cells,)
    repeats: Ints  # int64, (cells,)
    buckets: Buckets

    @classmethod
    def of(cls, hits: ArrayLike, trials: ArrayLike, repeats: ArrayLike = 0) -> Self:
        """The share per cell; a single number of `repeats` holds for each cell.

        Raises  ParameterError when a cell has more hits than trials, or fewer than none
        """
        whole = np.asarray(trials, dtype=np.int64)
        some = np.asarray(hits, dtype=np.int64)
        odd = int(np.count_nonzero((some < 0) | (some > whole)))
        if odd:
            msg = (
                f"In {odd} cells the hits are below 0 or above the trials. "
                "Count each hit among the trials too."
            )
            raise ParameterError(msg)
        return cls(some, whole, per_cell(repeats, whole.shape), Buckets.none(whole))

    @property
    def has_repeats(self) -> bool:
        return bool(self.repeats.any())

    def sealed(self) -> Self:
        return replace(self, buckets=Buckets.one(self.hits, self.trials))

    @property
    def share(self) -> Floats:
        """float64, (cells,), 0 to 1; NaN without trials."""
        return self.hits / self._n

    @property
    def design_effect(self) -> Floats:
        """float64, (cells,): 1 without repeats, NaN with repeats while nothing was sealed."""
        variance = self.share * (1 - self.share)
        effect = self.buckets.design_effect(self.hits, self.trials, variance, self._n)
        return np.where(self.repeats > 0, effect, 1.0)

    def interval_effect(self, confidence: float = 0.95) -> Floats:
        """The design effect, larger still where few buckets were seen; at most the trials."""
        estimated = (self.repeats > 0) & (self.hits > 0) & (self.hits < self.trials)
        estimated &= self.buckets.sealed_buckets > 1
        factor = np.where(estimated, self.buckets.small_sample_factor(self.trials, confidence), 1.0)
        return np.minimum(self.design_effect * factor, np.maximum(self.trials, 1))

    def interval(self, confidence: float = 0.95) -> Interval:
        """Wilson's interval with the customer, not the trial, as the independent unit.

        The effective number of trials is trials / `interval_effect`.
        """
        effect = self.interval_effect(confidence)
        return wilson(self.hits, self.trials, design_effect=effect, confidence=confidence)

    def columns(
        self,
        hits: str = "hits",
        trials: str = "trials",
        share: str = "share",
        confidence: float = 0.95,
    ) -> dict[str, NDArray[np.int64] | NDArray[np.float64]]:
        """The columns of a report: counts, share and the two ends of its interval.

        The ends are `low` and `high`, after a share of another name `NAME_low` and `NAME_high`.
        """
        low, high = self.interval(confidence)
        before = "" if share == "share" else f"{share}_"
        return {
            hits: self.hits,
            trials: self.trials,
            share: self.share,
            f"{before}low": low,
            f"{before}high": high,
        }

    @property
    def _n(self) -> Floats:
        return np.where(self.trials > 0, self.trials, np.nan)
