"""The mapper as a notebook and its screen use it, both through the kernel."""

from __future__ import annotations

import json
import sqlite3
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from cjm_notebooks.builders.mapping import Layout, yielded
from cjm_notebooks.builders.table_mapper import WIDGET_VIEW, TableMapper
from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events import Query
from cjm_notebooks.sources.event_table import EventTable
from tests.builders.mapping import ORDERS, answers, bookings, survey


class Screen:
    """What a front end does over its connection: say what a column is, and ask for more."""

    def __init__(self, mapper: TableMapper, monkeypatch: pytest.MonkeyPatch) -> None:
        self.mapper = mapper
        self.heard: list[dict[str, object]] = []
        monkeypatch.setattr(mapper, "send", self.heard.append)

    def say(self, **parts: object) -> dict[str, object]:
        self.mapper.set_state({"asked": {**self.mapper.asked, **parts}})
        return self.mapper.answer

    def want(self, wants: str, **more: object) -> dict[str, object]:
        self.mapper._handle_custom_msg({"wants": wants, **more}, [])
        return self.heard[-1]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "orders.csv"
    written.write_text(ORDERS.replace("31.02.2024", "2024-02-31 10:00"), "utf-8")
    return written


@pytest.fixture
def screen(file: Path, monkeypatch: pytest.MonkeyPatch) -> Screen:
    return Screen(TableMapper(str(file)), monkeypatch)


def test_every_column_is_guessed_with_a_reason_and_nothing_is_confirmed(screen: Screen) -> None:
    mapper = screen.mapper
    assert mapper.layout.roles == {
        "customer_id": "customer",
        "event": "event",
        "when": "time",
        "channel": "channel",
    }
    assert mapper.guessed == ("customer_id", "event", "when", "channel")
    assert all(column["why"] for column in mapper.seen["columns"])
    assert mapper.seen["called"] == "orders.csv"


def test_a_zone_is_never_guessed(screen: Screen) -> None:
    assert screen.mapper.layout.zone is None
    assert "Say where the clock stood" in screen.mapper.answer["problem"]
    assert not any("have no zone" in problem for problem in screen.mapper.seen["problems"])
    assert screen.mapper.yielded is None
    answer = screen.say(zone="Europe/Berlin")
    assert answer["problem"] == ""
    assert answer["says"] == "8 events with 2 names, of 5 customers; 2 of 10 rows set aside."
    assert answer["period"] == "From 2024-07-01 08:00 to 2024-07-04 07:30, in UTC."


def test_each_row_that_is_left_out_has_a_rule_with_a_reason(screen: Screen) -> None:
    roles = {**screen.mapper.asked["roles"], "amount": "value"}
    rules = screen.say(zone="UTC", roles=roles)["rules"]
    assert [(rule["name"], rule["rows"], rule["places"]) for rule in rules] == [
        ("No customer", "1", "3"), ("Unreadable time", "1", "4"), ("Unreadable value", "1", "2"),
    ]  # fmt: skip
    assert [rule["is_set_aside"] for rule in rules] == [True, True, False]
    assert all(rule["why"] for rule in rules)


def test_the_rows_of_a_rule_are_shown_on_request(screen: Screen) -> None:
    answer = screen.say(zone="UTC")
    assert [rule["can_be_shown"] for rule in answer["rules"]] == [True, True]
    assert screen.want("rule", rule="unreadable_time") == {
        "wants": "rule",
        "rule": "unreadable_time",
        "headings": ["customer_id", "event", "when", "channel"],
        "rows": [["c3", "cart", "2024-02-31 10:00", "app"]],
    }
    assert "by the rule `no_time`" in screen.want("rule", rule="no_time")["problem"]


def test_lines_that_are_no_row_cannot_be_shown(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text(file.read_text("utf-8") + "c9;home;2024-07-05;web;1;too;many\n", "utf-8")
    rules = Screen(TableMapper(file), monkeypatch).say(zone="UTC")["rules"]
    shown = {rule["name"]: rule["can_be_shown"] for rule in rules if rule["is_set_aside"]}
    assert shown == {"Unreadable row": False, "No customer": True, "Unreadable time": True}


def test_what_the_screen_says_reaches_the_notebook(screen: Screen, file: Path) -> None:
    roles = {**screen.mapper.asked["roles"], "channel": None, "amount": "value"}
    screen.say(zone="UTC", roles=roles, confirmed=["customer_id", "when"])
    assert screen.mapper.reader == EventTable(
        str(file), customer="customer_id", at="when", event="event", zone="UTC", value="amount"
    )
    assert screen.mapper.guessed == ("event", "amount")
    assert 'customer="customer_id",\n' in screen.mapper.code
    assert 'event="event",  # a guess\n' in screen.mapper.code


def test_the_code_on_the_screen_reads_the_same(screen: Screen) -> None:
    cell: dict[str, object] = {}
    exec(screen.say(zone="Europe/Berlin")["code"], cell)
    assert cell["found"].events == screen.mapper.reader.read().events


def test_a_layout_in_the_notebook_reaches_the_screen_confirmed(screen: Screen) -> None:
    layout = Layout(
        "events", {"customer_id": "customer", "channel": "event", "when": "time"}, zone="UTC"
    )
    screen.mapper.layout = layout
    assert screen.mapper.asked["roles"] == {
        "customer_id": "customer", "when": "time", "channel": "event",
    }  # fmt: skip
    assert screen.mapper.guessed == ()
    assert screen.mapper.answer["says"].startswith("8 events with 2 names")


def test_a_layout_that_cannot_be_read_so_raises_and_changes_nothing(screen: Screen) -> None:
    before = screen.mapper.layout
    with pytest.raises(SourceError, match=r"no column `custmer_id`.*Did you mean `customer_id`"):
        screen.mapper.layout = Layout(
            "events", {"custmer_id": "customer", "event": "event", "when": "time"}, zone="UTC"
        )
    with pytest.raises(ParameterError, match="No column is `Customer` yet"):
        screen.mapper.layout = Layout("events", {"event": "event", "when": "time"})
    assert screen.mapper.layout == before


def test_what_no_table_can_be_is_answered_with_a_sentence(screen: Screen) -> None:
    before = screen.mapper.layout
    answer = screen.say(shape="evnets")
    assert "A row cannot be `evnets`. Did you mean `events`?" in answer["problem"]
    assert answer["asked"]["shape"] == "evnets"
    assert (answer["code"], answer["rules"]) == ("", [])
    assert screen.mapper.layout == before
    assert screen.say(shape="events", zone="UTC")["problem"] == ""


def test_questions_of_a_new_column_come_with_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen(TableMapper(answers()), monkeypatch)
    answer = screen.say(roles={"score": "score"}, questions={})
    assert answer["layout"]["questions"]["score"] == {
        "id": "score", "kind": "other", "scale": [0, 10], "touchpoint": None, "set_aside": {},
    }  # fmt: skip
    assert answer["says"] == "5 answers to 1 question, of 5 respondents; no row set aside."


def test_the_whole_of_a_long_table_is_counted_on_request(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen(TableMapper(file, rows=4), monkeypatch)
    answer = screen.say(zone="UTC")
    assert answer["says"] == "3 events with 2 names, of 2 customers; 1 of 4 rows set aside."
    assert (answer["scope"], answer["is_of_all"]) == ("Counted over the first 4 rows.", False)
    assert screen.want("all") == {"wants": "all"}
    answer = screen.mapper.answer
    assert answer["says"].startswith("8 events")
    assert (answer["scope"], answer["is_of_all"]) == ("", True)


@pytest.mark.parametrize(
    ("table", "layout", "says"),
    [
        (
            pd.DataFrame({"row": range(30), "at": "2024-07-01T09:00Z", "what": "home"}),
            Layout("events", {"row": "customer", "at": "time", "what": "event"}),
            "Each customer has one event only. If `row` numbers rows",
        ),
        (
            pd.DataFrame({"who": "me", "at": "2024-07-01T09:00Z", "what": range(30)}),
            Layout("events", {"who": "customer", "at": "time", "what": "event"}),
            "All of it belongs to one customer. Choose another column than `who`.",
        ),
        (
            pd.DataFrame({"who": ["a", "b"], "at": [1_720_000_000, 1_720_000_060], "what": "x"}),
            Layout("events", {"who": "customer", "at": "time", "what": "event"}, unit="ms"),
            "Some times are before 1990 or after 2100. Choose another unit",
        ),
        (
            pd.DataFrame({"who": [None, None], "at": "2024-07-01T09:00Z", "what": "x"}),
            Layout("events", {"who": "customer", "at": "time", "what": "event"}),
            "Nothing is left.",
        ),
    ],
    ids=["row numbers", "one customer", "unit", "nothing"],
)
def test_a_layout_that_seems_wrong_is_doubted(
    table: pd.DataFrame, layout: Layout, says: str
) -> None:
    mapper = TableMapper(table)
    mapper.layout = layout
    assert [doubt[: len(says)] for doubt in mapper.answer["doubts"]] == [says]


def test_nothing_that_stands_in_the_table_is_saved_with_the_notebook(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = pd.DataFrame({"customer_id": ["Xaver7", "Yvonne8"], "said": ["Zitrone", "Zebra"]})
    screen = Screen(TableMapper(table), monkeypatch)
    saved = json.dumps(screen.mapper.get_state(), default=str)
    shown = screen.mapper._repr_mimebundle_()[0]["text/html"]
    assert not any(text in saved + shown for text in ("Xaver7", "Zitrone"))
    rows = screen.want("rows")
    assert rows["headings"] == ["customer_id", "said"]
    assert rows["rows"][0] == ["Xaver7", "Zitrone"]
    assert rows["samples"]["said"] == ["Zitrone", "Zebra"]


def test_segments_of_a_survey_become_customers(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen(TableMapper(survey()), monkeypatch)
    assert screen.mapper.layout.roles["country"] == "segment"
    assert screen.mapper.customers.segments == ("country",)
    assert "customers = cjm.Customers(" in screen.mapper.answer["code"]
    twice = Screen(TableMapper(pd.concat([survey(), survey()])), monkeypatch)
    assert "country" not in twice.mapper.layout.roles
    answer = twice.say(roles={**twice.mapper.asked["roles"], "country": "segment"})
    assert "names 5 customers more than once" in answer["problem"]


def test_columns_without_a_zone_are_named_as_they_are_in_the_table() -> None:
    table = bookings().replace("Z$", "", regex=True)
    problem = TableMapper(table).answer["problem"]
    assert problem.startswith("Times in `booked_at` of `pandas table` have no zone.")


def test_a_workbook_is_mapped_as_pandas_reads_its_first_sheet(tmp_path: Path) -> None:
    file = tmp_path / "bookings.xlsx"
    bookings().to_excel(file, index=False)
    mapper = TableMapper(file)
    assert mapper.seen["called"] == "bookings.xlsx"
    assert mapper.answer["says"].startswith("7 events with 3 names, of 4 customers; 5 of 12 cells")
    cell: dict[str, object] = {}
    exec(mapper.code, cell)
    assert len(cell["events"].table) == 7
    file.write_text("no workbook", "utf-8")
    with pytest.raises(SourceError, match=r"`bookings\.xlsx` is not an Excel workbook"):
        TableMapper(file)


def test_the_fullest_sheet_of_a_workbook_is_mapped_from_its_header(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    with pd.ExcelWriter(file) as book:
        pd.DataFrame({"note": ["exported by hand"]}).to_excel(book, sheet_name="Notes", index=False)
        bookings().to_excel(book, sheet_name="Bookings", index=False, startrow=2)
    mapper = TableMapper(file)
    assert mapper.answer["says"].startswith("7 events with 3 names, of 4 customers; 5 of 12 cells")
    assert 'sheet_name="Bookings", header=2, dtype=str)' in mapper.code
    cell: dict[str, object] = {}
    exec(mapper.code, cell)
    assert len(cell["events"].table) == 7


def test_a_query_is_not_run_again_for_each_choice() -> None:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE seen (user_id TEXT, event TEXT, at TEXT)")
    rows = [(f"u{row % 3}", "home", f"2024-07-0{1 + row % 9}T09:00Z") for row in range(9)]
    database.executemany("INSERT INTO seen VALUES (?, ?, ?)", rows)
    mapper = TableMapper(Query(database, "SELECT * FROM seen"))
    database.execute("DROP TABLE seen")
    mapper.layout = Layout("events", {"user_id": "customer", "at": "time", "event": "event"})
    assert mapper.answer["says"].startswith("9 events with 1 name, of 3 customers")


def test_an_unknown_wish_is_answered_with_a_sentence(screen: Screen) -> None:
    assert "The mapper has no `rosw`. Did you mean `rows`?" in screen.want("rosw")["problem"]


def test_an_export_with_a_source_of_its_own_is_told() -> None:
    fixture = Path(__file__).parents[1] / "sources" / "fixtures" / "ga4_export"
    known = TableMapper(next(fixture.glob("*.ndjson"))).seen["export"]
    assert known["source"] == "Ga4Export"
    assert "import Ga4Export" in known["code"]


def test_the_source_of_an_export_in_memory_reads_that_table() -> None:
    fixture = Path(__file__).parents[1] / "sources" / "fixtures" / "ga4_export" / "flattened.csv"
    read = pd.read_csv(fixture)
    cell: dict[str, object] = {"table": read}
    exec(TableMapper(read).seen["export"]["code"], cell)
    assert cell["found"].quality[0].read == len(read)


def test_types_are_called_as_people_call_them() -> None:
    table = pa.table(
        {
            "id": pa.array([1, 2], pa.uint64()),
            "amount": pa.array([Decimal("1.50"), None]),
            "tags": [["a"], ["b"]],
            "at": pa.array([0, 1], pa.timestamp("us")),
            "seen": pa.array([0, 1], pa.timestamp("us", "UTC")),
        }
    )
    about = [column["about"] for column in TableMapper(table).seen["columns"]]
    assert about == [
        "whole number, 100% filled, 2 values",
        "number, 50% filled, 1 value",
        "list, 100% filled, 2 values",
        "time without a zone, 100% filled, 2 values",
        "time with its zone, 100% filled, 2 values",
    ]


def test_the_picture_holds_the_layout_and_no_script() -> None:
    mapper = TableMapper(bookings())
    bundle, _ = mapper._repr_mimebundle_()
    assert WIDGET_VIEW in bundle
    assert "one row is a customer with several times" in bundle["text/html"]
    assert "Time of an event (a guess)" in bundle["text/html"]
    assert "MilestoneTable(" in bundle["text/html"]
    assert "<script" not in bundle["text/html"]


def test_a_name_in_the_picture_stays_a_text() -> None:
    evil = "<img src=x onerror=alert(1)>_id"
    shown = TableMapper(pd.DataFrame({evil: ["a", "b"]}))._repr_mimebundle_()[0]["text/html"]
    assert "<img" not in shown


def test_a_file_that_is_not_there_is_refused() -> None:
    with pytest.raises(SourceError, match=r"no file `odrers\.csv`"):
        TableMapper("odrers.csv")


def written(times: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {"customer": ["a", "b", "a"], "event": ["look", "buy", "look"], "when": times}
    )


def test_times_that_begin_with_the_day_are_read_once_a_number_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = written(["31.12.2025 14:05", "01.02.2025 09:00", "1.2.2025 9:30"])
    screen = Screen(TableMapper(table), monkeypatch)
    assert screen.mapper.layout.time_format == "%d.%m.%Y %H:%M"
    answer = screen.say(zone="Europe/Berlin")
    assert answer["says"] == "3 events with 2 names, of 2 customers; no row set aside."
    assert answer["period"] == "From 2025-02-01 08:00 to 2025-12-31 13:05, in UTC."
    cell: dict[str, object] = {"table": table}
    exec(answer["code"], cell)
    assert yielded(cell["found"]) == screen.mapper.yielded


def test_whether_day_or_month_comes_first_is_asked_where_no_number_tells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = written(["03/04/2025", "05/06/2025", "12/12/2025"])
    screen = Screen(TableMapper(table), monkeypatch)
    assert screen.mapper.layout.time_format is None
    answer = screen.say(zone="UTC")
    assert "Times in `when` may begin with day or month." in answer["problem"]
    assert screen.mapper.seen["columns"][2]["formats"] == ["%d/%m/%Y", "%m/%d/%Y"]
    answer = screen.say(time_format="%d/%m/%Y")
    assert answer["period"] == "From 2025-04-03 00:00 to 2025-12-12 00:00, in UTC."
    answer = screen.say(time_format="%m/%d/%Y")
    assert answer["period"] == "From 2025-03-04 00:00 to 2025-12-12 00:00, in UTC."
    assert 'time_format="%m/%d/%Y",\n' in answer["code"]


def test_a_month_that_comes_first_is_told_by_a_second_number_above_twelve() -> None:
    layout = TableMapper(written(["3/14/2025 2:05 PM", "5/6/2025 9:00 AM", "1/1/2025 9:00 AM"]))
    assert layout.layout.time_format == "%m/%d/%Y %I:%M %p"


def test_a_format_that_reads_nothing_leaves_nothing_and_says_which_rule(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = Screen(TableMapper(written(["31.12.2025"] * 3)), monkeypatch)
    answer = screen.say(zone="UTC", time_format="%Y-%m")
    assert [(rule["rule"], rule["rows"]) for rule in answer["rules"]] == [("unreadable_time", "3")]
    assert "which is no format of days" in screen.say(time_format="soon")["problem"]


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (pd.DataFrame(), "`pandas table` has no columns. There is nothing to look at."),
        (pd.DataFrame({"a": []}), "`pandas table` has no rows. There is nothing to look at."),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "Give each column a name of its own"),
        (pd.DataFrame({"a": [1, "x"]}), "and one kind of values."),
    ],
    ids=["no columns", "no rows", "twins", "mixed"],
)
def test_what_is_no_table_is_refused_with_the_cure(table: pd.DataFrame, says: str) -> None:
    with pytest.raises(SourceError) as raised:
        TableMapper(table)
    assert says in str(raised.value)


def test_a_file_that_vanishes_leaves_the_choices_and_a_sentence(screen: Screen, file: Path) -> None:
    file.unlink()
    assert "There is no file `orders.csv`" in screen.say(zone="UTC")["problem"]
    assert screen.mapper.layout.zone == "UTC"
    assert screen.want("rows")["headings"][0] == "customer_id"
