"""How journeys go through steps in order."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Self, get_args

import numpy as np
import pandas as pd

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.endings import ENDINGS, OPEN, endings
from cjm_notebooks.journeys.passes.following import FAR, Came, Following, Order
from cjm_notebooks.journeys.passes.steps import Places
from cjm_notebooks.journeys.passes.visits import repeated
from cjm_notebooks.journeys.tables import MICROSECONDS_PER_DAY
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.matching.labels import MICROSECONDS_PER_SECOND
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.intervals import wilson
from cjm_notebooks.statistics.partials import Additive, Durations, Rate

OF_OLD, OF_DECIDED, OF_FIRST, OF_ALL = range(4)
LOST = ENDINGS[:OPEN]
SPREAD = ("p50_seconds", "p50_low", "p50_high", "p90_seconds")


@dataclass(frozen=True)
class _Through(Additive):
    rate: Rate  # cells (4, steps): of the step before, old ones and all; of the first; of all
    times: Durations  # cells (2 * steps,): since the first step, since the step before
    previous: np.ndarray  # int64, (steps,)
    open: np.ndarray  # int64, (steps,)
    lost: np.ndarray  # int64, (2, steps, LOST); old ones and all, as are those that
    skipped: np.ndarray  # int64, (2, steps)
    excluded: np.ndarray  # int64, (steps,)
    too_late: np.ndarray  # int64, (steps,)


@dataclass(frozen=True)
class Funnel(Metric[_Through]):
    """Share of the journeys at a step that came to the next one, how fast, and how others ended.

    A step is the id of a touchpoint, a stage or, as the last one, an outcome; `cart|pay` is either.
    Without `steps` they are the stages of the map to which a rule matches events. All events count,
    those after an outcome too unless `until_outcome`, but the outcome itself is reached only after
    the steps on the way to it. In the order

    ordered   each step comes after the one before, with anything between them;
    strict    each step is the very next event after the one before;
    any       a step is reached with all the steps up to it, whatever their order.

    A journey may try again from each event at the first step (in any order: at any step), and its
    best attempt counts: the one that comes furthest, then the one with most steps, then the first.
    An attempt must end `within_days` of its first event, the last moment included, and must not
    meet a touchpoint `excluded` between two steps. An `optional` step counts before the next
    required one; `previous` and all that follows from it always refers to required steps.

    `previous` journeys came to the step before, at the first step all journeys. Where some of them
    are open and may come yet, only those are decided whose last event before this step, or without
    it, is at least `quiet_days` old. The `recent` ones, whether they came here or not, are no part
    of the share: to count who came at once and to wait for who left would make it too large. Of the
    decided ones some `went_on` to
    this step, `skipped` it and came to a later one, reached a `success` or a `failure` all the
    same, or `left`. `of_previous` is the share that went on. `of_first` is the product of these
    shares from the second step on: reached by first where none is recent, with its interval from
    the effective number of journeys (Greenwood's variance). `of_all` counts all journeys, recent or
    not, as `StageReach` does. `too_late` and `excluded` journeys, among those that did not come,
    would have come without the limit of time and, in time, without the excluded touchpoints.

    Times are those of the best attempt: since its first step, and since the required step before.
    In any order they run from the first of the steps so far, and from all the steps before, until
    all the steps so far are reached. Journeys still open may be slower: long times are missing.

    Unit    share of journeys, 0 to 1; seconds
    Shape   one row per step, in order
    Empty   null shares where no journey is decided; null times at the first step and where none
            came; below six journeys the median has no interval
    Raises  ParameterError when a step is unknown, an outcome is not the last step, or parameters
            contradict each other
    Source  Greenwood 1926, The natural duration of cancer
    """

    unit = "share of journeys, 0 to 1; seconds"
    reads = frozenset({"events"})
    watches_the_end = True
    published = Published(
        counts=(
            *("reached", "previous", "went_on", "skipped", *LOST, "decided", "recent"),
            *("excluded", "too_late", "all_journeys"),
        ),
        estimates={
            **dict.fromkeys(
                (
                    *("of_previous", "of_previous_low", "of_previous_high"),
                    *("of_first", "of_first_low", "of_first_high"),
                ),
                ("went_on", "decided"),
            ),
            **dict.fromkeys(("of_all", "of_all_low", "of_all_high"), ("reached", "all_journeys")),
            **{
                f"since_{since}_{x}": ("reached",)
                for since in ("first", "previous")
                for x in SPREAD
            },
        },
        sums=(
            ("previous", ("decided", "recent")),
            ("decided", ("went_on", "skipped", *LOST)),
            *((told_elsewhere, ()) for told_elsewhere in ("reached", "previous", "all_journeys")),
        ),
        column_totals=False,
    )
    steps: tuple[str, ...] = ()
    order: Order = "ordered"
    within_days: float | None = None
    optional: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    until_outcome: bool = False

    def __post_init__(self) -> None:
        for name in ("steps", "optional", "excluded"):
            if isinstance(getattr(self, name), str):
                msg = f'`{name}` is one text. Give a tuple, such as `("{getattr(self, name)}",)`.'
                raise ParameterError(msg)
            object.__setattr__(self, name, tuple(getattr(self, name)))
        if self.order not in get_args(Order):
            hint = did_you_mean(self.order, get_args(Order))
            msg = f"There is no order `{self.order}` of a funnel. {hint}"
            raise ParameterError(msg)
        if self.within_days is not None and not (
            isfinite(self.within_days) and self.within_days > 0
        ):
            msg = f"`within_days` is {self.within_days}. Give a number of days above 0, or None."
            raise ParameterError(msg)
        if self.order == "strict" and (self.optional or self.excluded):
            msg = (
                "In a strict funnel each step is the very next event, so that none is optional and "
                "nothing between is excluded. Take the order `ordered`."
            )
            raise ParameterError(msg)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(order="any", within_days=7), cls(order="strict", until_outcome=True)

    def observe(self, journeys: Journeys) -> _Through:
        wanted = self._following(journeys.map)
        came, before = wanted.came(journeys), wanted.required_before
        reached, steps = came.reached, len(wanted.steps)
        at_previous = np.vstack([np.ones((1, journeys.n_journeys), bool), reached])[before + 1]
        missed = at_previous & ~reached
        known = np.minimum.accumulate(came.before[::-1])[::-1]
        lost = missed & (known == FAR)
        known = np.where(known == FAR, self._ended(journeys), known)
        is_open = lost & journeys.is_open
        decided = at_previous & ~is_open
        old = decided & (known <= journeys.settled_until)
        shunned, late = wanted.kept_out(journeys, lost)
        hits, again = reached.sum(axis=1), repeated(journeys, reached)
        rate = np.empty((3, 4, steps), np.int64)
        rate[0] = hits
        for of, kept in ((OF_OLD, old), (OF_DECIDED, decided)):
            rate[:, of] = (reached & kept).sum(axis=1), kept.sum(axis=1), repeated(journeys, kept)
        rate[1, OF_FIRST], rate[2, OF_FIRST] = hits[:1], again[:1]
        rate[1, OF_ALL], rate[2, OF_ALL] = journeys.n_journeys, journeys.repeats
        return _Through(
            rate=Rate.of(*rate),
            times=self._times(came, before, again),
            previous=at_previous.sum(axis=1),
            open=is_open.sum(axis=1),
            lost=np.array([_by_ending(journeys, lost & kept) for kept in (old, decided)]),
            skipped=np.array([(missed & ~lost & kept).sum(axis=1) for kept in (old, decided)]),
            excluded=shunned.sum(axis=1),
            too_late=late.sum(axis=1),
        )

    def report(self, partial: _Through, journey_map: JourneyMap) -> pd.DataFrame:
        wanted = self._following(journey_map)
        steps, before = wanted.steps, wanted.required_before
        which = (partial.open == 0).astype(int), np.arange(len(steps))
        columns = partial.rate.columns("went_on", "decided").items()
        of_previous = {name: column[which] for name, column in columns}
        of_all = {name: column[OF_ALL] for name, column in columns}
        own_cell = np.where(self._own_cell(before), len(steps), 0)
        return pd.DataFrame(
            {
                "step": np.arange(1, len(steps) + 1),
                "place": pd.Series([step.name for step in steps], dtype="str"),
                "optional": np.array([step.optional for step in steps], bool),
                "reached": of_all["went_on"],
                "previous": partial.previous,
                "went_on": of_previous["went_on"],
                "skipped": partial.skipped[which],
                **dict(zip(LOST, partial.lost[which].T, strict=True)),
                "decided": of_previous["decided"],
                "recent": partial.previous - of_previous["decided"],
                **_named("of_previous", of_previous),
                **_named("of_first", _of_first(partial.rate, of_previous, before)),
                "all_journeys": of_all["decided"],
                **_named("of_all", of_all),
                "excluded": partial.excluded,
                "too_late": partial.too_late,
                **_spread("first", partial.times, np.arange(len(steps))),
                **_spread("previous", partial.times, np.arange(len(steps)) + own_cell),
            }
        )

    def _ended(self, journeys: Journeys) -> np.ndarray:
        """int64, (journeys,). The time of the last event that could have led to a step."""
        if not self.until_outcome:
            return np.asarray(journeys.at[journeys.last])
        end = endings(journeys)
        return np.where(end.has_way, journeys.at[end.last], journeys.outcome_at)

    def _following(self, journey_map: JourneyMap) -> Following:
        stages = {
            stage.id: f"stage:{stage.id}"
            for stage in journey_map.stages
            if any(touchpoint.match for touchpoint in stage.touchpoints)
        }
        names = {name: name for name in self.steps} or stages
        for name in self.optional:
            if name not in names:
                msg = f"No step is `{name}`, so it is not optional. {did_you_mean(name, names)}"
                raise ParameterError(msg)
        places, days = Places.on(journey_map), self.within_days
        return Following(
            steps=tuple(
                places.step(name, names[name], optional=name in self.optional)
                for name in self.steps or stages
            ),
            order=self.order,
            excluded=tuple(places.step(name) for name in self.excluded),
            within=None if days is None else round(days * MICROSECONDS_PER_DAY),
            until_outcome=self.until_outcome,
        )

    def _times(self, came: Came, before: np.ndarray, repeats: np.ndarray) -> Durations:
        """Since the first step, and after those since the step before where that is another one."""
        reached, steps = came.reached, len(before)
        step, journey = np.nonzero(reached & (before >= 0)[:, None])
        own = self._own_cell(before)[step]
        arrived = came.at[step, journey]
        since_first = arrived - came.since[step, journey]
        since_previous = (arrived - came.at[before[step], journey])[own]
        return Durations.of(
            np.append(step, step[own] + steps),
            np.append(since_first, since_previous) / MICROSECONDS_PER_SECOND,
            2 * steps,
            repeats=np.tile(repeats, 2),
        )

    def _own_cell(self, before: np.ndarray) -> np.ndarray:
        """bool, (steps,). The time since the step before is not the one since the first step."""
        return np.asarray(before >= (0 if self.order == "any" else 1))


def _of_first(
    rate: Rate, of_previous: dict[str, np.ndarray], before: np.ndarray
) -> dict[str, np.ndarray]:
    """The product of the shares of the required steps before, and its interval.

    The effective number of journeys n is that of a plain share S with the same variance:
    S (1 - S) / n = S^2 * sum of (1 - share) / reached over the steps. Where S is 0 or 1 it is what
    is left of the first step's journeys: decided / S of the step before.
    """
    share, n = np.where(before < 0, 1.0, np.nan), np.full(len(before), np.nan)
    spread = np.zeros(len(before))
    for k, b in enumerate(before):
        reached, decided = of_previous["went_on"][k], of_previous["decided"][k]
        if b < 0:
            share[k] = 1.0 if rate.hits[OF_FIRST, k] else np.nan
        elif share[b] == 0:
            share[k], n[k] = 0.0, n[b]
        elif decided:
            share[k] = share[b] * reached / decided
            n[k], spread[k] = decided / share[b], spread[b]
            if 0 < share[k] < 1:
                spread[k] += (1 - reached / decided) / reached
                n[k] = (1 - share[k]) / (share[k] * spread[k])
    low, high = wilson(share * n, n, design_effect=rate.interval_effect()[OF_FIRST])
    sure = (before < 0) & (share == 1)
    return {"share": share, "low": np.where(sure, 1, low), "high": np.where(sure, 1, high)}


def _by_ending(journeys: Journeys, lost: np.ndarray) -> np.ndarray:
    """int64, (steps, LOST). How those that are lost ended, of bool `lost` (steps, journeys)."""
    step, journey = np.nonzero(lost)
    cell = step * len(LOST) + endings(journeys).how[journey]
    return np.bincount(cell, minlength=len(lost) * len(LOST)).reshape(len(lost), len(LOST))


def _named(name: str, columns: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {name: columns["share"], f"{name}_low": columns["low"], f"{name}_high": columns["high"]}


def _spread(since: str, times: Durations, cell: np.ndarray) -> dict[str, np.ndarray]:
    low, high = times.quantile_interval(0.5)
    columns = (times.quantile(0.5), low, high, times.quantile(0.9))
    return {f"since_{since}_{x}": c[cell] for x, c in zip(SPREAD, columns, strict=True)}
