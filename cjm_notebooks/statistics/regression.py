"""Least squares from sums alone, so that what many parts saw can be added first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cjm_notebooks.statistics.intervals import Floats

Sums = NDArray[np.number]
TINY = 1e-12
WORD = 64


def cross_products(columns: NDArray[np.bool_]) -> NDArray[np.int64]:
    """int64, (1 + columns, 1 + columns): the rows in which two columns hold, a constant first.

    `columns` bool, (columns, rows). Rows are counted 64 at a time.
    """
    rows = columns.shape[1]
    table = np.zeros((1 + len(columns), -(-rows // WORD) * WORD), dtype=bool)
    table[0, :rows], table[1:, :rows] = True, columns
    bits = np.packbits(table, axis=1).view(np.uint64)
    both = np.bitwise_count(bits[:, None] & bits)
    return np.asarray(both.sum(axis=-1, dtype=np.int64), np.int64)


def least_squares(sums: Sums) -> Floats:
    """The coefficients of a linear model with a constant, (..., columns), without the constant.

    `sums` (..., 2 + columns, 2 + columns) are the `cross_products` of the columns and then of the
    response. Products are centred in whole numbers, so that nothing is lost however many rows
    there are.

    Empty   NaN where a column is the same in every row, and where others determine it, so that
            more than one coefficient would fit as well
    Source  Searle 1971, Linear models, 5.4
    """
    n, ones = sums[..., :1, :1], sums[..., :1]
    centred = (n * sums - ones * np.swapaxes(ones, -1, -2))[..., 1:, 1:].astype(np.float64)
    square = np.diagonal(centred, axis1=-2, axis2=-1)[..., :-1]
    size = np.sqrt(np.where(square > 0, square, 1))
    alike = centred[..., :-1, :-1] / (size[..., :, None] * size[..., None, :])
    toward = centred[..., :-1, -1] / size
    roots, axes = np.linalg.eigh(alike)
    known = roots > TINY * max(alike.shape[-1], 1)
    inverse = np.where(known, 1 / np.where(known, roots, 1), 0)
    along = (np.swapaxes(axes, -1, -2) @ toward[..., None])[..., 0] * inverse
    solved = (axes @ along[..., None])[..., 0] / size
    free = (axes**2 * ~known[..., None, :]).sum(axis=-1)
    return np.asarray(np.where(free > TINY, np.nan, solved), np.float64)


def mean_differences(sums: Sums) -> Floats:
    """The mean response where a column is 1, less that where it is 0: (..., columns).

    `sums` as for `least_squares`, of columns that hold 0 and 1.

    Empty   NaN where a column is the same in every row
    """
    n, response = sums[..., 0, :1], sums[..., 0, -1:]
    with_, hits = sums[..., 0, 1:-1], sums[..., 1:-1, -1]
    both = (with_ > 0) & (with_ < n)
    with_ = np.where(both, with_, np.nan)
    return np.asarray(hits / with_ - (response - hits) / (n - with_), np.float64)


def independent_groups(counts: Sums) -> Floats:
    """How many groups of one size know as much as groups of `counts` (groups, cells) rows.

    Empty   NaN in a cell without rows
    Source  Kish 1965, Survey sampling
    """
    squares = (counts.astype(np.float64) ** 2).sum(axis=0)
    return np.asarray(counts.sum(axis=0) ** 2 / np.where(squares > 0, squares, np.nan), np.float64)
