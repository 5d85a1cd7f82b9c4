"""Which events belong to which touchpoint, and which to none."""

from __future__ import annotations

import pandas as pd
import pytest

from cjm_notebooks import JourneyMap, measure
from cjm_notebooks.maps import Condition, Rule, Stage, Touchpoint
from cjm_notebooks.metrics.coverage import Coverage
from tests.journeys import ONE_EACH, journeys, touchpoint

COUNTS = ["events", "undecided", "outcome_events", "customers"]


def coverage(*customers: str, on: JourneyMap = ONE_EACH) -> pd.DataFrame:
    return measure(Coverage(), journeys(*customers, until=100, on=on))


def rows(table: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    known = table.astype(object).where(table.notna(), None)
    return list(known[["event", "touchpoint", *columns]].itertuples(index=False, name=None))


def claiming(id_: str, **condition: str) -> Touchpoint:
    return Touchpoint(id=id_, name=id_, match=Rule(where=Condition(**condition)))


def one_stage(*touchpoints: Touchpoint) -> JourneyMap:
    return JourneyMap(
        id="login", name="Login", stages=(Stage(id="all", name="All", touchpoints=touchpoints),)
    )


def test_events_of_touchpoints_come_first_and_the_most_frequent_stray_ones_next() -> None:
    table = coverage("home@1 home@2 odd@3 odd@4 cart@5", "home@1 about@2 paid@3")
    assert rows(table, *COUNTS) == [
        ("home", "home", 3, 0, 0, 2),
        (None, "product", 0, 0, 0, 0),
        ("cart", "cart", 1, 0, 0, 1),
        (None, "pay", 0, 0, 0, 0),
        (None, "help", 0, 0, 0, 0),
        ("odd", None, 2, 0, 0, 1),
        ("about", None, 1, 0, 0, 1),
        ("paid", None, 1, 0, 1, 1),
    ]
    assert table["share"].tolist() == [1, 0, 1 / 2, 0, 0, 1 / 2, 1 / 2, 1 / 2]
    assert set(table["all_customers"]) == {2}
    assert set(table["all_events"]) == {8}


def test_several_events_of_one_touchpoint_stand_together_by_how_frequent_they_are() -> None:
    pages = one_stage(claiming("page", starts_with="page"), touchpoint("home"))
    table = coverage("page_a@1 page_c@2 page_b@3 page_b@4 home@5", on=pages)
    assert rows(table, "events") == [
        ("page_b", "page", 2),
        ("page_a", "page", 1),
        ("page_c", "page", 1),
        ("home", "home", 1),
    ]


def test_weaker_rule_that_claims_the_events_too_is_named() -> None:
    pages = one_stage(claiming("page", glob="ho*"), touchpoint("home"))
    assert rows(coverage("home@1 hotel@2", on=pages), "second", "undecided") == [
        ("hotel", "page", None, 0),
        ("home", "home", "page", 0),
    ]


def test_events_that_only_the_smaller_id_decided_are_counted() -> None:
    twins = one_stage(touchpoint("b", "login"), touchpoint("a", "login"))
    assert rows(coverage("login@1 login@2", on=twins), "second", "events", "undecided") == [
        (None, "b", None, 0, 0),
        ("login", "a", "b", 2, 2),
    ]


def test_one_event_name_can_belong_to_two_touchpoints() -> None:
    after = Rule(where=Condition(is_="login"), after=("cart",))
    again = Touchpoint(id="again", name="Again", match=after)
    two = one_stage(touchpoint("login"), touchpoint("cart"), again)
    assert rows(coverage("login@1 cart@2 login@3 login@4", on=two), "second", "events") == [
        ("login", "login", None, 1),
        ("cart", "cart", None, 1),
        ("login", "again", "login", 2),
    ]


def test_second_touchpoint_is_the_one_that_claims_most_events_and_the_first_of_equals() -> None:
    after = Rule(where=Condition(is_="login"), after=("cart",), priority=1)
    first = Touchpoint(
        id="first", name="First", match=Rule(where=Condition(is_="login"), priority=2)
    )
    again = Touchpoint(id="again", name="Again", match=after)
    three = one_stage(first, touchpoint("login"), touchpoint("cart"), again)
    table = coverage("login@1 cart@2 login@3 login@4", on=three)
    assert rows(table, "second", "events")[0] == ("login", "first", "again", 3)
    table = coverage("login@1 cart@2 login@3", on=three)
    assert rows(table, "second", "events")[0] == ("login", "first", "login", 2)


def test_customers_with_only_unmatched_events_are_customers() -> None:
    assert set(coverage("home@1", "odd@1")["all_customers"]) == {2}


def test_customers_who_only_gave_feedback_have_no_events_to_cover() -> None:
    assert set(coverage("home@1", "csat=4@1")["all_customers"]) == {1}


def test_ten_of_twenty_have_the_interval_of_the_textbook() -> None:
    home = coverage(*["home@1 home@2"] * 10, *["cart@1"] * 10).iloc[0]
    assert (home["low"], home["high"]) == pytest.approx((0.2993, 0.7007), abs=5e-5)


def test_nobody_leaves_every_touchpoint_without_an_event() -> None:
    table = coverage()
    assert rows(table, "events") == [
        (None, id_, 0) for id_ in ("home", "product", "cart", "pay", "help")
    ]
    assert table["share"].isna().all()
