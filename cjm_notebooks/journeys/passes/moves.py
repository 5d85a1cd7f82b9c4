"""The moves of journeys: from the start to the first event, to the next, and to the end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.once import once
from cjm_notebooks.journeys.passes.endings import ENDINGS, OPEN, endings
from cjm_notebooks.journeys.passes.visits import changes


@dataclass(frozen=True, eq=False)
class Moves:
    """Where journeys go from each event on their way, as small numbers that are quickly counted.

    What can come next are all touchpoints and then all `ENDINGS`, `width` together.

    Attributes
    ----------
    code
        unsigned, (moves,). `touchpoint * width + next`.
    begin
        int64, (journeys,). What comes first.
    movers
        int64, (touchpoints,). Customers with a move out of each touchpoint that is decided.
    """

    width: int
    code: np.ndarray
    begin: np.ndarray
    movers: np.ndarray

    @property
    def out(self) -> np.ndarray:
        """int64, (touchpoints, width). How often each move was made."""
        touchpoints = self.width - len(ENDINGS)
        counted = np.bincount(self.code, minlength=touchpoints * self.width)
        return counted.reshape(touchpoints, self.width)


@once
def moves_of(journeys: Journeys) -> Moves:
    place, touchpoints = journeys.touchpoint, len(journeys.map.touchpoints)
    end, width = endings(journeys), touchpoints + len(ENDINGS)
    to_end = touchpoints + end.how
    to = np.roll(place, -1)
    to[end.last[end.has_way]] = to_end[end.has_way]
    code = place.astype(np.int64) * width + to
    code, owner = code[end.on_way], journeys.journey_customer[journeys.journey[end.on_way]]
    return Moves(
        width=width,
        code=code.astype(np.min_scalar_type(touchpoints * width)),
        begin=np.where(end.has_way, place[journeys.first], to_end),
        movers=_movers(code, owner, width),
    )


def _movers(code: np.ndarray, owner: np.ndarray, width: int) -> np.ndarray:
    touchpoints = width - len(ENDINGS)
    from_, to = np.divmod(code, width)
    decided = to != touchpoints + OPEN
    from_, owner = from_[decided], owner[decided]
    order = np.argsort(from_.astype(np.min_scalar_type(touchpoints)), kind="stable")
    new = changes(from_[order], owner[order])
    return np.bincount(from_[order][new], minlength=touchpoints)
