"""Cells: the rows of a report, numbered from 0, into which observations are summed."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cjm_notebooks.errors import ParameterError

Ints = NDArray[np.int64]
Sums = NDArray[np.number]
Number = TypeVar("Number", bound=np.number)


def places(cell: ArrayLike, cells: int) -> Ints:
    """The cell of each observation, int64.

    Raises  ParameterError when one lies outside: numpy would count -1 in the last cell
    """
    numbers = np.asarray(cell, dtype=np.int64)
    odd = int(np.count_nonzero((numbers < 0) | (numbers >= cells)))
    if odd:
        msg = (
            f"{odd} observations lie outside the {cells} cells, which are numbered from 0. "
            "Leave out what belongs to no cell."
        )
        raise ParameterError(msg)
    return numbers


def per_cell(count: ArrayLike, shape: tuple[int, ...]) -> Ints:
    """A count for each cell, from one per cell or from one that holds for all."""
    return np.broadcast_to(np.asarray(count, dtype=np.int64), shape).copy()


def sum_by_cell(place: Ints, values: NDArray[Number], cells: int) -> NDArray[Number]:
    sums = np.zeros(cells, values.dtype)
    np.add.at(sums, place, values)
    return sums
