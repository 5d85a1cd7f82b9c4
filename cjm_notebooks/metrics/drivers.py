"""What goes with success."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, Self

import numpy as np
import pandas as pd

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.alignment import (
    DesignedOrder,
    Level,
    place_columns,
    require_level,
)
from cjm_notebooks.journeys.passes.watched import Watched
from cjm_notebooks.journeys.tables import MICROSECONDS_PER_DAY, NONE
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.comparisons import paired_p
from cjm_notebooks.statistics.corrections import benjamini_hochberg
from cjm_notebooks.statistics.intervals import Floats, student_quantile
from cjm_notebooks.statistics.partials import Additive, PerBucket
from cjm_notebooks.statistics.regression import (
    Sums,
    cross_products,
    independent_groups,
    least_squares,
    mean_differences,
)

MOST_VALUES = 50
FEW_VALUES = 10
CONFIDENCE = 0.95
FOREVER = np.iinfo(np.int64).max
ESTIMATES = ("difference", "low", "high", "p", "q", "raw_difference", "raw_low", "raw_high")
BOTH = ("success", "journeys", "other_success", "other_journeys")


@dataclass(frozen=True)
class _Compared(Additive):
    products: PerBucket  # of 1, came to each place, is in each group, succeeded
    recent: np.ndarray  # int64, (places,)
    left_out: int


@dataclass(frozen=True)
class _Seen(Additive):
    journeys: Watched[_Compared]
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Drivers(Metric[_Seen]):
    """How much more often the journeys that came to a touchpoint succeed than those that did not.

    `difference` is adjusted: the coefficient of a linear probability model with an indicator of
    each touchpoint that a journey came to before its outcome, and of each value of the customer
    segments in `adjust_for`; `"all"` takes every segment of at most 10 values. `raw_difference` is
    `share` less `other_share`. Success is the map's `outcome` of that id, by default any success;
    every other way to end is none. Events at the very time of the outcome do not count, since they
    may be the outcome itself. With `level="stage"` the same is asked of stages.

    Both are associations, not what would happen if more customers were sent there: who comes to a
    touchpoint may have been going to succeed. A touchpoint late in the journey is near its end, and
    who lasts longer comes to more of them. `landmark_days` takes that advantage away: only journeys
    still undecided so many days after their first event are compared, by what they came to until
    then; decided journeys that were over before, or not seen so long, are `left_out`. Where more
    than a few journeys are open, those count as decided that are over and began at least twice the
    map's `quiet_days` before the end of the data: of later ones quick successes are decided first.
    The `recent` others came here too.

    Intervals and `p` are those of the delete-a-group jackknife over customers, with Student's t;
    few groups with journeys on either side widen them. `q` is p corrected for all rows. Where there
    is no adjusted difference `reason` says why.

    Unit    difference of two shares of decided journeys, -1 to 1
    Shape   one row per touchpoint, or per stage, in map order
    Empty   a touchpoint where every or no journey came has no difference, nor has any when all
            journeys end alike; one that the others determine has no adjusted difference; customers
            of one group only give no interval
    Raises  ParameterError when `level`, `outcome` or a segment is unknown, `landmark_days` is not
            above 0, or a segment has more than 50 values
    Source  Angrist and Pischke 2009, Mostly harmless econometrics, 3.4
            Anderson, Cain and Gelber 1983, Analysis of survival by tumor response
            Benjamini and Hochberg 1995, Controlling the false discovery rate
    """

    unit = "difference of two shares of decided journeys, -1 to 1"
    reads = frozenset({"events"})
    watches_the_end = True
    published = Published(
        counts=(*("decided", "succeeded"), *BOTH, *("left_out", "recent")),
        estimates={
            "share": ("success", "journeys"),
            "other_share": ("other_success", "other_journeys"),
            **dict.fromkeys(ESTIMATES, BOTH),
        },
        sums=(
            ("decided", ("journeys", "other_journeys")),
            ("succeeded", ("success", "other_success")),
        ),
        column_totals=False,
    )
    outcome: str | None = None
    level: Level = "touchpoint"
    landmark_days: float | None = None
    adjust_for: tuple[str, ...] | Literal["all"] = ()

    def __post_init__(self) -> None:
        require_level(self.level)
        if self.landmark_days is not None and not 0 < self.landmark_days < math.inf:
            msg = (
                f"`landmark_days` is {self.landmark_days}. "
                "Give a number of days above 0, or None to compare all decided journeys."
            )
            raise ParameterError(msg)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(level="stage"), cls(landmark_days=2), cls(adjust_for="all")

    def observe(self, journeys: Journeys) -> _Seen:
        succeeded = np.append(self._successes(journeys.map), False)[journeys.outcome]
        is_watched, until = self._watched(journeys)
        came = _came(journeys, DesignedOrder.of(journeys.map, self.level), until)
        names, groups = self._groups(journeys)
        columns = np.concatenate([came, groups, succeeded[None]])
        bucket = journeys.bucket[journeys.journey_customer]

        def compared(decided: np.ndarray) -> _Compared:
            return _Compared(
                products=_products(columns, bucket, decided & is_watched),
                recent=np.count_nonzero(came & ~decided, axis=1),
                left_out=int(np.count_nonzero(decided & ~is_watched)),
            )

        return _Seen(Watched.of(journeys, compared), names)

    def report(self, partial: _Seen, journey_map: JourneyMap) -> pd.DataFrame:
        places = DesignedOrder.of(journey_map, self.level).places
        self._successes(journey_map)
        products = partial.journeys.counted.products
        sums, total, came = products.sums, products.total, slice(1, 1 + places)
        decided, succeeded = int(total[0, 0]), int(total[0, -1])
        journeys, success = total[0, came], total[came, -1]
        differ = (journeys > 0) & (journeys < decided) & (0 < succeeded < decided)
        with_ = sums[:, 0, came]
        groups = np.minimum(*map(independent_groups, (with_, sums[:, 0, :1] - with_)))
        reach = student_quantile(groups - 1, CONFIDENCE)

        def jackknifed(estimate: Callable[[Sums], Floats]) -> tuple[Floats, Floats]:
            found, error = products.error(lambda sums: estimate(sums)[:, :places])
            varies = differ & (error > 0)
            return np.where(differ, found, np.nan), np.where(varies, error, np.nan)

        adjusted, error = jackknifed(least_squares)
        raw, raw_error = jackknifed(mean_differences)
        p = paired_p(adjusted, error**2 * groups, groups)
        return pd.DataFrame(
            {
                **place_columns(journey_map, self.level),
                "difference": adjusted,
                "low": adjusted - reach * error,
                "high": adjusted + reach * error,
                "p": p,
                "q": benjamini_hochberg(p),
                "reason": _reasons(adjusted, journeys, decided, succeeded),
                "raw_difference": raw,
                "raw_low": raw - reach * raw_error,
                "raw_high": raw + reach * raw_error,
                "journeys": journeys,
                "success": success,
                "share": _share(success, journeys),
                "other_journeys": decided - journeys,
                "other_success": succeeded - success,
                "other_share": _share(succeeded - success, decided - journeys),
                "decided": decided,
                "succeeded": succeeded,
                "left_out": partial.journeys.counted.left_out,
                "recent": partial.journeys.counted.recent,
            }
        )

    def _successes(self, journey_map: JourneyMap) -> np.ndarray:
        """bool, (outcomes,)."""
        ids = [outcome.id for outcome in journey_map.outcomes]
        if self.outcome is None:
            return np.array([one.kind == "success" for one in journey_map.outcomes], bool)
        if self.outcome not in ids:
            hint = did_you_mean(self.outcome, ids)
            msg = f"The map has no outcome `{self.outcome}`. {hint}"
            raise ParameterError(msg)
        return np.array([id_ == self.outcome for id_ in ids], bool)

    def _watched(self, journeys: Journeys) -> tuple[np.ndarray, np.ndarray]:
        """Which journeys went on past the landmark, and the time before which events count."""
        reached = journeys.outcome != NONE
        if self.landmark_days is None:
            everyone = np.ones(journeys.n_journeys, bool)
            return everyone, np.where(reached, journeys.outcome_at, FOREVER)
        after = min(round(self.landmark_days * MICROSECONDS_PER_DAY), FOREVER // 2)
        landmark = journeys.at[journeys.first] + after
        until = np.where(reached, journeys.outcome_at, journeys.seen_until + 1)
        return until > landmark, landmark + 1

    def _groups(self, journeys: Journeys) -> tuple[tuple[str, ...], np.ndarray]:
        """A name for each value of the segments, and bool, (values, journeys)."""
        names: list[str] = []
        rows = [np.zeros((0, journeys.n_journeys), bool)]
        for name in self._held_fixed(journeys):
            if name not in journeys.segments:
                hint = did_you_mean(name, journeys.segments)
                msg = f"Customers have no segment `{name}` to adjust for. {hint}"
                raise ParameterError(msg)
            segment = journeys.segments[name]
            if len(segment.values) > MOST_VALUES:
                msg = (
                    f"The segment `{name}` has {len(segment.values)} values. "
                    f"Adjust for one of at most {MOST_VALUES}."
                )
                raise ParameterError(msg)
            names += [f"{name}={value}" for value in segment.values]
            codes = segment.codes[journeys.journey_customer]
            rows.append(np.arange(len(segment.values))[:, None] == codes)
        return tuple(names), np.concatenate(rows)

    def _held_fixed(self, journeys: Journeys) -> tuple[str, ...]:
        if self.adjust_for != "all":
            return self.adjust_for
        known = journeys.segments.items()
        return tuple(name for name, segment in known if len(segment.values) <= FEW_VALUES)


def _products(columns: np.ndarray, bucket: np.ndarray, compared: np.ndarray) -> PerBucket:
    """The cross products of the columns (columns, journeys) among those compared."""
    columns, bucket = columns[:, compared], bucket[compared]
    seen, first = np.unique(bucket, return_index=True)
    products = [
        cross_products(columns[:, low:high])
        for low, high in pairwise([*first.tolist(), len(bucket)])
    ]
    width = len(columns) + 1
    return PerBucket.of(seen, np.reshape(products, (-1, width, width)).astype(np.int64))


def _came(journeys: Journeys, order: DesignedOrder, until: np.ndarray) -> np.ndarray:
    """bool, (places, journeys). The journey had an event there before its time `until`."""
    counted = journeys.at < np.repeat(until, np.diff(journeys.starts))
    cell = order.place(journeys) * np.int64(journeys.n_journeys) + journeys.journey
    came = np.zeros(order.places * journeys.n_journeys, dtype=bool)
    came[cell[counted]] = True
    return came.reshape(order.places, journeys.n_journeys)


def _share(hits: np.ndarray, trials: np.ndarray) -> np.ndarray:
    return np.asarray(hits / np.where(trials > 0, trials, np.nan), np.float64)


def _reasons(
    difference: np.ndarray, journeys: np.ndarray, decided: int, succeeded: int
) -> pd.Series:
    everywhere = np.ones(len(journeys), bool)
    why = {
        "": ~np.isnan(difference),
        "No journey is decided.": everywhere & (decided == 0),
        "All journeys ended alike.": everywhere & (succeeded in (0, decided)),
        "No journey came here.": journeys == 0,
        "Every journey came here.": journeys == decided,
        "The rest of the model tells who came here.": everywhere,
    }
    reasons = pd.Series(np.select([*why.values()], [*why], ""), dtype="str")
    return reasons.where(reasons != "")
