"""How journeys come out, period by period, and when that changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Self

import numpy as np
import pandas as pd

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.calendar import Calendar, Period
from cjm_notebooks.journeys.passes.endings import FAILURE, LEFT, OPEN, SUCCESS, endings
from cjm_notebooks.journeys.passes.visits import changes
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.change_points import change_p, change_points, overdispersion
from cjm_notebooks.statistics.differences import difference_interval
from cjm_notebooks.statistics.intervals import wilson
from cjm_notebooks.statistics.partials import Additive, Rate, Tally
from cjm_notebooks.statistics.partials.buckets import Buckets

REPEATS, EVENTS = 4, 5
CHANGE = ("level", "change", "change_low", "change_high", "p")


@dataclass(frozen=True)
class _Periods(Additive):
    counts: Tally  # cells: periods; columns: the four endings, repeats of the decided, events
    spread: Tally  # cells: periods; columns: those of `Buckets`
    first_days: Tally  # cells: days on which a journey began
    end_of_data: tuple[int, ...]

    @property
    def has_repeats(self) -> bool:
        return bool(self.counts.counts[:, REPEATS].any())

    def sealed(self) -> Self:
        decided = self.counts.counts[:, :OPEN].sum(axis=1)
        spread = Buckets.one(self.counts.counts[:, SUCCESS], decided)
        return replace(self, spread=Tally.of(self.counts.cell, _columns(spread)))


@dataclass(frozen=True)
class Trend(Metric[_Periods]):
    """Share of the journeys begun in each period that came to success, and when it changed.

    A journey belongs to the period of its first event, `events` to their own. `share` is of the
    decided ones: `success`, `failed` and `left`. A period is `partial` when the data do not reach
    over its first and last day, and `still_open` when more than `open_share` of its journeys are
    undecided; neither is compared, and one still open has no share, which would be too large:
    success is known at once, leaving only after `quiet_days`. `level` is the share
    of a stretch of compared periods between two changes, and `change` in the first period of a
    stretch how far it lies from the stretch before. Its interval takes the place of the change as
    known; `p` allows for the search. Periods that differ more than chance widen both.

    Unit    share of the decided journeys, 0 to 1
    Shape   one row per period from the first journey to the last event, also the empty ones
    Empty   a period without a decided journey or still open has a null share, as has every one on a
            map without an outcome of success; no rows without journeys
    Raises  ParameterError when `period` or `zone` is unknown, or `open_share` not between 0 and 1
    Source  Zhang and Siegmund 2007, A modified Bayes information criterion with applications to
            the analysis of comparative genomic hybridization data
    """

    unit = "share of the decided journeys, 0 to 1"
    reads = frozenset({"events"})
    watches_the_end = True
    published = Published(
        counts=("started", "success", "failed", "left", "decided", "open", "events"),
        estimates=dict.fromkeys(("share", "low", "high", *CHANGE), ("success", "decided")),
        sums=(("started", ("decided", "open")), ("decided", ("success", "failed", "left"))),
    )
    period: Period = "week"
    zone: str = "UTC"
    open_share: float = 0.05

    def __post_init__(self) -> None:
        Calendar(self.period, self.zone)
        if not 0 <= self.open_share <= 1:
            msg = f"`open_share` is {self.open_share}. Give a share between 0 and 1."
            raise ParameterError(msg)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls("day", "Europe/Berlin", 0.5)

    def observe(self, journeys: Journeys) -> _Periods:
        calendar, began = Calendar(self.period, self.zone), journeys.at[journeys.first]
        number, how = calendar.number(began), endings(journeys).how
        decided = how != OPEN
        customer, period = journeys.journey_customer[decided], number[decided]
        counts = _counted(
            [
                *(number[how == ending] for ending in range(REPEATS)),
                period[~changes(customer, period)],
                calendar.number(journeys.at),
            ]
        )
        days = Calendar("day", self.zone).number(began)
        none = Tally.of(counts.cell[:0], np.zeros((0, 4), np.int64))
        return _Periods(counts, none, _counted([days]), (journeys.end_of_data,))

    def report(self, partial: _Periods, journey_map: JourneyMap) -> pd.DataFrame:
        seen = partial.counts.cell
        number = np.arange(seen.min(), seen.max() + 1) if len(seen) else seen
        counts, rate = _dense(partial.counts, number), _rate(partial, number)
        begins = Calendar(self.period, self.zone).first_day(np.append(number, number[-1:] + 1))
        cut_short, open_ = self._cut_short(partial, begins), counts[:, OPEN]
        started = counts[:, :REPEATS].sum(axis=1)
        still_open = open_ > self.open_share * started
        compared = ~cut_short & ~still_open & (rate.trials > 0)
        success = [end for end in journey_map.outcomes if end.kind == "success"]
        known = np.where(still_open | (not success), np.nan, 1.0)
        low, high = rate.interval()
        return pd.DataFrame(
            {
                "period": begins[: len(number)].astype("str"),
                "started": started,
                "success": rate.hits,
                "failed": counts[:, FAILURE],
                "left": counts[:, LEFT],
                "decided": rate.trials,
                "share": rate.share * known,
                "low": low * known,
                "high": high * known,
                "open": open_,
                "events": counts[:, EVENTS],
                "partial": cut_short,
                "still_open": still_open,
                **_changes(rate, compared & bool(success)),
            }
        )

    def _cut_short(self, partial: _Periods, begins: np.ndarray) -> np.ndarray:
        """bool, (periods,). The data begin after its first day or end before its last."""
        calendar = Calendar("day", self.zone)
        first = calendar.first_day(partial.first_days.cell[:1])
        last = calendar.first_day(calendar.number(partial.end_of_data))
        return np.asarray((begins[:-1] < first) | (begins[1:] > last + 1))


def _counted(columns: list[np.ndarray]) -> Tally:
    """How often each number stands in each column, for numbers that lie close together."""
    some = [column for column in columns if len(column)]
    low = min((int(column.min()) for column in some), default=0)
    span = max((int(column.max()) for column in some), default=low - 1) - low + 1
    counts = np.array([np.bincount(column - low, minlength=span) for column in columns]).T
    cell = np.flatnonzero(counts.any(axis=1))
    return Tally(cell + low, counts[cell])


def _dense(tally: Tally, number: np.ndarray) -> np.ndarray:
    """int64, (periods, columns). The counts of consecutive periods, 0 where nothing was seen."""
    counts = np.zeros((len(number), tally.counts.shape[1]), np.int64)
    counts[tally.cell - number[:1]] = tally.counts
    return counts


def _rate(partial: _Periods, number: np.ndarray) -> Rate:
    counts, spread = _dense(partial.counts, number), _dense(partial.spread, number)
    decided = counts[:, :OPEN].sum(axis=1)
    return Rate(counts[:, SUCCESS], decided, counts[:, REPEATS], Buckets(*spread.T))


def _columns(spread: Buckets) -> np.ndarray:
    return np.column_stack(
        [spread.sealed_buckets, spread.top_squares, spread.cross, spread.bottom_squares]
    )


def _changes(rate: Rate, compared: np.ndarray) -> dict[str, np.ndarray]:
    """The level of each compared period, and what changed in the first one of a new level."""
    columns = {name: np.full(len(compared), np.nan) for name in CHANGE}
    place = np.flatnonzero(compared)
    effect = np.nan_to_num(rate.interval_effect()[place], nan=1.0)
    hits, trials = rate.hits[place] / effect, rate.trials[place] / effect
    bounds = [0, *change_points(hits, trials), len(place)]
    widened = overdispersion(hits, trials)
    levels = []
    for start, stop in pairwise(bounds):
        good, all_ = hits[start:stop].sum(), trials[start:stop].sum()
        if all_:
            columns["level"][place[start:stop]] = good / all_
            levels.append((good / all_, wilson(good, all_, design_effect=widened)))
    for before, after, (start, at, stop) in zip(
        levels, levels[1:], zip(bounds, bounds[1:], bounds[2:], strict=False), strict=False
    ):
        ends = difference_interval(*after, *before)
        p = change_p(hits[start:stop], trials[start:stop])
        for name, value in zip(CHANGE[1:], (after[0] - before[0], *ends, p), strict=True):
            columns[name][place[at]] = value
    return columns
