"""Which customers come back, so long after they came first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self, get_args

import numpy as np
import pandas as pd

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.activity import Activity
from cjm_notebooks.journeys.passes.calendar import Period
from cjm_notebooks.journeys.tables import MICROSECONDS_PER_DAY
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published, Running
from cjm_notebooks.statistics.partials import Additive, Rate

Kind = Literal["bounded", "unbounded"]
DAYS = {"day": 1, "week": 7, "month": 30}


@dataclass(frozen=True)
class _Back(Additive):
    rate: Rate  # cells (1 + periods,)
    customers: int


@dataclass(frozen=True)
class Retention(Metric[_Back]):
    """Share of the customers who came back so many days, weeks or months after their first event.

    Each customer has a clock of their own: period 0 begins with their first event, and period k
    lasts from k to k + 1 times 1, 7 or 30 days of 24 hours after it. `active` customers have an
    event in the period (`bounded`), or in it or at any time later (`unbounded`, also called
    rolling, which still grows with the data). Events at touchpoints of the map count, those after
    an outcome too. Who was there before the data begin counts from their first recorded event.

    A customer is among the `customers` of a period only when all of it lies within the data. The
    others are `open`, even if they were seen to come back: to count only these would flatter.

    Unit    share of customers, 0 to 1
    Shape   one row per period, 0 to `periods`
    Empty   a period that no customer has behind them has a null share; period 0 is 1 by definition
            and has no interval
    Raises  ParameterError when `period` or `kind` is unknown, or `periods` below 1
    """

    unit = "share of customers, 0 to 1"
    reads = frozenset({"events"})
    watches_the_end = True
    published = Published(
        counts=("active", "customers", "open", "all_customers"),
        estimates=dict.fromkeys(("share", "low", "high"), ("active", "customers")),
        sums=(("all_customers", ("customers", "open")),),
        column_totals=False,
        running=Running(counts=("open",), along="period", by="kind"),
    )
    period: Period = "week"
    periods: int = 12
    kind: Kind = "bounded"

    def __post_init__(self) -> None:
        if self.period not in DAYS:
            near = did_you_mean(self.period, DAYS)
            msg = f"`period` is `{self.period}`. Give `day`, `week` or `month`. {near}"
            raise ParameterError(msg)
        if self.periods < 1:
            msg = f"`periods` is {self.periods}. Give the number of periods to follow, 1 or more."
            raise ParameterError(msg)
        if self.kind not in get_args(Kind):
            near = did_you_mean(self.kind, get_args(Kind))
            msg = f"`kind` is `{self.kind}`. Give `bounded` or `unbounded`. {near}"
            raise ParameterError(msg)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(period="day", periods=7, kind="unbounded"), cls(period="month", periods=3)

    def observe(self, journeys: Journeys) -> _Back:
        active, width = Activity.of(journeys), self.periods + 1
        length = DAYS[self.period] * MICROSECONDS_PER_DAY
        first = active.first_at
        whole = np.minimum((journeys.end_of_data - first) // length, width)
        if self.kind == "unbounded":
            until_last = (active.last_at - first) // length + 1
            back = _more_than(np.minimum(until_last, whole), width)
        else:
            came = active.came((active.at - first[active.who]) // length, width)
            back = np.count_nonzero(came & (np.arange(width) < whole[:, None]), axis=0)
        return _Back(Rate.of(back, _more_than(whole, width)), active.n_active)

    def report(self, partial: _Back, journey_map: JourneyMap) -> pd.DataFrame:
        period = np.arange(self.periods + 1)
        shares = partial.rate.columns("active", "customers")
        for end in ("low", "high"):
            shares[end] = np.where(period > 0, shares[end], np.nan)
        return pd.DataFrame(
            {
                "kind": pd.Series([self.kind] * len(period), dtype="str"),
                "period": period,
                "from_day": period * DAYS[self.period],
                **shares,
                "open": partial.customers - shares["customers"],
                "all_customers": partial.customers,
            }
        )


def _more_than(counts: np.ndarray, width: int) -> np.ndarray:
    """int64, (width,). How many counts are above 0, above 1, ..."""
    return np.bincount(counts, minlength=width + 1)[::-1].cumsum()[::-1][1:]
