"""Where journeys end without success."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.endings import FAILURE, LEFT, OPEN, endings
from cjm_notebooks.journeys.passes.visits import visits
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import Additive, Rate


@dataclass(frozen=True)
class _Ended(Additive):
    rate: Rate
    failed: np.ndarray  # int64, (stages,)
    open: np.ndarray  # int64, (stages,)


@dataclass(frozen=True)
class DropOff(Metric[_Ended]):
    """Share of the journeys that reached a stage and came to a bad end there.

    A journey ends at the stage of its last event that is not after its outcome. It has `left` when
    it reached no outcome and has been quiet for the map's `quiet_days`, and `failed` with an
    outcome that is a failure. It `went_on` when it ended at another stage, or here with success, or
    came here only after its outcome. One that is `open` here is undecided and not part of the
    share.

    Unit   share of the decided journeys, 0 to 1
    Shape  one row per stage, in map order
    Empty  a stage where no journey is decided has a null share
    """

    unit = "share of the decided journeys, 0 to 1"
    reads = frozenset({"events"})
    published = Published(
        counts=("reached", "went_on", "left", "failed", "open", "ended", "decided"),
        estimates=dict.fromkeys(("share", "low", "high"), ("ended", "decided")),
        sums=(
            ("reached", ("decided", "open")),
            ("decided", ("went_on", "ended")),
            ("ended", ("left", "failed")),
        ),
        column_totals=False,
    )

    def observe(self, journeys: Journeys) -> _Ended:
        stages = len(journeys.map.stages)
        end = endings(journeys)
        ended = end.count(journeys.stage, stages)
        came = visits(journeys, journeys.stage, stages)
        is_last = came.place == end.place(journeys.stage)[came.journey]
        decided = came.where(~(is_last & journeys.is_open[came.journey]))
        bad = ended[:, LEFT] + ended[:, FAILURE]
        return _Ended(
            rate=Rate.of(bad, decided.journeys, decided.repeats),
            failed=ended[:, FAILURE],
            open=ended[:, OPEN],
        )

    def report(self, partial: _Ended, journey_map: JourneyMap) -> pd.DataFrame:
        shares = partial.rate.columns("ended", "decided")
        return pd.DataFrame(
            {
                "stage": [stage.id for stage in journey_map.stages],
                "reached": shares["decided"] + partial.open,
                "went_on": shares["decided"] - shares["ended"],
                "left": shares["ended"] - partial.failed,
                "failed": partial.failed,
                "open": partial.open,
                **shares,
            }
        )
