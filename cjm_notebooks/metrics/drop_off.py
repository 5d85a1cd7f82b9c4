"""Where journeys end without success."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.endings import FAILURE, LEFT, OPEN, endings
from cjm_notebooks.journeys.passes.visits import visits
from cjm_notebooks.journeys.tables import NONE
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import Additive, Rate


@dataclass(frozen=True)
class _Ended(Additive):
    rate: Rate  # cells (2, stages): of the old ones, of all that are decided
    failed: np.ndarray  # int64, (2, stages)
    open: np.ndarray  # int64, (stages,)
    reached: np.ndarray  # int64, (stages,)


@dataclass(frozen=True)
class DropOff(Metric[_Ended]):
    """Share of the journeys that reached a stage and came to a bad end there.

    A journey ends at the stage of its last event that is not after its outcome. It has `left` when
    it reached no outcome and has been quiet for the map's `quiet_days`, and `failed` with an
    outcome that is a failure. It `went_on` when it ended at another stage, or here with success, or
    came here only after its outcome. Where some are still open, the `recent` ones, whose last event
    here is younger than `quiet_days`, are no part of the share, whatever they did: to count who
    went on at once and to wait for who left would make it too small.

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
        how = np.where(is_last, end.how[came.journey], NONE)
        is_decided = how != OPEN
        kept = (is_decided & (journeys.at[last] <= journeys.settled_until), is_decided)
        decided = [came.where(some) for some in kept]
        left, failed = (
            np.array([came.where(some & (how == ending)).journeys for some in kept])
            for ending in (LEFT, FAILURE)
        )
        return _Ended(
            rate=Rate.of(
                left + failed,
                np.array([some.journeys for some in decided]),
                np.array([some.repeats for some in decided]),
            ),
            failed=failed,
            open=came.where(~is_decided).journeys,
            reached=came.journeys,
        )

    def report(self, partial: _Ended, journey_map: JourneyMap) -> pd.DataFrame:
        which = (partial.open == 0).astype(int), np.arange(len(partial.open))
        columns = partial.rate.columns("ended", "decided")
        shares = {name: column[which] for name, column in columns.items()}
        failed = partial.failed[which]
        return pd.DataFrame(
            {
                "stage": [stage.id for stage in journey_map.stages],
                "reached": partial.reached,
                "went_on": shares["decided"] - shares["ended"],
                "left": shares["ended"] - failed,
                "failed": failed,
                "recent": partial.reached - shares["decided"],
                **shares,
            }
        )
