"""Walks from place to place that end in one of two ways, and what a missing place would change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cjm_notebooks.statistics.intervals import Floats
from cjm_notebooks.statistics.partials.cells import Sums


@dataclass(frozen=True, eq=False)
class AbsorbingChain:
    """One Markov chain of first order per group, from counts of moves.

    The next place depends on the present one alone. A place that is never left, or from which no
    way leads to an end, loses whoever comes there.

    Attributes
    ----------
    begins
        (groups, places). Walks that begin at each place.
    moves
        (groups, places, places). Moves from each place to each.
    conversions
        (groups, places). Walks that convert directly after each place.
    losses
        (groups, places). Walks that end without converting directly after it.

    Source  Kemeny and Snell 1960, Finite Markov chains, chapter 3
    """

    begins: Sums
    moves: Sums
    conversions: Sums
    losses: Sums

    @property
    def conversion(self) -> Floats:
        """float64, (groups,). The chance that a walk converts; NaN where none begins."""
        return np.asarray((self._start * self._converts_from).sum(axis=1), np.float64)

    @property
    def visits(self) -> Floats:
        """float64, (groups, places). The chance that a walk comes to each place at all."""
        expected = (self._start[:, None, :] @ self._expected_visits)[:, 0, :]
        once_there = np.diagonal(self._expected_visits, axis1=1, axis2=2)
        return np.asarray(expected / once_there, np.float64)

    @property
    def removal_effects(self) -> Floats:
        """float64, (groups, places). The share of conversions lost if a place lost its visitors.

        A walk converts without a place unless it would have come there and converted after, so
        that the effect is P(visit) P(convert from there) / P(convert).

        Empty   NaN where nothing converts
        Source  Anderl, Becker, von Wangenheim and Schumann 2016, Mapping the customer journey:
                lessons learned from graph-based online attribution modeling
        """
        chance = np.where(self.conversion > 0, self.conversion, np.nan)
        return self.visits * self._converts_from / chance[:, None]

    @property
    def _start(self) -> Floats:
        begun = self.begins.sum(axis=1, keepdims=True)
        return np.asarray(self.begins / np.where(begun > 0, begun, np.nan), np.float64)

    @cached_property
    def _leaves(self) -> Floats:
        """(groups, places). Moves out of each place, 0 where no way leads to an end."""
        ends = (self.conversions > 0) | (self.losses > 0)
        moves = self.moves > 0
        while True:
            more = ends | (moves @ ends[:, :, None])[:, :, 0]
            if (more == ends).all():
                break
            ends = more
        out = self.moves.sum(axis=2) + self.conversions + self.losses
        return np.where(ends, out, 0).astype(np.float64)

    @cached_property
    def _expected_visits(self) -> Floats:
        """(groups, places, places). Visits to each place of a walk that is at another one."""
        each = np.where(self._leaves > 0, self._leaves, np.inf)[:, :, None]
        return np.asarray(np.linalg.inv(np.eye(self.moves.shape[1]) - self.moves / each))

    @cached_property
    def _converts_from(self) -> Floats:
        """(groups, places). The chance to convert of a walk that is at each place."""
        directly = self.conversions / np.where(self._leaves > 0, self._leaves, np.inf)
        return np.asarray((self._expected_visits @ directly[:, :, None])[:, :, 0], np.float64)
