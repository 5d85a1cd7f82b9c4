"""How many journeys hold a pattern, and how they come out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.endings import SUCCESS, endings
from cjm_notebooks.journeys.passes.visits import changes
from cjm_notebooks.journeys.patterns import find, parse
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.matching.labels import MICROSECONDS_PER_SECOND
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.differences import difference_interval
from cjm_notebooks.statistics.partials import Additive, Durations, Rate

HOLDS, COMPLETED, SUCCESS_WITH, SUCCESS_WITHOUT = range(4)


@dataclass(frozen=True)
class _Held(Additive):
    rate: Rate  # cells (4,): see above
    times: Durations  # one cell
    matches: int
    open: int


@dataclass(frozen=True)
class PatternShare(Metric[_Held]):
    """Share of the journeys that hold a pattern, and their success beside that of the others.

    How a pattern is written stands in `cjm_notebooks.journeys.patterns`: `cart -> [^help]* -> paid`
    is a journey that came to the cart and was then paid without asking for help in between. It is
    looked for in the events up to the outcome and in the outcome. Only journeys that are over
    count: an `open` one may hold the pattern yet, and to count only those that do already would
    flatter it.

    `share` is of all these journeys and `completed` of those that `began`: they have an event that
    the pattern can begin with. `matches` share no event, so that one journey may have several. The
    times run from the first to the last event of the first match: the one that is complete first
    and, of several complete with the same event, the shortest.

    `success_share` is of the journeys that hold the pattern and `success_without` of the others;
    `difference` is the first less the second and `lift` the first by the second. Their intervals
    are too wide rather than too narrow where one customer has journeys of both sorts. That they
    differ does not say that the pattern is the reason: longer journeys hold more of anything, and
    a pattern that ends with an outcome has its success in it.

    Unit    share of the journeys that are over, 0 to 1; times in seconds
    Shape   one row
    Empty   shares without journeys are null, as are the times without a match and the `lift` over
            no success; the end of an interval of `lift` that has no bound is null
    Raises  ParameterError, with the column, when the pattern cannot be read, and on journeys whose
            map does not have what it names
    Source  Donner and Zou 2012, Closed-form confidence intervals for functions of the normal mean
            and standard deviation
    """

    unit = "share of the journeys that are over, 0 to 1"
    reads = frozenset({"events"})
    published = Published(
        counts=(
            *("open", "over", "began", "matched", "matches", "without"),
            *("succeeded", "succeeded_without"),
        ),
        estimates={
            **dict.fromkeys(("share", "low", "high"), ("matched", "over")),
            **dict.fromkeys(("completed", "completed_low", "completed_high"), ("matched", "began")),
            **dict.fromkeys(("p50_seconds", "p50_low", "p50_high", "p90_seconds"), ("matched",)),
            **dict.fromkeys(
                ("success_share", "success_share_low", "success_share_high"),
                ("succeeded", "matched"),
            ),
            **dict.fromkeys(
                ("success_without", "success_without_low", "success_without_high"),
                ("succeeded_without", "without"),
            ),
            **dict.fromkeys(
                (
                    *("difference", "difference_low", "difference_high"),
                    *("lift", "lift_low", "lift_high"),
                ),
                ("succeeded", "matched", "succeeded_without", "without"),
            ),
        },
        sums=(("over", ("matched", "without")),),
        column_totals=False,
    )
    pattern: str = ". -> ."

    def __post_init__(self) -> None:
        parse(self.pattern)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls("^ -> . ->{<2d} ... -> .+ -> $ within 30 days")

    def observe(self, journeys: Journeys) -> _Held:
        found, over = find(self.pattern, journeys), ~journeys.is_open
        holds, success = found.holds & over, endings(journeys).how == SUCCESS
        without = over & ~holds
        counted = [_counted(journeys, some) for some in (over, found.began & over, holds, without)]
        trials, repeats = np.array(counted).T
        hits = [holds, holds, holds & success, without & success]
        took = found.last_at[holds] - found.first_at[holds]
        return _Held(
            rate=Rate.of([np.count_nonzero(some) for some in hits], trials, repeats),
            times=Durations.of(
                np.zeros(len(took), np.int64),
                took / MICROSECONDS_PER_SECOND,
                1,
                repeats=repeats[SUCCESS_WITH],
            ),
            matches=int(found.matches[over].sum()),
            open=int(np.count_nonzero(journeys.is_open)),
        )

    def report(self, partial: _Held, journey_map: JourneyMap) -> pd.DataFrame:
        rate, times = partial.rate, partial.times
        p50_low, p50_high = times.quantile_interval(0.5)
        return pd.DataFrame(
            {
                "pattern": [self.pattern],
                **_cell(rate, HOLDS, "matched", "over", "share"),
                "open": partial.open,
                **_cell(rate, COMPLETED, "matched", "began", "completed"),
                "matches": partial.matches,
                "p50_seconds": times.quantile(0.5),
                "p50_low": p50_low,
                "p50_high": p50_high,
                "p90_seconds": times.quantile(0.9),
                **_cell(rate, SUCCESS_WITH, "succeeded", "matched", "success_share"),
                **_cell(rate, SUCCESS_WITHOUT, "succeeded_without", "without", "success_without"),
                **_compared(rate),
            }
        )


def _counted(journeys: Journeys, some: np.ndarray) -> tuple[int, int]:
    """How many journeys these are, and how many beyond the first of their customer."""
    customer = journeys.journey_customer[some]
    return len(customer), int(np.count_nonzero(~changes(customer)))


def _cell(rate: Rate, cell: int, hits: str, trials: str, share: str) -> dict[str, np.ndarray]:
    columns = rate.columns(hits, trials, share)
    return {name: values[cell : cell + 1] for name, values in columns.items()}


def _compared(rate: Rate) -> dict[str, float]:
    """Success with the pattern less success without it, and by it."""
    low, high = rate.interval()
    (with_, without), ends = rate.share[SUCCESS_WITH:], np.stack([low, high], axis=1)
    of_with, of_without = ends[SUCCESS_WITH], ends[SUCCESS_WITHOUT]
    between = difference_interval(with_, tuple(of_with), without, tuple(of_without))
    lift = with_ / without if without > 0 else np.nan
    return {
        "difference": with_ - without,
        "difference_low": float(between[0]),
        "difference_high": float(between[1]),
        "lift": lift,
        "lift_low": _lift_bound(with_, of_with[0], without, of_without[1], below=True),
        "lift_high": _lift_bound(with_, of_with[1], without, of_without[0], below=False),
    }


def _lift_bound(a: float, end_of_a: float, b: float, end_of_b: float, *, below: bool) -> float:
    """Where the interval of a - ratio x b ends at 0, by the ends of a and b that lie that way."""
    if not (a >= 0 and b > 0):
        return np.nan
    top, bottom = end_of_a * (2 * a - end_of_a), end_of_b * (2 * b - end_of_b)
    root = float(np.sqrt((a * b) ** 2 - top * bottom))
    if below:
        return top / (a * b + root) if a > 0 else 0.0
    return (a * b + root) / bottom if bottom > 0 else np.nan
