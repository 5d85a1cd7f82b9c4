"""The cells that a reader does not know, and those that have to join them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from cjm_notebooks.privacy.freedom import Freedom

Flags = NDArray[np.bool_]
Cells = NDArray[np.int64]
Counts = NDArray[np.float64]
Terms = tuple[Cells, NDArray[np.float64]]


class Unknowns:
    """Cells that become unknown one after another, and what each equation tells of them."""

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
        self._told = [_Told(open=int(choice[cells].sum())) for cells, _ in terms]
        self._telling, self._fixed = set[int](), set[int]()
        self._near, self._begun = _Ordered(), _Ordered()

    def add(self, cells: Cells) -> None:
        """Make these unknown."""
        changed: set[int] = set()
        for cell in cells.tolist():
            self.unknown[cell] = True
            large, choice = self._large[cell], self._choice[cell]
            for equation, sign in self._columns[cell].items():
                self._told[equation].one_more(sign > 0, large, choice)
            changed.update(self._columns[cell])
            self._choice[cell] = False
        for cell in cells.tolist():
            for freed in self._freedom.freed_by(cell):
                changed.update(self._loosened(freed))
        for equation in changed:
            self._sort_in(equation, self._told[equation])

    def companions(self) -> Cells:
        """The further cells to hide because a hidden one follows from what is shown."""
        more: list[int] = []
        touched: set[int] = set()
        for equation in self._to_loosen():
            if equation not in touched:
                more.append(self._smallest(equation))
                touched.update(self._columns[more[-1]])
        return np.array(more, np.int64)

    def _loosened(self, cell: int) -> Iterable[int]:
        """The equations that tell less because this cell is free."""
        if self._free[cell]:
            return ()
        self._free[cell] = True
        for equation in self._columns[cell]:
            self._told[equation].fixed -= 1
        return self._columns[cell]

    def _sort_in(self, equation: int, told: _Told) -> None:
        for equations, belongs in (
            (self._telling, told.open and told.gives_away()),
            (self._fixed, told.fixed),
            (self._near, told.open and told.fixed),
            (self._begun, told.open and told.here),
        ):
            if belongs:
                equations.add(equation)
            else:
                equations.discard(equation)

    def _to_loosen(self) -> list[int]:
        """The equations that need another unknown, narrow ones first."""
        if self._telling or not self._fixed:
            return sorted(self._telling)
        return self._near.first() or self._begun.first()

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


@dataclass(slots=True)
class _Told:
    """How many cells of an equation are unknown, and what is known of these.

    `added` counts those with a plus, `large` those above 1, `fixed` those that follow from what is
    known; `open` counts the cells that can still be chosen.
    """

    open: int
    here: int = 0
    added: int = 0
    large: int = 0
    fixed: int = 0

    def one_more(self, added: bool, large: bool, was_open: bool) -> None:
        self.here += 1
        self.fixed += 1
        self.added += added
        self.large += large
        self.open -= was_open

    def gives_away(self) -> bool:
        """Whether it fixes all it holds, by itself or because its unknowns are all 1."""
        ones = not self.large and self.added in (0, self.here)
        return self.here > 0 and (ones or self.fixed == self.here)


class _Ordered(set[int]):
    """Numbers of which the smallest is found quickly."""

    def __init__(self) -> None:
        super().__init__()
        self._heap: list[int] = []

    def add(self, number: int) -> None:
        if number not in self:
            super().add(number)
            heappush(self._heap, number)

    def first(self) -> list[int]:
        """The smallest, or none."""
        while self._heap and self._heap[0] not in self:
            heappop(self._heap)
        return self._heap[:1]
