"""Where the events of each touchpoint are, worked out once for all questions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.once import once
from cjm_notebooks.journeys.passes.visits import by_place


@dataclass(frozen=True, eq=False)
class Index:
    """The positions of the events at each touchpoint.

    Attributes
    ----------
    order
        int64, (events,). Positions of events, those at the first touchpoint first, ascending
        within a touchpoint.
    bounds
        int64, (touchpoints + 1,). Touchpoint `i` owns `order[bounds[i]:bounds[i + 1]]`.
    """

    order: np.ndarray
    bounds: np.ndarray

    def events(self, touchpoints: np.ndarray) -> np.ndarray:
        """int64, ascending. The events at any of bool `touchpoints` (touchpoints,)."""
        places = np.flatnonzero(touchpoints)
        found = [self.order[self.bounds[place] : self.bounds[place + 1]] for place in places]
        if len(found) == 1:
            return found[0]
        return np.sort(np.concatenate(found)) if found else self.order[:0]


@once
def by_touchpoint(journeys: Journeys) -> Index:
    touchpoints = len(journeys.map.touchpoints)
    order = by_place(journeys.touchpoint, touchpoints)
    counts = np.bincount(journeys.touchpoint, minlength=touchpoints)
    return Index(order, np.concatenate([[0], np.cumsum(counts)]))
