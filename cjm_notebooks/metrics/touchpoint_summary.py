"""What happened at each touchpoint."""

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
class _Seen(Additive):
    came: Rate
    repeated: Rate
    events: np.ndarray  # int64, (touchpoints,)
    customers: np.ndarray  # int64, (touchpoints,)
    last_before_leaving: np.ndarray  # int64, (touchpoints,)
    open: np.ndarray  # int64, (touchpoints,)


@dataclass(frozen=True)
class TouchpointSummary(Metric[_Seen]):
    """How many journeys came to each touchpoint, came again, and were last seen there.

    All events count, those after an outcome too. `repeats` are the events beyond the first of each
    journey, `repeated` the journeys with two events or more. `last_before_leaving` counts the
    journeys that left or failed and whose last event before that was here; `open` those still open.

    Unit   share of journeys, 0 to 1: of all for `share`, of those that came for `repeated_share`
    Shape  one row per touchpoint, in map order
    Empty  null shares without journeys; a null `repeated_share` where none came
    """

    unit = "share of journeys, 0 to 1"
    reads = frozenset({"events"})
    published = Published(
        counts=(
            "events",
            "journeys",
            "all_journeys",
            "customers",
            "repeats",
            "repeated",
            "last_before_leaving",
            "open",
        ),
        estimates={
            **dict.fromkeys(("share", "low", "high"), ("journeys", "all_journeys")),
            **dict.fromkeys(
                ("repeated_share", "repeated_low", "repeated_high"), ("repeated", "journeys")
            ),
        },
        sums=(("events", ("journeys", "repeats")),),
        column_totals=False,
    )

    def observe(self, journeys: Journeys) -> _Seen:
        touchpoints = len(journeys.map.touchpoints)
        came = visits(journeys, journeys.touchpoint, touchpoints)
        again = came.where(came.events > 1)
        ended = endings(journeys).count(journeys.touchpoint, touchpoints)
        everyone = np.full(touchpoints, journeys.n_journeys)
        return _Seen(
            came=Rate.of(came.journeys, everyone, journeys.repeats),
            repeated=Rate.of(again.journeys, came.journeys, came.repeats),
            events=np.bincount(journeys.touchpoint, minlength=touchpoints),
            customers=came.customers,
            last_before_leaving=ended[:, LEFT] + ended[:, FAILURE],
            open=ended[:, OPEN],
        )

    def report(self, partial: _Seen, journey_map: JourneyMap) -> pd.DataFrame:
        repeated = partial.repeated.columns("repeated", "journeys", "repeated_share")
        stages = [stage.id for stage in journey_map.stages for _ in stage.touchpoints]
        return pd.DataFrame(
            {
                "touchpoint": [touchpoint.id for touchpoint in journey_map.touchpoints],
                "stage": stages,
                "events": partial.events,
                **partial.came.columns("journeys", "all_journeys"),
                "customers": partial.customers,
                "repeats": partial.events - repeated["journeys"],
                "repeated": repeated["repeated"],
                "repeated_share": repeated["repeated_share"],
                "repeated_low": repeated["repeated_share_low"],
                "repeated_high": repeated["repeated_share_high"],
                "last_before_leaving": partial.last_before_leaving,
                "open": partial.open,
            }
        )
