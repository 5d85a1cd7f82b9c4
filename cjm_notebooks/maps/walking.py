"""Every part of a map with its place, and every id by which one part refers to another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import get_args

from cjm_notebooks.maps.part import Part
from cjm_notebooks.maps.values import RefersTo


@dataclass(frozen=True)
class Reference:
    """The field at `place` holds `id`, which is to be the id of a part of the given kind."""

    place: str
    id: str
    kind: str


def parts_in(part: Part, place: str = "") -> Iterator[tuple[str, Part]]:
    """`part` itself and all parts inside it, in the order of the file."""
    yield place, part
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        step = f"{place}.{field.alias}".removeprefix(".")
        if isinstance(value, Part):
            yield from parts_in(value, step)
        elif isinstance(value, tuple):
            for number, entry in enumerate(value):
                if isinstance(entry, Part):
                    yield from parts_in(entry, f"{step}[{number}]")


def references_in(part: Part) -> Iterator[Reference]:
    """The references anywhere inside `part`."""
    for place, inner in parts_in(part):
        for name, alias, kind in _referring_fields(type(inner)):
            value = getattr(inner, name)
            step = f"{place}.{alias}".removeprefix(".")
            if isinstance(value, str):
                yield Reference(step, value, kind)
            elif value:
                for number, id_ in enumerate(value):
                    yield Reference(f"{step}[{number}]", id_, kind)


@cache
def _referring_fields(model: type[Part]) -> tuple[tuple[str, str, str], ...]:
    """Name, name in the file, and kind referred to, of each field that holds ids."""
    found = []
    for name, field in model.model_fields.items():
        for marker in (*field.metadata, *_markers(field.annotation)):
            if isinstance(marker, RefersTo):
                found.append((name, str(field.alias), marker.kind))
    return tuple(found)


def _markers(annotation: object) -> Iterator[object]:
    yield from getattr(annotation, "__metadata__", ())
    for inner in get_args(annotation):
        yield from _markers(inner)
