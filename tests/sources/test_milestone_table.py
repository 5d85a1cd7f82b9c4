"""One customer a row, one column of times a milestone."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_notebooks import Events, JourneyMap, join
from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.maps import Stage
from cjm_notebooks.sources.milestone_table import MilestoneTable

SHOP = JourneyMap(id="shop", name="Shop", stages=(Stage(id="s", name="S"),))
MILESTONES = {"ordered": "ordered_on", "sent": "sent_on", "returned": "back_on"}
ORDERS = pd.DataFrame(
    {
        "order": ["A", "B"],
        "shop": ["Bonn", "Köln"],
        "ordered_on": ["2025-03-01", "2025-03-02"],
        "sent_on": ["2025-03-01", " "],
        "back_on": ["2025-03-09", None],
    }
)


def orders(table: pd.DataFrame = ORDERS, *attributes: str) -> MilestoneTable:
    return MilestoneTable(
        table, customer="order", milestones=MILESTONES, attributes=attributes, zone="UTC"
    )


EXAMPLES = (orders(),)


def rows(events: Events | None) -> list[tuple[object, ...]]:
    assert events is not None
    assert isinstance(events.table, pa.Table)
    names = (events.customer, events.event, events.at, events.sequence)
    return list(zip(*(events.table[str(name)].to_pylist() for name in names), strict=True))


def test_each_milestone_reached_is_an_event_in_the_order_declared() -> None:
    assert rows(orders().read().events) == [
        ("A", "ordered", "2025-03-01", 0),
        ("A", "sent", "2025-03-01", 1),
        ("A", "returned", "2025-03-09", 2),
        ("B", "ordered", "2025-03-02", 0),
    ]


def test_milestones_not_reached_are_counted_with_their_rows() -> None:
    (quality,) = orders().read().quality
    assert (quality.read, quality.kept) == (6, 4)
    assert quality.set_aside["not_reached"].rows == 2
    assert quality.set_aside["not_reached"].places == (1, 1)


def test_attributes_stand_at_every_event_of_their_row() -> None:
    events = orders(ORDERS, "shop").read().events
    assert events is not None
    assert pa.table(events.table)["shop"].to_pylist() == ["Bonn", "Bonn", "Bonn", "Köln"]


@pytest.mark.parametrize("name", ["milestone", "Milestone", "reached_at", "number", "row", "name"])
def test_caller_may_have_columns_named_like_ours(name: str) -> None:
    last_first = ORDERS.rename(columns={"shop": name}).assign(**{name: ["z", "a"]})
    events = orders(last_first, name, "order").read().events
    assert events is not None
    assert pa.table(events.table)[name].to_pylist() == ["z", "z", "z", "a"]
    assert [row[1] for row in rows(events)] == ["ordered", "sent", "returned", "ordered"]


def test_lines_that_do_not_fit_the_header_are_counted_cell_by_cell(tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("order,ordered_on,sent_on,back_on\nA,2025-03-01,,\nB,2025-03-01,,,,,x\n")
    (quality,) = MilestoneTable(file, "order", MILESTONES, zone="UTC").read().quality
    assert (quality.read, quality.kept) == (6, 1)
    assert quality.set_aside_rows("unreadable_row") == 3


def test_unknown_column_is_named_with_the_nearest() -> None:
    milestones = {"sent": "sent_at"}
    with pytest.raises(
        SourceError,
        match=r"no column `sent_at`, named as `milestones\[sent\]`\. Did you mean `sent_on",
    ):
        MilestoneTable(ORDERS, customer="order", milestones=milestones).read()


def test_table_without_milestones_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"`milestones` is empty\. Name each event"):
        MilestoneTable(ORDERS, customer="order", milestones={})


day = st.one_of(st.none(), st.sampled_from(["", "  ", "2025-03-01", "soon"]))


@given(st.lists(st.tuples(day, day, day), min_size=1, max_size=8))
def test_every_cell_is_yielded_or_set_aside(cells: list[tuple[str | None, ...]]) -> None:
    table = pd.DataFrame(cells, columns=list(MILESTONES.values()), dtype="str")
    table["order"] = [str(number) for number in range(len(cells))]
    found = orders(table).read()
    (quality,) = found.quality
    filled = sum(bool((cell or "").strip()) for row in cells for cell in row)
    assert quality.read == 3 * len(cells)
    assert quality.kept == filled == len(rows(found.events))
    assert quality.read == quality.kept + sum(c.rows for c in quality.set_aside.values())


def test_milestones_that_begin_with_the_day_are_read_in_their_format() -> None:
    table = pd.DataFrame({"order": ["A"], "ordered": ["31.12.2025"], "sent": ["02.01.2026"]})
    source = MilestoneTable(
        table,
        customer="order",
        milestones={"ordered": "ordered", "sent": "sent"},
        zone="UTC",
        time_format="%d.%m.%Y",
    )
    (quality,) = join(SHOP, source.read().events).quality
    assert (quality.kept, quality.first_at) == (2, 1_767_139_200_000_000)
