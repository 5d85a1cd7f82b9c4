"""What the privacy section of a map does to a join: consent and retention, as rules that count."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import pytest

from cjm_notebooks import Customers, Events, Feedback, JourneyMap, Journeys, Question
from cjm_notebooks.errors import SourceError
from cjm_notebooks.events import Counted, Quality
from cjm_notebooks.journeys import Inventory, join, join_in_parts
from cjm_notebooks.maps.settings import Privacy
from tests.journeys import ONE_EACH

AS_OF = datetime(2025, 3, 31, tzinfo=UTC)
ASKED = Privacy(consent_required=True, consent_field="consent")
SCORES = (Question("csat", "csat", (1, 5)),)
EVENTS = pd.DataFrame(
    [
        ("ann", "home", "2025-03-01", "yes"),
        ("ann", "cart", "2025-03-02", "Yes"),
        ("bob", "home", "2025-03-01", "no"),
        ("cid", "home", "2025-03-01", ""),
        ("dan", "home", "2025-01-01", "granted"),
        ("dan", "home", "soon", "no"),
    ],
    columns=["who", "what", "at", "consent"],
)


def shop(privacy: Privacy) -> JourneyMap:
    return ONE_EACH.model_copy(update={"privacy": privacy})


def events(table: pd.DataFrame = EVENTS) -> Events:
    return Events(table, customer="who", at="at", event="what", zone="UTC")


def account(journeys: Journeys, table: str = "events") -> Quality:
    return next(one for one in journeys.quality if one.table == table)


def test_events_without_consent_are_set_aside_where_the_map_requires_it() -> None:
    journeys = join(shop(ASKED), events())
    assert (journeys.n_customers, journeys.n_events) == (2, 3)
    assert account(journeys) == replace(
        account(journeys),
        read=6,
        kept=3,
        set_aside={
            "unreadable_time": Counted(1, (5,)),
            "consent_denied": Counted(1, (2,)),
            "consent_unknown": Counted(1, (3,)),
        },
    )


def test_without_the_requirement_they_are_counted_and_kept() -> None:
    journeys = join(shop(Privacy(consent_field="consent")), events())
    found = account(journeys)
    assert journeys.n_customers == 4
    assert found.noticed_rows("consent_denied") == found.noticed_rows("consent_unknown") == 1


def test_events_past_retention_are_set_aside_and_counted_back_from_as_of() -> None:
    """Sixty days before 31 March is 30 January."""
    journeys = join(shop(Privacy(retention_days=60)), events(), as_of=AS_OF)
    assert account(journeys).set_aside["past_retention"] == Counted(1, (4,))
    assert journeys.n_customers == 3
    never = join(shop(Privacy(retention_days=60)), events())
    assert account(never).set_aside_rows("past_retention") == 0


def test_an_event_is_set_aside_by_one_rule_only() -> None:
    both = ASKED.model_copy(update={"retention_days": 7})
    found = account(join(shop(both), events(EVENTS.iloc[[0, 1, 2, 4]].assign(at="2025-03-30"))))
    assert found.read == found.kept + sum(one.rows for one in found.set_aside.values())
    old = EVENTS.assign(at="2025-01-01")
    old.loc[1, "at"] = "2025-03-30"
    found = account(join(shop(both), events(old), as_of=AS_OF))
    assert {rule: one.rows for rule, one in found.set_aside.items()} == {
        "consent_denied": 2,
        "consent_unknown": 1,
        "past_retention": 2,
    }


def test_consent_of_the_customers_holds_for_their_events_and_answers() -> None:
    table = EVENTS.drop(columns="consent")
    known = pd.DataFrame({"id": ["ann", "bob"], "consent": ["yes", "no"], "tier": ["a", "b"]})
    said = pd.DataFrame({"who": ["ann", "bob", "eve"], "score": [5, 4, 3]})
    journeys = join(
        shop(ASKED),
        events(table),
        feedback=Feedback(said, "score", SCORES, customer="who"),
        customers=Customers(known, "id"),
    )
    assert journeys.n_customers == 1
    assert account(journeys).set_aside_rows("consent_denied") == 1
    assert account(journeys).set_aside_rows("consent_unknown") == 2
    answers = account(journeys, "feedback")
    assert (answers.kept, answers.set_aside_rows("consent_denied")) == (1, 1)
    assert answers.set_aside_rows("consent_unknown") == 1
    assert account(journeys, "customers").set_aside == {"consent_denied": Counted(1)}
    assert journeys.segment("tier").values == ("a",)


def test_old_answers_are_past_retention_too() -> None:
    said = pd.DataFrame({"score": [5, 4], "at": ["2025-03-30", "2024-01-01"]})
    feedback = Feedback(said, "score", SCORES, at="at", zone="UTC")
    journeys = join(shop(Privacy(retention_days=60)), events(), feedback=feedback, as_of=AS_OF)
    assert account(journeys, "feedback").set_aside == {"past_retention": Counted(1, (1,))}


def test_an_answer_that_nothing_is_known_of_is_kept() -> None:
    said = Feedback(pd.DataFrame({"score": [5, 4]}), "score", SCORES)
    assert len(join(shop(ASKED), events(), feedback=said).answers.score) == 2


def test_required_consent_that_no_table_holds_is_one_sentence() -> None:
    with pytest.raises(SourceError, match="and `pandas table` has no column `consent`, nor has"):
        join(shop(ASKED), events(EVENTS.drop(columns="consent")))


def test_nobody_who_agreed_is_one_sentence() -> None:
    with pytest.raises(SourceError, match="6 by `consent_denied` of 6 set aside"):
        join(shop(ASKED), events(EVENTS.assign(consent="no", at="2025-03-01")))


def test_parts_and_the_inventory_of_rules_see_the_same_events() -> None:
    privacy = ASKED.model_copy(update={"retention_days": 60})
    whole = join(shop(privacy), events(), as_of=AS_OF)
    parts = join_in_parts(shop(privacy), events(), as_of=AS_OF)
    assert sum(part.n_events for part in parts) == whole.n_events == 2
    assert account(parts) == account(whole)
    inventory = Inventory(events())
    assert inventory.covered(ONE_EACH).events == 5
    assert inventory.covered(shop(ASKED)).events == 3
