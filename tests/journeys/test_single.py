"""One customer's events and answers, and the way back from a code to an id."""

from __future__ import annotations

import pytest

from cjm_notebooks import Events, join
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.joining.opening import code_of
from cjm_notebooks.journeys.single import customer_ids, timeline
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys, recorded

LOYAL = "home@1 cart@2 odd@2.5 paid@3 csat:cart=4@3.5 home@40 nps=9"


def test_a_customer_is_told_in_order_with_outcomes_and_answers() -> None:
    story = timeline(journeys("cart@7", LOYAL, on=UNTIL_OUTCOME), "customer 1")
    rows = story[["journey", "event", "touchpoint", "outcome", "question", "score"]]
    assert rows.astype(object).where(rows.notna(), None).values.tolist() == [
        [1, "home", "home", None, None, None],
        [1, "cart", "cart", None, None, None],
        [None, "odd", None, None, None, None],
        [1, None, None, "paid", None, None],
        [None, None, "cart", None, "csat", 4.0],
        [2, "home", "home", None, None, None],
        [None, None, None, None, "nps", 9.0],
    ]
    assert story["at"].dt.strftime("%d %H:%M").tolist()[:3] == ["02 00:00", "03 00:00", "03 12:00"]
    assert story["at"].isna().tolist() == [False] * 6 + [True]


def test_nobody_of_that_id_is_said_so() -> None:
    with pytest.raises(ParameterError, match=r"There is no customer `carl` among the 2 joined\."):
        timeline(journeys("home@1", "cart@2"), "carl")


def test_the_code_of_an_id_never_changes() -> None:
    """The first 16 digits of `printf cjm_notebooksalice | md5sum`."""
    assert f"{code_of('alice'):016x}" == "e89e7cac87029d2e"


def test_a_code_leads_back_to_its_id() -> None:
    events, _ = recorded("home@1", "cart@2", "help@3")
    joined = join(ONE_EACH, events)
    found = customer_ids(events, joined.customer_codes)
    assert sorted(found.values()) == ["customer 0", "customer 1", "customer 2", "tick"]
    assert {code_of(id_) for id_ in found.values()} == set(joined.customer_codes.tolist())
    assert customer_ids(events, joined.customer_codes[:0]) == {}


def test_blank_around_an_id_is_no_part_of_it() -> None:
    events, _ = recorded("home@1")
    table = events.table.assign(customer=" " + events.table["customer"] + " ")
    joined = join(ONE_EACH, Events(table, customer="customer", at="at", unit="us"))
    assert len(timeline(joined, "customer 0 ")) == 1
