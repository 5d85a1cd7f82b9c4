"""Writing a map into a shared document: only what differs, so that edits of others stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from pycrdt import Array
from pycrdt import Map as SharedMap
from pydantic import JsonValue

from cjm_notebooks.collaboration.ordering import arranged
from cjm_notebooks.collaboration.shape import lists_of
from cjm_notebooks.collaboration.structure import (
    ORDER,
    STAGE,
    STANDING,
    Entries,
    Entry,
    Fields,
    Roots,
    entries_in,
    is_list_of_parts,
    objects_in,
    same,
    shared_object,
    shared_value,
    standing_touchpoints,
    unshared,
)
from cjm_notebooks.maps.journey_map import JourneyMap
from cjm_notebooks.maps.touchpoint import Touchpoint

LISTS_OF_A_MAP = [name for name in lists_of(JourneyMap) if name != "stages"]


def write(roots: Roots, fields: Fields) -> None:
    """Make the document say `fields`; who calls it opens the transaction."""
    _write_fields(roots.map, _without(fields, "stages"), LISTS_OF_A_MAP)
    current = entries_in(roots.stages)
    standing = standing_touchpoints(roots, current)
    stages = [_without(stage, "touchpoints") for stage in objects_in(fields.get("stages"))]
    keys = _write_entries(roots.stages, current, stages, [""] * len(stages))
    flat = [
        (key, touchpoint)
        for key, stage in zip(keys, objects_in(fields.get("stages")), strict=True)
        for touchpoint in objects_in(stage.get("touchpoints"))
    ]
    _write_entries(
        roots.touchpoints,
        [one for stage in current for one in standing[stage.key]],
        [touchpoint for _, touchpoint in flat],
        [key for key, _ in flat],
        lists_of(Touchpoint),
    )


def _write_entries(
    shared: Entries,
    current: Sequence[Entry],
    wanted: Sequence[Fields],
    stages: Sequence[str],
    lists: Sequence[str] = (),
) -> list[str]:
    """The keys of the `wanted` entries once they stand in the document, each in its stage."""
    found = _matched(current, wanted)
    orders = _orders(found, stages)
    kept = {entry.key for entry in found if entry}
    for key in [key for key in shared.to_py() or {} if key not in kept]:
        del shared[key]
    keys = []
    taken = set(shared.to_py() or {})
    for entry, fields, stage, order, name in zip(
        found, wanted, stages, orders, _names(wanted), strict=True
    ):
        place = {ORDER: order} | ({STAGE: stage} if stage else {})
        if entry is None:
            key = _free(name, taken)
            shared[key] = shared_object({**place, **fields}, lists)
        else:
            key = entry.key
            _write_fields(shared[key], {**place, **fields}, lists)
        taken.add(key)
        keys.append(key)
    return keys


def _matched(current: Sequence[Entry], wanted: Sequence[Fields]) -> list[Entry | None]:
    """For each wanted entry the current one that it is: the same id, else the same name, else the
    only one left on both sides."""
    by_id = dict(zip(_names([entry.fields for entry in current]), current, strict=True))
    found = [by_id.get(name) for name in _names(wanted)]
    known = {entry.key for entry in found if entry}
    rest = [entry for entry in current if entry.key not in known]
    for place, fields in enumerate(wanted):
        alike = (entry for entry in rest if entry.fields.get("name") == fields.get("name"))
        if found[place] is None and (entry := next(alike, None)):
            found[place] = entry
            rest.remove(entry)
    if len(rest) == 1 and found.count(None) == 1:
        found[found.index(None)] = rest[0]
    return found


def _orders(found: Sequence[Entry | None], stages: Sequence[str]) -> list[str]:
    """Stage by stage; an entry that comes from another stage is new there."""
    orders: list[str] = [""] * len(found)
    for stage in dict.fromkeys(stages):
        places = [place for place, own in enumerate(stages) if own == stage]
        own = [
            entry.order if (entry := found[place]) and entry.stage == stage else None
            for place in places
        ]
        for place, order in zip(places, arranged(own), strict=True):
            orders[place] = order
    return orders


def _names(entries: Sequence[Mapping[str, JsonValue]]) -> list[str]:
    seen: Counter[str] = Counter()
    names = []
    for entry in entries:
        id_ = str(entry.get("id", ""))
        seen[id_] += 1
        names.append(id_ if seen[id_] == 1 else f"{id_}~{seen[id_]}")
    return names


def _free(name: str, taken: set[str]) -> str:
    key, number = name, 1
    while key in taken:
        number += 1
        key = f"{name}~{number}"
    return key


def _write_fields(shared: Entries, wanted: Fields, lists: Sequence[str] = ()) -> None:
    current = shared.to_py() or {}
    for name in current:
        if name not in wanted and isinstance(shared[name], Array):
            shared[name].clear()
        elif name not in wanted:
            del shared[name]
    for name, value in wanted.items():
        _write_field(shared, name, value, name in current)
    for name in lists:
        if name not in current and name not in wanted:
            shared[name] = Array()


def _write_field(shared: Entries, name: str, value: JsonValue, is_there: bool) -> None:
    current = shared[name] if is_there else None
    if isinstance(current, SharedMap) and isinstance(value, dict):
        _write_fields(current, value)
    elif isinstance(current, Array) and is_list_of_parts(value):
        _write_list(current, objects_in(value))
    elif name in STANDING:
        if current != value:
            shared[name] = value
    elif not is_there or not same(_plain(name, current), value):
        shared[name] = shared_value(name, value)


def _plain(name: str, current: Any) -> JsonValue:
    plain = current.to_py() if isinstance(current, SharedMap | Array) else current
    return unshared({name: plain}).get(name)


def _write_list(shared: Array[Any], wanted: Sequence[Fields]) -> None:
    """What stands at the beginning and at the end of both lists stays."""
    current = [unshared(one) for one in shared.to_py() or []]
    shorter = min(len(current), len(wanted))
    start = next((at for at in range(shorter) if not same(current[at], wanted[at])), shorter)
    left = shorter - start
    end = next((at for at in range(left) if not same(current[-1 - at], wanted[-1 - at])), left)
    old, new = current[start : len(current) - end], wanted[start : len(wanted) - end]
    if _are_the_same_entries(old, new):
        for place, fields in enumerate(new, start):
            _write_fields(shared[place], fields)
        return
    if old:
        del shared[start : start + len(old)]
    for place, fields in enumerate(new, start):
        shared.insert(place, shared_object(fields))


def _are_the_same_entries(old: Sequence[Fields], new: Sequence[Fields]) -> bool:
    """Whether each is the one at its place with other texts, and none has only moved."""
    if len(old) != len(new) or [one.get("id") for one in old] != [one.get("id") for one in new]:
        return False
    return not any(same(one, other) for one in old for other in new)


def _without(fields: Fields, name: str) -> Fields:
    return {key: value for key, value in fields.items() if key != name}
