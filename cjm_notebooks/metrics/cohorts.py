"""Which customers come back, by when they came first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.activity import Activity
from cjm_notebooks.journeys.passes.calendar import Calendar, Period
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import Additive, Rate, Tally


@dataclass(frozen=True)
class _Triangle(Additive):
    cells: Tally  # cell cohort x (1 + periods) + age; counts active, customers, open


@dataclass(frozen=True)
class Cohorts(Metric[_Triangle]):
    """Share of the customers of each first day, week or month who came back in the following ones.

    A `cohort` are the customers whose first event fell into one period of the calendar in `zone`,
    and is named by its first day; weeks begin on Monday. `active` customers have an event in the
    period `age` periods later, at any touchpoint of the map, after an outcome too. Age 0 is what is
    left of the first period, so that a late arrival has less of it than an early one; `Retention`
    gives each customer a clock of their own. The first cohort also holds whoever was there before
    the data begin.

    The period in which the data end is still running: all customers are `open` in it, and it has no
    share. Later ones have no row.

    Unit    share of the customers of a cohort, 0 to 1
    Shape   one row per cohort that has anyone and age, up to `periods` or the end of the data
    Empty   no rows without customers; age 0 is 1 by definition and has no interval
    Raises  ParameterError when `period` or `zone` is unknown, or `periods` below 1
    """

    unit = "share of the customers of a cohort, 0 to 1"
    reads = frozenset({"events"})
    watches_the_end = True
    published = Published(
        counts=("active", "customers", "open", "all_customers"),
        estimates=dict.fromkeys(("share", "low", "high"), ("active", "customers")),
        sums=(("all_customers", ("customers", "open")),),
        column_totals=False,
    )
    period: Period = "week"
    periods: int = 8
    zone: str = "UTC"

    def __post_init__(self) -> None:
        Calendar(self.period, self.zone)
        if self.periods < 1:
            msg = f"`periods` is {self.periods}. Give the number of periods to follow, 1 or more."
            raise ParameterError(msg)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(period="month", periods=2, zone="Europe/Berlin")

    def observe(self, journeys: Journeys) -> _Triangle:
        active, calendar = Activity.of(journeys), Calendar(self.period, self.zone)
        number = calendar.number(active.at)
        cohort = np.minimum.reduceat(number, active.starts[:-1])
        came = active.came(number - cohort[active.who], self.periods + 1)
        running = int(calendar.number(journeys.end_of_data))
        return _Triangle(_triangle(cohort, came, running))

    def report(self, partial: _Triangle, journey_map: JourneyMap) -> pd.DataFrame:
        cohort, age = np.divmod(partial.cells.cell, self.periods + 1)
        active, customers, open_ = partial.cells.counts.T
        shares = Rate.of(active, customers).columns("active", "customers")
        for end in ("low", "high"):
            shares[end] = np.where(age > 0, shares[end], np.nan)
        return pd.DataFrame(
            {
                "cohort": Calendar(self.period).first_day(cohort).astype("str"),
                "age": age,
                **shares,
                "open": open_,
                "all_customers": customers + open_,
            }
        )


def _triangle(cohort: np.ndarray, came: np.ndarray, running: int) -> Tally:
    """The cells of `cohort` (active,) and `came` (active, ages) up to the `running` period."""
    cohorts, row = np.unique(cohort, return_inverse=True)
    ages = came.shape[1]
    who, age = np.nonzero(came)
    active = np.bincount(row[who] * ages + age, minlength=len(cohorts) * ages)
    size = np.repeat(np.bincount(row, minlength=len(cohorts)), ages)
    cell = (cohorts[:, None] * ages + np.arange(ages)).ravel()
    period = (cohorts[:, None] + np.arange(ages)).ravel()
    counts = np.column_stack(
        [active * (period < running), size * (period < running), size * (period == running)]
    )
    return Tally.of(cell[period <= running], counts[period <= running])
