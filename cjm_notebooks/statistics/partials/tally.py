"""Counts in cells of which only a few are ever seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from cjm_notebooks.statistics.partials.additive import Additive
from cjm_notebooks.statistics.partials.cells import Ints


@dataclass(frozen=True)
class Tally(Additive):
    """One or more counts for each cell seen; what was not seen takes no room.

    For cells such as every event name at every touchpoint, where arrays would be mostly empty.
    """

    cell: Ints  # int64, (seen,), ascending
    counts: Ints  # int64, (seen, columns)

    @classmethod
    def of(cls, cell: ArrayLike, counts: ArrayLike) -> Self:
        """What was seen, in any order; counts of the same cell are summed.

        `cell` (rows,) numbers from 0; `counts` (rows, columns).
        """
        cells = np.asarray(cell, dtype=np.int64)
        order = np.argsort(cells, kind="stable")
        seen, first = np.unique(cells[order], return_index=True)
        rows = np.asarray(counts, dtype=np.int64)[order]
        return cls(seen, np.add.reduceat(rows, first, axis=0))

    def __add__(self, other: Self) -> Self:
        return type(self).of(
            np.concatenate([self.cell, other.cell]), np.concatenate([self.counts, other.counts])
        )
