"""What the model says about the fields of a part, for maps that do not fit it just now."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import get_args, get_origin

from pydantic import JsonValue

from cjm_notebooks.maps.part import Part

Fields = dict[str, JsonValue]


@cache
def lists_of(part: type[Part]) -> tuple[str, ...]:
    """The fields of `part` that hold lists of parts."""
    return tuple(
        str(field.alias)
        for field in part.model_fields.values()
        if get_origin(field.annotation) is tuple and _part_in(field.annotation)
    )


def in_order(fields: Fields, part: type[Part]) -> Fields:
    """`fields` in the order of the model, what it does not know behind them."""
    inside = _parts_inside(part)
    known = [name for name in inside if name in fields]
    others = sorted(name for name in fields if name not in inside)
    return {name: _value_in_order(fields[name], inside.get(name)) for name in [*known, *others]}


def _value_in_order(value: JsonValue, part: type[Part] | None) -> JsonValue:
    if part is not None and isinstance(value, dict):
        return in_order(value, part)
    if isinstance(value, list):
        return [_value_in_order(one, part) for one in value]
    return value


@cache
def _parts_inside(part: type[Part]) -> dict[str, type[Part] | None]:
    return {str(one.alias): _part_in(one.annotation) for one in part.model_fields.values()}


def _part_in(annotation: object) -> type[Part] | None:
    return next(_parts(annotation), None)


def _parts(annotation: object) -> Iterator[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for inner in get_args(annotation):
        yield from _parts(inner)
