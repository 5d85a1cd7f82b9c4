"""Keeping to one value of a column keeps whole customers, or whole events, and counts the rest."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from cjm_notebooks import Customers, Events, Feedback, Question, audit
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events.restricting import Given, restricted, values_in
from tests.audits import AS_OF, BUYS, LEAVES_CART, answers
from tests.audits import events as recorded
from tests.journeys import ONE_EACH

EVENTS = Events(
    pd.DataFrame(
        {
            "who": ["ann", "ann", "bob", "cyd"],
            "at": ["2025-01-01", "2025-01-02", "2025-01-03", "2025-01-04"],
            "event": ["home", "cart", "home", "home"],
            "brand": ["A", "B", "B", "B"],
        }
    ),
    customer="who",
    at="at",
    zone="UTC",
)
CUSTOMERS = Customers(
    pd.DataFrame({"who": ["ann", "bob", "cyd"], "country": ["DEU", "DEU", "FRA"]}), customer="who"
)
FEEDBACK = Feedback(
    pd.DataFrame({"by": ["ann", "cyd", None], "score": [5, 1, 3]}),
    score="score",
    questions=(Question("csat", "csat", (1, 5)),),
    customer="by",
)


def rows(tables: Events | Customers | Feedback | None, column: str) -> list[str]:
    return pa.table(tables.table)[column].to_pylist()


def test_attribute_of_customers_keeps_all_that_they_did_and_said() -> None:
    part, accounts = restricted(Given(EVENTS, FEEDBACK, CUSTOMERS), {"country": "DEU"})
    assert rows(part.customers, "who") == ["ann", "bob"]
    assert rows(part.events, "who") == ["ann", "ann", "bob"]
    assert rows(part.feedback, "by") == ["ann"]
    assert [(one.read, one.kept) for one in accounts] == [(3, 2), (4, 3), (3, 1)]
    assert accounts[0].set_aside_rows("other_country") == 1


def test_column_of_events_keeps_those_events_and_who_had_them() -> None:
    part, _ = restricted(Given(EVENTS, FEEDBACK, CUSTOMERS), {"brand": "A"})
    assert rows(part.events, "event") == ["home"]
    assert rows(part.customers, "who") == ["ann"]
    assert rows(part.feedback, "by") == ["ann"]


def test_several_columns_narrow_one_another() -> None:
    part, _ = restricted(Given(EVENTS, None, CUSTOMERS), {"country": "DEU", "brand": "B"})
    assert rows(part.events, "who") == ["ann", "bob"]


def test_table_of_which_nothing_is_left_is_absent() -> None:
    part, _ = restricted(Given(EVENTS, FEEDBACK), {"brand": "A"})
    assert part.feedback is not None
    late, _ = restricted(Given(EVENTS, FEEDBACK, CUSTOMERS), {"who": "bob"})
    assert late.feedback is None


def test_file_is_restricted_as_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("who,brand name\nann,A\nbob,B\n")
    log = Events(tmp_path / "log.csv", customer="who", at="at")
    part, (account,) = restricted(Given(log), {"brand name": "A"})
    assert rows(part.events, "who") == ["ann"]
    assert account.table == "log.csv"


def test_values_come_with_the_number_of_their_customers_the_most_first() -> None:
    assert values_in(Given(EVENTS, None, CUSTOMERS), "country") == {"DEU": 2, "FRA": 1}
    assert values_in(Given(EVENTS), "brand") == {"B": 3, "A": 1}


@pytest.mark.parametrize(
    ("only", "says"),
    [
        ({"zzz": "DEU"}, r"No table has a column `zzz` to choose by\. Known: `who`, `country`"),
        (
            {"country": "DEV"},
            r"`country` of `pandas table` has no value `DEV`\. Did you mean `DEU`",
        ),
        ({"country": "x' OR 'a' = 'a"}, r"has no value `x' OR 'a' = 'a`"),
    ],
)
def test_what_is_not_there_is_named(only: dict[str, str], says: str) -> None:
    with pytest.raises(ParameterError, match=says):
        restricted(Given(EVENTS, None, CUSTOMERS), only)


def test_audit_of_a_part_says_which_part_and_is_that_of_the_part_alone() -> None:
    both = recorded(*[BUYS] * 20, *[LEAVES_CART] * 10, shop="north")
    more = recorded(*[LEAVES_CART] * 40, shop="south").table
    more["who"] = "south " + more["who"]
    every = Events(pd.concat([both.table, more]), customer="who", at="at")
    alone = audit(ONE_EACH, both, as_of=AS_OF)
    part = audit(ONE_EACH, every, as_of=AS_OF, only={"shop": "north"})
    assert part.extent == alone.extent
    assert part.measured == alone.measured
    assert part.manifest.only == {"shop": "north"}
    assert "<bdi>north</bdi></h1>" in part.sections().opening.html
    assert "<bdi>shop</bdi>: <bdi>north</bdi>" in part.sections().manifest.html


def test_answers_of_nobody_are_left_out_of_a_part() -> None:
    said = answers(*["csat:cart=4@3"] * 6)
    part, _ = restricted(Given(None, said), {"question": "csat"})
    assert len(rows(part.feedback, "score")) == 6
