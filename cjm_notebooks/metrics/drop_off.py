"""Where journeys end without success."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.endings import FAILURE, LEFT, endings
from cjm_notebooks.journeys.passes.visits import visits
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import Additive, Rate


@dataclass(frozen=True)
class _Ended(Additive):
    rate: Rate
    failed: np.ndarray  # int64, (stages,)
    recent: np.ndarray  # int64, (stages,)


@dataclass(frozen=True)
class DropOff(Metric[_Ended]):
    """Share of the journeys that reached a stage and came to a bad end there.

    A journey ends at the stage of its last event that is not after its outcome. It has `left` when
    it reached no outcome and has been quiet for the map's `quiet_days`, and `failed` with an
    outcome that is a failure. It `went_on` when it ended at another stage, or here with success, or
    came here only after its outcome. `recent` ones, whose last event here is younger than
    `quiet_days`, are no part of the share, whatever they did: to count who went on at once and to
    wait for who left would make it too small.

    Unit   share of the decided journeys, 0 to 1
    Shape  one row per stage, in map order
    Empty  a stage where no journey is decided has a null share
    """

    unit = "share of the decided journeys, 0 to 1"
    reads = frozenset({"events"})
    watches_the_end = True
    published = Published(
        counts=("reached", "went_on", "left", "failed", "recent", "ended", "decided"),
        estimates=dict.fromkeys(("share", "low", "high"), ("ended", "decided")),
        sums=(
            ("reached", ("decided", "recent")),
            ("decided", ("went_on", "ended")),
            ("ended", ("left", "failed")),
        ),
        column_totals=False,
    )

    def observe(self, journeys: Journeys) -> _Ended:
        stages = len(journeys.map.stages)
        end = endings(journeys)
        came = visits(journeys, journeys.stage, stages)
        is_last = came.place == end.place(journeys.stage)[came.journey]
        last = np.where(is_last, end.last[came.journey], came.last)
        is_old = journeys.at[last] <= journeys.settled_until
        is_old &= ~(is_last & journeys.is_open[came.journey])
        decided, ended = came.where(is_old), came.where(is_old & is_last)
        how = end.how[ended.journey]
        left, failed = (ended.where(how == ending).journeys for ending in (LEFT, FAILURE))
        return _Ended(
            rate=Rate.of(left + failed, decided.journeys, decided.repeats),
            failed=failed,
            recent=came.journeys - decided.journeys,
        )

    def report(self, partial: _Ended, journey_map: JourneyMap) -> pd.DataFrame:
        shares = partial.rate.columns("ended", "decided")
        return pd.DataFrame(
            {
                "stage": [stage.id for stage in journey_map.stages],
                "reached": shares["decided"] + partial.recent,
                "went_on": shares["decided"] - shares["ended"],
                "left": shares["ended"] - partial.failed,
                "failed": partial.failed,
                "recent": partial.recent,
                **shares,
            }
        )
