"""Draws that are the same bytes on every Python and numpy.

They come from numpy's `RandomState`, whose stream is frozen, and are turned into choices and waits
by comparisons and single arithmetic operations, which IEEE 754 fixes to the last bit. Each purpose
has a stream of its own, so that a changed chance moves nothing else.

Source  NumPy Enhancement Proposal 19, Random number generator policy
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Draws:
    """Uniform numbers from 0 to below 1, a stream for each purpose that has a name."""

    generator: str
    seed: int
    customers: int

    def uniform(self, purpose: str, number: int | None = None) -> Floats:
        """float64, (number,). The same for the same purpose, however often it is asked."""
        stream = np.random.RandomState([self.seed, crc32(f"{self.generator}: {purpose}".encode())])
        return stream.random_sample(self.customers if number is None else number)


@dataclass(frozen=True)
class Wait:
    """A length of time. Between two neighbours of `seconds` lie equally many waits."""

    seconds: tuple[int, ...]

    def of(self, uniform: Floats) -> Ints:
        """int64. Whole seconds, one a draw."""
        return between(np.array(self.seconds, np.int64), uniform)

    @cached_property
    def longest(self) -> int:
        return self.seconds[-1]


def between(quantiles: Ints, uniform: Floats) -> Ints:
    """int64. The whole number at each share `uniform` of the way through the `quantiles`."""
    along = uniform * (len(quantiles) - 1)
    low = np.floor(along).astype(np.int64)
    step = (quantiles[low + 1] - quantiles[low]) * (along - low)
    return np.asarray(quantiles[low] + np.floor(step).astype(np.int64), np.int64)


def chosen(chances: tuple[float, ...], uniform: Floats) -> Ints:
    """int64. The position in `chances` that each draw falls on; the last takes what is left."""
    bounds = np.cumsum(np.array(chances[:-1], np.float64))
    return np.asarray(np.searchsorted(bounds, uniform, side="right"), np.int64)
