"""Where journeys go round between the same touchpoints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.arrivals import arrivals
from cjm_notebooks.journeys.passes.endings import SUCCESS, endings
from cjm_notebooks.journeys.passes.visits import changes
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import Additive
from cjm_notebooks.statistics.partials.groups import MEMBERS, REPEATS, Groups

SHORTEST = 2
LONGEST = 3


@dataclass(frozen=True)
class _Rounds(Additive):
    groups: Groups  # further counts: rounds, their events, open journeys


@dataclass(frozen=True)
class Loops(Metric[_Rounds]):
    """The most frequent loops: how many journeys went round, how often, and how they came out.

    A loop leads from a touchpoint over one other (or two, up to `longest`) back to itself. Events
    at the same touchpoint in a row are one stop, and events after an outcome do not count. A loop
    begins where the journey first turns: home, product, home, product, home are two `rounds` of
    home over product and none of product over home. `extra_events` are those from leaving the
    touchpoint until being back at it. Loops of different touchpoints may share events.

    `success_share` is of the journeys that went round, `success_without` of all that did not; that
    they differ does not say that the loop is the reason. `open` journeys went round so too, are
    not over and count nowhere else.

    Unit    share of the journeys that are over, 0 to 1
    Shape   one row per loop, most journeys first and then in map order, at most `top`
    Empty   no rows without a loop; where all went round `success_without` is null
    Memory  an entry per loop seen, at most touchpoints to the power of `longest`
    Raises  ParameterError when `longest` is not 2 or 3, or `top` is below 1
    """

    unit = "share of the journeys that are over, 0 to 1"
    reads = frozenset({"events"})
    published = Published(
        counts=(
            *("journeys", "all_journeys", "rounds", "extra_events", "succeeded"),
            *("succeeded_without", "journeys_without", "all_succeeded", "open"),
        ),
        estimates={
            **dict.fromkeys(("share", "low", "high"), ("journeys", "all_journeys")),
            **dict.fromkeys(
                ("success_share", "success_share_low", "success_share_high"),
                ("succeeded", "journeys"),
            ),
            **dict.fromkeys(
                ("success_without", "success_without_low", "success_without_high"),
                ("succeeded_without", "journeys_without"),
            ),
        },
        sums=(
            ("all_journeys", ("journeys", "journeys_without")),
            ("all_succeeded", ("succeeded", "succeeded_without")),
        ),
        column_totals=False,
    )
    longest: int = LONGEST
    top: int = 20

    def __post_init__(self) -> None:
        if not SHORTEST <= self.longest <= LONGEST:
            msg = f"`longest` is {self.longest}. Give the stops of the longest loops, 2 or 3."
            raise ParameterError(msg)
        if self.top < 1:
            msg = f"`top` is {self.top}. Give the number of loops to show, 1 or more."
            raise ParameterError(msg)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(longest=2, top=3)

    def observe(self, journeys: Journeys) -> _Rounds:
        came = arrivals(journeys, journeys.touchpoint)
        stops, journey = journeys.touchpoint[came].astype(np.int64), journeys.journey[came]
        found = [_rounds(came, stops, journey, n) for n in range(SHORTEST, self.longest + 1)]
        label, owner, extra = (np.concatenate(parts) for parts in zip(*found, strict=True))
        key = _key(label, len(journeys.map.touchpoints))
        order = np.argsort(key, kind="stable")
        key, owner, extra = key[order], owner[order], extra[order]
        is_open, success = journeys.is_open, endings(journeys).how == SUCCESS
        over, first = ~is_open[owner], changes(key, owner)
        groups = Groups.of(
            key,
            label[order],
            journeys.journey_customer[owner],
            member=first & over,
            hit=success[owner],
            further=np.column_stack([over, over * extra, first & ~over]),
            whole=_whole(journeys.journey_customer[~is_open], success),
        )
        return _Rounds(groups)

    def report(self, partial: _Rounds, journey_map: JourneyMap) -> pd.DataFrame:
        groups = partial.groups.merged()
        label = groups.label
        most = np.lexsort((*label.T[::-1], -groups.counts[:, MEMBERS]))[: self.top]
        groups = groups.chosen(most)
        ids = np.array([None, *(touchpoint.id for touchpoint in journey_map.touchpoints)], object)
        stops = {
            name: pd.Series(ids[place], dtype="str")
            for name, place in zip(("touchpoint", "over", "then_over"), label[most].T, strict=True)
        }
        rounds, extra, open_ = groups.counts[:, REPEATS + 1 :].T
        return pd.DataFrame(
            {
                **stops,
                **groups.share.columns("journeys", "all_journeys"),
                "rounds": rounds,
                "extra_events": extra,
                **groups.hits.columns("succeeded", "journeys", "success_share"),
                **groups.hits_of_others.columns(
                    "succeeded_without", "journeys_without", "success_without"
                ),
                "all_succeeded": groups.whole[1],
                "open": open_,
            }
        )


def _rounds(
    came: np.ndarray, stops: np.ndarray, journey: np.ndarray, length: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The stops of each round, from 1 and 0 for none, its journey and its extra events.

    A journey that repeats its stops for a while closes a loop with each of them; every `length`-th
    closes the round that began with the first.
    """
    back = (stops[length:] == stops[:-length]) & (journey[length:] == journey[:-length])
    closing = np.flatnonzero(back)
    begins = np.ones(len(closing), dtype=bool)
    begins[1:] = closing[1:] != closing[:-1] + 1
    begin = np.flatnonzero(begins)
    since = np.arange(len(closing)) - np.repeat(begin, np.diff(np.append(begin, len(closing))))
    start = closing[since % length == 0]
    label = np.zeros((len(start), LONGEST), np.uint16)
    for stop in range(length):
        label[:, stop] = stops[start + stop] + 1
    return label, journey[start], came[start + length] - came[start + 1] + 1


def _whole(customer: np.ndarray, success: np.ndarray) -> tuple[int, int, int]:
    """Ended journeys, those with success, and those beyond the first of their customer."""
    repeats = np.count_nonzero(~changes(customer))
    return len(customer), int(np.count_nonzero(success)), int(repeats)


def _key(label: np.ndarray, touchpoints: int) -> np.ndarray:
    """uint64, (rounds,). One number for the stops of a loop, in map order."""
    base = touchpoints + 1
    first, second, third = label.astype(np.uint64).T
    key: np.ndarray = (first * base + second) * base + third
    return key
