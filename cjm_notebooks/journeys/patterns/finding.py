"""Finding a pattern in all journeys at once, one event further with each step."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.endings import endings
from cjm_notebooks.journeys.patterns.automaton import ANY_TIME, FOREVER, Automaton, Feed
from cjm_notebooks.journeys.patterns.compiling import compiled
from cjm_notebooks.journeys.patterns.pattern import Pattern
from cjm_notebooks.journeys.patterns.reading import parse
from cjm_notebooks.journeys.tables import NONE, UNKNOWN_TIME

FEW = 12


@dataclass(frozen=True, eq=False)
class Found:
    """Where a pattern holds.

    The first match of a journey is the one that is complete first; of several that are complete
    with the same event it is the one that begins last, hence the shortest. The next match begins
    behind it.

    Attributes
    ----------
    matches
        int64, (journeys,). How many matches there are that share no event.
    began
        bool, (journeys,). An event is there that a match can begin with.
    first_at, last_at
        int64, (journeys,). UTC microseconds of the first and the last event of the first match,
        `UNKNOWN_TIME` without one.
    """

    matches: np.ndarray
    began: np.ndarray
    first_at: np.ndarray
    last_at: np.ndarray

    @property
    def holds(self) -> np.ndarray:
        """bool, (journeys,)."""
        return self.matches > 0


def matches(pattern: Pattern | str, journeys: Journeys) -> np.ndarray:
    """bool, (journeys,). Whether the pattern holds somewhere in the journey.

    Raises  ParameterError when the pattern cannot be read or names what the map does not have
    """
    return find(pattern, journeys).holds


def find(pattern: Pattern | str, journeys: Journeys) -> Found:
    """How often and where the pattern holds in each journey.

    It is looked for in the events up to the outcome and, last, the outcome itself.

    Raises  ParameterError when the pattern cannot be read or names what the map does not have
    """
    said = parse(pattern) if isinstance(pattern, str) else pattern
    return _Search(compiled(said, journeys.map), journeys).run()


class _Search:
    """All journeys in step: longest first, so that those that go on are always the first rows.

    For each element of the pattern and each journey `alive` holds the latest step, counted from 1,
    at which a match can have begun that has come to this element with this event, 0 where there is
    none. The latest beginning makes the shortest match, and is all that a bound on the time of the
    whole match has to know.
    """

    def __init__(self, automaton: Automaton, journeys: Journeys) -> None:
        end, reached = endings(journeys), journeys.outcome != NONE
        events = end.last - journeys.first + 1
        self.automaton = automaton
        self.order = np.argsort(-(events + reached), kind="stable")
        self.at, self.touchpoint = journeys.at, journeys.touchpoint
        self.first, self.events = journeys.first[self.order], events[self.order]
        self.is_open, self.has_outcome = journeys.is_open[self.order], reached[self.order]
        self.outcome_at = journeys.outcome_at[self.order]
        self.outcome = journeys.outcome[self.order] + len(journeys.stage_of_touchpoint)
        self.steps = self.events + self.has_outcome
        self.matches = np.zeros(len(events), np.int64)
        self.began, self.begin, self.end = np.zeros((3, len(events)), np.int32)

    def run(self) -> Found:
        lasting = (len(self.steps) - np.cumsum(np.bincount(self.steps))).tolist()
        alive = np.zeros((len(self.automaton.takes), len(self.steps)), np.int32)
        for step, (here, going_on) in enumerate(pairwise(lasting), 1):
            if here <= FEW and step > 1:
                for row in range(here):
                    self.go_on_alone(row, alive[:, row].tolist(), step)
                break
            alive = self.after(alive[:, :here], step, going_on)
            self.record(alive, step, going_on)
        return self.found()

    def after(self, alive: np.ndarray, step: int, going_on: int) -> np.ndarray:
        """What is alive after one event more; rows from `going_on` on are at their last one."""
        here = alive.shape[1]
        place = self.touchpoint.take(self.first[:here] + (step - 1), mode="clip")
        if going_on < here:
            last = slice(going_on, here)
            place[last] = np.where(self.has_outcome[last], self.outcome[last], place[last])
        led = [self.led(alive, feed, step) for feed in self.automaton.feeds]
        next_ = np.zeros_like(alive)
        for element, feeds in enumerate(self.automaton.fed_by):
            for feed in feeds:
                np.maximum(next_[element], led[feed], out=next_[element])
        if step == 1 or not self.automaton.from_start:
            next_[self.automaton.begins] = step
        next_ *= self.automaton.takes.take(place, axis=1)
        return np.asarray(next_)

    def led(self, alive: np.ndarray, feed: Feed, step: int) -> np.ndarray:
        """The latest beginning of the matches that this feed leads on to the present event."""
        latest: np.ndarray = alive[feed.elements[0]]
        if len(feed.elements) > 1:
            latest = alive[list(feed.elements)].max(axis=0)
        if feed.limits == ANY_TIME:
            return latest
        rows = np.arange(alive.shape[1])
        took = self.moment(rows, step) - self.moment(rows, step - 1)
        low, high = feed.limits
        return np.asarray(latest * ((took >= low) & (took <= high)))

    def record(self, alive: np.ndarray, step: int, going_on: int) -> None:
        """Note the matches that are complete with this event; what they hold is used up."""
        for element in self.automaton.begins:
            began = self.began[: alive.shape[1]]
            np.maximum(began, alive[element], out=began)
        ends = alive[self.automaton.ends]
        begin = ends[0] if len(ends) == 1 else ends.max(axis=0)
        if self.automaton.to_end:
            begin[:going_on] = 0
            begin[self.is_open[: len(begin)]] = 0
        rows = np.flatnonzero(begin)
        if self.automaton.within < FOREVER:
            took = self.moment(rows, step) - self.moment(rows, begin[rows])
            rows = rows[took <= self.automaton.within]
        first = rows[self.matches[rows] == 0]
        self.begin[first], self.end[first] = begin[first], step
        self.matches[rows] += 1
        alive[:, rows] = 0

    def go_on_alone(self, row: int, alive: list[int], step: int) -> None:
        """The rest of one journey, event by event: for the few much longer than all others.

        Where only a few journeys go on, a call of numpy costs more than their events.
        """
        steps = np.arange(1, self.steps[row] + 1)
        at = self.moment(np.full(len(steps), row), steps).tolist()
        first, events = int(self.first[row]), int(self.events[row])
        places = self.touchpoint[first + step - 1 : first + events].tolist()
        places += [int(self.outcome[row])] * (len(steps) - max(events, step - 1))
        for here, place in enumerate(places, step):
            took, before, alive = at[here - 1] - at[here - 2], alive, [0] * len(alive)
            led, begun = self.automaton.at_place[place]
            for element, moves in led:
                alive[element] = max(
                    [before[from_] for from_, low, high in moves if low <= took <= high], default=0
                )
            for element in begun:
                alive[element] = here
            self.began[row] = max(self.began[row], len(begun))
            begin = max(alive[element] for element in self.automaton.ends)
            if begin and self.is_whole(row, here, at[here - 1] - at[begin - 1]):
                if not self.matches[row]:
                    self.begin[row], self.end[row] = begin, here
                self.matches[row] += 1
                alive = [0] * len(alive)

    def is_whole(self, row: int, step: int, took: int) -> bool:
        too_early = self.automaton.to_end and (step < self.steps[row] or self.is_open[row])
        return not too_early and took <= self.automaton.within

    def moment(self, rows: np.ndarray, step: np.ndarray | int) -> np.ndarray:
        """int64, (rows,). UTC microseconds of one step of each of these journeys."""
        recorded = self.at.take(self.first[rows] + step - 1, mode="clip")
        return np.asarray(np.where(step > self.events[rows], self.outcome_at[rows], recorded))

    def found(self) -> Found:
        place = np.empty_like(self.order)
        place[self.order] = np.arange(len(self.order))
        holds = self.matches > 0
        rows = np.arange(len(self.order))
        first_at = np.where(holds, self.moment(rows, self.begin), UNKNOWN_TIME)
        last_at = np.where(holds, self.moment(rows, self.end), UNKNOWN_TIME)
        return Found(self.matches[place], self.began[place] > 0, first_at[place], last_at[place])
