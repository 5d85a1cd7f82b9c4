"""On how many days of a week or month customers are active."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self, get_args

import numpy as np
import pandas as pd

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.activity import Activity
from cjm_notebooks.journeys.passes.calendar import Calendar
from cjm_notebooks.journeys.passes.visits import changes
from cjm_notebooks.journeys.tables import MICROSECONDS_PER_DAY
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.intervals import mean_interval
from cjm_notebooks.statistics.partials import Additive, Tally

Span = Literal["week", "month"]


@dataclass(frozen=True)
class _Active(Additive):
    periods: Tally  # counts customers, their days, squares of these, on its first day
    end: tuple[int, ...]  # the number of the day on which the data end


@dataclass(frozen=True)
class Stickiness(Metric[_Active]):
    """Share of the days of a week or month on which its customers were active: DAU / MAU.

    A customer is active on a day of the calendar in `zone` with an event at any touchpoint of the
    map, after an outcome too. `customers` were active in the period (WAU or MAU), `active_days`
    counts each on each of their days, and `daily_customers` is the mean over all days of the period
    (DAU). The share is `daily_customers` / `customers`, which is the mean over the customers of
    their active days / `days`: it is never below 1 / `days`. Days on which the customer was not
    yet known count as well. Weeks begin on Monday.

    A `period` is named by its first day. Its customers are `open` and it has no share while the
    data do not reach its last day, and in the first one unless someone was active on its first day:
    else the data may begin within it.

    Unit    share of the days of the period, 0 to 1
    Shape   one row per period, from the first event to the end of the data
    Empty   no rows without customers; a null share where nobody was active; a null interval below
            two customers, or where all were active on equally many days
    Raises  ParameterError when `period` or `zone` is unknown
    """

    unit = "share of the days of the period, 0 to 1"
    reads = frozenset({"events"})
    watches_the_end = True
    published = Published(
        counts=("customers", "active_days", "open"),
        estimates=dict.fromkeys(
            ("daily_customers", "share", "low", "high"), ("customers", "active_days")
        ),
        column_totals=False,
    )
    period: Span = "month"
    zone: str = "UTC"

    def __post_init__(self) -> None:
        if self.period not in get_args(Span):
            near = did_you_mean(self.period, get_args(Span))
            msg = f"`period` is `{self.period}`. Give `week` or `month`. {near}"
            raise ParameterError(msg)
        Calendar(self.period, self.zone)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(period="week", zone="Europe/Berlin")

    def observe(self, journeys: Journeys) -> _Active:
        who, day = Activity.of(journeys).active_days(self.zone)
        period = self._period_of(day)
        begins = np.flatnonzero(changes(who, period))
        period, days = period[begins], np.diff(np.append(begins, len(day)))
        on_first_day = day[begins] == self._first_day(period)
        counts = np.column_stack([np.ones_like(days), days, days**2, on_first_day])
        end = Calendar("day", self.zone).number([journeys.end_of_data])
        return _Active(Tally.of(period, counts), tuple(end.tolist()))

    def report(self, partial: _Active, journey_map: JourneyMap) -> pd.DataFrame:
        period, counts = self._from_first_to_end(partial)
        customers, active, squares, on_first_day = counts.T
        whole = self._first_day(period + 1) <= np.array(partial.end) + 1
        whole[:1] &= on_first_day[:1] > 0
        days = self._first_day(period + 1) - self._first_day(period)
        n = np.where(whole & (customers > 0), customers, np.nan)
        mean = active / n
        variance = (customers * squares - active**2) / n / np.where(n > 1, n - 1, np.nan)
        low, high = mean_interval(mean, variance, n)
        return pd.DataFrame(
            {
                "period": Calendar(self.period).first_day(period).astype("str"),
                "days": days,
                "customers": np.where(whole, customers, 0),
                "active_days": np.where(whole, active, 0),
                "daily_customers": np.where(whole, active / days, np.nan),
                "share": mean / days,
                "low": np.maximum(low, 1) / days,
                "high": np.minimum(high, days) / days,
                "open": np.where(whole, 0, customers),
            }
        )

    def _from_first_to_end(self, partial: _Active) -> tuple[np.ndarray, np.ndarray]:
        """Every period up to the end of the data, and the counts of each."""
        seen = partial.periods.cell
        end = self._period_of(np.array(partial.end))[0]
        period = np.arange(seen[0], end + 1) if len(seen) else seen
        counts = np.zeros((len(period), partial.periods.counts.shape[1]), np.int64)
        counts[seen - period[:1]] = partial.periods.counts
        return period, counts

    def _period_of(self, day: np.ndarray) -> np.ndarray:
        return Calendar(self.period).number(day * MICROSECONDS_PER_DAY)

    def _first_day(self, period: np.ndarray) -> np.ndarray:
        return Calendar(self.period).first_day(period).astype(np.int64)
