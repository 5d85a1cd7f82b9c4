"""Where nothing comes after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.endings import LEFT, OPEN, endings
from cjm_notebooks.journeys.passes.visits import Visits, visits
from cjm_notebooks.journeys.tables import NONE
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import BUCKETS, Additive, PerBucket, Rate


@dataclass(frozen=True)
class _Ended(Additive):
    rate: Rate  # cells (2, touchpoints): of the old ones, of all that are decided
    reached: np.ndarray  # int64, (touchpoints,)
    open: np.ndarray  # int64, (touchpoints,)
    per_bucket: PerBucket  # sums (2, 2, touchpoints): of both as above, left and decided


@dataclass(frozen=True)
class DeadEnds(Metric[_Ended]):
    """Share of the journeys that came to a touchpoint and nothing after it, against the average.

    A journey has `left` at the touchpoint of its last event when it reached no outcome and has been
    quiet for the map's `quiet_days`. Unlike a drop-off, this looks at the touchpoint and not at the
    stage, a failure is an outcome and no dead end, and a journey that came only after its outcome
    did not come. A journey counts once however often it came, and where it came last decides.
    Where some are still open, at any touchpoint, the `recent` ones, whose last event here is
    younger than `quiet_days`, are no part of the share, whatever they did: to count who went on at
    once and to wait for who left would make it too small.

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
        how = np.where(is_last, end.how[came.journey], NONE)
        is_decided = how != OPEN
        is_old = is_decided & (journeys.at[came.last] <= journeys.settled_until)
        both = [
            (came.where(kept & (how == LEFT)), came.where(kept)) for kept in (is_old, is_decided)
        ]
        counts = np.array([[_by_bucket(journeys, some) for some in pair] for pair in both])
        seen = np.unique(journeys.bucket)
        return _Ended(
            rate=Rate.of(
                np.array([left.journeys for left, _ in both]),
                np.array([decided.journeys for _, decided in both]),
                np.array([decided.repeats for _, decided in both]),
            ),
            reached=came.journeys,
            open=came.where(~is_decided).journeys,
            per_bucket=PerBucket.of(seen, np.moveaxis(counts, 2, 0)[seen]),
        )

    def report(self, partial: _Ended, journey_map: JourneyMap) -> pd.DataFrame:
        which = int(not partial.open.any())
        columns = partial.rate.columns("left", "decided")
        shares = {name: column[which] for name, column in columns.items()}
        left, decided = shares["left"], shares["decided"]
        _, (low, high) = partial.per_bucket.interval(lambda sums: _log_lift(sums[:, which]))
        average = left.sum() / decided.sum() if decided.any() else np.nan
        return pd.DataFrame(
            {
                "touchpoint": [touchpoint.id for touchpoint in journey_map.touchpoints],
                "reached": partial.reached,
                "went_on": decided - left,
                **shares,
                "average": average,
                "lift": shares["share"] / (average if average > 0 else np.nan),
                "lift_low": np.exp(low),
                "lift_high": np.exp(high),
                "recent": partial.reached - decided,
            }
        )


def _by_bucket(journeys: Journeys, came: Visits) -> np.ndarray:
    """int64, (BUCKETS, places). The journeys that came to each place."""
    cell = journeys.bucket[came.customer] * came.places + came.place
    return np.bincount(cell, minlength=BUCKETS * came.places).reshape(BUCKETS, came.places)


def _log_lift(sums: np.ndarray) -> np.ndarray:
    """(groups, touchpoints), from sums (groups, 2, touchpoints); NaN where nobody left."""
    everywhere = sums.sum(axis=2, keepdims=True)
    left, decided = np.moveaxis(np.where(sums > 0, sums, np.nan), 1, 0)
    all_left, all_decided = np.moveaxis(np.where(everywhere > 0, everywhere, np.nan), 1, 0)
    lift: np.ndarray = np.log(left / decided / (all_left / all_decided))
    return lift
