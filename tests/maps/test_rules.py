"""What a condition says, and which of two rules is the more specific."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest

from cjm_notebooks.errors import MapError
from cjm_notebooks.maps import Condition, Rule


def condition(**said: object) -> Condition:
    """`condition(is_="a")` as the file says it: `{"is": "a"}`."""
    fields = {name.removesuffix("_"): value for name, value in said.items()}
    return Condition.model_validate(json.loads(json.dumps(fields)))


@pytest.mark.parametrize(
    ("said", "value", "holds"),
    [
        ({"is_": "booked"}, "booked", True),
        ({"is_": "booked"}, "Booked", False),
        ({"is_": "booked"}, "booked ", False),
        ({"is_": "5"}, "5", True),
        ({"is_": "5"}, 5, False),
        ({"is_": 5}, 5, True),
        ({"is_": 5}, 5.0, True),
        ({"is_": 5}, Decimal("5.0"), True),
        ({"is_": 5}, "5", True),
        ({"is_": 5}, "5.0", True),
        ({"is_": 5}, "five", False),
        ({"is_": 5}, "nan", False),
        ({"is_": 1}, True, False),
        ({"is_": True}, True, True),
        ({"is_": True}, 1, False),
        ({"is_": True}, "true", False),
        ({"is_": False}, False, True),
        ({"is_": ""}, "", True),
        ({"is_": 0}, 0, True),
        ({"is_": 0.1}, Decimal("0.1"), True),
        ({"in_": ["a", 2]}, "a", True),
        ({"in_": ["a", 2]}, 2, True),
        ({"in_": ["a", 2]}, "2", True),
        ({"starts_with": "/tickets"}, "/tickets/7", True),
        ({"starts_with": "/tickets"}, "see /tickets", False),
        ({"starts_with": "5"}, 55, False),
        ({"glob": "/tickets/*"}, "/tickets/7", True),
        ({"glob": "/tickets/*"}, "/Tickets/7", False),
        ({"glob": "[ab]?"}, "bz", True),
        ({"matches": "tick.t"}, "my ticket", True),
        ({"matches": "^tick.t$"}, "my ticket", False),
        ({"at_least": 10}, 10, True),
        ({"at_least": 10}, 9.99, False),
        ({"at_least": 10}, "11", True),
        ({"at_least": 0}, False, False),
        ({"at_most": 10}, 10, True),
        ({"at_most": 10}, float("nan"), False),
        ({"is_": "booked"}, None, False),
        ({"not_": {"is": "booked"}}, None, True),
        ({"not_": {"is": "booked"}}, "booked", False),
        ({"all": [{"is": "a"}, {"starts_with": "a"}]}, "a", True),
        ({"all": [{"is": "a"}, {"starts_with": "b"}]}, "a", False),
        ({"any": [{"is": "a"}, {"is": "b"}]}, "b", True),
        ({"any": [{"is": "a"}, {"is": "b"}]}, "c", False),
    ],
)
def test_condition_holds_for_what_it_says(
    said: dict[str, object], value: object, holds: bool
) -> None:
    assert condition(**said).holds({"event": value}) is holds


def test_column_that_the_row_does_not_have_is_a_missing_value() -> None:
    assert not condition(column="page", is_="/").holds({"event": "/"})
    assert condition(not_={"column": "page", "is": "/"}).holds({"event": "/"})


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "It says nothing. A condition says exactly one of `is`, `in`,"),
        ({"is_": None}, "It says nothing."),
        ({"is_": "a", "glob": "b"}, "It says `is` and `glob`. A condition says exactly one of"),
        ({"all": []}, "It says `all` with nothing in it. Give at least one entry."),
        ({"in_": []}, "It says `in` with nothing in it."),
        ({"any": [{"is": "a"}], "column": "b"}, "names a `column` beside `any`. Name the column"),
        ({"is_": ["a"]}, "`is` is a list. Give one text, one number, true or false."),
        ({"matches": "(a"}, "`matches` is `(a`, which is no regular expression: missing ),"),
        ({"at_least": "5"}, "`at_least` is `5`. Give a number, without quotation marks."),
        ({"equals": "a"}, "It has no field `equals`."),
    ],
)
def test_condition_says_exactly_one_thing(said: dict[str, object], sentence: str) -> None:
    fields = {name.removesuffix("_"): value for name, value in said.items()}
    with pytest.raises(MapError) as refused:
        Condition(**fields)
    assert sentence in str(refused.value)


def test_time_counts_from_a_touchpoint_or_an_outcome() -> None:
    with pytest.raises(MapError, match=r"says `within` and neither `after` nor `before`\. Name"):
        Rule(where=condition(is_="a"), within=timedelta(days=1))


def test_rule_needs_the_columns_that_its_conditions_name() -> None:
    rule = Rule(
        where=condition(all=[{"is": "view"}, {"not": {"column": "page", "glob": "/a*"}}]),
        after=("search",),
    )
    assert rule.columns() == {"event", "page"}


login = condition(is_="login")
like_login = condition(glob="log*")
on_page = condition(all=[{"is": "view"}, {"column": "page", "starts_with": "/a"}])


@pytest.mark.parametrize(
    ("rule", "specificity"),
    [
        (Rule(where=login), (1, 1)),
        (Rule(where=like_login), (1, 0)),
        (Rule(where=on_page), (2, 1)),
        (Rule(where=condition(in_=["a", "b", "c"])), (1, 1)),
        (Rule(where=condition(any=[{"is": "a"}, {"is": "b"}, {"glob": "c*"}])), (1, 0)),
        (Rule(where=condition(not_={"is": "a"})), (1, 1)),
        (Rule(where=login, after=("pay", "search")), (2, 1)),
        (Rule(where=login, after=("pay",), within=timedelta(days=1), nth=2), (4, 1)),
    ],
)
def test_specificity_counts_what_must_hold(rule: Rule, specificity: tuple[int, int]) -> None:
    assert rule.specificity() == specificity


def test_more_conditions_go_before_exact_ones_and_these_before_patterns() -> None:
    rules = [Rule(where=like_login), Rule(where=on_page), Rule(where=login)]
    ordered = sorted(rules, key=Rule.specificity, reverse=True)
    assert ordered == [Rule(where=on_page), Rule(where=login), Rule(where=like_login)]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (
            Rule(where=condition(is_="booked"), after=("search",)),
            "`event` is `booked`, after `search`",
        ),
        (Rule(where=condition(in_=["a", 2, True])), "`event` is one of `a`, 2, true"),
        (Rule(where=condition(column="page", starts_with="/a")), "`page` starts with `/a`"),
        (Rule(where=condition(glob="a*")), "`event` looks like `a*`"),
        (Rule(where=condition(matches="^a$")), "`event` matches `^a$`"),
        (Rule(where=condition(column="sum", at_least=1234567)), "`sum` is at least 1234567"),
        (Rule(where=condition(column="sum", at_most=0.5)), "`sum` is at most 0.5"),
        (
            Rule(where=condition(all=[{"is": "a"}, {"any": [{"is": "b"}, {"is": "c"}]}])),
            "`event` is `a` and (`event` is `b` or `event` is `c`)",
        ),
        (Rule(where=condition(not_={"is": "a"})), "not (`event` is `a`)"),
        (
            Rule(where=login, after=("pay", "cart"), within=timedelta(days=1, hours=2)),
            "`event` is `login`, after `pay` or `cart`, within 1 day 2 hours",
        ),
        (
            Rule(where=login, before=("pay",), nth=2),
            "`event` is `login`, before `pay`, only number 2 of them",
        ),
    ],
)
def test_rule_can_be_read_as_a_sentence(rule: Rule, words: str) -> None:
    assert rule.in_words() == words
