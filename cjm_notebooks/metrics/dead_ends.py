"""Where nothing comes after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.endings import LEFT, OPEN, endings
from cjm_notebooks.journeys.passes.visits import visits
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import BUCKETS, Additive, PerBucket, Rate


@dataclass(frozen=True)
class _Ended(Additive):
    rate: Rate  # cells (touchpoints,)
    recent: np.ndarray  # int64, (touchpoints,)
    per_bucket: PerBucket  # sums (2, touchpoints): left, decided


@dataclass(frozen=True)
class DeadEnds(Metric[_Ended]):
    """Share of the journeys that came to a touchpoint and nothing after it, against the average.

    A journey has `left` at the touchpoint of its last event when it reached no outcome and has been
    quiet for the map's `quiet_days`. Unlike a drop-off, this looks at the touchpoint and not at the
    stage, a failure is an outcome and no dead end, and a journey that came only after its outcome
    did not come. A journey counts once however often it came, and where it came last decides.
    `recent` ones, whose last event here is younger than `quiet_days`, are no part of the share,
    whatever they did: to count who went on at once and to wait for who left would make it too
    small.

    `average` is the share over all arrivals at all touchpoints, and `lift` how many times larger
    the share is here; its interval lies around its logarithm.

    Unit    share of the decided journeys, 0 to 1; lift as a multiple of the average
    Shape   one row per touchpoint, in map order
    Empty   a touchpoint where no journey is decided has a null share and lift, one where none left
            a lift of 0 without an interval; where no journey left anywhere there is no lift
    Source  Wolter 2007, Introduction to variance estimation, chapter 4
    """

    unit = "share of the decided journeys, 0 to 1; lift as a multiple of the average"
    reads = frozenset({"events"})
    watches_the_end = True
    published = Published(
        counts=("reached", "went_on", "left", "decided", "recent"),
        estimates=dict.fromkeys(
            ("share", "low", "high", "lift", "lift_low", "lift_high"), ("left", "decided")
        ),
        sums=(("reached", ("decided", "recent")), ("decided", ("went_on", "left"))),
    )

    def observe(self, journeys: Journeys) -> _Ended:
        touchpoints = len(journeys.map.touchpoints)
        end = endings(journeys)
        came = visits(journeys, journeys.touchpoint, touchpoints, end.on_way)
        is_last = came.place == end.place(journeys.touchpoint)[came.journey]
        how = end.how[came.journey]
        is_old = journeys.at[came.last] <= journeys.settled_until
        is_old &= ~(is_last & (how == OPEN))
        decided = came.where(is_old)
        left = came.where(is_old & is_last & (how == LEFT))
        code_bucket = journeys.bucket
        counts = np.stack(
            [
                np.bincount(
                    code_bucket[some.customer] * touchpoints + some.place,
                    minlength=BUCKETS * touchpoints,
                ).reshape(BUCKETS, touchpoints)
                for some in (left, decided)
            ],
            axis=1,
        )
        seen = np.unique(code_bucket)
        return _Ended(
            rate=Rate.of(left.journeys, decided.journeys, decided.repeats),
            recent=came.journeys - decided.journeys,
            per_bucket=PerBucket.of(seen, counts[seen]),
        )

    def report(self, partial: _Ended, journey_map: JourneyMap) -> pd.DataFrame:
        shares = partial.rate.columns("left", "decided")
        left, decided = shares["left"], shares["decided"]
        _, (low, high) = partial.per_bucket.interval(_log_lift)
        average = left.sum() / decided.sum() if decided.any() else np.nan
        return pd.DataFrame(
            {
                "touchpoint": [touchpoint.id for touchpoint in journey_map.touchpoints],
                "reached": decided + partial.recent,
                "went_on": decided - left,
                **shares,
                "average": average,
                "lift": shares["share"] / (average if average > 0 else np.nan),
                "lift_low": np.exp(low),
                "lift_high": np.exp(high),
                "recent": partial.recent,
            }
        )


def _log_lift(sums: np.ndarray) -> np.ndarray:
    """(groups, touchpoints), from sums (groups, 2, touchpoints); NaN where nobody left."""
    everywhere = sums.sum(axis=2, keepdims=True)
    left, decided = np.moveaxis(np.where(sums > 0, sums, np.nan), 1, 0)
    all_left, all_decided = np.moveaxis(np.where(everywhere > 0, everywhere, np.nan), 1, 0)
    lift: np.ndarray = np.log(left / decided / (all_left / all_decided))
    return lift
