"""What was recorded, who claims it, and what two rules claim both."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from cjm_notebooks import Events, JourneyMap
from cjm_notebooks.errors import ParameterError, RuleError, SourceError
from cjm_notebooks.journeys.inventory import Inventory
from cjm_notebooks.maps import Condition, Rule, Stage, Touchpoint
from cjm_notebooks.matching import bind

FIRST = datetime(2025, 3, 1, tzinfo=UTC)
ROWS = [
    ("anna", "login", "web"),
    ("anna", "pay", "web"),
    ("anna", "login", "app"),
    ("bob", "login", "app"),
    ("bob", "odd", "app"),
    ("bob", "odd", "app"),
    ("cleo", "odd", None),
]


def events() -> Events:
    table = pd.DataFrame(ROWS, columns=["who", "event", "channel"])
    table["at"] = [FIRST + timedelta(days=day) for day in range(len(table))]
    return Events(table, customer="who", at="at")


def a_map(**rules: Rule | None) -> JourneyMap:
    parts = tuple(Touchpoint(id=id_, name=id_.title(), match=rule) for id_, rule in rules.items())
    return JourneyMap(id="m", name="M", stages=(Stage(id="s", name="S", touchpoints=parts),))


def where(priority: int = 0, **condition: str) -> Rule:
    return Rule(where=Condition(**condition), priority=priority)


LOGIN = a_map(login=where(is_="login"), pay=None)


def test_table_shows_what_is_on_no_touchpoint_first_and_the_most_frequent_next() -> None:
    table = Inventory(events()).table(LOGIN)
    assert table.index.tolist() == ["odd", "pay", "login"]
    assert table.index.name == "event"
    assert table["events"].tolist() == [3, 1, 3]
    assert table["customers"].tolist() == [2, 1, 2]
    assert table["unclaimed"].tolist() == [3, 1, 0]
    assert table["touchpoint"].fillna("-").tolist() == ["-", "-", "login"]
    assert table["first_seen"].tolist() == [FIRST + timedelta(days=day) for day in (4, 1, 0)]
    assert table["last_seen"].tolist() == [FIRST + timedelta(days=day) for day in (6, 1, 3)]


def test_channel_tells_apart_where_events_happened() -> None:
    table = Inventory(events(), channel="channel").table(LOGIN)
    assert table.index.names == ["event", "channel"]
    assert table["events"].tolist() == [2, 1, 1, 2, 1]
    assert table.index.tolist()[:1] == [("odd", "app")]


def test_rule_that_looks_around_splits_the_events_of_a_row() -> None:
    again = Rule(where=Condition(is_="login"), after=("pay",))
    journey_map = a_map(again=again, pay=where(is_="pay"))
    (row,) = (row for row in Inventory(events()).rows(journey_map) if row.touchpoint == "again")
    assert (row.events, row.unclaimed) == (3, 2)


def test_period_without_events_has_no_row_and_no_share() -> None:
    inventory = Inventory(events()).during(
        datetime(2030, 1, 1, tzinfo=UTC), FIRST.replace(year=2031)
    )
    assert len(inventory.table(LOGIN)) == 0
    covered = inventory.covered(LOGIN)
    assert (covered.events, covered.customers, covered.share) == (0, 0, None)


@pytest.mark.parametrize(
    ("a", "b", "winner", "reason"),
    [
        (where(is_="login"), where(is_="login"), "a", "id"),
        (where(is_="login"), where(glob="log*", priority=1), "b", "priority"),
        (where(glob="log*"), where(is_="login"), "b", "specificity"),
    ],
)
def test_overlap_says_who_wins_and_why(a: Rule, b: Rule, winner: str, reason: str) -> None:
    (overlap,) = Inventory(events()).overlaps(a_map(a=a, b=b))
    assert (overlap.winner, overlap.reason) == (winner, reason)
    assert (overlap.events, overlap.customers, overlap.examples) == (3, 2, ("login",))
    assert overlap.in_words().startswith(f"`{winner}` gets them and not ")


def test_three_rules_on_one_event_are_two_overlaps_with_the_winner() -> None:
    journey_map = a_map(a=where(is_="pay"), b=where(glob="p*"), c=where(starts_with="p"))
    found = [(one.winner, one.other) for one in Inventory(events()).overlaps(journey_map)]
    assert found == [("a", "b"), ("a", "c")]


def test_preview_in_words_names_what_changes() -> None:
    preview = Inventory(events()).preview(LOGIN, bind(LOGIN, "pay", "odd"))
    assert preview.in_words() == (
        "On the map: 42.9% -> 85.7% of 7 events\nPay: 0 -> 3 events, 0 -> 2 customers"
    )
    table = preview.table().set_index("target")
    assert table.loc["pay", "rule_after"] == "`event` is `odd`"
    assert table["events_after"].tolist() == [3, 3]


def test_touchpoint_that_is_gone_has_no_events_any_more() -> None:
    preview = Inventory(events()).preview(LOGIN, a_map(other=None))
    changes = {one.id: (one.events, one.customers) for one in preview.targets}
    assert changes == {
        "other": ((0, 0), (0, 0)),
        "login": ((3, 0), (2, 0)),
        "pay": ((0, 0), (0, 0)),
    }


def test_lists_fulfil_no_test_and_are_shown() -> None:
    table = pd.DataFrame({"who": [1, 1], "event": ["a", "b"], "tags": [["x"], ["y"]]})
    recorded = Events(table.assign(at=FIRST), customer="who", at="at")
    journey_map = a_map(tagged=Rule(where=Condition(column="tags", is_="x")))
    assert Inventory(recorded).covered(journey_map).claimed == 0


def test_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(SourceError, match=r"has no column `chanel`.*Did you mean `channel`"):
        Inventory(events(), channel="chanel").table(LOGIN)
    with pytest.raises(RuleError, match=r"The rule of `a` names the column `x`"):
        Inventory(events()).table(a_map(a=Rule(where=Condition(column="x", is_="y"))))


def test_period_runs_forward() -> None:
    with pytest.raises(ParameterError, match="Give a start that is before the end"):
        Inventory(events()).during(FIRST, FIRST)
