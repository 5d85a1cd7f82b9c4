"""How far journeys come."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.visits import visits
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import Additive, Rate


@dataclass(frozen=True)
class _Reached(Additive):
    rate: Rate
    customers: np.ndarray  # int64, (stages,)
    open: np.ndarray  # int64, (stages,)


@dataclass(frozen=True)
class StageReach(Metric[_Reached]):
    """Share of all journeys that reached each stage.

    A journey reaches a stage with its first event there, whatever came before, an outcome too.
    `open` journeys have not reached the stage and still may: they count among all journeys.

    Unit   share of journeys, 0 to 1
    Shape  one row per stage, in map order
    Empty  without journeys every share is null
    """

    unit = "share of journeys, 0 to 1"
    reads = frozenset({"events"})
    published = Published(
        counts=("reached", "journeys", "customers", "open"),
        estimates=dict.fromkeys(("share", "low", "high"), ("reached", "journeys")),
        column_totals=False,
    )

    def observe(self, journeys: Journeys) -> _Reached:
        stages = len(journeys.map.stages)
        came = visits(journeys, journeys.stage, stages)
        open_here = came.where(journeys.is_open[came.journey])
        everyone = np.full(stages, journeys.n_journeys)
        return _Reached(
            rate=Rate.of(came.journeys, everyone, journeys.repeats),
            customers=came.customers,
            open=np.count_nonzero(journeys.is_open) - open_here.journeys,
        )

    def report(self, partial: _Reached, journey_map: JourneyMap) -> pd.DataFrame:
        return pd.DataFrame(
            {
                "stage": [stage.id for stage in journey_map.stages],
                **partial.rate.columns("reached", "journeys"),
                "customers": partial.customers,
                "open": partial.open,
            }
        )
