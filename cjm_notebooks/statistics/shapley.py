"""Shapley values: what each player adds to a coalition, averaged over all orders of joining.

A coalition is numbered by its members: player k is in coalition S when bit k of S is set. Its worth
is a column of `2**players`, or, where these are too many, is known along some orders of joining.

Source  Shapley 1953, A value for n-person games
"""

from __future__ import annotations

from math import comb

import numpy as np
from numpy.typing import NDArray

from cjm_notebooks.statistics.intervals import Floats
from cjm_notebooks.statistics.partials.cells import Sums

MOST_EXACT = 16


def within(counts: Sums, players: int) -> Sums:
    """(groups, 2**players): the sums over each coalition and all coalitions within it."""
    sums = counts.copy()
    for player in range(players):
        without, joined = _halves(sums, player)
        np.add(joined, without, out=joined)
    return sums


def shapley(worth: Floats, players: int) -> Floats:
    """float64, (groups, players): the value of each player, exactly.

    `worth` (groups, 2**players), that of nobody first. The values add up to the worth of all less
    that of nobody.
    """
    size = np.bitwise_count(np.arange(2**players)).astype(np.int64)
    chance = np.array([1 / (players * comb(players - 1, others)) for others in range(players)])
    values = np.empty((len(worth), players))
    for player in range(players):
        without, joined = _halves(worth, player)
        others = _halves(size[None], player)[0][0]
        values[:, player] = ((joined - without) * chance[others]).sum(axis=(1, 2))
    return values


def orders(players: int, samples: int, seed: int) -> NDArray[np.int64]:
    """int64, (samples, players): orders in which players join, the same for the same seed."""
    rows = np.tile(np.arange(players), (samples, 1))
    return np.random.default_rng(seed).permuted(rows, axis=1)


def shapley_sampled(worth: Floats, joining: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """float64, (groups, players) twice: the value of each player from some orders, and the
    standard error that comes from not knowing the others.

    `worth` (groups, samples, 1 + players): of nobody, of the first who joins, of the first two ...

    Source  Castro, Gómez and Tejada 2009, Polynomial calculation of the Shapley value based on
            sampling
    """
    added = np.empty((len(worth), *joining.shape))
    np.put_along_axis(added, joining[None], np.diff(worth, axis=2), axis=2)
    error = added.std(axis=1, ddof=1) / np.sqrt(len(joining))
    return added.mean(axis=1), np.asarray(error, np.float64)


def _halves(sums: Sums, player: int) -> tuple[Sums, Sums]:
    """The coalitions without a player and those with, in the same order of the others."""
    pairs = sums.reshape(len(sums), -1, 2, 2**player)
    return pairs[:, :, 0], pairs[:, :, 1]
