"""How customers come by: runs of events without a long pause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.activity import Activity
from cjm_notebooks.journeys.passes.visits import changes
from cjm_notebooks.journeys.tables import BUCKETS
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.matching.labels import MICROSECONDS_PER_SECOND
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import Additive, Durations, PerBucket, Rate

VISITS, CUSTOMERS, ENDED, EVENTS = range(4)


@dataclass(frozen=True)
class _Came(Additive):
    single: Rate  # cells (stages,)
    times: Durations  # cells (stages,)
    sums: PerBucket  # (stages, 4): visits, customers, ended visits, their events


@dataclass(frozen=True)
class Visits(Metric[_Came]):
    """How often customers come by, how much they do each time, and how long they stay.

    A visit is a run of a customer's events, at touchpoints of the map and whatever journeys they
    belong to, in which no pause is longer than `gap_minutes`; it may cross midnight. It counts at
    the stage of its first event, and so does all that happens in it. `customers` are those with a
    visit that began at the stage, and `visits_per_customer` is of them. The share is of visits with
    a `single` event (bounces), which last 0 seconds and are part of the quantiles and the mean.

    A visit is `open` when less than `gap_minutes` lie between its last event and the end of the
    data: it may go on, and only the others, which have `ended`, tell of events, length and share.
    Quantiles are off by at most 0.55 %, the mean is exact; the interval of the median takes all
    visits of one customer as alike, which is too wide rather than too narrow.

    Unit    visits; share of the visits that ended, 0 to 1; seconds
    Shape   one row per stage where a visit can begin, in map order
    Empty   a stage where no visit began has null shares, means and quantiles
    Raises  ParameterError when `gap_minutes` is not a number above 0
    """

    unit = "visits; share of the visits that ended, 0 to 1; seconds"
    reads = frozenset({"events"})
    published = Published(
        counts=("visits", "customers", "open", "ended", "single", "events"),
        estimates={
            **dict.fromkeys(
                ("visits_per_customer", "visits_per_customer_low", "visits_per_customer_high"),
                ("customers", "visits"),
            ),
            **dict.fromkeys(("share", "low", "high"), ("single", "ended")),
            **dict.fromkeys(
                ("events_per_visit", "events_per_visit_low", "events_per_visit_high"),
                ("ended", "events"),
            ),
            **dict.fromkeys(
                ("p50_seconds", "p50_low", "p50_high", "p90_seconds", "mean_seconds"), ("ended",)
            ),
        },
        sums=(("visits", ("open", "ended")),),
        column_totals=False,
    )
    gap_minutes: float = 30

    def __post_init__(self) -> None:
        if not 0 < self.gap_minutes < np.inf:
            msg = f"`gap_minutes` is {self.gap_minutes}. Give a number of minutes above 0."
            raise ParameterError(msg)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(gap_minutes=2 * 24 * 60)

    def observe(self, journeys: Journeys) -> _Came:
        stages, active = len(journeys.map.stages), Activity.of(journeys)
        gap = round(self.gap_minutes * 60 * MICROSECONDS_PER_SECOND)
        order = _time_order(active)
        at, place = journeys.at[order], journeys.touchpoint[order]
        first, last = _runs(at, active.starts, gap)
        who, stage = active.who[first], journeys.stage_of_touchpoint[place[first]]
        over = journeys.end_of_data - at[last] >= gap
        events, lasted = (last - first + 1)[over], (at[last] - at[first])[over]
        bucket, (arrived, there) = journeys.bucket[active.customer], _each_once(who, stage, stages)
        sums = [
            _per_bucket(bucket[who], stage, stages),
            _per_bucket(bucket[arrived], there, stages),
            _per_bucket(bucket[who[over]], stage[over], stages),
            _per_bucket(bucket[who[over]], stage[over], stages, events),
        ]
        who, stage = who[over], stage[over]
        ended, single = (np.bincount(s, minlength=stages) for s in (stage, stage[events == 1]))
        repeats = ended - np.bincount(_each_once(who, stage, stages)[1], minlength=stages)
        return _Came(
            single=Rate.of(single, ended, repeats),
            times=Durations.of(stage, lasted / MICROSECONDS_PER_SECOND, stages, repeats=repeats),
            sums=_of_seen(bucket, np.stack(sums, axis=-1)),
        )

    def report(self, partial: _Came, journey_map: JourneyMap) -> pd.DataFrame:
        visits, customers, ended, events = partial.sums.total.T
        times = partial.times
        p50_low, p50_high = times.quantile_interval(0.5)
        return pd.DataFrame(
            {
                "stage": [stage.id for stage in journey_map.stages],
                "visits": visits,
                "customers": customers,
                **_ratio(partial.sums, "visits_per_customer", VISITS, CUSTOMERS),
                "open": visits - ended,
                **partial.single.columns("single", "ended"),
                "events": events,
                **_ratio(partial.sums, "events_per_visit", EVENTS, ENDED),
                "p50_seconds": times.quantile(0.5),
                "p50_low": p50_low,
                "p50_high": p50_high,
                "p90_seconds": times.quantile(0.9),
                "mean_seconds": times.mean_seconds,
            }
        )


def _runs(at: np.ndarray, starts: np.ndarray, gap: int) -> tuple[np.ndarray, np.ndarray]:
    """The first and the last event of each visit; a customer's events begin at each of `starts`."""
    begins = np.zeros(len(at), np.bool_)
    begins[1:] = np.diff(at) > gap
    begins[starts[:-1]] = True
    first = np.flatnonzero(begins)
    return first, np.append(first[1:], len(at))[: len(first)] - 1


def _time_order(active: Activity) -> np.ndarray | slice:
    """The order of each customer's events in time, where overlapping journeys broke it."""
    back = np.diff(active.at) < 0
    back[active.starts[1:-1] - 1] = False
    return np.lexsort((active.at, active.who)) if back.any() else slice(None)


def _each_once(who: np.ndarray, stage: np.ndarray, stages: int) -> tuple[np.ndarray, np.ndarray]:
    """The pairs of a customer and a stage, each once."""
    pair = np.sort(who * stages + stage)
    return np.divmod(pair[changes(pair)], stages)


def _per_bucket(
    bucket: np.ndarray, stage: np.ndarray, stages: int, weight: np.ndarray | None = None
) -> np.ndarray:
    """int64, (buckets, stages). How many there are of each, or the sum of their `weight`."""
    counted = np.bincount(bucket * stages + stage, weight, minlength=BUCKETS * stages)
    return counted.astype(np.int64).reshape(BUCKETS, stages)


def _of_seen(bucket: np.ndarray, sums: np.ndarray) -> PerBucket:
    seen = np.flatnonzero(np.bincount(bucket, minlength=BUCKETS))
    return PerBucket.of(seen, sums[seen])


def _ratio(sums: PerBucket, name: str, top: int, bottom: int) -> dict[str, np.ndarray]:
    """A mean per visit or customer, never below the one event or visit that each has."""

    def mean(groups: np.ndarray) -> np.ndarray:
        below = np.where(groups[..., bottom] > 0, groups[..., bottom], np.nan)
        return np.asarray(groups[..., top] / below)

    whole, (low, high) = sums.interval(mean)
    return {name: whole, f"{name}_low": np.maximum(low, 1), f"{name}_high": high}
