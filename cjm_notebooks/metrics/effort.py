"""What journeys cost the customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, Self, get_args

import numpy as np
import pandas as pd

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.endings import ENDINGS, endings
from cjm_notebooks.journeys.passes.visits import by_place, changes, visits
from cjm_notebooks.journeys.passes.watched import Watched
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.matching.labels import MICROSECONDS_PER_SECOND
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import BUCKETS, Additive, Durations, PerBucket

Ending = Literal["success", "failure", "left"]
SECONDS_PER_MINUTE = 60
EXACT = 128
BINS_PER_DOUBLING = 64
EVENTS = np.concatenate(
    [
        np.arange(EXACT),
        np.rint(EXACT * 2 ** ((np.arange(24 * BINS_PER_DOUBLING) + 0.5) / BINS_PER_DOUBLING)),
    ]
)


@dataclass(frozen=True)
class _Spent(Additive):
    sums: PerBucket  # sums (3, stages + 1): journeys, events, retries
    events: np.ndarray  # int64, (stages + 1, bins): journeys by number of events
    times: Durations  # cells (stages + 1,)
    recent: np.ndarray  # int64, (stages + 1,)


class _Stays(NamedTuple):
    """What each journey did in each stage, then as a whole; int64, (stays,), each."""

    cell: np.ndarray  # the stage, one more than the last for the whole
    journey: np.ndarray
    events: np.ndarray  # how many
    first: np.ndarray  # the event
    last: np.ndarray

    def where(self, chosen: np.ndarray) -> _Stays:
        return _Stays(*(column[chosen] for column in self))


@dataclass(frozen=True)
class Effort(Metric[Watched[_Spent]]):
    """Events, minutes and retries that a journey takes, in each stage and as a whole.

    The minutes run from the first to the last event of the journey in the stage, so that they hold
    time spent elsewhere when it came back, and a single event takes none. A retry is an event at a
    touchpoint where the journey has been before, at once or later. All journeys that are over
    count, or only those that came to one `ending`: `success`, `failure` or `left`. Events after an
    outcome count too unless `until_outcome`. Where more than a few journeys are open, only those
    count that began at least twice the map's `quiet_days` before the end of the data; the `recent`
    others came here too and are counted nowhere else.

    Means are exact, quantiles of the time off by at most 0.55 %, and so are those of more than 128
    events.

    Unit    events, retries and minutes per journey that came to the stage
    Shape   one row per stage, in map order; the journey as a whole last, with a null stage
    Empty   a stage where no journey came has null estimates; below six journeys the median has no
            interval; a mean has none below two buckets of customers and where all took the same
    Raises  ParameterError when `ending` is none of the three
    """

    unit = "events, retries and minutes per journey that came to the stage"
    reads = frozenset({"events"})
    watches_the_end = True
    published = Published(
        counts=("journeys", "recent"),
        estimates=dict.fromkeys(
            (
                *("events_per_journey", "events_low", "events_high", "p50_events", "p90_events"),
                *("retries_per_journey", "retries_low", "retries_high"),
                *("p50_minutes", "p50_minutes_low", "p50_minutes_high"),
                *("p90_minutes", "mean_minutes"),
            ),
            ("journeys",),
        ),
        column_totals=False,
    )
    ending: Ending | None = None
    until_outcome: bool = False

    def __post_init__(self) -> None:
        if self.ending is not None and self.ending not in get_args(Ending):
            near = did_you_mean(self.ending, get_args(Ending))
            msg = f"`ending` is `{self.ending}`, and no journey that is over ends so. {near}"
            raise ParameterError(msg)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(ending="success", until_outcome=True)

    def observe(self, journeys: Journeys) -> Watched[_Spent]:
        stays = self._stays(journeys)
        return Watched.of(journeys, lambda counted: self._spent(journeys, counted, stays))

    def _spent(self, journeys: Journeys, counted: np.ndarray, stays: _Stays) -> _Spent:
        stages = len(journeys.map.stages)
        how = endings(journeys).how
        asked = counted if self.ending is None else counted & (how == ENDINGS.index(self.ending))
        recent = np.bincount(stays.cell[~counted[stays.journey]], minlength=stages + 1)
        cell, journey, events, first, last = stays.where(asked[stays.journey])
        customer = journeys.journey_customer[journey]
        again = np.bincount(cell[~changes(cell, customer)], minlength=stages + 1)
        seconds = (journeys.at[last] - journeys.at[first]) / MICROSECONDS_PER_SECOND
        bins = cell * len(EVENTS) + _bin(events)
        return _Spent(
            sums=self._sums(journeys, asked, cell, customer, events),
            events=np.bincount(bins, minlength=(stages + 1) * len(EVENTS)).reshape(stages + 1, -1),
            times=Durations.of(cell, seconds, stages + 1, repeats=again),
            recent=recent,
        )

    def _chosen(self, journeys: Journeys) -> np.ndarray | None:
        return endings(journeys).on_way if self.until_outcome else None

    def _stays(self, journeys: Journeys) -> _Stays:
        """Each journey in each stage, then as a whole: its events, the first and the last one."""
        chosen = self._chosen(journeys)
        event = np.arange(journeys.n_events) if chosen is None else np.flatnonzero(chosen)
        stages, stage = len(journeys.map.stages), journeys.stage[event]
        order = by_place(stage, stages)
        event_by_stage, stage = event[order], stage[order]
        begins = [
            np.flatnonzero(changes(stage, journeys.journey[event_by_stage])),
            np.flatnonzero(changes(journeys.journey[event])),
        ]
        events = [np.diff(np.append(begin, len(event))) for begin in begins]
        ordered = (event_by_stage, event)
        first = np.concatenate([ev[b] for ev, b in zip(ordered, begins, strict=True)])
        last = np.concatenate(
            [ev[b + n - 1] for ev, b, n in zip(ordered, begins, events, strict=True)]
        )
        cell = np.append(stage[begins[0]].astype(np.int64), np.full(len(begins[1]), stages))
        return _Stays(cell, journeys.journey[first], np.concatenate(events), first, last)

    def _sums(
        self,
        journeys: Journeys,
        counts: np.ndarray,
        cell: np.ndarray,
        customer: np.ndarray,
        events: np.ndarray,
    ) -> PerBucket:
        """Journeys, events and retries in each stage and as a whole, for each bucket."""
        stages, touchpoints = len(journeys.map.stages), len(journeys.map.touchpoints)
        bucket = journeys.bucket
        came = visits(journeys, journeys.touchpoint, touchpoints, self._chosen(journeys))
        came = came.where(counts[came.journey])
        place = bucket[customer] * (stages + 1) + cell
        once = bucket[came.customer] * (stages + 1) + journeys.stage_of_touchpoint[came.place]
        size = BUCKETS * (stages + 1)
        distinct = np.bincount(once, minlength=size).reshape(BUCKETS, -1)
        distinct[:, -1] = distinct.sum(axis=1)
        all_events = np.bincount(place, events, size).astype(np.int64).reshape(BUCKETS, -1)
        came_here = np.bincount(place, minlength=size).reshape(BUCKETS, -1)
        seen = np.unique(bucket)
        sums = np.stack([came_here, all_events, all_events - distinct], axis=1)
        return PerBucket.of(seen, sums[seen])

    def report(self, partial: Watched[_Spent], journey_map: JourneyMap) -> pd.DataFrame:
        spent = partial.counted
        means, (low, high) = spent.sums.interval(_per_journey)
        journeys = spent.times.count
        p50_low, p50_high = spent.times.quantile_interval(0.5)
        stage = [*(stage.id for stage in journey_map.stages), None]
        return pd.DataFrame(
            {
                "stage": pd.Series(stage, dtype="str"),
                "journeys": journeys,
                "events_per_journey": means[0],
                "events_low": low[0],
                "events_high": high[0],
                "p50_events": _quantile(spent.events, journeys, 0.5),
                "p90_events": _quantile(spent.events, journeys, 0.9),
                "retries_per_journey": means[1],
                "retries_low": low[1],
                "retries_high": high[1],
                "p50_minutes": spent.times.quantile(0.5) / SECONDS_PER_MINUTE,
                "p50_minutes_low": p50_low / SECONDS_PER_MINUTE,
                "p50_minutes_high": p50_high / SECONDS_PER_MINUTE,
                "p90_minutes": spent.times.quantile(0.9) / SECONDS_PER_MINUTE,
                "mean_minutes": spent.times.mean_seconds / SECONDS_PER_MINUTE,
                "recent": spent.recent,
            }
        )


def _per_journey(sums: np.ndarray) -> np.ndarray:
    """(groups, 2, stages + 1): events and retries, from sums (groups, 3, stages + 1)."""
    means: np.ndarray = sums[:, 1:] / np.where(sums[:, :1] > 0, sums[:, :1], np.nan)
    return means


def _bin(events: np.ndarray) -> np.ndarray:
    """The bin of each number of events: exact below 128, then 1.1 % wide."""
    many = EXACT + np.log2(np.maximum(events, EXACT) / EXACT) * BINS_PER_DOUBLING
    return np.where(events < EXACT, events, many.astype(np.int64))


def _quantile(counts: np.ndarray, journeys: np.ndarray, share: float) -> np.ndarray:
    """The smallest number of events that `share` of the journeys do not exceed."""
    rank = np.ceil(share * journeys)
    place = (np.cumsum(counts, axis=1) < rank[:, None]).sum(axis=1)
    return np.where(journeys > 0, EVENTS[np.minimum(place, len(EVENTS) - 1)], np.nan)
