"""An unknown is fixed just where the equations have one answer for it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from cjm_notebooks.privacy.freedom import Freedom

Equations = NDArray[np.int64]

signs = st.sampled_from([-1, 0, 0, 1])
equations = st.integers(1, 6).flatmap(
    lambda width: st.lists(
        st.lists(signs, min_size=width, max_size=width), min_size=1, max_size=6
    ).map(np.array)
)


def freedom_of(of: Equations) -> Freedom:
    """Equations (rows) between cells (columns)."""
    columns = [{int(row): int(cell[row]) for row in np.flatnonzero(cell)} for cell in of.T]
    return Freedom(columns)


def test_cell_that_an_equation_holds_alone_is_fixed_until_another_joins_it() -> None:
    freedom = freedom_of(np.array([[1, 1, 0], [0, 1, 1]]))
    assert set(freedom.freed_by(0)) == set()
    assert set(freedom.freed_by(1)) == set()
    assert set(freedom.freed_by(2)) == {0, 1, 2}


def test_cell_of_no_equation_is_free() -> None:
    assert set(freedom_of(np.zeros((1, 1), np.int64)).freed_by(0)) == {0}


def test_three_cells_in_a_ring_of_sums_of_two_are_fixed() -> None:
    ring = freedom_of(np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1]]))
    assert [set(ring.freed_by(cell)) for cell in range(3)] == [set(), set(), set()]


@given(of=equations)
def test_cell_is_free_just_where_the_equations_are_as_many_without_it(of: Equations) -> None:
    freedom = freedom_of(of)
    free = {freed for cell in range(of.shape[1]) for freed in freedom.freed_by(cell)}
    rank = np.linalg.matrix_rank
    expected = {
        cell for cell in range(of.shape[1]) if rank(np.delete(of, cell, axis=1)) == rank(of)
    }
    assert free == expected
