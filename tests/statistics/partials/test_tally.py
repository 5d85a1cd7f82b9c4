"""Counts of the few cells that were seen."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cjm_notebooks.statistics.partials.tally import Tally

seen = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), max_size=6)


def tally(*rows: tuple[int, int]) -> Tally:
    """Each row is a cell and a count; a second count is 1 throughout."""
    return Tally.of([cell for cell, _ in rows], np.reshape([(n, 1) for _, n in rows], (-1, 2)))


def cells(counted: Tally) -> dict[int, list[int]]:
    return dict(zip(counted.cell.tolist(), counted.counts.tolist(), strict=True))


def test_counts_of_one_cell_are_summed_wherever_they_stand() -> None:
    assert cells(tally((7, 2), (3, 5), (7, 1))) == {3: [5, 1], 7: [3, 2]}


def test_cells_that_only_one_part_saw_are_in_the_sum() -> None:
    assert cells(tally((7, 2), (3, 5)) + tally((4, 1), (7, 1))) == {3: [5, 1], 4: [1, 1], 7: [3, 2]}


def test_nothing_seen_changes_nothing() -> None:
    assert cells(tally() + tally((7, 2)) + tally()) == {7: [2, 1]}


@given(a=seen, b=seen, c=seen)
def test_any_grouping_gives_the_same_counts(
    a: list[tuple[int, int]], b: list[tuple[int, int]], c: list[tuple[int, int]]
) -> None:
    whole = cells(tally(*a, *b, *c))
    assert cells((tally(*a) + tally(*b)) + tally(*c)) == whole
    assert cells(tally(*c) + (tally(*b) + tally(*a))) == whole
