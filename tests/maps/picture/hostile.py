"""A map, and its numbers, in which every field that takes free text holds an attack."""

from __future__ import annotations

from functools import cache
from types import UnionType
from typing import Annotated, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from cjm_notebooks.maps import Condition, Cut, JourneyMap, Measured, MeasuredMap, Rule
from cjm_notebooks.maps import values as v
from cjm_notebooks.maps.part import Part
from cjm_notebooks.maps.values import RefersTo

ATTACKS = {
    "element": "<img src=x onerror=\"document.title='pwned'\"><b>x</b>",
    "script": "</script><script>document.title='pwned'</script><!--<script>",
    "attribute": "\"><svg onload=\"document.title='pwned'\">' onmouseover='document.title=1",
    "link": "javascript:document.title='pwned'",
    "style": "</style></title></desc></text></svg><style>*{display:none}</style>]]>&lt;&#0;",
    "emoji": "👩🏽‍🚀🏳️‍🌈 e\u0301\u0323 " * 40,
    "reversed": "\u202egnp.exe\u202c \u2067\u2067 مسار العميل",
    "control": "a\x00b\x08c\x0bd\x1be\x7ff\x85g\ufffeh\uffff",
    "long": "long" * 2_500,
    "longest": "x y" * 333_333,
}
P = TypeVar("P", bound=Part)
FIXED = [
    (v.Id, "a"),
    *((kind, 1) for kind in (v.Share, v.Score, v.Valence, v.Positive, v.Count, v.Number)),
    (v.Currency, "EUR"),
    (v.Duration, "P1D"),
    (v.Day, "2025-03-31"),
    (Cut, Cut()),
    (Rule, Rule(where=Condition(is_="a"))),
    (Condition, Condition(is_="a")),
    (bool, True),
    (int, 1),
]


def map_full_of(attack: str) -> JourneyMap:
    """Each part has each of its fields, and each list one entry; ids all are `a`."""
    return _part(JourneyMap, attack)


def numbers_full_of(attack: str) -> MeasuredMap:
    known = map_full_of("a")
    targets = [("a", kind) for kind in ("map", "stage", "touchpoint", "outcome")]
    return MeasuredMap(
        map_id=known.id,
        map_hash=attack,
        as_of="2025-03-31",
        targets=tuple(
            Measured(
                target=target,
                kind=kind,
                measure=measure,
                estimate=1,
                low=0.5,
                high=1.5,
                n=7,
                unit=attack,
                verdict=attack,
            )
            for target, kind in targets
            for measure in (attack, f"mean-score:{attack}", "expectation-gap")
        ),
    )


def _part(model: type[P], attack: str) -> P:
    hints = _hints(model)
    fields = {
        name: _value(hints[name], attack) for name in model.model_fields if name != "schema_version"
    }
    return model(**fields, x_own={"x": [attack], attack[:50]: attack})


@cache
def _hints(model: type[Part]) -> dict[str, object]:
    return get_type_hints(model, include_extras=True)


def _value(annotation: object, attack: str) -> object:
    origin, inner = get_origin(annotation), get_args(annotation)
    fixed = [value for known, value in FIXED if annotation == known]
    if fixed:
        return fixed[0]
    if annotation is str:
        return attack
    if origin is Annotated:
        refers = any(isinstance(marker, RefersTo) for marker in inner[1:])
        return "a" if refers else _value(inner[0], attack)
    if origin is Literal:
        return inner[0]
    if origin in {Union, UnionType}:
        return _value(inner[0], attack)
    if origin is tuple:
        return (_value(inner[0], attack),)
    return _part(annotation, attack)
