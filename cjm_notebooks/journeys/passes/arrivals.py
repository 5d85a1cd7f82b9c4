"""Where journeys arrive at another place than before."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.endings import endings


def arrivals(journeys: Journeys, place: np.ndarray) -> NDArray[np.int64]:
    """int64, (arrivals,). The events on the way that are at another place than the one before.

    The first event of a journey is an arrival. `place` int, (events,).
    """
    arrives = np.ones(journeys.n_events, dtype=bool)
    np.not_equal(place[1:], place[:-1], out=arrives[1:])
    arrives[journeys.first] = True
    arrives &= endings(journeys).on_way
    return np.flatnonzero(arrives)
