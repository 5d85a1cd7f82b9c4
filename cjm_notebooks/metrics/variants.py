"""The ways that journeys take."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, Self, get_args

import numpy as np
import pandas as pd

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.arrivals import arrivals
from cjm_notebooks.journeys.passes.endings import SUCCESS, endings
from cjm_notebooks.journeys.passes.visits import changes
from cjm_notebooks.journeys.passes.watched import Watched
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import Additive
from cjm_notebooks.statistics.partials.groups import MEMBERS, REPEATS, Groups

By = Literal["stage", "touchpoint"]
BETWEEN = " > "
LONGER = "..."


@dataclass(frozen=True)
class _Ways(Additive):
    journeys: Watched[Groups]  # labelled with places from 1, 0 for none, and whether it went on


@dataclass(frozen=True)
class Variants(Metric[_Ways]):
    """The most frequent ways through the map, with the share of journeys and of success on each.

    A variant is the sequence of stages (or touchpoints) of a journey up to its outcome. With
    `collapse` several events in a row at one place are one step. Journeys of more than `longest`
    steps are told apart by these only, and their variant ends in `...`; one whose outcome came
    before every event has the empty variant. `coverage` is the share of all journeys that took this
    variant or one above it, and `of_variants` how many variants there are among those journeys.
    Where more than a few journeys are open, only those count that are over and began at least twice
    the map's `quiet_days` before the end of the data, otherwise all that are over; the `recent`
    others have come the same way so far.

    Sequences are compared by 64-bit numbers: of a million variants two are taken for one with odds
    of one to forty million.

    Unit    share of the journeys that count, 0 to 1
    Shape   one row per variant, most journeys first and then in map order, at most `top`
    Empty   no rows without journeys; a variant of open journeys only has no share of success
    Memory  not bounded by the map: for each distinct variant 112 bytes, and 1 or 2 for each of
            `longest` steps
    Raises  ParameterError when `by` is neither of the two, or `top` or `longest` is below 1
    """

    unit = "share of the journeys that count, 0 to 1"
    reads = frozenset({"events"})
    watches_the_end = True
    bounded = False
    published = Published(
        counts=("journeys", "all_journeys", "succeeded", "recent"),
        estimates={
            **dict.fromkeys(("share", "low", "high", "coverage"), ("journeys", "all_journeys")),
            **dict.fromkeys(
                ("success_share", "success_share_low", "success_share_high"),
                ("succeeded", "journeys"),
            ),
        },
    )
    by: By = "stage"
    top: int = 20
    longest: int = 30
    collapse: bool = True

    def __post_init__(self) -> None:
        if self.by not in get_args(By):
            near = did_you_mean(self.by, get_args(By))
            msg = f"`by` is `{self.by}`, and variants are made of stages or touchpoints. {near}"
            raise ParameterError(msg)
        for name, what in (("top", "variants to show"), ("longest", "steps to tell them apart by")):
            if getattr(self, name) < 1:
                msg = f"`{name}` is {getattr(self, name)}. Give the number of {what}, 1 or more."
                raise ParameterError(msg)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(by="touchpoint", top=3, longest=2, collapse=False)

    def observe(self, journeys: Journeys) -> _Ways:
        by_stage = self.by == "stage"
        place = journeys.stage if by_stage else journeys.touchpoint
        places = len(journeys.map.stages if by_stage else journeys.map.touchpoints)
        end, n = endings(journeys), journeys.n_journeys
        step = arrivals(journeys, place) if self.collapse else np.flatnonzero(end.on_way)
        journey = journeys.journey[step]
        steps = np.bincount(journey, minlength=n)
        nth = np.arange(len(step)) - np.repeat(np.cumsum(steps) - steps, steps)
        if len(nth) and nth.max() >= self.longest:
            kept = nth < self.longest
            step, journey, nth = step[kept], journey[kept], nth[kept]
        here = place[step] + 1
        key = self._keys(here, nth, steps, places)
        label = np.zeros((n, self.longest + 1), np.min_scalar_type(places))
        label[journey, nth] = here
        label[:, -1] = steps > self.longest
        customer, success = journeys.journey_customer, end.how == SUCCESS

        def groups(counted: np.ndarray) -> Groups:
            again = int(np.count_nonzero(~changes(customer[counted])))
            return Groups.of(
                key,
                label,
                customer,
                member=counted,
                hit=success,
                further=~counted[:, None],
                whole=(int(counted.sum()), int(success[counted].sum()), again),
            )

        return _Ways(Watched.of(journeys, groups))

    def report(self, partial: _Ways, journey_map: JourneyMap) -> pd.DataFrame:
        every = partial.journeys.counted.merged()
        members = every.counts[:, MEMBERS]
        most = _most(every.label, members, self.top)
        groups = every.chosen(most)
        parts = journey_map.stages if self.by == "stage" else journey_map.touchpoints
        ids = [part.id for part in parts]
        share = groups.share.columns("journeys", "all_journeys")
        ways = [_way(ids, label) for label in groups.label.tolist()]
        return pd.DataFrame(
            {
                "variant": pd.Series(ways, dtype="str"),
                "steps": np.count_nonzero(groups.label[:, :-1], axis=1),
                **share,
                "coverage": np.cumsum(share["share"]),
                **groups.hits.columns("succeeded", "journeys", "success_share"),
                "recent": groups.counts[:, REPEATS + 1],
                "of_variants": np.count_nonzero(members),
            }
        )

    def _keys(
        self, here: np.ndarray, nth: np.ndarray, steps: np.ndarray, places: int
    ) -> np.ndarray:
        """uint64, (journeys,). The sum, modulo 2^64, of a fixed random number for each step."""
        numbers = _random_numbers(self.longest, places)
        sums = np.zeros(len(here) + 1, np.uint64)
        np.cumsum(numbers[nth, here], out=sums[1:])
        ends = np.cumsum(np.minimum(steps, self.longest))
        key: np.ndarray = np.diff(sums[np.append(0, ends)])
        return key + np.where(steps > self.longest, numbers[0, 0], np.uint64(0))


def _most(label: np.ndarray, members: np.ndarray, top: int) -> np.ndarray:
    """The groups with the most members, ties in the order of their labels."""
    chosen = np.arange(len(members))
    if len(members) > top:
        least = np.partition(members, -top)[-top]
        chosen = np.flatnonzero(members >= least)
    order = np.lexsort((*label[chosen].T[::-1], -members[chosen]))
    most: np.ndarray = chosen[order][:top]
    return most


def _way(ids: list[str], label: list[int]) -> str:
    *places, went_on = label
    names = [ids[place - 1] for place in places if place]
    return BETWEEN.join([*names, LONGER] if went_on else names)


@lru_cache(maxsize=16)
def _random_numbers(longest: int, places: int) -> np.ndarray:
    """uint64, (longest, 1 + places). The same wherever and whenever it is asked for."""
    drawn = np.random.PCG64(0).random_raw(longest * (places + 1))
    numbers: np.ndarray = drawn.reshape(longest, places + 1)
    numbers.flags.writeable = False
    return numbers
