"""To put an event on a touchpoint and to take it off: what the rule says and claims then."""

from __future__ import annotations

import json
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_notebooks import JourneyMap
from cjm_notebooks.errors import MapError, RuleError
from cjm_notebooks.maps import Condition, Rule
from cjm_notebooks.matching.binding import bind, unbind
from cjm_notebooks.matching.conditions import narrowed, widened

WEB = {"column": "channel", "is": "web"}
LOGIN_IN_WEB = {"event": "login", "channel": "web"}


def a_map(where: object = None, **context: object) -> JourneyMap:
    match = None if where is None else {"where": where, **context}
    return JourneyMap.model_validate(
        {
            "id": "m",
            "name": "M",
            "stages": [
                {
                    "id": "s",
                    "name": "S",
                    "touchpoints": [
                        {"id": "first", "name": "First", "match": match},
                        {"id": "second", "name": "Second", "match": {"where": {"is": "second"}}},
                    ],
                }
            ],
            "outcomes": [{"id": "paid", "name": "Paid"}],
        }
    )


def said(journey_map: JourneyMap, target: str = "first") -> object:
    """The `where` of the rule as the file says it, None without a rule."""
    parts = {part.id: part for part in (*journey_map.touchpoints, *journey_map.outcomes)}
    rule = parts[target].match
    if rule is None:
        return None
    return json.loads(rule.model_dump_json(by_alias=True, exclude_defaults=True))["where"]


@pytest.mark.parametrize(
    ("before", "combination", "after"),
    [
        (None, "login", {"is": "login"}),
        (None, LOGIN_IN_WEB, {"all": [{"is": "login"}, WEB]}),
        ({"is": "login"}, "login", {"is": "login"}),
        ({"is": "login"}, "sign_in", {"in": ["login", "sign_in"]}),
        ({"in": ["b", "a"]}, "c", {"in": ["b", "a", "c"]}),
        ({"starts_with": "log"}, "login", {"starts_with": "log"}),
        ({"starts_with": "log"}, "sign_in", {"any": [{"starts_with": "log"}, {"is": "sign_in"}]}),
        (
            {"any": [{"starts_with": "log"}, {"is": "sign_in"}]},
            "enter",
            {"any": [{"starts_with": "log"}, {"in": ["sign_in", "enter"]}]},
        ),
        ({"is": "login"}, LOGIN_IN_WEB, {"is": "login"}),
        ({"all": [{"is": "login"}, WEB]}, "login", {"is": "login"}),
        (
            {"all": [{"is": "login"}, WEB]},
            {"event": "sign_in", "channel": "web"},
            {"all": [{"in": ["login", "sign_in"]}, WEB]},
        ),
        (
            {"all": [{"is": "login"}, WEB]},
            {"event": "login", "channel": "app"},
            {"all": [{"is": "login"}, {"column": "channel", "in": ["web", "app"]}]},
        ),
        (
            {"all": [{"is": "login"}, WEB]},
            {"event": "sign_in", "channel": "app"},
            {
                "any": [
                    {"all": [{"is": "login"}, WEB]},
                    {"all": [{"is": "sign_in"}, {"column": "channel", "is": "app"}]},
                ]
            },
        ),
        (
            {"all": [{"starts_with": "log"}, {"not": {"is": "logout"}}]},
            "logout",
            {"starts_with": "log"},
        ),
        (
            {"all": [{"starts_with": "log"}, {"not": {"in": ["logout", "log_error"]}}]},
            "logout",
            {"all": [{"starts_with": "log"}, {"not": {"is": "log_error"}}]},
        ),
        ({"column": "amount", "is": 1}, {"amount": True}, {"column": "amount", "in": [1, True]}),
    ],
)
def test_bound_rule_is_as_short_as_can_be(
    before: object, combination: str | dict[str, object], after: object
) -> None:
    assert said(bind(a_map(before), "first", combination)) == after


@pytest.mark.parametrize(
    ("before", "combination", "after"),
    [
        (None, "login", None),
        ({"is": "login"}, "login", None),
        ({"is": "login"}, "other", {"is": "login"}),
        ({"in": ["login", "sign_in"]}, "login", {"is": "sign_in"}),
        ({"in": ["a", "b", "c"]}, "b", {"in": ["a", "c"]}),
        (
            {"starts_with": "log"},
            "logout",
            {"all": [{"starts_with": "log"}, {"not": {"is": "logout"}}]},
        ),
        (
            {"all": [{"starts_with": "log"}, {"not": {"is": "logout"}}]},
            "log_error",
            {"all": [{"starts_with": "log"}, {"not": {"in": ["logout", "log_error"]}}]},
        ),
        ({"any": [{"starts_with": "log"}, {"is": "enter"}]}, "enter", {"starts_with": "log"}),
        ({"all": [{"in": ["login", "enter"]}, WEB]}, "enter", {"all": [{"is": "login"}, WEB]}),
        ({"all": [{"is": "login"}, WEB]}, "login", None),
        ({"all": [{"is": "login"}, WEB]}, LOGIN_IN_WEB, None),
        (
            {"all": [{"is": "login"}, {"column": "channel", "in": ["web", "app"]}]},
            LOGIN_IN_WEB,
            {"all": [{"is": "login"}, {"column": "channel", "is": "app"}]},
        ),
        ({"is": "login"}, LOGIN_IN_WEB, {"all": [{"is": "login"}, {"not": WEB}]}),
    ],
)
def test_rule_without_an_event_is_as_short_as_can_be(
    before: object, combination: str | dict[str, object], after: object
) -> None:
    assert said(unbind(a_map(before), "first", combination)) == after


def test_context_and_priority_stay_when_an_event_is_added() -> None:
    bound = bind(a_map({"is": "login"}, after=["second"], priority=2), "first", "enter")
    assert bound.touchpoints[0].match == Rule(
        where=Condition(in_=("login", "enter")), after=("second",), priority=2
    )


def test_outcome_gets_a_rule_as_a_touchpoint_does() -> None:
    assert said(bind(a_map(), "paid", "order_paid"), "paid") == {"is": "order_paid"}


def test_map_that_claims_the_event_already_is_the_same_map() -> None:
    journey_map = a_map({"in": ["login", "enter"]})
    assert bind(journey_map, "first", "enter") is journey_map
    assert unbind(journey_map, "first", "never_there") is journey_map


def test_other_touchpoints_keep_their_rules() -> None:
    assert said(bind(a_map(), "first", "login"), "second") == {"is": "second"}


def test_touchpoint_that_the_map_does_not_have_is_refused() -> None:
    with pytest.raises(MapError, match=r"has no touchpoint or outcome `frist`\. Did you mean `fi"):
        bind(a_map(), "frist", "login")


def test_event_without_a_name_cannot_be_bound() -> None:
    with pytest.raises(RuleError, match="have no value in the column `event`, which no rule can"):
        bind(a_map(), "first", {"event": None})
    with pytest.raises(RuleError, match=r"The combination is empty\. Name at least the event"):
        bind(a_map(), "first", {})


EVENTS, CHANNELS = ("log", "login", "out", "pay"), ("web", "app")
ROWS = [{"event": event, "channel": channel} for event, channel in product(EVENTS, CHANNELS)]
tests_of_event = st.one_of(
    st.sampled_from(EVENTS).map(lambda name: Condition(is_=name)),
    st.lists(st.sampled_from(EVENTS), min_size=1, max_size=3, unique=True).map(
        lambda names: Condition(in_=tuple(names))
    ),
    st.sampled_from(["l", "log", "p"]).map(lambda start: Condition(starts_with=start)),
)
tests_of_channel = st.sampled_from(CHANNELS).map(lambda name: Condition(column="channel", is_=name))
any_conditions = st.recursive(
    tests_of_event | tests_of_channel,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Condition(all=tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Condition(any=tuple(parts))),
        inner.map(lambda part: Condition(not_=part)),
    ),
    max_leaves=6,
)
combinations = st.one_of(
    st.sampled_from(EVENTS).map(lambda name: {"event": name}), st.sampled_from(ROWS)
)


def wanted_of(combination: dict[str, str]) -> tuple[Condition, ...]:
    return tuple(Condition(column=column, is_=value) for column, value in combination.items())


@given(any_conditions, combinations)
@settings(max_examples=300)
def test_widened_condition_holds_for_the_combination_and_otherwise_where_it_held(
    old: Condition, combination: dict[str, str]
) -> None:
    new = widened(old, wanted_of(combination))
    for row in ROWS:
        assert new.holds(row) == (old.holds(row) or combination.items() <= row.items())


@given(any_conditions, combinations)
@settings(max_examples=300)
def test_narrowed_condition_holds_where_it_held_and_not_for_the_combination(
    old: Condition, combination: dict[str, str]
) -> None:
    new = narrowed(old, wanted_of(combination))
    for row in ROWS:
        still = old.holds(row) and not combination.items() <= row.items()
        assert (new is not None and new.holds(row)) == still


@given(any_conditions, combinations)
@settings(max_examples=300)
def test_nothing_changes_when_asked_twice(old: Condition, combination: dict[str, str]) -> None:
    wanted = wanted_of(combination)
    once = widened(old, wanted)
    assert widened(once, wanted) == once
    less = narrowed(old, wanted)
    assert less is None or narrowed(less, wanted) == less
