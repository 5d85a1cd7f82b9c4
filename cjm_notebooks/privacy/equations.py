"""The sums between counts that a reader can know, and what has to be hidden because of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cjm_notebooks.privacy.published import Published
from cjm_notebooks.privacy.unknowns import Cells, Counts, Flags, Terms, Unknowns


def hide(counts: Counts, rule: Published, k_min: int, groups: Sequence[Cells] = ()) -> Flags:
    """The counts, (rows, columns), to hide: small groups and what would give them away.

    `groups` are the rows whose totals another table may show. That table hides its own small
    groups by the same rule, so a reader knows only those totals that it shows.
    """
    small = (counts >= 1) & (counts < k_min)
    return Equations.of(counts, rule, k_min, groups).with_companions(small)


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

    def with_companions(self, hidden: Flags) -> Flags:
        """These cells and the further ones to hide until none of them follows from the rest."""
        counts = hidden.size
        choice = ~self.told
        choice[counts:] = False
        unknowns = Unknowns(self.values, self.terms, choice)
        unknown = self.small_rests.copy()
        unknown[:counts] = hidden.ravel()
        unknowns.add(np.flatnonzero(unknown))
        while len(more := unknowns.companions()):
            unknowns.add(more)
        return unknowns.unknown[:counts].reshape(self.shape)


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
