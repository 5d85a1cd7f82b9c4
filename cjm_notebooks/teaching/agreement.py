"""How alike two partitions of the same events are, part by part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
AS_GOOD_AS_RIGHT = 0.9


@dataclass(frozen=True, eq=False)
class Agreement:
    """Two partitions side by side: the learner's parts and the right ones.

    Attributes
    ----------
    overlap
        int64, (my parts, right parts). Events that are in both.
    mine, theirs
        int64, (parts,). Events in each part, those that the other partition leaves out too.
    """

    overlap: Ints
    mine: Ints
    theirs: Ints

    @classmethod
    def of(cls, mine: Ints, right: Ints, events: Ints, sizes: tuple[int, int]) -> Self:
        """Of rows of so many `events`, each with its part on either side or -1 for none."""
        m, n = sizes
        cell = (mine.astype(np.int64) % (m + 1)) * (n + 1) + right.astype(np.int64) % (n + 1)
        cells = np.bincount(cell, events, minlength=(m + 1) * (n + 1)).astype(np.int64)
        table = cells.reshape(m + 1, n + 1)
        return cls(table[:m, :n], table[:m].sum(axis=1), table[:, :n].sum(axis=0))

    def merged(self, mine: Ints, right: Ints, sizes: tuple[int, int]) -> Self:
        """Of larger parts: `mine` and `right` say in which larger part each part is."""
        m, n = sizes
        into, onto = np.eye(m, dtype=np.int64)[:, mine], np.eye(n, dtype=np.int64)[right]
        return type(self)(into @ self.overlap @ onto, into @ self.mine, self.theirs @ onto)

    @cached_property
    def likeness(self) -> Floats:
        """F1 of each two parts, 0 to 1; (my parts, right parts)."""
        both = self.mine[:, None] + self.theirs[None, :]
        return np.asarray(2 * self.overlap / np.maximum(both, 1), np.float64)

    @cached_property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """My part and the right one, paired so that their likeness is greatest in sum."""
        from scipy.optimize import linear_sum_assignment

        rows, columns = linear_sum_assignment(self.likeness, maximize=True)
        found = zip(rows.tolist(), columns.tolist(), strict=True)
        return tuple(pair for pair in found if self.overlap[pair])

    @property
    def parts(self) -> tuple[int, int]:
        """How many parts count: the right ones that have events, and all of mine.

        Parts of mine without an event are left out as far as the right partition has such too.
        """
        empty, allowed = int((self.mine == 0).sum()), int((self.theirs == 0).sum())
        return len(self.mine) - min(empty, allowed), len(self.theirs) - allowed

    @property
    def share(self) -> float:
        """The likeness of all pairs over the mean number of parts, 0 to 1."""
        parts = sum(self.parts)
        return 2 * sum(float(self.likeness[pair]) for pair in self.pairs) / parts if parts else 0.0


def without_guessing(share: float, guesses: Iterable[float]) -> float:
    """`share` on the scale from the best guess, 0, to the right answer, 1; never below 0.

    A guess that reaches 0.9 is not taken off: then it is no guess but the answer, as one touchpoint
    for each name of an event is where the right map is just that.
    """
    best = max((guess for guess in guesses if guess < AS_GOOD_AS_RIGHT), default=0.0)
    return max(0.0, (share - best) / (1 - best))


def tau_of(stages: Agreement) -> float:
    """Kendall's tau of the order of the paired parts, not below 0; 0 for fewer than two pairs."""
    pairs = sorted(stages.pairs)
    if len(pairs) < 2:
        return 0.0
    right = np.array([column for _, column in pairs])
    later = np.sign(right[None, :] - right[:, None])[np.triu_indices(len(right), 1)]
    return max(0.0, float(later.mean()))


def placed(touchpoints: Agreement, stages: Agreement, mine: Ints, right: Ints) -> float:
    """The likeness of the paired touchpoints whose stages are a pair too, less guessing.

    `mine` and `right` are the stage of each touchpoint. There are two guesses: to put every
    touchpoint into one stage, which places those of the largest, and each into a stage of its own,
    which places one of each.
    """
    stage_pairs = set(stages.pairs)
    found = sum(
        float(touchpoints.likeness[row, column])
        for row, column in touchpoints.pairs
        if (int(mine[row]), int(right[column])) in stage_pairs
    )
    counted = right[touchpoints.theirs > 0]
    sizes = np.unique(counted, return_counts=True)[1]
    guesses = [max(int(sizes.max(initial=0)), len(sizes)) / max(len(counted), 1)]
    parts = sum(touchpoints.parts)
    return without_guessing(2 * found / parts if parts else 0.0, guesses)
