"""Any map at all: hypothesis fills every field of the model with whatever its type allows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from types import UnionType
from typing import Annotated, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from cjm_notebooks.maps import Condition, Cut, JourneyMap, Rule
from cjm_notebooks.maps import values as v
from cjm_notebooks.maps.part import Part
from cjm_notebooks.maps.values import RefersTo

texts = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["<script>alert(1)</script>", "مسار العميل", "👩🏽‍🚀 go", "a:b;c#d", "=1+1", ""]
    ),
)
names = texts.filter(bool)
ids = st.sampled_from(["search", "pay", "T3", "a.b_c-d", "9"])
numbers = st.floats(allow_nan=False, allow_infinity=False)
whole_numbers = st.integers(-(2**53) + 1, 2**53 - 1)
lengths = st.timedeltas(timedelta(0), timedelta(days=900_000))
anything = st.recursive(
    st.none() | st.booleans() | whole_numbers | numbers | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)
own_fields = st.dictionaries(names.map("x_{}".format), anything, max_size=2)

tests = st.one_of(
    st.fixed_dictionaries({"is_": texts | whole_numbers | numbers | st.booleans()}),
    st.fixed_dictionaries({"in_": st.lists(texts | st.booleans(), min_size=1, max_size=2)}),
    st.fixed_dictionaries({"starts_with": texts}),
    st.fixed_dictionaries({"glob": texts}),
    st.fixed_dictionaries({"matches": st.sampled_from(["^a+$", r"\d", "(?i)x"])}),
    st.fixed_dictionaries({"at_least": numbers}),
    st.fixed_dictionaries({"at_most": numbers}),
)
conditions: SearchStrategy[Condition] = st.recursive(
    st.builds(lambda column, test: Condition(column=column, **test), texts, tests),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=2).map(lambda parts: Condition(all=parts)),
        st.lists(inner, min_size=1, max_size=2).map(lambda parts: Condition(any=parts)),
        inner.map(lambda part: Condition(not_=part)),
    ),
    max_leaves=3,
)
rules = st.builds(
    lambda within, nth, **others: Rule(
        within=within if others["after"] or others["before"] else None, nth=nth, **others
    ),
    within=st.none() | lengths,
    nth=st.none() | st.integers(1, 5),
    where=conditions,
    after=st.lists(ids, max_size=2),
    before=st.lists(ids, max_size=2),
    priority=st.integers(-3, 3),
)
cuts = st.sampled_from(
    [
        Cut(),
        Cut(by="outcome"),
        Cut(by="inactivity", inactivity=timedelta(hours=36)),
        Cut(by="column", column="order_id"),
        Cut(by="touchpoint", touchpoint="search"),
    ]
)
OF_PARTS: Mapping[object, SearchStrategy[object]] = {Condition: conditions, Rule: rules, Cut: cuts}
OF_VALUES: tuple[tuple[object, SearchStrategy[object]], ...] = (
    (v.Id, ids),
    (v.Name, names),
    (v.Share, st.floats(0, 1)),
    (v.Score, st.integers(1, 5)),
    (v.Valence, st.floats(-2, 2)),
    (v.Positive, st.floats(min_value=0, exclude_min=True, max_value=1e300)),
    (v.Count, st.integers(0, 10**9)),
    (v.Currency, st.sampled_from(["EUR", "JPY"])),
    (v.Number, numbers),
    (v.Duration, lengths),
)
WHOLES = {"stages", "touchpoints", "match"}
PLAIN: Mapping[object, SearchStrategy[object]] = {
    str: texts,
    bool: st.booleans(),
    int: st.integers(1, 9),
    float: numbers,
    date: st.dates(),
}


def values_of(annotation: object) -> SearchStrategy[object]:
    for known, strategy in OF_VALUES:
        if annotation == known:
            return strategy
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        refers = any(isinstance(marker, RefersTo) for marker in inner[1:])
        return ids if refers else values_of(inner[0])
    if origin is Literal:
        return st.sampled_from(inner)
    if origin in {Union, UnionType}:
        return st.one_of(*map(values_of, inner))
    if origin is tuple:
        return st.lists(values_of(inner[0]), max_size=2)
    if annotation is type(None):
        return st.none()
    if annotation in OF_PARTS:
        return OF_PARTS[annotation]
    return PLAIN[annotation] if annotation in PLAIN else parts(annotation)


@cache
def fields_of(model: type[Part]) -> Mapping[str, SearchStrategy[object]]:
    hints = get_type_hints(model, include_extras=True)
    return {name: values_of(hints[name]) for name in model.model_fields if name != "schema_version"}


@st.composite
def parts(draw: st.DrawFn, model: type[Part]) -> Part:
    """A part with its required fields, what it consists of, and at most four fields more."""
    fields = fields_of(model)
    needed = {name for name in fields if model.model_fields[name].is_required()} | WHOLES
    others = sorted(fields.keys() - needed)
    chosen = draw(st.lists(st.sampled_from(others), max_size=4, unique=True)) if others else []
    given = {name: draw(fields[name]) for name in fields if name in {*needed, *chosen}}
    return model(**given, **draw(own_fields))


maps: SearchStrategy[JourneyMap] = parts(JourneyMap)
