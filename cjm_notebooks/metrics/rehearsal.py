"""What the outcome would be if the journey were built in another way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.ways import WaySums, ways
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics import redesigned_chain as chain
from cjm_notebooks.statistics.intervals import Floats
from cjm_notebooks.statistics.partials import Additive, PerBucket

BUCKETS_PER_GROUP = 4
SECONDS_PER_DAY = 86_400
ROUNDING = 1e-12
ASSUMES = {
    "remove": "Who would have come here goes on as those do who do not leave here, and nobody "
    "leaves elsewhere instead: an upper bound. The wait before it is saved.",
    "avoid": "Who would have come here takes the other ways from where they were, as others do "
    "there. How long that takes is not known.",
    "swap": "Each of the two keeps its shares of leaving and failing and goes on as the other did. "
    "All waits stay where they were.",
    "halve_wait": "Who waited leaves next as often as those do who wait half as long now, though "
    "these may differ in more than their wait.",
}
ALWAYS = " Where a journey goes next depends only on where it is; nothing else changes."


@dataclass(frozen=True)
class _Change:
    kind: str
    places: tuple[int, ...]  # touchpoints, or which pair of stages
    what: str
    other: str | None = None


@dataclass(frozen=True)
class _Moved(Additive):
    sums: PerBucket  # as in `WaySums`
    open: int


@dataclass(frozen=True)
class Rehearsal(Metric[_Moved]):
    """Share of the journeys that would succeed without a touchpoint, in another order or sooner.

    A rehearsal of a redesign, not a forecast. The moves that the decided journeys made are a Markov
    chain of first order; each row changes one thing in it and says what it `assumes`. `remove`
    takes a touchpoint out and its visitors on, `avoid` leads them another way, `swap` changes the
    places of two, and `halve_wait` halves the waits from one stage directly to another. Without any
    of these each touchpoint is removed in turn. Events after an outcome are no moves, and `open`
    journeys are no part of the chain.

    `share_now` was seen, `share` would be. `moves` are those that the change concerns. `days_now`
    is the mean time from the first event to success, and `days_saved` what the change takes off
    it for the journeys that succeed now. Where nobody would find an end, whoever comes is lost.

    Unit    share of the decided journeys, 0 to 1; days
    Shape   one row per change, in the order of the fields; removed in turn in map order
    Empty   null shares without a decided journey, null days without a success; no interval around
            a change that makes no difference, or below two buckets of customers
    Raises  ParameterError when the map has no such touchpoint or stage, or one is its own pair
    Source  Kemeny and Snell 1960, Finite Markov chains, chapter 3
    """

    unit = "share of the decided journeys, 0 to 1"
    reads = frozenset({"events"})
    published = Published(
        counts=("moves", "success", "decided", "open"),
        estimates={
            **dict.fromkeys(("share_now", "share", "low", "high"), ("success", "decided")),
            **dict.fromkeys(
                ("difference", "difference_low", "difference_high"), ("success", "decided", "moves")
            ),
            "days_now": ("success",),
            **dict.fromkeys(
                ("days_saved", "days_saved_low", "days_saved_high"), ("success", "moves")
            ),
        },
        column_totals=False,
    )
    tolerance = 1e-9
    remove: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    swap: tuple[tuple[str, str], ...] = ()
    halve_wait: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        for name, pairs in (("swap", self.swap), ("halve_wait", self.halve_wait)):
            for pair in pairs:
                if isinstance(pair, str) or len(pair) != 2 or pair[0] == pair[1]:
                    msg = f"`{name}` holds {pair!r}. Give pairs of two different ids."
                    raise ParameterError(msg)

    def observe(self, journeys: Journeys) -> _Moved:
        self._changes(journeys.map)
        pairs = [_stages(journeys.map, *pair) for pair in self.halve_wait]
        buckets = np.unique(journeys.bucket)
        parts = (journeys,) if len(buckets) == 1 else journeys.buckets()
        rows = [ways(part).sums(pairs) for part in parts]
        width = WaySums.width(len(journeys.map.touchpoints), len(pairs))
        sums = np.array(rows, np.int64).reshape(len(rows), width)
        open_ = int(np.count_nonzero(journeys.is_open))
        return _Moved(PerBucket.of(buckets // BUCKETS_PER_GROUP, sums), open_)

    def report(self, partial: _Moved, journey_map: JourneyMap) -> pd.DataFrame:
        changes, touchpoints = self._changes(journey_map), len(journey_map.touchpoints)

        def estimate(sums: np.ndarray) -> Floats:
            return _rehearsed(WaySums.of(sums, touchpoints), changes)

        found, ends = partial.sums.interval(estimate)
        share, difference, days = np.split(found, 3)
        low, high = np.clip([np.split(end, 3)[0] for end in ends], 0, 1)
        difference_low, difference_high = (np.split(end, 3)[1] for end in ends)
        saved_low, saved_high = (np.split(end, 3)[2] for end in ends)
        total = WaySums.of(partial.sums.total[None], touchpoints)
        return pd.DataFrame(
            {
                "change": pd.Series([change.kind for change in changes], dtype="str"),
                "what": pd.Series([change.what for change in changes], dtype="str"),
                "other": pd.Series([change.other for change in changes], dtype="str"),
                "moves": np.array([_concerned(total, change) for change in changes], np.int64),
                "share_now": _ratio(total.successes, total.decided),
                "share": share,
                "low": low,
                "high": high,
                "difference": difference,
                "difference_low": np.maximum(difference_low, -1),
                "difference_high": np.minimum(difference_high, 1),
                "days_now": _ratio(total.seconds_to_success / SECONDS_PER_DAY, total.successes),
                "days_saved": days,
                "days_saved_low": saved_low,
                "days_saved_high": saved_high,
                "success": int(total.successes[0]),
                "decided": int(total.decided[0]),
                "open": partial.open,
                "assumes": pd.Series([ASSUMES[one.kind] + ALWAYS for one in changes], dtype="str"),
            }
        )

    def _changes(self, journey_map: JourneyMap) -> list[_Change]:
        """What is changed, with the positions on the map."""
        ids = [touchpoint.id for touchpoint in journey_map.touchpoints]
        asked = self.remove or self.avoid or self.swap or self.halve_wait
        single = {"remove": self.remove if asked else tuple(ids), "avoid": self.avoid}
        found = [
            _Change(kind, (_position(kind, id_, ids, "touchpoint"),), id_)
            for kind, names in single.items()
            for id_ in names
        ]
        for a, b in self.swap:
            places = tuple(_position("swap", id_, ids, "touchpoint") for id_ in (a, b))
            found.append(_Change("swap", places, a, b))
        for number, pair in enumerate(self.halve_wait):
            _stages(journey_map, *pair)
            found.append(_Change("halve_wait", (number,), *pair))
        return found


def _position(field: str, id_: str, ids: list[str], what: str) -> int:
    if id_ not in ids:
        msg = f"`{field}` names the {what} `{id_}`, which the map does not have. "
        raise ParameterError(msg + did_you_mean(id_, ids))
    return ids.index(id_)


def _stages(journey_map: JourneyMap, *pair: str) -> list[np.ndarray]:
    """bool, (touchpoints,), for each of the stages: whose touchpoints these are."""
    ids = [stage.id for stage in journey_map.stages]
    counts = [len(stage.touchpoints) for stage in journey_map.stages]
    stage = np.repeat(np.arange(len(ids)), counts)
    return [stage == _position("halve_wait", id_, ids, "stage") for id_ in pair]


def _rehearsed(sums: WaySums, changes: list[_Change]) -> Floats:
    """(groups, 3 * changes): the share of success, its difference, and the days saved."""
    now = chain.success_share(sums.design)
    without = chain.without_each(sums.design) if any(c.kind == "remove" for c in changes) else None
    share = np.empty((len(now), len(changes)))
    saved = np.zeros_like(share)
    for i, change in enumerate(changes):
        place = change.places[0]
        if change.kind == "remove" and without is not None:
            share[:, i], saved[:, i] = without[:, place], sums.waited[:, place]
        elif change.kind == "avoid":
            share[:, i] = chain.success_share(chain.avoided(sums.design, place))
            saved[:, i] = np.nan
        elif change.kind == "swap":
            share[:, i] = chain.success_share(chain.swapped(sums.design, *change.places))
        else:
            share[:, i] = chain.success_share(_sooner(sums, place))
            saved[:, i] = sums.crossing_seconds[:, place] / 2
    successes = np.where(sums.successes > 0, sums.successes, np.nan)[:, None]
    days = saved / successes / SECONDS_PER_DAY
    difference = share - now[:, None]
    difference[np.abs(difference) < ROUNDING] = 0
    return np.concatenate([share, difference, days], axis=1)


def _sooner(sums: WaySums, pair: int) -> Floats:
    """The design when everyone on one crossing waits half as long: one doubling less."""
    arrived, left = sums.crossed[:, pair], sums.left[:, pair]
    leaves = left / np.where(arrived > 0, arrived, np.nan)
    half = np.concatenate([leaves[:, :1], leaves[:, :-1]], axis=1)
    change = np.nansum((half - leaves) * arrived, axis=1)
    change = change / np.maximum(arrived.sum(axis=1), 1)
    arrivals = sums.design.sum(axis=1)[:, :-3]
    weight = sums.arrivals[:, pair] / np.where(arrivals > 0, arrivals, 1)
    return chain.leaving_less(sums.design, weight, change)


def _ratio(top: Floats, bottom: Floats) -> float:
    return float(top[0] / bottom[0]) if bottom[0] > 0 else float("nan")


def _concerned(sums: WaySums, change: _Change) -> int:
    """The moves to the touchpoints, or from stage to stage, that a change is about."""
    if change.kind == "halve_wait":
        return int(sums.arrivals[0, change.places[0]].sum())
    places = [*change.places]
    to = sums.design[0, :, places].sum() - sums.design[0, places, places].sum()
    return int(to)
