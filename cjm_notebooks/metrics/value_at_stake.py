"""What the journeys that are lost at each touchpoint would have been worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.endings import FAILURE, LEFT, OPEN, SUCCESS, endings
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.intervals import Floats
from cjm_notebooks.statistics.partials import Additive, PerBucket

THOUSANDTHS = 1000
CAME, SUCCEEDED, VALUE, LOST, UNDECIDED = range(5)


@dataclass(frozen=True)
class _Worth(Additive):
    sums: PerBucket  # (5, touchpoints): CAME ... UNDECIDED
    with_value: int


@dataclass(frozen=True)
class ValueAtStake(Metric[_Worth]):
    """Money that is at stake at each touchpoint, because journeys end there without success.

    A journey is worth the amounts of all its events together. It came to a touchpoint with an event
    that is not after its outcome, and is `lost` at that of its last such event when it left or
    failed. `at_stake` is the number of lost journeys times the mean value of the journeys that came
    to the same touchpoint and succeeded. That is an upper bound: it takes every lost journey as one
    that could have succeeded and been worth as much. A journey is lost once, so that what is at
    stake adds up over touchpoints, while `value` does not. `open` journeys end here so far and are
    not lost.

    Unit   the currency of the map
    Shape  one row per touchpoint, in map order
    Empty  null amounts where the map has no currency or no journey is worth anything; a null mean
           and stake where none succeeded
    """

    unit = "the currency of the map"
    reads = frozenset({"events"})
    published = Published(
        counts=("journeys", "success", "lost", "open"),
        estimates={
            **dict.fromkeys(("value", "mean_value", "mean_low", "mean_high"), ("success",)),
            **dict.fromkeys(("at_stake", "at_stake_low", "at_stake_high"), ("lost", "success")),
        },
        column_totals=False,
    )

    def observe(self, journeys: Journeys) -> _Worth:
        buckets = np.unique(journeys.bucket)
        parts = (journeys,) if len(buckets) == 1 else journeys.buckets()
        touchpoints = len(journeys.map.touchpoints)
        sums = np.array([_sums(part, touchpoints) for part in parts], np.int64)
        return _Worth(
            PerBucket.of(buckets, sums.reshape(len(buckets), 5, touchpoints)),
            int(np.count_nonzero(journeys.value)),
        )

    def report(self, partial: _Worth, journey_map: JourneyMap) -> pd.DataFrame:
        counts, currency = partial.sums.total, journey_map.journey.currency
        found, ends = partial.sums.interval(_amounts)
        known = 1.0 if partial.with_value and currency else np.nan
        mean, stake = np.split(found * known, 2)
        (mean_low, stake_low), (mean_high, stake_high) = (np.split(end * known, 2) for end in ends)
        return pd.DataFrame(
            {
                "touchpoint": [touchpoint.id for touchpoint in journey_map.touchpoints],
                "journeys": counts[CAME],
                "success": counts[SUCCEEDED],
                "lost": counts[LOST],
                "open": counts[UNDECIDED],
                "value": counts[VALUE] / THOUSANDTHS * known,
                "mean_value": mean,
                "mean_low": mean_low,
                "mean_high": mean_high,
                "at_stake": stake,
                "at_stake_low": stake_low,
                "at_stake_high": stake_high,
                "currency": pd.Series([currency] * counts.shape[1], dtype="str"),
            }
        )


def _sums(journeys: Journeys, touchpoints: int) -> np.ndarray:
    end = endings(journeys)
    came = np.zeros(journeys.n_journeys * touchpoints, bool)
    came[(journeys.journey * touchpoints + journeys.touchpoint)[end.on_way]] = True
    success = end.how == SUCCESS
    of_each = np.stack([np.ones_like(success), success, np.where(success, journeys.value, 0)])
    ended = end.count(journeys.touchpoint, touchpoints)
    return np.vstack(
        [
            of_each.astype(np.int64) @ came.reshape(-1, touchpoints),
            ended[:, LEFT] + ended[:, FAILURE],
            ended[:, OPEN],
        ]
    )


def _amounts(sums: np.ndarray) -> Floats:
    """float64, (groups, 2 * touchpoints). The mean value of a success, and what is at stake."""
    successes = np.where(sums[:, SUCCEEDED] > 0, sums[:, SUCCEEDED], np.nan)
    mean = sums[:, VALUE] / successes / THOUSANDTHS
    return np.concatenate([mean, sums[:, LOST] * mean], axis=1)
