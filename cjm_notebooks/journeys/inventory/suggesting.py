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
    rows = counted.recorded.combinations
    by_name: dict[tuple[bool, Name], list[int]] = defaultdict(list)
    for kind in np.flatnonzero(~counted.is_claimed & (counted.tallies.events > 0)).tolist():
        name = rows[int(counted.combination[kind])]["event"]
        if isinstance(name, (str, int, float)):
            by_name[isinstance(name, bool), name].append(kind)
    events = {key: int(counted.tallies.events[kinds].sum()) for key, kinds in by_name.items()}
    frequent = sorted(by_name, key=lambda key: (-events[key], str(key[1])))[:MOST_NAMES]
    number = np.full(len(counted.combination), NONE, dtype=np.int32)
    for place, key in enumerate(frequent):
        number[by_name[key]] = place
    neighbours = Neighbours(
        counted,
        names=len(frequent),
        name=number[counted.kind],
        place=counted.labels.touchpoint[counted.kind],
    )
    return [name for _, name in frequent], neighbours


@dataclass(frozen=True, eq=False)
class _Weighing:
    counted: Counted
    names: list[Name]
    neighbours: Neighbours

    @cached_property
    def words(self) -> Names:
        every_name = {str(row["event"]) for row in self.counted.recorded.combinations}
        return Names.of(every_name, self.counted.journey_map.touchpoints)

    def all_of(self, number: int) -> Iterator[Suggestion]:
        """Every touchpoint for which something speaks."""
        strays, alike = self.neighbours.strays, self.words.places_like(str(self.names[number]))
        for place, touchpoint in enumerate(self.counted.journey_map.touchpoints):
            reasons = (
                *([self._of_name(number, place)] if place in alike else []),
                self._of_company(number, place),
                self._of_position(number, place),
            )
            enough = tuple(one for one in reasons if one.strength >= LEAST_OF_A_REASON)
            strength = round(together(enough), DECIMALS)
            if strength >= WORDS["weak"]:
                yield Suggestion(
                    event=self.names[number],
                    touchpoint=touchpoint.id,
                    strength=strength,
                    reasons=enough,
                    events=int(strays.events[number]),
                    customers=int(strays.starts[number + 1] - strays.starts[number]),
                )

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
        return self.counted.journey_map.touchpoints[place].name
