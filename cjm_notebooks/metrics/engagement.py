"""How much customers do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.activity import Activity
from cjm_notebooks.journeys.passes.calendar import Calendar
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.intervals import mean_interval
from cjm_notebooks.statistics.partials import Additive, Rate

MEASURES = ("events", "active_days", "touchpoints")
AT_MOST = 2 ** np.arange(11)
BINS = len(AT_MOST) + 1


@dataclass(frozen=True)
class _Done(Additive):
    customers: np.ndarray  # int64, (measures, bins)
    open: np.ndarray  # int64, (measures, bins)
    total: np.ndarray  # int64, (measures,)
    squares: np.ndarray  # int64, (measures,)


@dataclass(frozen=True)
class Engagement(Metric[_Done]):
    """How many events, active days and different touchpoints each customer has had so far.

    Only events at touchpoints of the map count, those after an outcome too; a day is one of the
    calendar in `zone`. The bins are 1, 2, 3 to 4, 5 to 8 and so on to 1,024, and beyond. Customers
    who came late had less time, which this table does not set right as `Retention` does; `open`
    are those in the bin with a journey that is not over. `mean` is over all customers, the same in
    each row of a measure, and exact whatever the bins.

    Unit    customers per number of events, of active days and of touchpoints
    Shape   per measure one row per bin, from 1 to the last that holds anyone; beyond 1,024
            `at_most` is null
    Empty   no rows without customers; a null interval of the mean below two customers, or where all
            have equally many
    Raises  ParameterError when `zone` is unknown
    """

    unit = "customers per number of events, of active days and of touchpoints"
    reads = frozenset({"events"})
    published = Published(
        counts=("customers", "all_customers", "open"),
        estimates={
            **dict.fromkeys(("share", "low", "high"), ("customers", "all_customers")),
            **dict.fromkeys(("mean", "mean_low", "mean_high"), ("all_customers",)),
        },
        within=("measure",),
    )
    zone: str = "UTC"

    def __post_init__(self) -> None:
        Calendar(zone=self.zone)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(zone="Asia/Kathmandu")

    def observe(self, journeys: Journeys) -> _Done:
        active = Activity.of(journeys)
        who, _ = active.active_days(self.zone)
        came = active.came(journeys.touchpoint, len(journeys.map.touchpoints))
        done = np.stack(
            [
                active.events,
                np.bincount(who, minlength=active.n_active),
                np.count_nonzero(came, axis=1),
            ]
        )
        is_open = np.zeros(journeys.n_customers, np.bool_)
        is_open[journeys.journey_customer[journeys.is_open]] = True
        cell = np.searchsorted(AT_MOST, done) + BINS * np.arange(len(MEASURES))[:, None]
        return _Done(
            customers=_per_bin(cell),
            open=_per_bin(cell[:, is_open[active.customer]]),
            total=done.sum(axis=1),
            squares=(done**2).sum(axis=1),
        )

    def report(self, partial: _Done, journey_map: JourneyMap) -> pd.DataFrame:
        later = partial.customers[:, ::-1].cumsum(axis=1)[:, ::-1]
        measure, place = np.nonzero(later)
        everyone = np.broadcast_to(later[:, :1], later.shape)
        columns = Rate.of(partial.customers, everyone).columns("customers", "all_customers")
        mean, low, high = _means(partial, later[:, 0])
        return pd.DataFrame(
            {
                "measure": pd.Series(np.array(MEASURES)[measure], dtype="str"),
                "at_least": np.append(1, AT_MOST + 1)[place],
                "at_most": pd.array(np.append(AT_MOST, 0)[place], "Int64"),
                **{name: cells[measure, place] for name, cells in columns.items()},
                "mean": mean[measure],
                "mean_low": low[measure],
                "mean_high": high[measure],
                "open": partial.open[measure, place],
            }
        ).assign(at_most=lambda table: table["at_most"].mask(table["at_most"] == 0))


def _per_bin(cell: np.ndarray) -> np.ndarray:
    counted = np.bincount(cell.ravel(), minlength=len(MEASURES) * BINS)
    return counted.reshape(len(MEASURES), BINS)


def _means(partial: _Done, n: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The mean of each measure and its interval; the squares of large sums outgrow int64."""
    counted, total, squares = (a.astype(object) for a in (n, partial.total, partial.squares))
    customers = np.where(n > 0, n, np.nan)
    pairs = np.where(n > 1, n * (n - 1.0), np.nan)
    variance = (counted * squares - total**2).astype(np.float64) / pairs
    mean = partial.total / customers
    low, high = mean_interval(mean, variance, customers)
    return mean, np.maximum(low, 1), high
