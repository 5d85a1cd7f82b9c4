"""Events of Google Analytics 4, counted by hand in its fixtures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from cjm_notebooks import JourneyMap, join
from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events import Counted
from cjm_notebooks.maps import Condition, Rule, Stage, Touchpoint
from cjm_notebooks.sources.ga4_export import Ga4Export

FOLDER = Path(__file__).parent / "fixtures" / "ga4_export"
CLEAN = Ga4Export(FOLDER / "clean.ndjson", currency="EUR")
EXAMPLES = tuple(
    Ga4Export(FOLDER / name, currency="EUR")
    for name in (
        "clean.ndjson",
        "older.ndjson",
        "malformed.ndjson",
        "flattened.csv",
        "malformed.csv",
    )
)
ANNA, BERND, CHIYO = "1846203941.1720512000", "770015562.1720512300", "302994417.1720600000"


def events(source: Ga4Export) -> pd.DataFrame:
    found = source.read().events
    assert found is not None
    return pa.table(found.table).to_pandas()


def set_aside(source: Ga4Export) -> dict[str, Counted]:
    (quality,) = source.read().quality
    return dict(quality.set_aside)


def test_each_event_is_one_row_of_its_visitor() -> None:
    found = events(CLEAN)
    assert list(zip(found["user_pseudo_id"], found["event"], strict=True)) == [
        (ANNA, "session_start"),
        (ANNA, "page_view"),
        (ANNA, "add_to_cart"),
        (ANNA, "purchase"),
        (BERND, "page_view"),
        (BERND, "purchase"),
        (CHIYO, "page_view"),
        (CHIYO, "purchase"),
    ]


def test_cookieless_ping_and_repeated_event_are_set_aside_with_their_rows() -> None:
    assert set_aside(CLEAN) == {"no_customer": Counted(1, (5,)), "duplicate": Counted(1, (4,))}


def test_repeated_event_may_be_kept() -> None:
    assert len(events(replace(CLEAN, duplicates="keep"))) == 9


def test_event_uploaded_over_a_day_late_is_noticed_and_kept() -> None:
    (quality,) = CLEAN.read().quality
    assert quality.noticed["uploaded_late"] == Counted(1, (8,))


def test_parameters_become_columns_without_what_follows_the_address() -> None:
    found = events(replace(CLEAN, parameters=("page_location", "ga_session_id")))
    assert found["page_location"].tolist()[1:4] == [
        "https://shop.example.org/",
        "https://shop.example.org/boots/red",
        "https://shop.example.org/thanks",
    ]
    assert found["ga_session_id"].iloc[0] == "1721030400"
    assert not found.astype(str).stack().str.contains("gclid|%40|@").any()


def test_visit_is_told_by_visitor_and_number() -> None:
    found = events(CLEAN).groupby("session_id")["event"].count()
    assert found.to_dict() == {
        f"{ANNA}.1721030400": 4,
        f"{BERND}.1721039400": 2,
        f"{CHIYO}.1721087400": 2,
    }


def test_source_is_that_of_the_visit_and_never_the_first_touch() -> None:
    first = events(CLEAN).groupby("user_pseudo_id")[["source", "medium", "campaign"]].first()
    assert first.loc[ANNA].tolist() == ["google", "cpc", "boots"]
    assert first.loc[BERND].tolist() == ["partner", "referral", "alps"]
    assert first.loc[CHIYO].isna().all()


def test_only_purchases_have_a_value_and_only_in_the_currency_of_the_map() -> None:
    found, (quality,) = events(CLEAN), CLEAN.read().quality
    assert found.loc[found["value"].notna(), ["event", "value"]].to_numpy().tolist() == [
        ["purchase", 59.9]
    ]
    assert quality.noticed["other_currency"] == Counted(1, (7,))
    assert quality.noticed["no_value"] == Counted(1, (9,))


def test_dollars_are_those_google_converted() -> None:
    found = events(replace(CLEAN, currency="USD"))
    assert found["value"].dropna().tolist() == [65.3, 134.2]


def test_amounts_are_left_out_without_a_currency() -> None:
    without = replace(CLEAN, currency=None).read().events
    assert without is not None
    assert (without.value, "value" in pa.table(without.table).column_names) == (None, False)


def test_events_of_one_microsecond_keep_their_order_in_the_batch() -> None:
    shop = JourneyMap(
        id="shop",
        name="Shop",
        stages=(
            Stage(
                id="s",
                name="S",
                touchpoints=tuple(
                    Touchpoint(id=name, name=name, match=Rule(where=Condition(is_=event)))
                    for name, event in (("start", "session_start"), ("view", "page_view"))
                ),
            ),
        ),
    )
    backwards = pa.table(
        duckdb.sql(f"FROM read_json('{FOLDER / 'clean.ndjson'}') LIMIT 2").to_arrow_table()
    ).take([1, 0])
    journeys = join(shop, Ga4Export(backwards).read().events)
    assert journeys.touchpoint.tolist() == [0, 1]


def test_export_from_before_the_newer_columns_has_them_empty() -> None:
    found = events(Ga4Export(FOLDER / "older.ndjson"))
    assert len(found) == 4
    assert found["channel_group"].isna().all()
    assert found["sequence"].tolist() == [1001, 1001, 1002, 1003]


def test_parquet_and_table_read_like_ndjson(tmp_path: Path) -> None:
    file = tmp_path / "events_20240715.parquet"
    duckdb.sql(f"COPY (FROM read_json('{FOLDER / 'clean.ndjson'}')) TO '{file}'")
    table = duckdb.sql(f"FROM '{file}'").to_arrow_table()
    for other in (file, tmp_path / "events_*.parquet", table):
        pd.testing.assert_frame_equal(events(replace(CLEAN, file=other)), events(CLEAN))


def test_flattened_lines_come_together_as_one_event_each() -> None:
    flattened = Ga4Export(FOLDER / "flattened.csv", currency="EUR")
    found = events(flattened)
    assert found[["event", "page_title"]].to_numpy().tolist() == [
        ["page_view", "Boots"],
        ["purchase", "Thank you"],
        ["page_view", "Wanderschuhe"],
    ]
    assert found["value"].tolist()[1] == 59.9
    assert {rule: counted.rows for rule, counted in set_aside(flattened).items()} == {
        "further_parameter": 14,
        "duplicate": 1,
    }


def test_lines_that_are_no_event_are_set_aside_and_the_rest_is_read() -> None:
    malformed = Ga4Export(FOLDER / "malformed.ndjson")
    assert events(malformed)["event"].tolist() == ["session_start", "page_view", "purchase"]
    assert set_aside(malformed) == {
        "unreadable_row": Counted(3, (1, 2, 3)),
        "unreadable_time": Counted(1, (4,)),
        "no_time": Counted(1, (5,)),
    }


def test_accounts_may_be_the_customers() -> None:
    accounts = replace(CLEAN, customer="user_id")
    assert events(accounts)["user_id"].tolist() == ["anna-17"]
    assert set_aside(accounts)["no_customer"].rows == 8


def test_file_of_something_else_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "orders.ndjson"
    file.write_text('{"order": 1}\n{"order": 2}\n')
    with pytest.raises(SourceError, match=r"`orders\.ndjson` holds no event of GA4: no row has"):
        Ga4Export(file).read()


def test_missing_file_names_the_nearest() -> None:
    with pytest.raises(SourceError, match=r"no file `clean\.json` in `ga4_export`\. Did you mean"):
        Ga4Export(FOLDER / "clean.json").read()


def test_pattern_that_fits_no_file_is_refused() -> None:
    with pytest.raises(SourceError, match=r"No file in `ga4_export` is named like `events_\*`"):
        Ga4Export(FOLDER / "events_*").read()


def test_parameter_cannot_take_the_name_of_a_column() -> None:
    with pytest.raises(ParameterError, match="`parameters` names `country`, which is a column"):
        Ga4Export("events.ndjson", parameters=("country",))


def test_customers_are_visitors_or_accounts() -> None:
    with pytest.raises(ParameterError, match=r"`customer` is `email`\. GA4 has `user_pseudo_id`"):
        Ga4Export("events.ndjson", customer="email")  # type: ignore[arg-type]
