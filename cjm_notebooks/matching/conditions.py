"""Conditions that hold for one combination more, or for one less, in their shortest form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from cjm_notebooks.maps import Condition

Wanted = tuple[Condition, ...]
Value = str | int | float | bool


def widened(old: Condition | None, wanted: Wanted) -> Condition:
    """What holds where `old` holds or all of `wanted` do."""
    new = _every(wanted)
    if old is None:
        return new
    if _surely_holds(old, wanted):
        return old
    readmitted = _without_exclusion(old, wanted)
    return readmitted if readmitted is not None else _either(old, new)


def narrowed(old: Condition, wanted: Wanted) -> Condition | None:
    """What holds where `old` holds and not all of `wanted` do; None where nothing is left."""
    if _apart(old, wanted):
        return old
    if all(_implies(old, one) for one in wanted):
        return None
    if old.any is not None:
        rest = [narrowed(part, wanted) for part in old.any]
        kept = [part for part in rest if part is not None]
        return _some(kept) if kept else None
    if len(wanted) == 1 and (values := _values(old)) and old.column == wanted[0].column:
        return _one_of(old.column, _less(values, wanted[0]))
    if old.all is not None:
        return _narrowed_group(old.all, wanted)
    return _but_not((old,), wanted)


def _narrowed_group(parts: Sequence[Condition], wanted: Wanted) -> Condition:
    for one, (place, part) in product(wanted, enumerate(parts)):
        values = _values(part)
        less = _less(values, one)
        if part.column != one.column or less == values:
            continue
        rest = (*parts[:place], *parts[place + 1 :])
        others = [other for other in wanted if other is not one]
        if all(any(_implies(other, asked) for other in rest) for asked in others):
            return Condition(all=(*parts[:place], _one_of(part.column, less), *parts[place + 1 :]))
    return _but_not(parts, wanted)


def _but_not(parts: Sequence[Condition], wanted: Wanted) -> Condition:
    """The parts, and not all of those `wanted` that they do not already make sure of."""
    asked = [one for one in wanted if not any(_implies(part, one) for part in parts)]
    excluded = _every(asked)
    for place, part in enumerate(parts):
        if part.not_ is not None and (together := _merged(part.not_, excluded)) is not None:
            return _every((*parts[:place], Condition(not_=together), *parts[place + 1 :]))
    return _every((*parts, Condition(not_=excluded)))


def _without_exclusion(old: Condition, wanted: Wanted) -> Condition | None:
    """`old` without the exclusion of just this combination, where it has one."""
    if old.any is not None:
        for place, part in enumerate(old.any):
            found = _without_exclusion(part, wanted)
            if found is not None:
                return _some((*old.any[:place], found, *old.any[place + 1 :]))
    for place, part in enumerate(old.all or ()):
        if part.not_ is None:
            continue
        rest = (*(old.all or ())[:place], *(old.all or ())[place + 1 :])
        asked = [one for one in wanted if not any(_implies(other, one) for other in rest)]
        if not rest or not all(_surely_holds(other, wanted) for other in rest):
            continue
        left = narrowed(part.not_, tuple(asked))
        if left != part.not_ and _is_equality(part.not_):
            again = () if left is None else (Condition(not_=left),)
            return _every((*rest[:place], *again, *rest[place:]))
    return None


def _either(old: Condition, new: Condition) -> Condition:
    parts = [part for part in old.any or (old,) if not _implies(part, new)]
    for place, part in enumerate(parts):
        together = _merged(part, new)
        if together is not None:
            return _some((*parts[:place], together, *parts[place + 1 :]))
    return _some((*parts, new))


def _merged(one: Condition, other: Condition) -> Condition | None:
    """Both in one condition without `any`, where they differ in the values of one column only."""
    mine, theirs = _values(one), _values(other)
    if mine and theirs and one.column == other.column:
        return _one_of(one.column, (*mine, *(v for v in theirs if not _in(v, mine))))
    parts, others = list(one.all or ()), list(other.all or ())
    differs = [part for part in parts if not any(_same(part, other) for other in others)]
    new = [part for part in others if not any(_same(part, mine) for mine in parts)]
    if len(differs) == len(new) == 1 and (part := _merged(differs[0], new[0])) is not None:
        return Condition(all=tuple(part if old is differs[0] else old for old in parts))
    return None


def _implies(one: Condition, other: Condition) -> bool:
    """Whether `other` holds wherever `one` does, as far as the values wanted tell."""
    if _same(one, other):
        return True
    if one.any is not None:
        return all(_implies(part, other) for part in one.any)
    if other.all is not None:
        return all(_implies(one, part) for part in other.all)
    if one.all is not None:
        return any(_implies(part, other) for part in one.all)
    if other.any is not None:
        return any(_implies(one, part) for part in other.any)
    mine, theirs = _values(one), _values(other)
    same = one.column == other.column
    return bool(mine and theirs and same and all(_in(value, theirs) for value in mine))


def _same(one: Condition, other: Condition) -> bool:
    """Whether both are written alike; `is: 1` and `is: true` are not."""
    return one.model_dump_json() == other.model_dump_json()


def _surely_holds(condition: Condition, wanted: Wanted) -> bool:
    """Whether it holds for every row that is as `wanted`, whatever stands in other columns."""
    row = _row(wanted)
    if condition.columns() <= row.keys():
        return condition.holds(row)
    if condition.all is not None:
        return all(_surely_holds(part, wanted) for part in condition.all)
    if condition.any is not None:
        return any(_surely_holds(part, wanted) for part in condition.any)
    return condition.not_ is not None and _apart(condition.not_, wanted)


def _apart(condition: Condition, wanted: Wanted) -> bool:
    """Whether it holds for no row that is as `wanted`, whatever stands in other columns."""
    row = _row(wanted)
    if condition.columns() <= row.keys():
        return not condition.holds(row)
    if condition.all is not None:
        return any(_apart(part, wanted) for part in condition.all)
    if condition.any is not None:
        return all(_apart(part, wanted) for part in condition.any)
    return condition.not_ is not None and _surely_holds(condition.not_, wanted)


def _row(wanted: Wanted) -> Mapping[str, Value]:
    return {one.column: one.is_ for one in wanted if one.is_ is not None}


def _is_equality(condition: Condition) -> bool:
    return all(map(_values, condition.all or (condition,)))


def _values(condition: Condition) -> tuple[Value, ...]:
    return condition.in_ or (() if condition.is_ is None else (condition.is_,))


def _less(values: Sequence[Value], one: Condition) -> tuple[Value, ...]:
    return tuple(value for value in values if not _in(value, _values(one)))


def _in(value: Value, values: Sequence[Value]) -> bool:
    """True is not 1, though Python takes the two for equal."""
    is_bool = isinstance(value, bool)
    return any(value == other and isinstance(other, bool) is is_bool for other in values)


def _one_of(column: str, values: Sequence[Value]) -> Condition:
    if len(values) == 1:
        return Condition(column=column, is_=values[0])
    return Condition(column=column, in_=tuple(values))


def _every(parts: Sequence[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else Condition(all=tuple(parts))


def _some(parts: Sequence[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else Condition(any=tuple(parts))
