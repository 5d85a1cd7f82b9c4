"""Where journeys are, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.endings import ENDINGS, OPEN, endings, next_names
from cjm_notebooks.journeys.passes.visits import nth
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import Additive, Rate


@dataclass(frozen=True)
class _Steps(Additive):
    rate: Rate  # cells (steps, touchpoints + endings)


@dataclass(frozen=True)
class StepMatrix(Metric[_Steps]):
    """Which touchpoint journeys are at with their first, second, ... event.

    A journey that ended before a step is counted at its end in that step and in all later ones, so
    that every step adds up to all journeys. Events after an outcome are no steps. `open` journeys
    ended before the step only for the time being.

    Unit    share of all journeys, 0 to 1
    Shape   one row per step and touchpoint or end seen there: in map order, ends last
    Empty   no rows without journeys
    Raises  ParameterError when `steps` is below 1
    """

    unit = "share of all journeys, 0 to 1"
    reads = frozenset({"events"})
    published = Published(
        counts=("journeys", "all_journeys", "open"),
        estimates=dict.fromkeys(("share", "low", "high"), ("journeys", "all_journeys")),
        within=("step",),
    )
    steps: int = 12

    def __post_init__(self) -> None:
        if self.steps < 1:
            msg = f"`steps` is {self.steps}. Give the number of steps to show, 1 or more."
            raise ParameterError(msg)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(steps=2)

    def observe(self, journeys: Journeys) -> _Steps:
        touchpoints = len(journeys.map.touchpoints)
        end, width = endings(journeys), touchpoints + len(ENDINGS)
        step = nth(journeys)
        seen = np.flatnonzero(end.on_way & (step < self.steps))
        cell = step[seen] * width + np.take(journeys.touchpoint, seen)
        cells = np.bincount(cell, minlength=self.steps * width).reshape(self.steps, width)
        taken = np.minimum(end.last - journeys.first + 1, self.steps)
        ended = np.bincount(
            taken * len(ENDINGS) + end.how, minlength=(self.steps + 1) * len(ENDINGS)
        )
        cells[:, touchpoints:] = ended.reshape(-1, len(ENDINGS)).cumsum(axis=0)[:-1]
        everyone = np.full(cells.shape, journeys.n_journeys)
        return _Steps(Rate.of(cells, everyone, journeys.repeats))

    def report(self, partial: _Steps, journey_map: JourneyMap) -> pd.DataFrame:
        touchpoint, ending = next_names(journey_map)
        step, place = np.nonzero(partial.rate.hits)
        columns = partial.rate.columns("journeys", "all_journeys")
        return pd.DataFrame(
            {
                "step": step + 1,
                "touchpoint": pd.Series(touchpoint[place], dtype="str"),
                "end": pd.Series(ending[place], dtype="str"),
                **{name: cells[step, place] for name, cells in columns.items()},
                "open": partial.rate.hits[step, len(journey_map.touchpoints) + OPEN],
            }
        )
