"""Recordings of rrweb, counted by hand in the fixtures.

`chromium.json` was recorded by rrweb 2.2.2 in Chromium, its clock set back to July 2024.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events import Counted
from cjm_notebooks.intake import inspect
from cjm_notebooks.sources.rrweb_recording import RrwebRecording

FOLDER = Path(__file__).parent / "fixtures" / "rrweb_recording"
CLEAN = RrwebRecording(FOLDER / "clean.ndjson", customer="customer", recording="recording")
CHROMIUM = RrwebRecording(FOLDER / "chromium.json")
MALFORMED = replace(CLEAN, file=FOLDER / "malformed.ndjson")
EXAMPLES = (
    CLEAN,
    replace(CLEAN, customer=None),
    replace(CLEAN, rage_clicks=4, dead_seconds=0.1, quick_back_seconds=1, struggle_returns=9),
    CHROMIUM,
    MALFORMED,
)
CART = "https://shop.example.org/cart"
HOME = "https://shop.example.org/"


def events(source: RrwebRecording) -> pd.DataFrame:
    found = source.read().events
    assert found is not None
    table: pd.DataFrame = pa.table(found.table).to_pandas()
    return table


def set_aside(source: RrwebRecording) -> dict[str, int]:
    (quality,) = source.read().quality
    return {rule: counted.rows for rule, counted in quality.set_aside.items()}


def test_cart_of_the_first_visitor_is_told_act_by_act() -> None:
    found = events(CLEAN)
    cart = found[found["customer"] == "C-101"]
    assert set(cart["page_location"]) == {CART}
    assert cart["event"].tolist() == [
        "page_opened",
        "dead_click:#top img.logo",
        "rage_click:#order-* button.remove",
        "scroll:screen 3",
        "field_struggle:input[iban]",
        "field_filled:input[holder]",
        "click:button#pay",
        "click:button#pay",
        "script_error",
        "click:button#pay",
    ]


def test_visitor_who_was_misled_by_a_link_came_back_at_once() -> None:
    found = events(CLEAN)
    second = found[found["customer"] == "102"]
    assert list(zip(second["event"], second["page_location"], strict=True)) == [
        ("page_opened", HOME),
        ("quick_back:a#terms", HOME),
        ("page_opened", f"{HOME}terms"),
        ("page_opened", HOME),
        ("click:a#terms", HOME),
        ("page_opened", f"{HOME}terms"),
        ("page_opened", f"{HOME}jp/%E8%B2%B7%E3%81%86"),
    ]
    assert second["window_width"].tolist() == [1000, 1000, 390, 1000, 1000, 1000, 1000]


def test_event_is_a_sign_and_an_element_which_rules_can_use_alone() -> None:
    found = events(CLEAN)
    (rage,) = found[found["sign"] == "rage_click"].to_dict("records")
    assert rage["element"] == "#order-* button.remove"
    assert pd.Timestamp(rage["at"], unit="ms") == pd.Timestamp("2024-07-15T09:00:05")


def test_every_row_of_the_recordings_is_accounted_for() -> None:
    (quality,) = CLEAN.read().quality
    assert (quality.read, quality.kept) == (14 + 16 + 13 + 4, 10 + 7)
    assert set_aside(CLEAN) == {
        "page_change": 11,
        "movement": 4,
        "pointer": 1,
        "other_record": 2,
        "further_click": 2,
        "further_scroll": 3,
        "further_input": 4,
        "same_page": 1,
        "no_customer": 2,
    }
    assert quality.set_aside["no_customer"] == Counted(2, (43, 45))


def test_without_a_key_for_customers_each_recording_is_one() -> None:
    found = events(replace(CLEAN, customer=None))
    assert found["customer"].tolist() == ["r-1"] * 10 + ["r-2"] * 7 + ["r-3"] * 2


def test_customer_may_be_told_by_a_custom_event_anywhere_in_the_recording(tmp_path: Path) -> None:
    page = {"type": 4, "timestamp": 1_000, "data": {"href": HOME}}
    told = {"type": 5, "timestamp": 2_000, "data": {"tag": "login", "payload": {"account": 7}}}
    file = tmp_path / "visit.json"
    file.write_text(json.dumps([page, told]))
    (found,) = events(RrwebRecording(file, customer="account")).to_dict("records")
    assert (found["customer"], found["recording"]) == ("7", "visit")


def test_recording_made_by_rrweb_in_chromium_says_what_was_done_there() -> None:
    found = events(CHROMIUM)
    assert found["event"].tolist() == [
        "page_opened",
        "dead_click:#top img.logo",
        "rage_click:#offers button.wish",
        "scroll:screen 3",
        "quick_back:#offers a.card",
        "page_opened",
        "page_opened",
        "click:#offers a.card",
        "page_opened",
        "click:a#to-checkout",
        "page_opened",
        "click:input[email]",
        "field_filled:input[email]",
        "click:input#iban-*",
        "field_struggle:input#iban-*",
        "click:input[email]",
        "click:input#iban-*",
        "click:input[terms]",
        "field_filled:input[terms]",
        "dead_click:button#pay",
        "click:button#more",
    ]
    assert set(found["customer"]) == {"chromium"}


@pytest.mark.parametrize("source", [CLEAN, CHROMIUM], ids=["by hand", "Chromium"])
def test_nothing_typed_or_shown_is_passed_on(source: RrwebRecording) -> None:
    recorded = Path(source.file).read_text("utf-8")
    secrets = ("Anna", "@example.org", "DE0", "DE8", "gclid", "Bezahlen", "bezahlen", "4711")
    assert sum(secret in recorded for secret in secrets) >= 4
    told = f"{events(source).to_csv()} {source.read().quality}"
    assert [secret for secret in secrets if secret in told] == []


def test_files_are_recognised_with_the_keys_beside_the_events() -> None:
    (clean,), (chromium,) = (inspect(FOLDER / f).fits for f in ("clean.ndjson", "chromium.json"))
    assert (clean.source, chromium.source) == (RrwebRecording, RrwebRecording)
    assert clean.settings == {"customer": "customer", "recording": "recording"}
    assert chromium.settings == {}


def test_several_files_are_several_recordings(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.json").write_text((FOLDER / "chromium.json").read_text("utf-8"))
    found = events(RrwebRecording(tmp_path / "*.json"))
    assert found["customer"].tolist() == ["a"] * 21 + ["b"] * 21


def test_recording_in_two_files_goes_on_where_its_id_says_so(tmp_path: Path) -> None:
    rows = json.loads((FOLDER / "chromium.json").read_text("utf-8"))
    for number, some in enumerate((rows[:60], rows[60:])):
        part = {"visit": "v-1", "events": some}
        (tmp_path / f"{number}.json").write_text(json.dumps(part))
    found = events(RrwebRecording(tmp_path / "*.json", recording="visit"))
    assert found["event"].tolist() == events(CHROMIUM)["event"].tolist()


def test_what_is_no_event_is_set_aside_and_the_rest_is_read() -> None:
    assert events(MALFORMED)["event"].tolist() == ["page_opened", "click:button#pay", "click"]
    assert set_aside(MALFORMED) == {
        "page_change": 2,
        "unreadable_row": 5,
        "no_time": 2,
        "other_record": 3,
        "duplicate": 1,
    }


def test_recording_that_breaks_off_is_refused_with_its_line() -> None:
    with pytest.raises(SourceError, match=r"`cut_off\.json` is not JSON from line 3, column 19"):
        RrwebRecording(FOLDER / "cut_off.json").read()


@pytest.mark.parametrize("text", ['{"order": 1}\n', "[]", '[{"type": 4}]', '{"snapshots": []}'])
def test_file_of_something_else_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "orders.json"
    file.write_text(text)
    with pytest.raises(SourceError, match=r"`orders\.json` holds no event of rrweb: .* `events`"):
        RrwebRecording(file).read()


def test_missing_file_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(SourceError, match=r"There is no file `clean\.json` .*`clean\.ndjson`"):
        RrwebRecording(FOLDER / "clean.json").read()


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        ({"rage_clicks": 1}, r"`rage_clicks` is 1\. Give 2 or more"),
        ({"struggle_returns": 0}, r"`struggle_returns` is 0\. Give 1 or more"),
        ({"dead_seconds": 0}, r"`dead_seconds` is 0\. Give seconds above 0"),
    ],
)
def test_limits_must_be_possible(limit: dict[str, float], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        replace(CLEAN, **limit)
