"""The removal effects of an absorbing chain, for the sides that can only count."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from benchmarks.questions import CONVERSION, NAMES


def removal_shares(
    begun: ArrayLike, moves: ArrayLike, won: ArrayLike, lost: ArrayLike
) -> np.ndarray:
    """Each place's share of all removal effects, the conversion left out.

    Removing a place loses the journeys that ever come to it and would have converted from there:
    visits to it over visits to itself once there, times the conversions from it.

    Source  Anderl, Becker, von Wangenheim and Schumann 2016, Mapping the customer journey
    """
    keep = [place for place, name in enumerate(NAMES) if name != CONVERSION]
    begin, win, lose = (np.asarray(counts, float)[keep] for counts in (begun, won, lost))
    step = np.asarray(moves, float)[np.ix_(keep, keep)]
    out = step.sum(axis=1) + win + lose
    out[out == 0] = 1
    visits = np.linalg.inv(np.eye(len(keep)) - step / out[:, None])
    ever = (begin / begin.sum()) @ visits / visits.diagonal()
    effect = ever * (visits @ (win / out))
    return effect / effect.sum()
