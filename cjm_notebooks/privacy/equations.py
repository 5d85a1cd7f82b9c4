"""The sums between counts that a reader can know, and what has to be hidden because of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cjm_notebooks.privacy.published import Published

Flags = NDArray[np.bool_]
Cells = NDArray[np.int64]
Counts = NDArray[np.float64]
Terms = tuple[Cells, NDArray[np.float64]]


def hide(counts: Counts, rule: Published, k_min: int, groups: Sequence[Cells] = ()) -> Flags:
    """The counts, (rows, columns), to hide: small groups and what would give them away.

    `groups` are the rows whose totals another table may show. That table hides its own small
    groups by the same rule, so a reader knows only those totals that it shows.
    """
    hidden = (counts >= 1) & (counts < k_min)
    equations = Equations.of(counts, rule, k_min, groups)
    while (more := equations.companions(hidden)).any():
        hidden |= more
    return hidden


@dataclass(frozen=True)
class Equations:
    """Cells in reading order, with the equations that hold between them.

    After the counts come the rests of the shares, trials less hits, which no table shows.
    """

    values: Counts  # float64, (cells,), NaN where the table holds none
    small_rests: Flags  # bool, (cells,)
    told: Flags  # bool, (cells,), those that are a known total all by themselves
    terms: tuple[Terms, ...]  # per equation its cells and their signs
    shape: tuple[int, int]

    @classmethod
    def of(cls, counts: Counts, rule: Published, k_min: int, groups: Sequence[Cells]) -> Equations:
        place = {name: column for column, name in enumerate(rule.counts)}
        pairs = [(place[hits], place[trials]) for hits, trials in rule.shares]
        rests = [counts[:, trials] - counts[:, hits] for hits, trials in pairs]
        values = np.concatenate([counts.ravel(), *rests])
        small = (values >= 1) & (values < k_min)
        small[: counts.size] = False
        cell = np.arange(counts.size).reshape(counts.shape)
        terms = [
            *_row_sums(cell, rule, place),
            *_rests(cell, pairs, small),
            *_column_sums(cell, counts, rule, k_min, groups),
        ]
        told = np.zeros(len(values), np.bool_)
        told[[cells[0] for cells, _ in terms if len(cells) == 1]] = True
        useful = (term for term in terms if not np.isnan(values[term[0]]).any())
        sums = tuple(term for term in useful if len(term[0]) > 1)
        return cls(values, small, told, sums, counts.shape)

    def companions(self, hidden: Flags) -> Flags:
        """The further cells to hide because a hidden one follows from what is shown."""
        unknown = self.small_rests.copy()
        unknown[: hidden.size] = hidden.ravel()
        choice = ~unknown & ~self.told
        choice[hidden.size :] = False
        exposed = unknown & ~self._free(unknown)
        more = np.zeros(len(self.values), np.bool_)
        for cells, _ in self._to_loosen(unknown, exposed, choice):
            if not more[cells].any():
                more[self._smallest(cells[choice[cells]])] = True
        return more[: hidden.size].reshape(self.shape)

    def _to_loosen(self, unknown: Flags, exposed: Flags, choice: Flags) -> list[Terms]:
        """The equations that need another unknown, narrow ones first."""
        open_terms = [term for term in self.terms if choice[term[0]].any()]
        telling = [term for term in open_terms if self._gives_away(term, unknown, exposed)]
        if telling or not exposed.any():
            return telling
        near = [term for term in open_terms if exposed[term[0]].any()]
        return (near or [term for term in open_terms if unknown[term[0]].any()])[:1]

    def _gives_away(self, term: Terms, unknown: Flags, exposed: Flags) -> bool:
        """Whether the equation fixes all it holds, by itself or because its unknowns are all 1."""
        cells, signs = term
        here = unknown[cells]
        if not here.any():
            return False
        ones = np.ptp(signs[here]) == 0 and self.values[cells[here]].max() <= 1
        return bool(ones or exposed[cells[here]].all())

    def _smallest(self, cells: Cells) -> Cells:
        values = self.values[cells]
        return cells[np.lexsort((values, values == 0))][:1]

    def _free(self, unknown: Flags) -> Flags:
        """The unknowns that other values fit too.

        The part of a random vector that no equation sees is 0 just where an unknown is fixed.
        """
        from scipy.sparse import csr_array
        from scipy.sparse.linalg import lsmr

        free = unknown.copy()
        if not self.terms or not unknown.any():
            return free
        cells = np.concatenate([cells for cells, _ in self.terms])
        signs = np.concatenate([signs for _, signs in self.terms])
        ends = np.cumsum([0, *(len(cells) for cells, _ in self.terms)])
        sums = csr_array((signs, cells, ends), shape=(len(self.terms), len(unknown)))[:, unknown]
        chance = np.random.default_rng(0).standard_normal(sums.shape[1])
        seen = lsmr(sums.T, chance, atol=1e-13, btol=1e-13, conlim=0, maxiter=10 * sum(sums.shape))
        free[unknown] = np.abs(chance - sums.T @ seen[0]) > 1e-6
        return free


def _row_sums(cell: Cells, rule: Published, place: dict[str, int]) -> Iterator[Terms]:
    for total, parts in rule.sums:
        columns = [place[total], *(place[part] for part in parts)]
        for row in cell[:, columns]:
            yield row, np.array([-1.0] + [1.0] * len(parts))


def _rests(cell: Cells, pairs: list[tuple[int, int]], small: Flags) -> Iterator[Terms]:
    for number, (hits, trials) in enumerate(pairs):
        for row, counted in enumerate(cell):
            rest = cell.size + number * len(cell) + row
            if small[rest]:
                yield np.array([counted[hits], rest, counted[trials]]), np.array([1.0, 1.0, -1.0])


def _column_sums(
    cell: Cells, counts: Counts, rule: Published, k_min: int, groups: Sequence[Cells]
) -> Iterator[Terms]:
    everyone = [np.arange(len(cell))] if rule.column_totals and len(cell) > 1 else []
    for rows_of_tables in filter(len, (groups, everyone)):
        totals = np.array([counts[rows].sum(axis=0) for rows in rows_of_tables])
        shown = ~hide(totals, rule, k_min)
        for rows, columns in zip(rows_of_tables, shown, strict=True):
            for cells in cell[rows][:, columns].T:
                yield cells, np.ones(len(cells))
