"""Where journeys go round in circles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.visits import counted_by_journey, repeated
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import Additive, Rate


@dataclass(frozen=True)
class _Returned(Additive):
    rate: Rate
    returns: np.ndarray  # int64, (touchpoints,)
    immediate: np.ndarray  # int64, (touchpoints,)
    open: np.ndarray  # int64, (touchpoints,)


@dataclass(frozen=True)
class Returns(Metric[_Returned]):
    """Share of the journeys at a touchpoint that left it for another one and came back.

    Home, product, home is one return to home. An event directly after one at the same touchpoint is
    no return but `immediate`. All events count, those after an outcome too. `open` journeys came
    here, have not returned and still may: they count among the journeys that came.

    Unit   share of the journeys that came here, 0 to 1
    Shape  one row per touchpoint, in map order
    Empty  a touchpoint where no journey came has a null share
    """

    unit = "share of the journeys that came here, 0 to 1"
    reads = frozenset({"events"})
    published = Published(
        counts=("journeys", "returned", "returns", "immediate", "open"),
        estimates=dict.fromkeys(("share", "low", "high"), ("returned", "journeys")),
        column_totals=False,
    )

    def observe(self, journeys: Journeys) -> _Returned:
        place, touchpoints = journeys.touchpoint, len(journeys.map.touchpoints)
        arrives = np.ones(journeys.n_events, bool)
        np.not_equal(place[1:], place[:-1], out=arrives[1:])
        arrives[journeys.first] = True
        arrivals = counted_by_journey(journeys, place, touchpoints, arrives)
        came, again = arrivals > 0, arrivals > 1
        undecided = came & ~again & journeys.is_open
        events = np.bincount(place, minlength=touchpoints)
        all_arrivals = arrivals.sum(axis=1)
        return _Returned(
            rate=Rate.of(again.sum(axis=1), came.sum(axis=1), repeated(journeys, came)),
            returns=all_arrivals - came.sum(axis=1),
            immediate=events - all_arrivals,
            open=undecided.sum(axis=1),
        )

    def report(self, partial: _Returned, journey_map: JourneyMap) -> pd.DataFrame:
        shares = partial.rate.columns("returned", "journeys")
        return pd.DataFrame(
            {
                "touchpoint": [touchpoint.id for touchpoint in journey_map.touchpoints],
                "journeys": shares["journeys"],
                **shares,
                "returns": partial.returns,
                "immediate": partial.immediate,
                "open": partial.open,
            }
        )
