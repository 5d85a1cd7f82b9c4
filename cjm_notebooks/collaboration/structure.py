"""A map as shared types, the same that the editor makes in `extension/src/shared`.

`map` holds the fields of the map, `stages` and `touchpoints` one shared object each under a key
that stays when the id changes. Where they stand is a field, `$order`, and so is the stage of a
touchpoint, `$stage`: who moves one does not undo what somebody else writes into it meanwhile.
Objects are shared objects, lists of parts shared lists; texts, numbers and lists of them are
values of which the last one written counts. Fields of one's own are kept as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pycrdt import Array, Doc
from pycrdt import Map as SharedMap
from pydantic import JsonValue

from cjm_notebooks.maps.canonical import text_of
from cjm_notebooks.maps.part import OWN_FIELD

Fields = dict[str, JsonValue]
Entries = SharedMap[Any]
ORDER, STAGE = "$order", "$stage"
STANDING = (ORDER, STAGE)


@dataclass(frozen=True)
class Roots:
    """The shared objects that a document of a map consists of."""

    map: Entries
    stages: Entries
    touchpoints: Entries
    source: Entries

    @classmethod
    def of(cls, document: Doc[Any]) -> Roots:
        names = ("map", "stages", "touchpoints", "source")
        return cls(*(document.get(name, type=SharedMap) for name in names))


@dataclass(frozen=True)
class Entry:
    """A stage or touchpoint as it stands in the document; `stage` is the key of its stage."""

    key: str
    order: str
    stage: str
    fields: Fields


def entries_in(shared: Entries) -> list[Entry]:
    """The entries in their order; where two people put one at the same place, by key."""
    plain = shared.to_py() or {}
    found = [
        Entry(key, str(own.get(ORDER, "")), str(own.get(STAGE, "")), unshared(own))
        for key, own in plain.items()
        if isinstance(own, dict)
    ]
    return sorted(found, key=lambda entry: (entry.order, entry.key))


def standing_touchpoints(roots: Roots, stages: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Touchpoints by the key of their stage. One whose stage somebody has deleted meanwhile, while
    another put it there, stands at the end of the last stage."""
    by_stage: dict[str, list[Entry]] = {stage.key: [] for stage in stages}
    touchpoints = entries_in(roots.touchpoints)
    last = next(reversed(by_stage), None)
    for one in (one for one in touchpoints if one.stage in by_stage):
        by_stage[one.stage].append(one)
    for one in (one for one in touchpoints if one.stage not in by_stage):
        if last is not None:
            by_stage[last].append(one)
    return by_stage


def fields_of(roots: Roots) -> Fields:
    """The JSON of the map; its fields stand in no order."""
    stages = entries_in(roots.stages)
    standing = standing_touchpoints(roots, stages)
    listed: list[JsonValue] = []
    for stage in stages:
        touchpoints: list[JsonValue] = [one.fields for one in standing[stage.key]]
        listed.append({**stage.fields, **({"touchpoints": touchpoints} if touchpoints else {})})
    return {**unshared(roots.map.to_py() or {}), **({"stages": listed} if listed else {})}


def unshared(plain: Mapping[str, Any]) -> Fields:
    """The fields of a file from those of a shared object: no empty list, own fields read."""
    return {
        name: json.loads(value) if name.startswith(OWN_FIELD) else _unshared_value(value)
        for name, value in plain.items()
        if name not in STANDING and value != []
    }


def _unshared_value(value: Any) -> JsonValue:
    if isinstance(value, dict):
        return unshared(value)
    if isinstance(value, list):
        return [_unshared_value(one) for one in value]
    return value  # type: ignore[no-any-return]


def shared_value(name: str, value: JsonValue) -> Any:
    """What a field holds in a shared object."""
    if name.startswith(OWN_FIELD):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if isinstance(value, dict):
        return shared_object(value)
    if is_list_of_parts(value):
        return Array([shared_object(one) for one in objects_in(value)])
    return value


def shared_object(fields: Fields, lists: Iterable[str] = ()) -> Entries:
    """`lists` are there from the beginning, so that two who add the first entry share one list."""
    empty: dict[str, Any] = {name: Array() for name in lists if name not in fields}
    return SharedMap({name: shared_value(name, value) for name, value in fields.items()} | empty)


def is_list_of_parts(value: JsonValue) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def objects_in(value: JsonValue) -> list[Fields]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def same(one: JsonValue, other: JsonValue) -> bool:
    """Whether both say the same; true is not 1, and 4.0 is 4."""
    return one is other or text_of(_sorted(one)) == text_of(_sorted(other))


def _sorted(value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value)}
    return [_sorted(one) for one in value] if isinstance(value, list) else value
