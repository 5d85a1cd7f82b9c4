"""The ways of decided journeys to their end, move by move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.endings import LEFT, OPEN, SUCCESS, endings
from cjm_notebooks.matching.labels import MICROSECONDS_PER_SECOND
from cjm_notebooks.statistics.intervals import Floats

DOUBLINGS = 40


@dataclass(frozen=True, eq=False)
class Ways:
    """The events of decided journeys that are not after their outcome.

    Attributes
    ----------
    touchpoints
        how many touchpoints the map has.
    touchpoint
        int64, (events,).
    first, last
        int64, (ways,). Positions of the first and last event of each way.
    how
        int64, (ways,). Position in `ENDINGS`: success, failure or left.
    ended_at_once
        int64, (3,). Journeys of each of these endings whose outcome came before every event.
    seconds
        int64, (events,). Since the event before, 0 for the first.
    seconds_to_success
        int64. Summed over the journeys that came to success, since their first event.
    """

    touchpoints: int
    touchpoint: np.ndarray
    first: np.ndarray
    last: np.ndarray
    how: np.ndarray
    ended_at_once: np.ndarray
    seconds: np.ndarray
    seconds_to_success: int

    def sums(self, crossings: Sequence[Sequence[np.ndarray]] = ()) -> np.ndarray:
        """int64, (sums,). What `WaySums` takes apart again.

        A crossing is a pair of bool (touchpoints,): whose moves directly to whom.
        """
        pairs = [self._crossing(*pair) for pair in crossings]
        return np.concatenate([self._moves(), self._waits(), *pairs])

    def _moves(self) -> np.ndarray:
        n, width = self.touchpoints, self.touchpoints + OPEN
        to = np.empty_like(self.touchpoint)
        to[:-1] = self.touchpoint[1:]
        to[self.last] = n + self.how
        out = np.bincount(self.touchpoint * width + to, minlength=n * width)
        begin = np.bincount(self.touchpoint[self.first], minlength=n)
        return np.concatenate([out, begin, self.ended_at_once])

    def _waits(self) -> np.ndarray:
        succeeded = self.how == SUCCESS
        counts = np.repeat(succeeded, self.last - self.first + 1)
        waited = np.bincount(self.touchpoint, self.seconds * counts, self.touchpoints)
        successes = np.count_nonzero(succeeded) + self.ended_at_once[SUCCESS]
        return np.append(np.rint(waited).astype(np.int64), [successes, self.seconds_to_success])

    def _crossing(self, is_from: np.ndarray, is_to: np.ndarray) -> np.ndarray:
        crosses = np.zeros(len(self.touchpoint), bool)
        crosses[1:] = is_from[self.touchpoint[:-1]] & is_to[self.touchpoint[1:]]
        crosses[self.first] = False
        event = np.flatnonzero(crosses)
        way = np.searchsorted(self.last, event)
        left = (self.last[way] == event) & (self.how[way] == LEFT)
        seconds = self.seconds[event]
        doubling = np.log2(np.maximum(seconds, 1)).astype(np.int64)
        doubling = np.minimum(doubling, DOUBLINGS - 1)
        return np.concatenate(
            [
                np.bincount(self.touchpoint[event], minlength=self.touchpoints),
                np.bincount(doubling, minlength=DOUBLINGS),
                np.bincount(doubling[left], minlength=DOUBLINGS),
                [seconds[self.how[way] == SUCCESS].sum()],
            ]
        )


@dataclass(frozen=True, eq=False)
class WaySums:
    """Sums of ways, for each group of customers.

    Attributes
    ----------
    design
        float64, (groups, touchpoints + 1, touchpoints + 3). Moves from each touchpoint and, last,
        from the start to each touchpoint and, last, to success, failure and leaving.
    waited
        float64, (groups, touchpoints). Seconds before each touchpoint, in journeys that succeeded.
    successes, seconds_to_success
        float64, (groups,).
    arrivals
        float64, (groups, crossings, touchpoints).
    crossed, left
        float64, (groups, crossings, DOUBLINGS). Arrivals by the doublings of a second that they had
        waited, and those of them that left next.
    crossing_seconds
        float64, (groups, crossings). Waited in journeys that succeeded.
    """

    design: Floats
    waited: Floats
    successes: Floats
    seconds_to_success: Floats
    arrivals: Floats
    crossed: Floats
    left: Floats
    crossing_seconds: Floats

    @staticmethod
    def width(touchpoints: int, crossings: int) -> int:
        """How many sums there are."""
        moves, waits = (touchpoints + 1) * (touchpoints + OPEN), touchpoints + 2
        return moves + waits + crossings * (touchpoints + 2 * DOUBLINGS + 1)

    @classmethod
    def of(cls, sums: np.ndarray, touchpoints: int) -> Self:
        """`sums` (groups, sums)."""
        groups, each = len(sums), touchpoints + 2 * DOUBLINGS + 1
        moves = (touchpoints + 1) * (touchpoints + OPEN)
        design, waits, rest = np.split(
            sums.astype(np.float64), [moves, moves + touchpoints + 2], axis=1
        )
        crossings = rest.reshape(groups, rest.shape[1] // each, each)
        at = np.cumsum([touchpoints, DOUBLINGS, DOUBLINGS])
        arrivals, crossed, left, seconds = np.split(crossings, at, axis=2)
        return cls(
            design=design.reshape(groups, touchpoints + 1, touchpoints + OPEN),
            waited=waits[:, :-2],
            successes=waits[:, -2],
            seconds_to_success=waits[:, -1],
            arrivals=arrivals,
            crossed=crossed,
            left=left,
            crossing_seconds=seconds[:, :, 0],
        )

    @property
    def decided(self) -> Floats:
        """float64, (groups,)."""
        return np.asarray(self.design[:, :, -OPEN:].sum(axis=(1, 2)))


def ways(journeys: Journeys) -> Ways:
    end = endings(journeys)
    kept = end.has_way & (end.how != OPEN)
    at_once = end.how[~end.has_way]
    event = np.flatnonzero(end.on_way & np.repeat(kept, np.diff(journeys.starts)))
    stops = np.cumsum((end.last - journeys.first + 1)[kept])
    first = np.append(0, stops[:-1])[: len(stops)]
    seconds = np.diff(journeys.at[event], prepend=0) // MICROSECONDS_PER_SECOND
    seconds[first] = 0
    success = end.how == SUCCESS
    since = journeys.outcome_at[success] - journeys.at[journeys.first[success]]
    return Ways(
        touchpoints=len(journeys.map.touchpoints),
        touchpoint=journeys.touchpoint[event].astype(np.int64),
        first=first,
        last=stops - 1,
        how=end.how[kept],
        ended_at_once=np.bincount(at_once, minlength=OPEN)[:OPEN],
        seconds=seconds,
        seconds_to_success=int((np.maximum(since, 0) // MICROSECONDS_PER_SECOND).sum()),
    )
