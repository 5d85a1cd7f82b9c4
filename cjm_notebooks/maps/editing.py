"""Small changes of a map, as the editor makes them, so that a line of Python can make them too.

An operation is an object in JSON: `set` a field, `insert` into a list, `move` to a list, `remove`.
Places are steps joined by `/`: `stages/browse/name`, `touchpoints/home/pain_points/0/text`.
Touchpoints are named without their stage; the step after a list of parts with ids is the id
(`id~2` for the second with the same one), after any other list a position from 0. An operation
whose place is not there changes nothing, since somebody else may have removed it meanwhile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, reduce
from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict, get_args

from pydantic import JsonValue

from cjm_notebooks.maps.part import Part

if TYPE_CHECKING:
    from cjm_notebooks.maps.journey_map import JourneyMap

Fields = dict[str, JsonValue]
Steps = tuple[str | int, ...]


class Operation(TypedDict):
    """One small change: `at` for `set`, `move`, `remove`, `into` for `insert` and `move`."""

    op: Literal["set", "insert", "move", "remove"]
    at: NotRequired[str]
    into: NotRequired[str]
    value: NotRequired[JsonValue]
    before: NotRequired[str | None]


def edited(journey_map: JourneyMap, operations: Iterable[Operation]) -> JourneyMap:
    """The map after the operations, one after another.

    Raises  MapError when the result is no map, with the place and the cure
    """
    fields = journey_map.fields()
    return type(journey_map).from_fields(edited_fields(fields, operations))


def edited_fields(fields: Fields, operations: Iterable[Operation]) -> Fields:
    """The same on the fields of a file, whether they are a map or not yet."""
    return reduce(_applied, operations, fields)


def value_at_place(fields: Fields, place: str) -> JsonValue:
    """What stands there, None where nothing does."""
    steps = _located(fields, place)
    return None if steps is None else _value_at(fields, steps)


def _applied(fields: Fields, operation: Operation) -> Fields:
    match operation["op"]:
        case "set":
            return _set(fields, operation.get("at", ""), operation.get("value"))
        case "remove":
            return _set(fields, operation.get("at", ""), None)
        case "insert":
            return _insert(fields, operation)
        case "move":
            return _move(fields, operation)


def _set(fields: Fields, place: str, value: JsonValue) -> Fields:
    steps = _located(fields, place)
    if steps is None:
        return fields
    if not steps:
        return value if isinstance(value, dict) else fields
    return _whole(_replaced(fields, steps, value))


def _insert(fields: Fields, operation: Operation) -> Fields:
    steps = _located(fields, operation.get("into", ""))
    entries = None if not steps else _value_at(fields, steps)
    if not steps or not isinstance(entries, list | None):
        return fields
    grown = list(entries or [])
    grown.insert(_position(grown, steps, operation.get("before")), operation.get("value"))
    return _whole(_replaced(fields, steps, grown))


def _move(fields: Fields, operation: Operation) -> Fields:
    origin = _located(fields, operation.get("at", ""))
    target = _located(fields, operation.get("into", ""))
    if not origin or not target or not isinstance(own := origin[-1], int):
        return fields
    entries = _value_at(fields, target)
    if not isinstance(entries, list | None):
        return fields
    position = _position(entries or [], target, operation.get("before"))
    within = origin[:-1] == target
    moved = _value_at(fields, origin)
    rest = _replaced(fields, origin, None)
    grown = _value_at(rest, target)
    grown = list(grown) if isinstance(grown, list) else []
    grown.insert(position - 1 if within and position > own else position, moved)
    return _whole(_replaced(rest, target, grown))


def _whole(value: JsonValue) -> Fields:
    return value if isinstance(value, dict) else {}


def _position(entries: Sequence[JsonValue], steps: Steps, before: str | None) -> int:
    if before is None:
        return len(entries)
    place = _position_of(entries, before, steps)
    return len(entries) if place is None else place


def _located(fields: Fields, place: str) -> Steps | None:
    """The way to `place`, None where a part on it is not there; its last field may be absent."""
    given = place.split("/") if place else []
    steps: list[str | int] = []
    if given[:1] == ["touchpoints"]:
        found = _touchpoint(fields, given[1] if len(given) > 1 else "")
        if found is None:
            return None
        steps, given = list(found), given[2:]
    value = _value_at(fields, steps)
    for step in given:
        if isinstance(value, list):
            position = _position_of(value, step, steps)
            if position is None or position == len(value):
                return None
            steps.append(position)
            value = value[position]
        elif value is None or isinstance(value, dict):
            steps.append(step)
            value = value.get(step) if isinstance(value, dict) else None
        else:
            return None
    return tuple(steps)


def _touchpoint(fields: Fields, key: str) -> Steps | None:
    places = [
        (("stages", number, "touchpoints", position), touchpoint)
        for number, stage in enumerate(_entries(fields.get("stages")))
        for position, touchpoint in enumerate(_entries(_inside(stage).get("touchpoints")))
    ]
    keys = _keys(touchpoint for _, touchpoint in places)
    return next((steps for (steps, _), own in zip(places, keys, strict=True) if own == key), None)


def _entries(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []


def _inside(value: JsonValue) -> Fields:
    return value if isinstance(value, dict) else {}


def _keys(entries: Iterable[JsonValue]) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for entry in entries:
        id_ = str(_inside(entry).get("id", ""))
        seen[id_] += 1
        yield id_ if seen[id_] == 1 else f"{id_}~{seen[id_]}"


def _position_of(entries: Sequence[JsonValue], step: str, steps: Sequence[str | int]) -> int | None:
    if _is_keyed(steps):
        return next((at for at, key in enumerate(_keys(entries)) if key == step), None)
    position = int(step) if step.isascii() and step.isdigit() else len(entries) + 1
    return position if position <= len(entries) else None


def _is_keyed(steps: Sequence[str | int]) -> bool:
    if len(steps) == 1:
        return steps[0] in _keyed_lists()
    return len(steps) == 3 and steps[2] == "touchpoints"


@cache
def _keyed_lists() -> frozenset[str]:
    """The lists of a map whose entries must have an id."""
    from cjm_notebooks.maps.journey_map import JourneyMap

    return frozenset(
        str(field.alias)
        for field in JourneyMap.model_fields.values()
        for entry in get_args(field.annotation)[:1]
        if isinstance(entry, type) and issubclass(entry, Part) and _must_have_an_id(entry)
    )


def _must_have_an_id(part: type[Part]) -> bool:
    field = part.model_fields.get("id")
    return field is not None and field.is_required()


def _value_at(value: JsonValue, steps: Iterable[str | int]) -> JsonValue:
    for step in steps:
        if isinstance(value, list) and isinstance(step, int):
            value = value[step]
        elif isinstance(value, Mapping) and isinstance(step, str):
            value = value.get(step)
        else:
            return None
    return value


def _replaced(value: JsonValue, steps: Steps, new: JsonValue) -> JsonValue:
    """`value` with `new` at the end of `steps`, None takes it out; objects on the way are made."""
    if not steps:
        return new
    step, rest = steps[0], steps[1:]
    if isinstance(value, list) and isinstance(step, int):
        inner = _replaced(value[step], rest, new)
        gone = not rest and new is None
        return [*value[:step], *([] if gone else [inner]), *value[step + 1 :]]
    before = _inside(value)
    inner = _replaced(before.get(str(step)), rest, new)
    if inner is None:
        kept = {name: one for name, one in before.items() if name != step}
        return kept if kept or value is not None else None
    return {**before, str(step): inner}
