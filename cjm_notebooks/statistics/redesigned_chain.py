"""A chain of moves from place to place, and what would change if it were built in another way.

A design is an array of moves (groups, places + 1, places + 1 + 3): rows are where a move begins,
each place and last the start; columns are where it leads, each place, and last the three endings
success, failure and left. Each function gives a new design; sums of a row need not stay the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cjm_notebooks.statistics.absorbing_chain import AbsorbingChain
from cjm_notebooks.statistics.intervals import Floats

SUCCESS, FAILURE, LEFT = -3, -2, -1
ENDINGS = 3
ROUNDING = 1e-12


def success_share(design: Floats) -> Floats:
    """float64, (groups,). The share of the walks that end in success; NaN where none begins."""
    return np.where(_begins(design), _chain(design).conversion, np.nan)


def without_each(design: Floats) -> Floats:
    """float64, (groups, places). The same if each place in turn were removed, as by `removed`.

    With h the chance of success from a place and f that of coming to x, a walk succeeds without
    coming to x with the chance h - f h(x), and that from x solves one equation: no chain is solved
    for each place.
    """
    chain, places = _Chain(*_parts(design)), design.shape[1] - 1
    h, comes = chain.succeeds, chain.comes[:, :, :places]
    elsewhere = h[:, :, None] - comes * h[:, None, :places]
    ways = design[:, :places].copy()
    ways[:, np.arange(places), np.arange(places)] = 0
    ways[:, :, LEFT] = 0
    out = ways.sum(axis=2, keepdims=True)
    ways = ways / np.where(out > 0, out, 1)
    on = ways[:, :, :places]
    finds = ways[:, :, SUCCESS] + np.einsum("gxj,gjx->gx", on, elsewhere[:, :places])
    returns = np.einsum("gxj,gjx->gx", on, comes[:, :places])
    from_place = np.where(1 - returns > ROUNDING, finds / np.maximum(1 - returns, ROUNDING), 0)
    share = elsewhere[:, places] + comes[:, places] * from_place
    return np.where(_begins(design)[:, None], share, np.nan)


def removed(design: Floats, place: int) -> Floats:
    """Whoever comes to the place goes where those go on to who do not leave there."""
    new = design.copy()
    new[:, place, place] = 0
    new[:, place, LEFT] = 0
    return new


def avoided(design: Floats, place: int) -> Floats:
    """Whoever would come to the place takes the other ways from where they are."""
    new = design.copy()
    new[:, :, place] = 0
    return new


def swapped(design: Floats, a: int, b: int) -> Floats:
    """Both keep their shares of leaving and failing, and go on as the other one did."""
    new = design.copy()
    for place, other in ((a, b), (b, a)):
        out = design[:, other].sum(axis=1, keepdims=True)
        ends = design[:, other, FAILURE:] / np.where(out > 0, out, 1)
        new[:, place] = _with_ends(design[:, place], ends)
    return new


def leaving_less(design: Floats, weight: Floats, change: Floats) -> Floats:
    """The share that leaves each place changes by `change` (groups,) of those that came by a way.

    `weight` (groups, places) is the share of the arrivals at each place that came by that way.
    """
    new, ways = design.copy(), design[:, :-1]
    out = ways.sum(axis=2, keepdims=True)
    failed, left = np.moveaxis(ways[:, :, FAILURE:] / np.where(out > 0, out, 1), 2, 0)
    left_now = np.where(left < 1, np.clip(left + weight * change[:, None], 0, 1), left)
    stays = np.where(left < 1, (1 - left_now) / np.where(left < 1, 1 - left, 1), 1)
    new[:, :-1] = _with_ends(ways, np.stack([failed * stays, left_now], axis=2))
    return new


def _with_ends(ways: Floats, ends: Floats) -> Floats:
    """Rows of moves, as shares, with other shares of failing and leaving."""
    onward = ways[..., :FAILURE].sum(axis=-1, keepdims=True)
    kept = 1 - ends.sum(axis=-1, keepdims=True)
    on = ways[..., :FAILURE] / np.where(onward > 0, onward, 1) * kept
    return np.concatenate([on, ends], axis=-1)


class _Chain(AbsorbingChain):
    @property
    def succeeds(self) -> Floats:
        """(groups, places). From each place."""
        return self._converts_from

    @property
    def comes(self) -> Floats:
        """(groups, places, places). The chance to come from each place to each, 1 to itself."""
        once_there = np.diagonal(self._expected_visits, axis1=1, axis2=2)
        return np.asarray(self._expected_visits / once_there[:, None, :], np.float64)


def _begins(design: Floats) -> NDArray[np.bool_]:
    return np.asarray(design[:, -1].sum(axis=1) > 0)


def _parts(design: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    groups, states = design.shape[:2]
    begins = np.zeros((groups, states))
    begins[:, -1] = 1
    moves = np.zeros((groups, states, states))
    moves[:, :, :-1] = design[:, :, :-ENDINGS]
    return begins, moves, design[:, :, SUCCESS], design[:, :, FAILURE:].sum(axis=2)


def _chain(design: Floats) -> AbsorbingChain:
    return AbsorbingChain(*_parts(design))
