"""Where customers go in one period that they did not go in another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

import numpy as np
import pandas as pd

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.choosing import EPOCH, microseconds
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.activity import Activity
from cjm_notebooks.journeys.passes.sides import EVER, Days, bounds
from cjm_notebooks.journeys.tables import MICROSECONDS_PER_DAY, UNKNOWN_TIME
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.comparisons import two_proportions_p
from cjm_notebooks.statistics.differences import difference_interval
from cjm_notebooks.statistics.drift import jensen_shannon, population_stability
from cjm_notebooks.statistics.partials import Additive, Rate

COUNTS = ("before_customers", "before_n", "after_customers", "after_n")


@dataclass(frozen=True)
class _Shifted(Additive):
    windows: tuple[int, ...]  # begin and end of both periods, or nothing
    before: Rate  # cells: touchpoints
    after: Rate  # cells: touchpoints


@dataclass(frozen=True)
class BehaviourShift(Metric[_Shifted]):
    """Share of the active customers who came to each touchpoint in a period, and in one before it.

    Each period runs from a day to before another, in UTC. Unless said, the second one runs from the
    map's last review to the end of the data, and the first is as long and ends where that begins. A
    customer is active in a period with any event in it, and counts once at each touchpoint. Events
    count when they happened, so that journeys which are not over do no harm.

    `psi`, the population stability index, and `js`, the divergence of Jensen and Shannon in bits,
    say how far the shares of all visits have moved altogether and are the same in each row, as is
    how many whole `days` the second period has.

    Unit    share of the active customers, 0 to 1
    Shape   one row per touchpoint, in map order
    Empty   no rows where the map was never reviewed and no period is given; without customers in
            both periods there is no difference
    Raises  ParameterError when a period lacks a day it needs, or its days are in the wrong order
    Source  Yurdakul 2018, Statistical properties of population stability index
            Lin 1991, Divergence measures based on the Shannon entropy
    """

    unit = "share of the active customers, 0 to 1"
    reads = frozenset({"events"})
    published = Published(
        counts=COUNTS,
        estimates={
            **dict.fromkeys(
                ("before_share", "before_low", "before_high"), ("before_customers", "before_n")
            ),
            **dict.fromkeys(
                ("after_share", "after_low", "after_high"), ("after_customers", "after_n")
            ),
            **dict.fromkeys(("difference", "difference_low", "difference_high", "p"), COUNTS),
        },
        column_totals=False,
    )
    tolerance = 1e-12
    before: Days = EVER
    after: Days = EVER

    def __post_init__(self) -> None:
        for name, days in (("before", self.before), ("after", self.after)):
            if days != EVER and not days[0]:
                msg = f"`{name}` has no first day. Give both, or none."
                raise ParameterError(msg)
            bounds(days)
        if self.before != EVER and not self.before[1]:
            msg = "`before` has no last day. Give both, or none."
            raise ParameterError(msg)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(("1970-01-01", "1970-02-01"), ("1970-02-01", "1970-04-01"))

    def observe(self, journeys: Journeys) -> _Shifted:
        windows = self._windows(journeys)
        first, second = (windows[:2], windows[2:]) if windows else ((0, 0), (0, 0))
        return _Shifted(windows, _came(journeys, first), _came(journeys, second))

    def report(self, partial: _Shifted, journey_map: JourneyMap) -> pd.DataFrame:
        before, after = partial.before, partial.after
        columns = {
            **_named("before", before),
            **_named("after", after),
        }
        ends = [(columns[f"{side}_low"], columns[f"{side}_high"]) for side in ("after", "before")]
        low, high = difference_interval(after.share, ends[0], before.share, ends[1])
        stages = [stage.id for stage in journey_map.stages for _ in stage.touchpoints]
        said = [_day(at) for at in partial.windows]
        touchpoints = pd.Series([one.id for one in journey_map.touchpoints], dtype="str")
        table = pd.DataFrame(
            {
                "touchpoint": touchpoints,
                "stage": pd.Series(stages, dtype="str"),
                **columns,
                "difference": after.share - before.share,
                "difference_low": low,
                "difference_high": high,
                "p": two_proportions_p(after.hits, after.trials, before.hits, before.trials),
                "psi": population_stability(before.hits, after.hits),
                "js": jensen_shannon(before.hits, after.hits),
                "days": (partial.windows[3] - partial.windows[2]) // MICROSECONDS_PER_DAY
                if said
                else 0,
                "before": f"{said[0]} – {said[1]}" if said else "",
                "after": f"{said[2]} – {said[3]}" if said else "",
            }
        )
        return table if said else table[:0]

    def _windows(self, journeys: Journeys) -> tuple[int, ...]:
        after = self._after(journeys)
        if journeys.end_of_data == UNKNOWN_TIME or after is None or not after[0] < after[1]:
            return ()
        before = bounds(self.before) if self.before != EVER else (2 * after[0] - after[1], after[0])
        return (*before, *after)

    def _after(self, journeys: Journeys) -> tuple[int, int] | None:
        reviewed = journeys.map.last_reviewed
        if self.after == EVER and reviewed is None:
            return None
        ends = journeys.end_of_data + 1
        if self.after != EVER:
            low, high = bounds(self.after)
            return low, high if self.after[1] else ends
        return microseconds(reviewed, "last_reviewed") if reviewed else ends, ends


def _came(journeys: Journeys, window: tuple[int, ...]) -> Rate:
    """Who came to each touchpoint in the window, of those with an event in it."""
    active, touchpoints = Activity.of(journeys), len(journeys.map.touchpoints)
    inside = (active.at >= window[0]) & (active.at < window[1])
    came = active.came(np.where(inside, journeys.touchpoint, touchpoints), touchpoints)
    everyone = np.unique(active.who[inside])
    return Rate.of(came.sum(axis=0), np.full(touchpoints, len(everyone)))


def _named(side: str, rate: Rate) -> dict[str, np.ndarray]:
    low, high = rate.interval()
    return {
        f"{side}_customers": rate.hits,
        f"{side}_n": rate.trials,
        f"{side}_share": rate.share,
        f"{side}_low": low,
        f"{side}_high": high,
    }


def _day(at: int) -> str:
    moment: datetime = EPOCH + timedelta(microseconds=at)
    return moment.astimezone(UTC).date().isoformat()
