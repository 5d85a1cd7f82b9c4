"""Where journeys go round in circles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.visits import visits
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
        arrives[1:] = place[1:] != place[:-1]
        arrives[journeys.first] = True
        came = visits(journeys, place, touchpoints, arrives)
        again = came.where(came.events > 1)
        undecided = came.where((came.events == 1) & journeys.is_open[came.journey])
        arrivals = np.bincount(place[arrives], minlength=touchpoints)
        return _Returned(
            rate=Rate.of(again.journeys, came.journeys, came.repeats),
            returns=arrivals - came.journeys,
            immediate=np.bincount(place, minlength=touchpoints) - arrivals,
            open=undecided.journeys,
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
