"""How long customers wait between two stages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.visits import by_place, changes
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.matching.labels import MICROSECONDS_PER_SECOND
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import Additive, Durations


@dataclass(frozen=True)
class _Crossings(Additive):
    times: Durations  # cells (stages, stages), from and to
    open: np.ndarray  # int64, (stages,)


@dataclass(frozen=True)
class Waits(Metric[_Crossings]):
    """Time from the last event in one stage to the next event, which is in another stage.

    Each journey counts once for each pair of stages, with its first crossing from the one directly
    to the other; all events count, those after an outcome too. `open` journeys are still in the
    stage they would come from and may cross yet, so that long waits are missing where there are
    many. Quantiles are off by at most 0.55 %, the mean is exact; an interval that takes all waits
    of one customer as alike is too wide rather than too narrow.

    Unit   seconds
    Shape  one row per pair of stages that a journey crossed, in map order of the two
    Empty  no rows without a crossing; below six journeys the median has no interval
    """

    unit = "seconds"
    reads = frozenset({"events"})
    published = Published(
        counts=("journeys", "open"),
        estimates=dict.fromkeys(
            ("p50_seconds", "p50_low", "p50_high", "p90_seconds", "mean_seconds"), ("journeys",)
        ),
        column_totals=False,
    )

    def observe(self, journeys: Journeys) -> _Crossings:
        stages, stage = len(journeys.map.stages), journeys.stage
        crosses = changes(stage)
        crosses[journeys.first] = False
        arrival = np.flatnonzero(crosses)
        pair = stage[arrival - 1].astype(np.int64) * stages + stage[arrival]
        order = by_place(pair, stages**2)
        pair, arrival = pair[order], arrival[order]
        first = changes(pair, journeys.journey[arrival])
        pair, arrival = pair[first], arrival[first]
        again = ~changes(pair, journeys.journey_customer[journeys.journey[arrival]])
        seconds = (journeys.at[arrival] - journeys.at[arrival - 1]) / MICROSECONDS_PER_SECOND
        repeats = np.bincount(pair[again], minlength=stages**2)
        return _Crossings(
            times=Durations.of(pair, seconds, stages**2, repeats=repeats),
            open=np.bincount(stage[journeys.last[journeys.is_open]], minlength=stages),
        )

    def report(self, partial: _Crossings, journey_map: JourneyMap) -> pd.DataFrame:
        times, ids = partial.times, [stage.id for stage in journey_map.stages]
        low, high = times.quantile_interval(0.5)
        table = pd.DataFrame(
            {
                "from_stage": np.repeat(np.array(ids, dtype="str"), len(ids)),
                "to_stage": np.tile(np.array(ids, dtype="str"), len(ids)),
                "journeys": times.count,
                "p50_seconds": times.quantile(0.5),
                "p50_low": low,
                "p50_high": high,
                "p90_seconds": times.quantile(0.9),
                "mean_seconds": times.mean_seconds,
                "open": np.repeat(partial.open, len(ids)),
            }
        )
        return table[table["journeys"] > 0].reset_index(drop=True)
