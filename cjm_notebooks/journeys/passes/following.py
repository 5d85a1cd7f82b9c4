"""Steps one after another: when each journey came to them, on its best attempt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.endings import endings
from cjm_notebooks.journeys.passes.index import by_touchpoint
from cjm_notebooks.journeys.passes.steps import Step
from cjm_notebooks.journeys.passes.visits import changes
from cjm_notebooks.journeys.tables import NONE

Order = Literal["ordered", "any", "strict"]
FAR = np.iinfo(np.int64).max
_Attempts = tuple[np.ndarray, np.ndarray, np.ndarray]


@dataclass(frozen=True, eq=False)
class Came:
    """When each journey came to each step.

    Attributes
    ----------
    at
        int64, (steps, journeys). UTC microseconds, `FAR` where it did not come. In any order this
        is when it had been at all the steps so far.
    since
        int64, (steps, journeys). When the attempt had begun; in any order the first of the steps
        so far.
    before
        int64, (steps, journeys). The time of the event before the one that came to the step, or of
        the first event of the journey.
    """

    at: np.ndarray
    since: np.ndarray
    before: np.ndarray

    @property
    def reached(self) -> NDArray[np.bool_]:
        return np.asarray(self.at != FAR)


@dataclass(frozen=True, eq=False)
class Following:
    """Steps in some order, perhaps within a time and without anything excluded between them.

    A journey may try as often as it likes: an attempt begins at each of its events at the first
    step, in any order at each event at any step, and takes the next event that will do. The best
    attempt is the one that comes furthest, then the one with most steps, then the first.

    Attributes
    ----------
    within
        microseconds from the event at which the attempt began, or None for any time.
    until_outcome
        whether events after the outcome do not count.

    Raises  ParameterError when the steps contradict the order, the outcomes or what is excluded
    """

    steps: tuple[Step, ...]
    order: Order
    excluded: tuple[Step, ...] = ()
    within: int | None = None
    until_outcome: bool = False

    def __post_init__(self) -> None:
        for problem in _contradictions(self):
            raise ParameterError(problem)

    @property
    def required_before(self) -> NDArray[np.int64]:
        """int64, (steps,). The last required step before each one, -1 for none."""
        last, before = NONE, []
        for place, step in enumerate(self.steps):
            before.append(last)
            last = last if step.optional else place
        return np.array(before, np.int64)

    def came(self, journeys: Journeys) -> Came:
        return _Search(self, journeys).came()

    def kept_out(self, journeys: Journeys, lost: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Of the `lost`, bool (steps, journeys), those that would have come to the step otherwise.

        First those that in time met something excluded, then those that came too late.
        """
        shunned = late = np.zeros_like(lost)
        if self.excluded:
            shunned = lost & replace(self, excluded=()).came(journeys).reached
        if self.within is not None:
            late = lost & replace(self, excluded=(), within=None).came(journeys).reached
        return shunned, late & ~shunned


def _contradictions(wanted: Following) -> Iterator[str]:
    steps = wanted.steps
    if steps and steps[0].optional:
        yield f"The first step `{steps[0].name}` is optional. Begin with a required one."
    for step in steps:
        if step.is_outcome and step.touchpoints.any():
            yield f"`{step.name}` mixes touchpoints and outcomes. Let a step be one or the other."
    for step in (*steps[:1], *steps[:-1]):
        if step.is_outcome:
            yield f"`{step.name}` is an outcome. Put it last, after a step at touchpoints."
    for step in wanted.excluded:
        if step.is_outcome:
            yield f"`{step.name}` is an outcome and ends the journey. Exclude touchpoints only."
    yield from _overlaps(wanted)


def _overlaps(wanted: Following) -> Iterator[str]:
    steps = wanted.steps
    for step, other in product(steps, wanted.excluded):
        if step.meets(other):
            yield f"`{other.name}` is excluded and part of the step `{step.name}`. Drop one."
    for step, other in combinations(steps if wanted.order == "any" else (), 2):
        if step.meets(other):
            yield (
                f"The steps `{step.name}` and `{other.name}` share a touchpoint, so that in any "
                "order one event would be both. Keep them apart."
            )


class _Search:
    """One search, with what every step of it needs."""

    def __init__(self, following: Following, journeys: Journeys) -> None:
        self.steps, self.order, self.within = following.steps, following.order, following.within
        self.journeys, self.end = journeys, endings(journeys)
        self.limit = self.end.last + 1 if following.until_outcome else journeys.starts[1:]
        self.shunned = self._at_any(following.excluded) if following.excluded else None
        self.is_bound = self.within is not None or self.shunned is not None
        self.is_single = self.order != "strict" and not self.is_bound

    def came(self) -> Came:
        at, since, before = np.full((3, len(self.steps), self.journeys.n_journeys), FAR)
        if at.size:
            journey, found, began = self._anyhow() if self.order == "any" else self._in_order()
            if not self.is_single:
                best = _best(journey, found)
                journey, found, began = journey[best], found[:, best], began[:, best]
            for k, step in enumerate(self.steps):
                here = np.flatnonzero(found[k] != FAR)
                who = np.take(journey, here)
                at[k, who] = self._time(step, np.take(found[k], here), who)
                since[k, who] = np.take(self.journeys.at, np.take(began[k], here))
                earlier = np.maximum(np.take(found[k], here) - 1, self.journeys.first[who])
                before[k, who] = np.take(self.journeys.at, earlier)
        return Came(at, since, before)

    def _in_order(self) -> _Attempts:
        start, journey = self._starts(self._at_any(self.steps[:1]))
        found = np.full((len(self.steps), len(start)), FAR)
        found[0] = start
        alive, cursor, before = np.arange(len(start)), start, 0
        for k, step in enumerate(self.steps[1:], 1):
            there = self._next(step, cursor, journey[alive])
            came = np.flatnonzero(there != FAR)
            if self.is_bound:
                took = self._time(step, there[came], journey[alive[came]])
                took -= self.journeys.at[start[alive[came]]]
                came = came[self._holds(took, cursor[came], there[came])]
            found[k, alive[came]] = there[came]
            if not step.optional:
                for passed in found[before + 1 : k]:
                    passed[passed >= found[k]] = FAR
                alive, cursor, before = alive[came], there[came], k
        return journey, found, np.broadcast_to(start, found.shape)

    def _anyhow(self) -> _Attempts:
        start, journey = self._starts(self._at_any(self.steps))
        found = np.full((len(self.steps), len(start)), FAR)
        began = found.copy()
        first, last = np.full(len(start), FAR), start
        for k, step in enumerate(self.steps):
            there = self._next(step, last if step.is_outcome else start - 1, journey)
            complete = np.maximum(there, last)
            came = np.flatnonzero(complete != FAR)
            if self.is_bound:
                took = self._time(step, complete[came], journey[came])
                took -= self.journeys.at[start[came]]
                came = came[self._holds(took, start[came], complete[came])]
            found[k, came] = complete[came]
            began[k, came] = np.minimum(first, there)[came]
            if not step.optional:
                first, last = began[k], found[k]
        return journey, found, began

    def _starts(self, event: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Those of the events at which attempts begin, and their journeys."""
        journeys = self.journeys
        if not self.is_single:
            owner = journeys.journey[event]
            inside = event < self.limit[owner]
            return event[inside], owner[inside]
        first = np.append(event, FAR)[event.searchsorted(journeys.first)]
        owner = np.flatnonzero(first < self.limit)
        return first[owner], owner

    def _next(self, step: Step, cursor: np.ndarray, journey: np.ndarray) -> np.ndarray:
        """The position of the next event at the step, or of the outcome, which follows the last."""
        if step.is_outcome:
            last = self.end.last[journey]
            fits = np.append(step.outcomes, False)[self.journeys.outcome[journey]]
            fits &= last == cursor if self.order == "strict" else last >= cursor
            return np.where(fits, last + 1, FAR)
        if self.order == "strict":
            there = cursor + 1
            here = self.journeys.touchpoint.take(there, mode="clip")
            fits = step.touchpoints[here] & (there < self.limit[journey])
            return np.where(fits, there, FAR)
        event = self._at_any((step,))
        there = np.append(event, FAR)[event.searchsorted(cursor, side="right")]
        return np.where(there < self.limit[journey], there, FAR)

    def _holds(self, took: np.ndarray, cursor: np.ndarray, there: np.ndarray) -> np.ndarray:
        """bool. In time, and with nothing excluded between the two events."""
        holds = np.ones(len(took), dtype=bool)
        if self.within is not None:
            holds &= took <= self.within
        if self.shunned is not None:
            holds &= self.shunned.searchsorted(there) == self.shunned.searchsorted(cursor)
        return holds

    def _time(self, step: Step, event: np.ndarray, journey: np.ndarray) -> np.ndarray:
        if step.is_outcome:
            return np.take(self.journeys.outcome_at, journey)
        return np.take(self.journeys.at, event)

    def _at_any(self, steps: tuple[Step, ...]) -> np.ndarray:
        """The events at the touchpoints of these steps."""
        touchpoints = np.logical_or.reduce([step.touchpoints for step in steps])
        return by_touchpoint(self.journeys).events(touchpoints)


def _best(journey: np.ndarray, found: np.ndarray) -> np.ndarray:
    """The best attempt of each journey that has any."""
    reached = found != FAR
    furthest = (reached * np.arange(1, len(found) + 1)[:, None]).max(axis=0)
    score = furthest * (len(found) + 1) + reached.sum(axis=0)
    first = np.flatnonzero(changes(journey))
    if not len(first):
        return first
    top = np.maximum.reduceat(score, first)
    is_top = np.flatnonzero(score == np.repeat(top, np.diff(np.append(first, len(journey)))))
    return np.compress(changes(journey[is_top]), is_top)
