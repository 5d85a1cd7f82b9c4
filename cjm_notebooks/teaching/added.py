"""What a learner's map makes of the moments that the draft lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import numpy as np

from cjm_notebooks.journeys import Inventory
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.teaching.agreement import Agreement
from cjm_notebooks.teaching.generators import Generated
from cjm_notebooks.teaching.scoring import yardstick_of

BOUND, WELL_BOUND = 0.90, 0.70
MOSTLY = 0.5
ITS_OWN, STAGE, NEARBY, LUMPED = 0.75, 0.25, 0.75, 0.25
BROKEN, BESIDE = 0.15, 0.05


@lru_cache(maxsize=1)
def inventory_of(given: Generated) -> Inventory:
    """What was recorded, kept so that it is read once."""
    return Inventory(given.events)


@dataclass(frozen=True)
class Added:
    """What a map makes of the moments that the draft lacks.

    `worth` is 0 to 1 for each of them, `broken` counts touchpoints that were bound well before,
    `superfluous` new ones that stand for nothing, `claimed` is the share of all events.
    """

    worth: tuple[float, ...]
    broken: int
    superfluous: int
    claimed: float

    @classmethod
    def of(cls, answer: JourneyMap, given: Generated) -> Self:
        yardstick = yardstick_of(given)
        before, now = yardstick.beside(given.draft_map), yardstick.beside(answer)
        missing = np.flatnonzero((before.theirs > 0) & (before.overlap.sum(axis=0) == 0)).tolist()
        stages = {pair.right: pair.mine for pair in yardstick.score(answer).stage_pairs}
        return cls(
            worth=tuple(_worth(now, one, stages, answer, given.right_map) for one in missing),
            broken=len(_matched(before) - _matched(now)),
            superfluous=max(_without_pair(now) - _without_pair(before), 0),
            claimed=inventory_of(given).covered(answer).share or 0.0,
        )

    @property
    def share(self) -> float:
        mean = sum(self.worth) / len(self.worth)
        share = mean - BROKEN * self.broken - BESIDE * self.superfluous
        return max(share if self.claimed >= BOUND else min(share, MOSTLY), 0.0)

    def in_words(self) -> str:
        there = sum(one > 0 for one in self.worth)
        words = (
            f"The map claims {self.claimed:.0%} of the events. Of {len(self.worth)} moments that "
            f"the draft lacks {there} are on it, {self.worth.count(ITS_OWN + STAGE)} of them as a "
            "touchpoint of its own in a fitting stage."
        )
        if self.broken:
            words += f" Bound before and not any more: {self.broken} touchpoints."
        if self.superfluous:
            words += f" New and standing for nothing: {self.superfluous} touchpoints."
        return words


def _worth(
    now: Agreement, place: int, stages: Mapping[str, str], mine: JourneyMap, right: JourneyMap
) -> float:
    """What the learner's map makes of one moment that the draft lacks, 0 to 1."""
    column = now.overlap[:, place]
    if not len(column) or column.max() < MOSTLY * now.theirs[place]:
        return 0.0
    row = int(column.argmax())
    held = np.count_nonzero(now.overlap[row] > MOSTLY * np.maximum(now.theirs, 1))
    stage = mine.stage_of(mine.touchpoints[row].id).id
    fits = stages.get(right.stage_of(right.touchpoints[place].id).id) == stage
    if column[row] > MOSTLY * now.mine[row] and held == 1:
        return ITS_OWN + STAGE * fits
    return NEARBY if fits and held == 2 else LUMPED


def _matched(seen: Agreement) -> set[int]:
    """The right touchpoints that have a touchpoint which is mostly theirs."""
    return {column for row, column in seen.pairs if seen.likeness[row, column] > WELL_BOUND}


def _without_pair(seen: Agreement) -> int:
    return len(seen.mine) - len(seen.pairs)
