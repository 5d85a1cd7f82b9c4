"""Calls of Segment and RudderStack, counted by hand in the fixtures."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events import Counted
from cjm_notebooks.sources.segment_export import SegmentExport

FOLDER = Path(__file__).parent / "fixtures" / "segment_export"
CLEAN = SegmentExport(FOLDER / "clean.ndjson", properties=("order_id",), currency="EUR")
ORDERS = SegmentExport(FOLDER / "order_completed.csv", properties=("order_id",), currency="EUR")
MALFORMED = SegmentExport(FOLDER / "malformed.ndjson")
EXAMPLES = (
    CLEAN,
    replace(CLEAN, customer="user_id"),
    replace(CLEAN, calls=("track",)),
    ORDERS,
    SegmentExport(FOLDER / "pages.csv", call="page"),
    MALFORMED,
    SegmentExport(FOLDER / "malformed.csv"),
)


def events(source: SegmentExport) -> pd.DataFrame:
    found = source.read().events
    assert found is not None
    return pa.table(found.table).to_pandas()


def set_aside(source: SegmentExport) -> dict[str, Counted]:
    (quality,) = source.read().quality
    return dict(quality.set_aside)


def test_calls_that_say_what_a_visitor_did_are_events() -> None:
    found = events(CLEAN)
    assert list(zip(found["anonymous_id"], found["event"], strict=True)) == [
        ("anon-anna", "page"),
        ("anon-anna", "Product Added"),
        ("anon-anna", "Order Completed"),
        ("anon-bernd", "screen"),
        ("anon-bernd", "Order Completed"),
        ("anon-chiyo", "Order Completed"),
    ]
    assert found["page_name"].dropna().tolist() == ["Home", "Wunschliste"]


def test_calls_about_accounts_and_repeated_messages_are_set_aside_with_their_rows() -> None:
    assert set_aside(CLEAN) == {
        "identify": Counted(1, (1,)),
        "duplicate": Counted(1, (4,)),
        "no_customer": Counted(1, (7,)),
        "group": Counted(1, (8,)),
    }


def test_call_that_is_not_asked_for_is_set_aside_under_its_name() -> None:
    found = set_aside(replace(CLEAN, calls=("track",)))
    assert (found["page"].rows, found["screen"].rows) == (1, 1)


def test_time_is_the_one_corrected_by_the_clock_of_the_sender() -> None:
    first = events(CLEAN)["at"].iloc[0]
    assert pd.Timestamp(first, unit="us") == pd.Timestamp("2024-07-15T08:00:00")


def test_missing_time_is_worked_out_from_the_way_the_call_took() -> None:
    found, (quality,) = events(CLEAN), CLEAN.read().quality
    at = found.loc[found["event"] == "screen", "at"].iloc[0]
    assert pd.Timestamp(at, unit="us") == pd.Timestamp("2024-07-15T08:30:00")
    assert quality.noticed["time_worked_out"] == Counted(1, (5,))


def test_orders_are_worth_their_revenue_in_the_currency_of_the_map() -> None:
    found, (quality,) = events(CLEAN), CLEAN.read().quality
    assert found["value"].dropna().tolist() == [59.9]
    assert quality.noticed["other_currency"] == Counted(1, (6,))
    assert quality.noticed["no_value"] == Counted(1, (9,))


def test_nothing_personal_but_ids_is_passed_on() -> None:
    found = events(CLEAN)
    assert found["page_location"].iloc[0] == "https://shop.example.org/"
    assert found["referrer"].iloc[0] == "https://search.example.org/q"
    assert not found.astype(str).stack().str.contains(r"@|192\.0\.2|Mozilla|clid").any()


def test_table_of_a_warehouse_reads_like_the_calls_it_was_made_of() -> None:
    raw = events(CLEAN)
    orders = raw[(raw["event"] == "Order Completed") & (raw["anonymous_id"] != "anon-chiyo")]
    columns = ["anonymous_id", "user_id", "at", "event", "order_id", "value"]
    pd.testing.assert_frame_equal(
        events(ORDERS)[columns].astype(object),
        orders[columns].reset_index(drop=True).astype(object),
    )
    assert events(ORDERS)["page_location"].iloc[0] == "https://shop.example.org/thanks"
    assert events(ORDERS)["source"].iloc[0] == "meta"


def test_table_of_pages_says_what_its_rows_are_by_call() -> None:
    (page,) = events(SegmentExport(FOLDER / "pages.csv", call="page")).to_dict("records")
    assert (page["event"], page["page_name"], page["library"]) == ("page", "Home", "web")
    assert page["page_location"] == "https://shop.example.org/"


def test_parquet_reads_like_csv(tmp_path: Path) -> None:
    file = tmp_path / "order_completed.parquet"
    empty_is_null = pyarrow.csv.ConvertOptions(strings_can_be_null=True)
    table = pyarrow.csv.read_csv(FOLDER / "order_completed.csv", convert_options=empty_is_null)
    pyarrow.parquet.write_table(table, file)
    pd.testing.assert_frame_equal(events(replace(ORDERS, file=file)), events(ORDERS))


def test_list_of_calls_reads_like_lines(tmp_path: Path) -> None:
    file = tmp_path / "calls.json"
    lines = (FOLDER / "clean.ndjson").read_text("utf-8").splitlines()
    file.write_text(json.dumps([json.loads(line) for line in lines], indent=1))
    pd.testing.assert_frame_equal(events(replace(CLEAN, file=file)), events(CLEAN))


def test_list_that_breaks_off_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "calls.json"
    file.write_text('[{"type": "track", "event": "Played"}, {"type": "tr')
    with pytest.raises(
        SourceError, match=r"`calls\.json` cannot be read\. .*value 3: .* Export it again"
    ):
        SegmentExport(file).read()


def test_lines_that_are_no_call_are_set_aside_and_the_rest_is_read() -> None:
    assert len(events(MALFORMED)) == 1
    assert set_aside(MALFORMED) == {
        "unreadable_row": Counted(2, (1, 2)),
        "unreadable_time": Counted(1, (3,)),
        "no_time": Counted(1, (4,)),
        "unknown_call": Counted(1, (5,)),
        "no_customer": Counted(1, (6,)),
    }


def test_lines_that_do_not_fit_the_header_are_counted() -> None:
    found = set_aside(SegmentExport(FOLDER / "malformed.csv"))
    assert {rule: counted.rows for rule, counted in found.items()} == {
        "unreadable_row": 1,
        "unreadable_time": 1,
    }


def test_file_of_something_else_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "orders.ndjson"
    file.write_text('{"order": 1}\n')
    with pytest.raises(SourceError, match=r"`orders\.ndjson` holds no call of Segment or Rudder"):
        SegmentExport(file).read()


def test_unknown_call_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"There is no call `tracks`\. Known: `track`, `page`"):
        SegmentExport("calls.ndjson", calls=("tracks",))


def test_property_cannot_take_the_name_of_a_column() -> None:
    with pytest.raises(ParameterError, match="`properties` names `country`, which is a column"):
        SegmentExport("calls.ndjson", properties=("country",))


def test_customers_are_visitors_or_accounts() -> None:
    with pytest.raises(ParameterError, match=r"`customer` is `email`\. Calls have `anonymous_id`"):
        SegmentExport("calls.ndjson", customer="email")  # type: ignore[arg-type]
