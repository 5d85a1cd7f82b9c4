"""How groups of customers compare in how often they succeed or come back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self, get_args

import numpy as np
import pandas as pd

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.activity import Activity
from cjm_notebooks.journeys.passes.endings import OPEN, SUCCESS, endings
from cjm_notebooks.journeys.passes.sides import Days, Sides
from cjm_notebooks.journeys.passes.visits import changes
from cjm_notebooks.journeys.tables import MICROSECONDS_PER_DAY
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.comparisons import two_proportions_p
from cjm_notebooks.statistics.differences import difference_interval
from cjm_notebooks.statistics.partials import Additive, Rate

Of = Literal["success", "return"]
MOST_OPEN = 0.05
BOTH = ("reached", "n", "rest_reached", "rest_n")


@dataclass(frozen=True)
class _Compared(Additive):
    names: tuple[str | None, ...]
    rate: Rate  # cells: groups
    rest: Rate  # cells: groups
    open: np.ndarray  # int64, (groups,)


@dataclass(frozen=True)
class GroupShares(Metric[_Compared]):
    """Share of each group that succeeds, or comes back, beside that of all other groups together.

    Groups are the values of the customers' segment `split`, or the `periods` in which journeys
    began, each from a day to before another. `success` is of the decided journeys. `return` is of
    the customers: those with an event at least one and at most `days` days of 24 hours after their
    first one, among those whom the data follow that long. Others are `open`, and so are undecided
    journeys; a group is `still_open` when these are more than one in twenty of its journeys, since
    success is known sooner than leaving.

    `difference` is the share less that of the rest, and `p` that of their test. Groups chose
    themselves: a difference is no effect.

    Unit    share of the decided journeys or of the customers, 0 to 1
    Shape   one row per group that has anyone, in alphabetical order or as the periods are given;
            customers whose segment is not known are a group without a name, the last
    Empty   no rows without `split` and `periods`; a single group has nothing to compare with
    Raises  ParameterError when `of` is unknown, `days` below 1, customers have no such segment, or
            both `split` and `periods` are given
    Source  Fleiss, Levin and Paik 2003, Statistical methods for rates and proportions, 3.1
            Newcombe 1998, Interval estimation for the difference between independent proportions
    """

    unit = "share of the decided journeys or of the customers, 0 to 1"
    reads = frozenset({"events"})
    watches_the_end = True
    published = Published(
        counts=(*BOTH, "all_reached", "all_n", "open"),
        estimates={
            **dict.fromkeys(("share", "low", "high"), ("reached", "n")),
            **dict.fromkeys(("rest_share", "rest_low", "rest_high"), ("rest_reached", "rest_n")),
            **dict.fromkeys(("difference", "difference_low", "difference_high", "p"), BOTH),
        },
        sums=(("all_reached", ("reached", "rest_reached")), ("all_n", ("n", "rest_n"))),
    )
    of: Of = "success"
    split: str = ""
    periods: tuple[Days, ...] = ()
    days: int = 30

    def __post_init__(self) -> None:
        Sides(self.split, self.periods)
        if self.of not in get_args(Of):
            near = did_you_mean(self.of, get_args(Of))
            msg = f"`of` is `{self.of}`. Give `success` or `return`. {near}"
            raise ParameterError(msg)
        if self.days < 1:
            msg = f"`days` is {self.days}. Give the number of days to follow, 1 or more."
            raise ParameterError(msg)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        periods = (("", "1970-02-15"), ("1970-02-15", ""))
        return cls(), cls(periods=periods), cls("return", periods=periods, days=20)

    def observe(self, journeys: Journeys) -> _Compared:
        sides = Sides(self.split, self.periods)
        if self.of == "success":
            how, customer = endings(journeys).how, journeys.journey_customer
            began = journeys.at[journeys.first]
            hit, counted = how == SUCCESS, how != OPEN
        else:
            active = Activity.of(journeys)
            customer, began = active.customer, active.first_at
            hit, counted = self._back(active, journeys.end_of_data)
        names, group = sides.names(journeys), sides.number(journeys, customer, began)
        mine = [group == place for place in range(len(names))]
        return _Compared(
            names,
            _rate([counted & one for one in mine], hit, customer),
            _rate([counted & ~one & (group >= 0) for one in mine], hit, customer),
            np.array([np.count_nonzero(~counted & one) for one in mine], np.int64),
        )

    def _back(self, active: Activity, end_of_data: int) -> tuple[np.ndarray, np.ndarray]:
        """bool, (active,) twice: who came back in time, and who was watched for so long."""
        first, followed = active.first_at, self.days * MICROSECONDS_PER_DAY
        since = active.at - first[active.who]
        in_time = (since >= MICROSECONDS_PER_DAY) & (since <= followed)
        back = np.bincount(active.who[in_time], minlength=active.n_active) > 0
        return back, first <= end_of_data - followed

    def report(self, partial: _Compared, journey_map: JourneyMap) -> pd.DataFrame:
        rate, rest = partial.rate, partial.rest
        low, high = rate.interval()
        rest_low, rest_high = rest.interval()
        less, more = difference_interval(rate.share, (low, high), rest.share, (rest_low, rest_high))
        known = self.of == "return" or any(one.kind == "success" for one in journey_map.outcomes)
        estimates = {
            "share": rate.share,
            "low": low,
            "high": high,
            "rest_share": rest.share,
            "rest_low": rest_low,
            "rest_high": rest_high,
            "difference": rate.share - rest.share,
            "difference_low": less,
            "difference_high": more,
            "p": _p(rate, rest),
        }
        all_ = partial.open + rate.trials
        too_open = partial.open > MOST_OPEN * all_
        table = pd.DataFrame(
            {
                "group": pd.Series(partial.names, dtype="str"),
                "reached": rate.hits,
                "n": rate.trials,
                "rest_reached": rest.hits,
                "rest_n": rest.trials,
                "all_reached": rate.hits + rest.hits,
                "all_n": rate.trials + rest.trials,
                **{name: column * (1.0 if known else np.nan) for name, column in estimates.items()},
                "open": partial.open,
                "still_open": too_open & (self.of == "success"),
            }
        )
        return table[all_ > 0].reset_index(drop=True)


def _rate(chosen: list[np.ndarray], hit: np.ndarray, customer: np.ndarray) -> Rate:
    """The hits among those chosen into each cell; customers ascend."""
    hits = [np.count_nonzero(one & hit) for one in chosen]
    trials = [np.count_nonzero(one) for one in chosen]
    customers = [np.count_nonzero(changes(customer[one])) for one in chosen]
    return Rate.of(
        np.array(hits, np.int64),
        np.array(trials, np.int64),
        np.array(trials, np.int64) - np.array(customers, np.int64),
    )


def _p(rate: Rate, rest: Rate) -> np.ndarray:
    n, others = (one.trials / one.interval_effect() for one in (rate, rest))
    return two_proportions_p(rate.share * n, n, rest.share * others, others)
