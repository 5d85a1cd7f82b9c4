"""The cells that a reader does not know, and those that have to join them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cjm_notebooks.privacy.freedom import Freedom

Flags = NDArray[np.bool_]
Cells = NDArray[np.int64]
Counts = NDArray[np.float64]
Terms = tuple[Cells, NDArray[np.float64]]


class Unknowns:
    """Cells that become unknown one after another, and what each equation tells of them.

    Per equation it is counted how many of its cells are unknown, added or taken away, larger than
    1, fixed by what is known, and still to choose from.
    """

    def __init__(self, values: Counts, terms: Sequence[Terms], choice: Flags) -> None:
        self.unknown: Flags = np.zeros(len(values), np.bool_)
        self._free = [False] * len(values)
        self._large = (values > 1).tolist()
        self._choice = choice.tolist()
        self._by_size = [_by_size(cells, values) for cells, _ in terms]
        self._columns: list[dict[int, int]] = [{} for _ in values]
        for equation, (cells, signs) in enumerate(terms):
            for cell, sign in zip(cells.tolist(), signs.tolist(), strict=True):
                self._columns[cell][equation] = int(sign)
        self._freedom = Freedom(self._columns)
        self._here, self._added, self._large_here, self._fixed = np.zeros((4, len(terms)), np.int64)
        self._open = np.array([choice[cells].sum() for cells, _ in terms], np.int64)

    def add(self, cells: Cells) -> None:
        """Make these unknown."""
        here: list[tuple[int, int, bool, bool]] = []
        for cell in cells.tolist():
            self.unknown[cell] = True
            large, choice = self._large[cell], self._choice[cell]
            here += [(one, sign > 0, large, choice) for one, sign in self._columns[cell].items()]
            self._choice[cell] = False
        if here:
            equation, added, large_here, open_ = np.array(here, np.int64).T
            for count, more in (
                (self._here, 1),
                (self._fixed, 1),
                (self._added, added),
                (self._large_here, large_here),
                (self._open, -open_),
            ):
                np.add.at(count, equation, more)
        for cell in cells.tolist():
            for freed in self._freedom.freed_by(cell):
                self._loosen(freed)

    def companions(self) -> Cells:
        """The further cells to hide because a hidden one follows from what is shown."""
        more: list[int] = []
        touched: set[int] = set()
        for equation in self._to_loosen().tolist():
            if equation not in touched:
                more.append(self._smallest(equation))
                touched.update(self._columns[more[-1]])
        return np.array(more, np.int64)

    def _loosen(self, cell: int) -> None:
        if not self._free[cell]:
            self._free[cell] = True
            self._fixed[[*self._columns[cell]]] -= 1

    def _to_loosen(self) -> Cells:
        """The equations that need another unknown, narrow ones first."""
        is_open, has_fixed = self._open > 0, self._fixed > 0
        telling = np.flatnonzero(is_open & self._gives_away())
        if len(telling) or not has_fixed.any():
            return telling
        near = np.flatnonzero(is_open & has_fixed)
        return near[:1] if len(near) else np.flatnonzero(is_open & (self._here > 0))[:1]

    def _gives_away(self) -> Flags:
        """Which equations fix all they hold, by themselves or because their unknowns are all 1."""
        one_sign = (self._added == 0) | (self._added == self._here)
        ones = one_sign & (self._large_here == 0)
        return np.asarray((self._here > 0) & (ones | (self._fixed == self._here)), np.bool_)

    def _smallest(self, equation: int) -> int:
        """The smallest cell to choose, nobody's cells last."""
        cells = self._by_size[equation]
        while not self._choice[cells[-1]]:
            cells.pop()
        return cells[-1]


def _by_size(cells: Cells, values: Counts) -> list[int]:
    """The cells, the first to be chosen last."""
    here = values[cells]
    ordered: list[int] = cells[np.lexsort((here, here == 0))][::-1].tolist()
    return ordered
