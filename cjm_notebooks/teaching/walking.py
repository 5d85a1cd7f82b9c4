"""Customers on their way through a journey that is stated step by step.

A step says what is recorded, how likely it is, after how long, and who goes no further. The walk
takes all customers through one step at a time, so that a million of them are as many numbers in a
few arrays. A planted fact is a number in a step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from cjm_notebooks.teaching.draws import Draws, Floats, Ints, Marks, Wait, chosen

HOUR = 3_600
DAY = 24 * HOUR
WEEK = 7 * DAY


@dataclass(frozen=True)
class Chance:
    """How likely something is: `base`, and what each mark of the customer adds to it.

    A mark is a segment's value, such as `tenure=new`, or an event that was recorded before. `weeks`
    add by the week of the data, the last of them for all later weeks; `hours` by the hour (UTC).
    """

    base: float
    plus: Mapping[str, float] = field(default_factory=dict)
    weeks: tuple[float, ...] = ()
    hours: Mapping[int, float] = field(default_factory=dict)

    def of(self, walk: Walk) -> Floats:
        """float64, (customers,)."""
        chance = np.full(walk.customers, self.base)
        for mark, more in self.plus.items():
            chance = chance + more * walk.has(mark)
        if self.weeks:
            week = np.minimum(walk.clock // WEEK, len(self.weeks) - 1)
            chance = chance + np.array(self.weeks)[week]
        if self.hours:
            by_hour = np.array([self.hours.get(hour, 0.0) for hour in range(24)])
            chance = chance + by_hour[walk.clock % DAY // HOUR]
        return chance


ALWAYS, NEVER = Chance(1.0), Chance(0.0)
AT_ONCE = Wait((5, 40, 120))


@dataclass(frozen=True)
class Step:
    """One thing that is recorded.

    Who is on the way and `needs` no mark that is missing does it with `chance`, `wait` after the
    event before; then `leave` is the chance to go no further. `channels` are taken in these shares.
    What happens `aside` is recorded beside the way: the next wait counts from the event before it.
    """

    event: str
    channels: Mapping[str, float]
    chance: Chance = ALWAYS
    wait: Wait = AT_ONCE
    leave: Chance = NEVER
    needs: str = ""
    aside: bool = False


@dataclass(frozen=True)
class Recorded:
    """One step as it was recorded: who, at which second since the data begin, by which channel."""

    event: str
    who: Ints
    at: Ints
    channel: Ints
    channels: tuple[str, ...]


@dataclass(frozen=True)
class Strewn:
    """Events that happen `beside` others, each with the one it happens beside.

    Together with those that are `counted` they come to the `share` of all events.
    """

    share: float
    beside: Mapping[str, str]
    counted: tuple[str, ...] = ()


@dataclass
class Walk:
    """All customers, where they are by now and what they have behind them.

    Attributes
    ----------
    clock
        int64, (customers,). Seconds since the data begin, at the last event on the way.
    on
        bool, (customers,). Still on the way.
    marks
        bool, (customers,) by name.
    """

    draws: Draws
    clock: Ints
    on: Marks
    marks: dict[str, Marks]
    recorded: list[Recorded] = field(default_factory=list)

    @property
    def customers(self) -> int:
        return self.draws.customers

    def has(self, mark: str) -> Marks:
        return self.marks[mark]

    def happens(self, chance: Chance, purpose: str) -> Marks:
        """bool, (customers,)."""
        return np.asarray(self.draws.uniform(purpose) < chance.of(self), np.bool_)

    def times(self, event: str) -> Recorded:
        """Every time it was recorded."""
        same = [one for one in self.recorded if one.event == event]
        return replace(
            same[0],
            who=np.concatenate([one.who for one in same]),
            at=np.concatenate([one.at for one in same]),
            channel=np.concatenate([one.channel for one in same]),
        )

    def strew(self, strewn: Strewn) -> None:
        """Record what happens beside other events until it has its share of all."""
        names = {*strewn.beside, *strewn.counted}
        here = sum(len(one.who) for one in self.recorded if one.event in names)
        rest = sum(len(one.who) for one in self.recorded) - here
        missing = max(round(strewn.share / (1 - strewn.share) * rest) - here, 0)
        anchors = [self.times(anchor) for anchor in strewn.beside.values()]
        ends = np.cumsum([len(one.who) for one in anchors])
        row = np.floor(self.draws.uniform("strewn", missing) * ends[-1]).astype(np.int64)
        part = np.searchsorted(ends, row, side="right")
        later = np.floor(self.draws.uniform("strewn later", missing) * 50).astype(np.int64) + 3
        for place, (event, anchor) in enumerate(zip(strewn.beside, anchors, strict=True)):
            mine = part == place
            at = row[mine] - (ends[place] - len(anchor.who))
            when, channel = anchor.at[at] + later[mine], anchor.channel[at]
            self.recorded.append(Recorded(event, anchor.who[at], when, channel, anchor.channels))

    def take(self, step: Step, number: int) -> None:
        purpose = f"{number} {step.event}"
        does = self.on & self.happens(step.chance, f"{purpose} chance")
        if step.needs:
            does &= self.has(step.needs)
        at = self.clock + step.wait.of(self.draws.uniform(f"{purpose} wait"))
        who = np.flatnonzero(does)
        way = chosen(tuple(step.channels.values()), self.draws.uniform(f"{purpose} channel")[who])
        self.recorded.append(Recorded(step.event, who, at[who], way, tuple(step.channels)))
        self.marks[step.event] = self.marks.get(step.event, np.zeros_like(does)) | does
        if not step.aside:
            self.clock = np.where(does, at, self.clock)
        self.on &= ~(does & self.happens(step.leave, f"{purpose} leave"))


def walked(draws: Draws, start: Ints, marks: Mapping[str, Marks], steps: Sequence[Step]) -> Walk:
    """All customers from `start` to where each one's journey ends."""
    walk = Walk(draws, start.copy(), np.ones(draws.customers, bool), dict(marks))
    for number, step in enumerate(steps):
        walk.take(step, number)
    return walk


def starts(draws: Draws, days: int, hours: Sequence[int]) -> Ints:
    """int64, (customers,). A second within the first `days`; `hours` weigh the 24 of a day."""
    day = np.floor(draws.uniform("day") * days).astype(np.int64)
    share = tuple(float(weight) / sum(hours) for weight in hours)
    hour = chosen(share, draws.uniform("hour"))
    second = np.floor(draws.uniform("second") * HOUR).astype(np.int64)
    return np.asarray(day * DAY + hour * HOUR + second, np.int64)


@dataclass(frozen=True)
class Dependent:
    """A segment whose shares hang on the value that a customer has in another one."""

    on: str
    shares: Mapping[str, Mapping[str, float]]


Segment = Mapping[str, float] | Dependent


def values_of(segment: Segment) -> tuple[str, ...]:
    shares = next(iter(segment.shares.values())) if isinstance(segment, Dependent) else segment
    return tuple(shares)


def drawn(draws: Draws, segments: Mapping[str, Segment]) -> dict[str, Ints]:
    """int64, (customers,) by segment: which of its values each customer has."""
    places: dict[str, Ints] = {}
    for name, segment in segments.items():
        uniform = draws.uniform(f"segment {name}")
        if isinstance(segment, Dependent):
            each = [chosen(tuple(of.values()), uniform) for of in segment.shares.values()]
            places[name] = np.choose(places[segment.on], each)
        else:
            places[name] = chosen(tuple(segment.values()), uniform)
    return places


def marks_of(places: Mapping[str, Ints], segments: Mapping[str, Segment]) -> dict[str, Marks]:
    """`tenure=new` and the like, bool, (customers,)."""
    return {
        f"{name}={value}": np.asarray(places[name] == place, np.bool_)
        for name, segment in segments.items()
        for place, value in enumerate(values_of(segment))
    }
