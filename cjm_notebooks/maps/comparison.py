"""What differs between two maps, or two versions of one: by id, so that a move is a move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from pydantic import JsonValue

from cjm_notebooks.maps.journey_map import JourneyMap
from cjm_notebooks.maps.part import Named
from cjm_notebooks.maps.reading_errors import shortened, shown

Kind = Literal["map", "stage", "touchpoint", "outcome"]
COMPARED_ON_THEIR_OWN = {"schema_version", "id", "stages", "touchpoints", "outcomes"}


@dataclass(frozen=True)
class Subject:
    """The part of the map that a difference is about."""

    kind: Kind
    id: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind} `{self.id}` ({shortened(self.name)})"


@dataclass(frozen=True)
class Place:
    """Where a part stands: its number among its neighbours, and its stage if it has one."""

    number: int
    stage: str | None = None

    def __str__(self) -> str:
        return f"place {self.number}" + (f" of `{self.stage}`" if self.stage else "")


@dataclass(frozen=True)
class Moved:
    """A part that left the order of its neighbours, or its stage."""

    subject: Subject
    before: Place
    after: Place

    def __str__(self) -> str:
        return f"The {self.subject} moved from {self.before} to {self.after}."


@dataclass(frozen=True)
class Changed:
    """One field that differs; `field` is a path such as `expectation.text`."""

    subject: Subject
    field: str
    before: JsonValue
    after: JsonValue

    def __str__(self) -> str:
        if isinstance(self.before, (list, dict)) or isinstance(self.after, (list, dict)):
            return f"The {self.subject} has other `{self.field}`."
        values = f"was {shown(self.before)} and is {shown(self.after)}"
        return f"The {self.subject}: `{self.field}` {values}."


@dataclass(frozen=True)
class MapComparison:
    """The way from the first map to the second."""

    added: tuple[Subject, ...]
    removed: tuple[Subject, ...]
    moved: tuple[Moved, ...]
    changed: tuple[Changed, ...]

    def in_words(self) -> tuple[str, ...]:
        """One sentence for each difference; none where the maps say the same."""
        return (
            *(f"The {subject} is new." for subject in self.added),
            *(f"The {subject} is gone." for subject in self.removed),
            *map(str, self.moved),
            *map(str, self.changed),
        )


@dataclass(frozen=True)
class _Standing:
    """A part of one of the maps, and where it stands there."""

    part: Named
    kind: Kind
    place: Place

    @property
    def subject(self) -> Subject:
        return Subject(self.kind, self.part.id, self.part.name)


Standings = Mapping[tuple[Kind, str], _Standing]
Lane = tuple[Kind, str | None]


def compare(before: JourneyMap, after: JourneyMap) -> MapComparison:
    """What became of `before` on the way to `after`."""
    old, new = (
        {(standing.kind, standing.part.id): standing for standing in _standings(journey_map)}
        for journey_map in (before, after)
    )
    whole = _Standing(after, "map", Place(1))
    kept = [(standing.part, new[key]) for key, standing in old.items() if key in new]
    return MapComparison(
        added=tuple(new[key].subject for key in new if key not in old),
        removed=tuple(old[key].subject for key in old if key not in new),
        moved=tuple(_moves(old, new)),
        changed=tuple(
            change
            for part, standing in [(before, whole), *kept]
            for change in _changes(part, standing)
        ),
    )


def _standings(journey_map: JourneyMap) -> Iterator[_Standing]:
    for number, stage in enumerate(journey_map.stages, 1):
        yield _Standing(stage, "stage", Place(number))
        for position, touchpoint in enumerate(stage.touchpoints, 1):
            yield _Standing(touchpoint, "touchpoint", Place(position, stage.id))
    for number, outcome in enumerate(journey_map.outcomes, 1):
        yield _Standing(outcome, "outcome", Place(number))


def _moves(old: Standings, new: Standings) -> Iterator[Moved]:
    before, after = _ids_by_lane(old), _ids_by_lane(new)
    stayed = {
        (kind, id_)
        for kind, stage in after
        for id_ in _in_same_order(before[kind, stage], after[kind, stage])
    }
    for key, standing in new.items():
        if key in old and key not in stayed:
            yield Moved(standing.subject, old[key].place, standing.place)


def _ids_by_lane(standings: Standings) -> Mapping[Lane, list[str]]:
    lanes: dict[Lane, list[str]] = defaultdict(list)
    for standing in standings.values():
        lanes[standing.kind, standing.place.stage].append(standing.part.id)
    return lanes


def _in_same_order(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        yield from after[block.b : block.b + block.size]


def _changes(before: Named, standing: _Standing) -> Iterator[Changed]:
    old, new = (
        part.model_dump(mode="json", by_alias=True, exclude=COMPARED_ON_THEIR_OWN)
        for part in (before, standing.part)
    )
    for field, was, now in _differences(old, new):
        yield Changed(standing.subject, field, was, now)


def _differences(
    old: Mapping[str, JsonValue], new: Mapping[str, JsonValue], place: str = ""
) -> Iterator[tuple[str, JsonValue, JsonValue]]:
    for field in {**old, **new}:
        was, now = old.get(field), new.get(field)
        if isinstance(was, dict) and isinstance(now, dict):
            yield from _differences(was, now, f"{place}{field}.")
        elif was != now:
            yield f"{place}{field}", was, now
