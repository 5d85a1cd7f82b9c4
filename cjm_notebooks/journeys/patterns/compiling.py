"""From a pattern and a map to the automaton that is run over journeys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from itertools import pairwise

import numpy as np

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.patterns.automaton import ANY_TIME, FOREVER, Automaton, Feed, Limits
from cjm_notebooks.journeys.patterns.pattern import (
    At,
    Bound,
    Either,
    Element,
    Pattern,
    Repeat,
    Sequence,
)
from cjm_notebooks.journeys.patterns.places import Places
from cjm_notebooks.maps import JourneyMap

LONGEST = 100
MICROSECOND = timedelta(microseconds=1)


def compiled(pattern: Pattern, journey_map: JourneyMap) -> Automaton:
    """The automaton of a pattern over a map.

    Raises  ParameterError when the pattern names what the map does not have, holds without any
            event, or names more than 100 events
    """
    return _compiled(pattern, Places.on(journey_map))


@lru_cache(maxsize=64)
def _compiled(pattern: Pattern, places: Places) -> Automaton:
    _require_size(pattern)
    building = _Building(pattern, places)
    whole = building.part(pattern.element)
    if whole.skips:
        msg = (
            f"The pattern `{pattern}` holds where nothing happened. "
            "Name an event that has to be there, without `*` or `?`."
        )
        raise ParameterError(msg)
    fed_by = _fed_by(building.moves, len(building.takes))
    feeds = tuple(dict.fromkeys(feed for fed in fed_by for feed in fed))
    return Automaton(
        takes=np.array(building.takes, np.int32),
        begins=sorted({element for element, _ in whole.first}),
        ends=sorted({element for element, _ in whole.last}),
        feeds=feeds,
        fed_by=tuple(tuple(feeds.index(feed) for feed in fed) for fed in fed_by),
        within=FOREVER if pattern.within is None else pattern.within // MICROSECOND,
        from_start=pattern.from_start,
        to_end=pattern.to_end,
    )


def _fed_by(moves: Iterable[tuple[int, int, Limits]], elements: int) -> list[list[Feed]]:
    """For each element what can come before it, elements that lead on alike taken together."""
    before: list[defaultdict[Limits, list[int]]] = [defaultdict(list) for _ in range(elements)]
    for from_, to, limits in sorted(moves):
        before[to][limits].append(from_)
    return [[Feed(tuple(some), limits) for limits, some in one.items()] for one in before]


Reached = frozenset[tuple[int, Limits]]


@dataclass(frozen=True)
class _Part:
    """The elements a part can begin and end with, with the limits of the arrows skipped there.

    `skips` are the limits under which the part may be left out altogether; empty if it may not.
    """

    first: Reached
    last: Reached
    skips: frozenset[Limits]


class _Building:
    def __init__(self, pattern: Pattern, places: Places) -> None:
        self.pattern = pattern
        self.places = places
        self.takes: list[np.ndarray] = []
        self.moves: set[tuple[int, int, Limits]] = set()

    def part(self, element: Element) -> _Part:
        if isinstance(element, At):
            return self.one(self.takes_of(element))
        if isinstance(element, Either):
            return self.either(element)
        if isinstance(element, Repeat):
            return self.repeated(element)
        return self.sequence(element)

    def takes_of(self, element: At) -> np.ndarray:
        return self.places.of(element, self.pattern)

    def one(self, takes: np.ndarray) -> _Part:
        self.takes.append(takes)
        here = frozenset({(len(self.takes) - 1, ANY_TIME)})
        return _Part(here, here, frozenset())

    def either(self, element: Either) -> _Part:
        single = [part for part in element.parts if isinstance(part, At)]
        others = [self.part(part) for part in element.parts if not isinstance(part, At)]
        if single:
            others.append(self.one(np.any([self.takes_of(part) for part in single], axis=0)))
        return _Part(
            first=frozenset().union(*(part.first for part in others)),
            last=frozenset().union(*(part.last for part in others)),
            skips=frozenset().union(*(part.skips for part in others)),
        )

    def sequence(self, element: Sequence) -> _Part:
        whole = self.part(element.parts[0])
        for bound, each in zip(element.bounds, element.parts[1:], strict=True):
            step, part = _limits(bound), self.part(each)
            self.move(whole.last, part.first, step)
            whole = _Part(
                first=whole.first | _skipping(part.first, whole.skips, step),
                last=part.last | _skipping(whole.last, part.skips, step),
                skips=frozenset(_meet(a, step, b) for a in whole.skips for b in part.skips),
            )
        return whole

    def repeated(self, element: Repeat) -> _Part:
        times = max(element.least, 1) if element.most is None else element.most
        copies = [self.part(element.part) for _ in range(times)]
        for one, after in pairwise(copies):
            self.move(one.last, after.first, ANY_TIME)
        if element.most is None:
            self.move(copies[-1].last, copies[-1].first, ANY_TIME)
        enough = 1 if copies[0].skips else max(element.least, 1)
        optional = frozenset({ANY_TIME}) if element.least == 0 else copies[0].skips
        return _Part(
            first=copies[0].first,
            last=frozenset().union(*(part.last for part in copies[enough - 1 :])),
            skips=optional,
        )

    def move(self, from_: Reached, to: Reached, step: Limits) -> None:
        for start, before in from_:
            for end, after in to:
                low, high = _meet(before, step, after)
                if low <= high:
                    self.moves.add((start, end, (low, high)))


def _limits(bound: Bound | None) -> Limits:
    if bound is None:
        return ANY_TIME
    length = bound.length // MICROSECOND
    return {
        "<": (0, length - 1),
        "<=": (0, length),
        ">": (length + 1, FOREVER),
        ">=": (length, FOREVER),
    }[bound.sign]


def _meet(*limits: Limits) -> Limits:
    return max(low for low, _ in limits), min(high for _, high in limits)


def _skipping(reached: Reached, skips: frozenset[Limits], step: Limits) -> Reached:
    """What is reached over a part that is left out, under the limits of all arrows on the way."""
    return frozenset(
        (element, _meet(limits, step, skip)) for element, limits in reached for skip in skips
    )


def _require_size(pattern: Pattern) -> None:
    size = _size(pattern.element)
    if size > LONGEST:
        msg = (
            f"The pattern `{pattern}` names {size} events when its repeats are written out. "
            f"Name at most {LONGEST}; `*` and `...` count once."
        )
        raise ParameterError(msg)


def _size(element: Element) -> int:
    if isinstance(element, At):
        return 1
    if isinstance(element, Repeat):
        return _size(element.part) * (element.most or max(element.least, 1))
    return sum(_size(part) for part in element.parts)
