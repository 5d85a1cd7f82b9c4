"""From unclaimed events to touchpoints where they may belong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cjm_notebooks.journeys.inventory.counted import Counted
from cjm_notebooks.journeys.inventory.neighbours import Neighbours
from cjm_notebooks.journeys.tables import NONE
from cjm_notebooks.maps import Touchpoint
from cjm_notebooks.matching.likeness import Names
from cjm_notebooks.matching.suggestions import (
    LEAST_OF_A_REASON,
    WORDS,
    Reason,
    Suggestion,
    together,
)

MOST_NAMES = 500
MOST_OF_A_NAME = 3
DECIMALS = 6
Name = str | int | float | bool


def suggestions_of(
    counted: Counted, refused: Collection[tuple[str, str]]
) -> tuple[Suggestion, ...]:
    """At most three touchpoints for each of the 500 most frequent unclaimed names."""
    if not counted.journey_map.touchpoints:
        return ()
    names, neighbours = _unclaimed(counted)
    weighing = _Weighing(counted, names, neighbours)
    left_out = {(str(event), touchpoint) for event, touchpoint in refused}
    found: list[Suggestion] = []
    for number in range(len(names)):
        fit = [one for one in weighing.all_of(number) if _key(one) not in left_out]
        found += sorted(fit, key=lambda one: (-one.strength, one.touchpoint))[:MOST_OF_A_NAME]
    order = sorted(found, key=lambda one: (-one.strength, -one.events, *_key(one)))
    return tuple(order)


def _key(suggestion: Suggestion) -> tuple[str, str]:
    return str(suggestion.event), suggestion.touchpoint


def _unclaimed(counted: Counted) -> tuple[list[Name], Neighbours]:
    """The most frequent unclaimed names, and which event has which of them."""
    recorded, tallies = counted.recorded, counted.tallies
    code, example = recorded.distinct(("event",))
    of_kind = code[counted.combination]
    free = ~counted.is_claimed & (tallies.events > 0)
    events = np.bincount(of_kind[free], tallies.events[free], minlength=len(example))
    frequent = np.lexsort((np.arange(len(example)), -events))[:MOST_NAMES]
    frequent = frequent[events[frequent] > 0]
    found = [(one, recorded.combinations[example[one]]["event"]) for one in frequent.tolist()]
    named = [(one, name) for one, name in found if isinstance(name, (str, int, float))]
    number = np.full(len(example), NONE, dtype=np.int32)
    number[[one for one, _ in named]] = np.arange(len(named))
    neighbours = Neighbours(
        counted,
        names=len(named),
        name=np.where(free, number[of_kind], NONE)[counted.kind],
        place=counted.labels.touchpoint[counted.kind],
    )
    return [name for _, name in named], neighbours


@dataclass(frozen=True, eq=False)
class _Weighing:
    counted: Counted
    names: list[Name]
    neighbours: Neighbours

    @cached_property
    def words(self) -> Names:
        recorded = self.counted.recorded
        _, example = recorded.distinct(("event",))
        every_name = [str(recorded.combinations[place]["event"]) for place in example.tolist()]
        return Names.of(every_name, self.touchpoints)

    @cached_property
    def touchpoints(self) -> tuple[Touchpoint, ...]:
        return self.counted.journey_map.touchpoints

    def all_of(self, number: int) -> Iterator[Suggestion]:
        """Every touchpoint for which enough speaks."""
        strays = self.neighbours.strays
        for place, reasons in sorted(self._reasons(number).items()):
            strength = round(together(reasons), DECIMALS)
            if strength >= WORDS["weak"]:
                yield Suggestion(
                    event=self.names[number],
                    touchpoint=self.touchpoints[place].id,
                    strength=strength,
                    reasons=tuple(reasons),
                    events=int(strays.events[number]),
                    customers=int(strays.starts[number + 1] - strays.starts[number]),
                )

    def _reasons(self, number: int) -> dict[int, list[Reason]]:
        """What speaks for each touchpoint, where anything does."""
        found: dict[int, list[Reason]] = defaultdict(list)
        for place in self.words.places_like(str(self.names[number])):
            reason = self._of_name(number, place)
            if reason.strength >= LEAST_OF_A_REASON:
                found[place].append(reason)
        ways = (
            (self.neighbours.by_company, self._of_company),
            (self.neighbours.by_position, self._of_position),
        )
        for strength, reason_of in ways:
            for place in np.flatnonzero(strength[number] >= LEAST_OF_A_REASON).tolist():
                found[place].append(reason_of(number, place))
        return found

    def _of_name(self, number: int, place: int) -> Reason:
        name = str(self.names[number])
        found = self.words.likeness(name, place)
        shared = " and ".join(f"`{word}`" for word in found.shared)
        words = f"`{name}` is named like `{found.name}`, through {shared}."
        return Reason("name", round(found.strength, DECIMALS), words)

    def _of_company(self, number: int, place: int) -> Reason:
        neighbours = self.neighbours
        strength = float(neighbours.by_company[number, place])
        beside, chance = (
            neighbours.beside[number, place],
            neighbours.beside_by_chance[number, place],
        )
        mine, everyone = neighbours.shared
        words = (
            f"{beside:.0%} of its events stand right beside `{self._called(place)}`, where "
            f"{chance:.0%} would by chance; {mine[number, place]:.0%} of its customers come there, "
            f"and {everyone[place]:.0%} of all."
        )
        return Reason("together", round(strength, DECIMALS), words)

    def _of_position(self, number: int, place: int) -> Reason:
        strength = float(self.neighbours.by_position[number, place])
        planned, was_seen = self.neighbours.planned
        there = "is at" if was_seen[place] else "has no event yet and stands on the map at"
        words = (
            f"Customers first have it {self.neighbours.course.mean[number]:.0%} of the way through "
            f"what they do; `{self._called(place)}` {there} {planned[place]:.0%}."
        )
        return Reason("position", round(strength, DECIMALS), words)

    def _called(self, place: int) -> str:
        return self.touchpoints[place].name
