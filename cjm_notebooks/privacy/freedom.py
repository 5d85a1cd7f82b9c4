"""Which hidden cells other values fit too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

Number = int | Fraction
Column = dict[int, Number]  # equation -> factor


class Freedom:
    """Elimination in exact numbers, a cell at a time, of equations between what is unknown.

    A cell is free when a change of it can be made good by other unknown cells, in all equations
    at once. It stays so however many cells become unknown after it.
    """

    def __init__(self, columns: Sequence[Mapping[int, int]]) -> None:
        self._columns = columns
        self._solved_for: dict[int, int] = {}  # row of the eliminated equations -> its cell
        self._factors: dict[int, Column] = {}  # equation -> row -> how often it is in the row
        self._equations: dict[int, set[int]] = {}  # row -> equations that are in it

    def freed_by(self, cell: int) -> Iterator[int]:
        """What is free from now on that this cell is unknown too; it may have been before."""
        column = self._eliminated(cell)
        unsolved = [row for row in column if row not in self._solved_for]
        if unsolved:
            pivot = min(unsolved, key=lambda row: len(self._equations[row]))
            self._solve(pivot, column)
            self._solved_for[pivot] = cell
            return iter(())
        return iter([cell, *(self._solved_for[row] for row in column)])

    def _eliminated(self, cell: int) -> Column:
        """The factors of the cell in the eliminated equations."""
        column: Column = {}
        for equation, sign in self._columns[cell].items():
            if equation not in self._factors:
                self._factors[equation] = {equation: 1}
                self._equations[equation] = {equation}
            for row, factor in self._factors[equation].items():
                column[row] = column.get(row, 0) + sign * factor
        return {row: factor for row, factor in column.items() if factor}

    def _solve(self, pivot: int, column: Column) -> None:
        """Take the cell out of every row but the pivot, where its factor becomes 1."""
        for equation in tuple(self._equations[pivot]):
            factors = self._factors[equation]
            quotient = _quotient(factors[pivot], column[pivot])
            for row, factor in column.items():
                changed = quotient if row == pivot else factors.get(row, 0) - factor * quotient
                if changed:
                    factors[row] = changed
                    self._equations[row].add(equation)
                else:
                    del factors[row]
                    self._equations[row].discard(equation)


def _quotient(number: Number, by: Number) -> Number:
    """A whole number where it is one, since these are quicker."""
    exact = Fraction(number) / by if abs(by) != 1 else number * by
    return exact.numerator if exact.denominator == 1 else exact
