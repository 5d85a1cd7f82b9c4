"""What each place adds to the others, in whichever order they come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, Self, get_args

import numpy as np
import pandas as pd

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.touches import By, Standing, Touches, places, require_by, touches
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.metrics.attribution import UNITS, shares
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.intervals import Floats, Interval
from cjm_notebooks.statistics.partials import BUCKETS, Additive, PerBucket
from cjm_notebooks.statistics.shapley import (
    MOST_EXACT,
    orders,
    shapley,
    shapley_sampled,
    within,
)

Worth = Literal["conversions", "rate"]
BUCKETS_PER_GROUP = 8


@dataclass(frozen=True)
class _Joined(Additive):
    standing: Standing
    worth: PerBucket


@dataclass(frozen=True)
class ShapleyAttribution(Metric[_Joined]):
    """Conversions divided by what each touchpoint, channel or stage adds to the others.

    A set of places is worth what the decided journeys achieved that came to no other place: their
    `conversions`, or their conversion `rate`, 0 without any. Shapley's value of a place is what it
    adds to the worth of those before it, averaged over all orders of the places; the values add
    up to the worth of all. By conversions it comes to the same as dividing each conversion equally
    among the places of its journey, which is exact for any number of places. By rate it also sees
    the journeys that were lost, and a place whose journeys convert less than others has a negative
    value: exact up to 16 places; beyond that averaged over `samples` orders drawn with `seed`,
    with the standard error of the draw in `sampling_error`, which is in the interval too.

    Only events that are not after the outcome count, and none of a touchpoint whose rule is that
    of an outcome; repeats at a place change nothing. A journey converts with the `outcome`, or with
    any success when none is named; one that ended otherwise is lost. `open` journeys are undecided
    and left out, and so are the `uncredited` ones, which converted before every such event.
    `journeys` are the decided ones that came, `converted` those of them that did. All `credited`
    and `lost` journeys and what is left out are the same in each row.

    Unit    share of the credited conversions; 0 to 1, by rate also below 0 or above 1
    Shape   one row per place, in map order; touchpoints without a channel are one place without a
            name, the last
    Empty   without a credited conversion all estimates are null; below two customers the interval
            is
    Memory  by rate 32 counts of all sets of places, 34 MB for 16; beyond, 512 bytes per place and
            sample
    Raises  ParameterError when `by`, `worth` or the outcome is not known, or below two `samples`
    Source  Shapley 1953, A value for n-person games
            Zhao, Mahboobi and Bagheri 2018, Shapley value methods for attribution modeling in
            online advertising
            Castro, Gómez and Tejada 2009, Polynomial calculation of the Shapley value based on
            sampling
    """

    unit = "share of the credited conversions"
    reads = frozenset({"events"})
    published = Published(
        counts=("journeys", "converted", "credited", "lost", "uncredited", "open"),
        estimates=dict.fromkeys(
            ("share", "low", "high", "sampling_error", "credit"), ("converted", "credited")
        ),
        column_totals=False,
    )
    outcome: str | None = None
    by: By = "touchpoint"
    worth: Worth = "conversions"
    samples: int = 256
    seed: int = 0

    def __post_init__(self) -> None:
        require_by(self.by)
        if self.worth not in get_args(Worth):
            hint = did_you_mean(self.worth, get_args(Worth))
            msg = f"A set of places cannot be worth its `{self.worth}`. {hint}"
            raise ParameterError(msg)
        if self.samples < 2:
            msg = f"`samples` is {self.samples}. Give the number of orders to draw, 2 or more."
            raise ParameterError(msg)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(by="channel"), cls(worth="rate", by="stage")

    def observe(self, journeys: Journeys) -> _Joined:
        seen = touches(journeys, self.outcome, self.by)
        if self.worth == "conversions":
            worth = _divided(seen)
        elif seen.places <= MOST_EXACT:
            worth = _by_set(_in_groups(seen))
        else:
            worth = _along(_in_groups(seen), orders(seen.places, self.samples, self.seed))
        return _Joined(Standing.of(seen), worth)

    def report(self, partial: _Joined, journey_map: JourneyMap) -> pd.DataFrame:
        names, behind = places(journey_map, self.by)[0], partial.standing
        share, (low, high), sampling = self._shares(partial, len(names))
        return pd.DataFrame(
            {
                self.by: pd.Series(names, dtype="str"),
                "journeys": behind.came,
                "converted": behind.converted,
                "share": share,
                "low": low,
                "high": high,
                "sampling_error": sampling,
                "credit": share * behind.credited,
                "credited": behind.credited,
                "lost": behind.lost,
                "uncredited": behind.uncredited,
                "open": behind.open,
            }
        )

    def _shares(self, partial: _Joined, n: int) -> tuple[Floats, Interval, Floats]:
        if self.worth == "conversions":
            share, ends = partial.worth.share_interval(shares, partial.standing.customers.sums)
            return share, ends, np.abs(share * 0)
        if n <= MOST_EXACT:
            share, ends = partial.worth.interval(lambda sums: _exact(sums, n))
            return share, ends, np.abs(share * 0)
        joining = orders(n, self.samples, self.seed)
        error = _sampled(partial.worth.total[None], joining)[1][0]
        share, ends = partial.worth.interval(
            lambda sums: _sampled(sums, joining)[0], more_variance=error**2
        )
        return share, ends, error


def _divided(seen: Touches) -> PerBucket:
    """(places): units of the conversions, each divided equally among the places of its journey."""
    came = seen.came[seen.converted]
    each = np.rint(UNITS / came.sum(axis=1)).astype(np.int64)
    return PerBucket.of(seen.bucket[seen.converted], each[:, None] * came)


def _in_groups(seen: Touches) -> Touches:
    return replace(seen, bucket=seen.bucket // BUCKETS_PER_GROUP)


def _by_set(seen: Touches) -> PerBucket:
    """(2**places, 2): the journeys lost and converted that came to exactly each set of places."""
    sets = 2**seen.places
    cell = seen.came @ (1 << np.arange(seen.places)) * 2 + seen.converted
    counts = seen.count(cell, 2 * sets)
    return PerBucket.of(seen.seen, counts.reshape(-1, sets, 2))


def _along(seen: Touches, joining: np.ndarray) -> PerBucket:
    """(samples, places, 2): the journeys lost and converted whose places have all joined only with
    the n-th to join, in each order.
    """
    samples, n = joining.shape
    turn = np.argsort(joining, axis=1).astype(np.min_scalar_type(n)).T
    counts = np.empty((len(seen.seen), samples, n, 2), np.int64)
    bounds = np.searchsorted(seen.bucket, [*seen.seen, BUCKETS])
    for bucket, (low, high) in enumerate(pairwise(bounds)):
        latest = np.zeros((high - low, samples), turn.dtype)
        for place in range(n):
            np.maximum(latest, seen.came[low:high, place, None] * turn[place], out=latest)
        cell = (np.arange(samples) * n + latest) * 2 + seen.converted[low:high, None]
        counted = np.bincount(cell.ravel(), minlength=samples * n * 2)
        counts[bucket] = counted.reshape(samples, n, 2)
    return PerBucket.of(seen.seen, counts)


def _rate(lost_and_converted: np.ndarray) -> Floats:
    converted = lost_and_converted[..., 1]
    return np.asarray(converted / np.maximum(lost_and_converted.sum(axis=-1), 1), np.float64)


def _exact(counts: np.ndarray, n: int) -> Floats:
    worth = _rate(np.stack([within(counts[..., side], n) for side in (0, 1)], axis=-1))
    return shapley(worth, n) / _known(worth[:, -1:])


def _sampled(counts: np.ndarray, joining: np.ndarray) -> tuple[Floats, Floats]:
    so_far = _rate(counts.cumsum(axis=2))
    worth = np.concatenate([np.zeros_like(so_far[..., :1]), so_far], axis=-1)
    values, error = shapley_sampled(worth, joining)
    return values / _known(worth[:, 0, -1:]), error / _known(worth[:, 0, -1:])


def _known(worth: Floats) -> Floats:
    return np.where(worth > 0, worth, np.nan)
