"""What the first rows of a table tell of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events.glimpse import ColumnSeen
from cjm_notebooks.intake import Inspection, inspect
from cjm_notebooks.sources.nps_survey import NpsSurvey
from cjm_notebooks.sources.segment_export import SegmentExport

FIXTURES = Path(__file__).parent.parent / "sources" / "fixtures"
VISITS = """\
visitor_id,happened_at,action,channel,order_no
v-1,2025-03-01T10:00:00+01:00,home,web,1
v-1,2025-03-01T10:05:00+01:00,cart,web,2
v-2,2025-03-02T09:00:00Z,home,app,3
v-2,2025-03-02T09:30:00Z,help,phone,4
"""


def looked_at(text: str, folder: Path, rows: int = 10_000, name: str = "visits.csv") -> Inspection:
    (folder / name).write_text(text, "utf-8")
    return inspect(folder / name, rows)


def column(found: Inspection, name: str) -> ColumnSeen:
    return next(one for one in found.columns if one.name == name)


def roles(found: Inspection) -> dict[str, str | None]:
    return {one.name: one.role for one in found.columns}


def test_columns_are_told_by_their_names_and_values(tmp_path: Path) -> None:
    assert roles(looked_at(VISITS, tmp_path)) == {
        "visitor_id": "customer",
        "happened_at": "time",
        "action": "event",
        "channel": "channel",
        "order_no": None,
    }


def test_columns_are_told_in_german(tmp_path: Path) -> None:
    german = (
        "Kundennummer;Zeitpunkt;Ereignis;Kanal;Betrag\n"
        "K-1;2025-03-01 10:00;Angebot;Filiale;59,90\n"
        "K-2;2025-03-01 11:00;Kauf;Telefon;12,00\n"
        "K-1;2025-03-02 10:00;Kauf;Filiale;1.059,90\n"
    )
    found = looked_at(german, tmp_path)
    assert list(roles(found).values()) == ["customer", "time", "event", "channel", "value"]
    assert any("`Betrag` have decimal commas" in one for one in found.problems)


def test_each_column_says_how_full_it_is_and_why_it_has_its_role(tmp_path: Path) -> None:
    visitor = column(
        looked_at(VISITS + ",2025-03-02T10:00:00Z,home,web,5\n", tmp_path), "visitor_id"
    )
    assert (visitor.filled, visitor.distinct, visitor.samples) == (0.8, 2, ("v-1", "v-2"))
    assert visitor.why == "Named like the id of a customer; 2 different in 4 rows."


def test_period_and_zones_are_of_the_column_of_times(tmp_path: Path) -> None:
    found = looked_at(VISITS, tmp_path)
    assert found.period == (
        datetime(2025, 3, 1, 9, 0, tzinfo=UTC),
        datetime(2025, 3, 2, 9, 30, tzinfo=UTC),
    )
    assert found.zones == ("+01:00", "UTC")


def test_times_without_a_zone_have_a_period_without_one(tmp_path: Path) -> None:
    found = looked_at("customer,at,event\nann,2025-03-01 10:00,home\n", tmp_path)
    assert found.period == (datetime(2025, 3, 1, 10), datetime(2025, 3, 1, 10))  # noqa: DTZ001
    assert found.zones == ("none",)
    assert found.problems == (
        "Times in `at` have no zone. Say where the clock stood, such as "
        '`zone="Europe/Berlin"`. `UTC` in a call is a placeholder.',
    )


@pytest.mark.parametrize(
    ("number", "unit"),
    [
        (1_741_000_000, "s"),
        (1_741_000_000_000, "ms"),
        (1_741_000_000_000_000, "us"),
        (1_741_000_000_000_000_000, "ns"),
    ],
)
def test_unit_of_times_is_told_by_their_size(number: int, unit: str) -> None:
    found = inspect(pa.table({"customer": ["ann"], "timestamp": [number], "event": ["home"]}))
    assert found.fits[0].settings["unit"] == unit
    assert found.period is not None
    assert found.period[0] == datetime(2025, 3, 3, 11, 6, 40, tzinfo=UTC)


def test_the_call_can_be_run_as_it_stands(tmp_path: Path) -> None:
    from cjm_notebooks.sources.event_table import EventTable

    fit = looked_at(VISITS, tmp_path).fits[0]
    source = eval(fit.call, {"EventTable": EventTable})
    assert source == fit.made(str(tmp_path / "visits.csv"))
    assert (source.customer, source.at, source.event) == ("visitor_id", "happened_at", "action")


@pytest.mark.parametrize(
    ("file", "call"),
    [
        ("ga4_export/clean.ndjson", "Ga4Export({})"),
        ("ga4_export/flattened.csv", "Ga4Export({})"),
        ("ga4_export/older.ndjson", "Ga4Export({})"),
        ("ga4_export/malformed.ndjson", "Ga4Export({})"),
        ("segment_export/clean.ndjson", "SegmentExport({})"),
        ("segment_export/order_completed.csv", "SegmentExport({})"),
        ("segment_export/pages.csv", 'SegmentExport({}, call="page")'),
        ("hubspot_export/contacts.csv", 'HubspotExport(contacts={}, zone="UTC")'),
        ("hubspot_export/malformed_contacts.csv", "HubspotExport(contacts={})"),
        ("hubspot_export/deals.csv", "HubspotExport(deals={})"),
        ("hubspot_export/feedback.ndjson", "HubspotExport(feedback={})"),
        ("nps_survey/english.csv", 'NpsSurvey({}, zone="UTC")'),
        ("nps_survey/german.csv", 'NpsSurvey({}, zone="UTC")'),
        ("nps_survey/callexa.csv", "NpsSurvey({})"),
        ("qualtrics_export/clean.csv", 'QualtricsExport({}, zone="UTC")'),
        ("qualtrics_export/malformed.csv", 'QualtricsExport({}, zone="UTC")'),
        ("xes_log/clean.xes", 'XesLog({}, attributes=("channel",))'),
        (
            "excel_sheet/clean.xlsx",
            'ExcelSheet({}, customer="Kunde", at="Wann", event="Was", sheet="Events", zone="UTC")',
        ),
    ],
)
def test_each_export_is_recognised_above_all_others(file: str, call: str) -> None:
    best = inspect(FIXTURES / file).fits[0]
    assert best.call == call.format(json.dumps(str(FIXTURES / file), ensure_ascii=False))
    assert best.is_certain
    best.made(FIXTURES / file).read()


def test_survey_with_one_row_of_headers_is_none_of_qualtrics() -> None:
    kinds = [
        fit.source.__name__ for fit in inspect(FIXTURES / "qualtrics_export/one_header.csv").fits
    ]
    assert "QualtricsExport" not in kinds


def test_several_times_of_one_customer_are_milestones(tmp_path: Path) -> None:
    bookings = (
        "booking,booked,arrived,left,hotel\n"
        "b-1,2025-03-01,2025-05-01,2025-05-03,Porto\n"
        "b-2,2025-03-02,2025-05-02,,Faro\n"
        "b-3,2025-03-02,,,Porto\n"
        "b-4,2025-03-03,,,Faro\n"
    )
    fit = looked_at(bookings, tmp_path).fits[0]
    assert fit.source.__name__ == "MilestoneTable"
    assert fit.settings == {
        "customer": "booking",
        "milestones": {"booked": "booked", "arrived": "arrived", "left": "left"},
        "attributes": ("hotel",),
        "zone": "UTC",
    }


def test_table_that_nothing_fits_has_no_fits(tmp_path: Path) -> None:
    assert looked_at("colour,size\nred,4\nblue,5\n", tmp_path).fits == ()


def test_personal_data_is_named_and_nowhere_shown(tmp_path: Path) -> None:
    text = "customer,at,event,note,email\n" + "".join(
        f"c-{n},2025-03-0{n}T10:00:00Z,home,call me at anna{n}@example.org,bernd{n}@example.org\n"
        for n in range(1, 5)
    )
    found = looked_at(text, tmp_path)
    assert column(found, "note").personal == "email"
    assert column(found, "email").personal == "email"
    assert "Personal data (email): `note`, `email`. Leave it out, or let the import mask it." in (
        found.problems
    )
    assert "@example.org" not in repr(found)


def test_what_people_typed_in_a_recording_is_not_shown(tmp_path: Path) -> None:
    typed = {"type": 3, "data": {"source": 5, "id": 7, "text": "my secret"}, "timestamp": 1}
    found = looked_at(json.dumps([typed, typed]), tmp_path, name="recording.json")
    assert column(found, "data").samples == ()
    assert "secret" not in repr(found)


def test_ids_that_are_numbers_and_texts_are_ids(tmp_path: Path) -> None:
    mixed = '{"customer": 5, "n": 1}\n{"customer": "c-1", "n": 2}\n'
    customer = column(looked_at(mixed, tmp_path, name="mixed.ndjson"), "customer")
    assert (customer.role, customer.samples) == ("customer", ("5", "c-1"))


def test_pattern_of_files_is_looked_at_as_one(tmp_path: Path) -> None:
    looked_at(VISITS, tmp_path, name="visits_1.csv")
    looked_at(VISITS, tmp_path, name="visits_2.csv")
    found = inspect(tmp_path / "visits_*.csv")
    assert (found.called, found.rows) == ("visits_*.csv", 8)
    assert "4 rows repeat an earlier one in every column." in found.problems[0]


def test_only_the_first_rows_are_looked_at(tmp_path: Path) -> None:
    found = looked_at(VISITS, tmp_path, rows=2)
    assert (found.rows, found.rows_seen) == (4, 2)
    assert column(found, "visitor_id").distinct == 1


def test_parquet_says_how_many_rows_it_has(tmp_path: Path) -> None:
    visits = pd.DataFrame({"customer": ["a", "b"], "at": pd.to_datetime(["2025-03-01"] * 2)})
    visits.to_parquet(tmp_path / "visits.parquet")
    found = inspect(tmp_path / "visits.parquet", rows=1)
    assert (found.format, found.rows, found.rows_seen) == ("parquet", 2, 1)


def test_reader_that_can_be_read_once_does_not_say_how_many_rows_it_has() -> None:
    batches = pa.table({"customer": ["a", "b", "c"]}).to_reader(max_chunksize=1)
    found = inspect(batches, rows=2)
    assert (found.rows, found.rows_seen) == (None, 2)


def test_lines_that_are_no_row_are_counted(tmp_path: Path) -> None:
    found = looked_at(VISITS + "v-3,2025-03-03T09:00:00Z,home,web,6,7,8\n", tmp_path)
    assert found.rows == 4
    assert found.problems[0].startswith("One line looked at does not fit the header")
    found = looked_at('{"a": 1}\nnot json\nnor this\n{"a": 2}\n', tmp_path, name="some.ndjson")
    assert found.problems[0].startswith("2 lines looked at are no JSON objects")


def test_problems_say_what_will_be_set_aside(tmp_path: Path) -> None:
    text = (
        "customer,at,event,event_id\n"
        "ann,2025-03-01T10:00:00Z,home,1\n"
        ",2025-03-01T10:00:00,home,2\n"
        + "bob,2025-03-01T10:00:00Z,home,3\n" * 9
        + "ann,soon,home,3\n"
    )
    said = " ".join(looked_at(text, tmp_path).problems)
    assert "Times in `at` have no zone in some rows and one in others (UTC)." in said
    assert "What stands in `at` is no time in one row: set aside as `unreadable_time`." in said
    assert "`customer` is empty in one row of 12: set aside as `no_customer`" in said
    assert "8 rows repeat an earlier one in every column." in said
    assert "`event_id` looks like the id of a row, and 9 rows have one met before." in said


def test_id_that_stands_for_nobody_is_noticed(tmp_path: Path) -> None:
    rows = [f"c-{number},2025-03-01T10:00:00Z,home" for number in range(40)]
    rows += ["guest,2025-03-01T10:00:00Z,NULL"] * 10
    said = " ".join(looked_at("\n".join(["customer,at,event", *rows]), tmp_path).problems)
    assert "One id in `customer` has 10 rows of 50." in said
    assert "In `event` a word such as `NULL` stands for nothing, and counts as a value." in said


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("15.07.2024 09:00", "`at` begin with the day, such as `15.07.2024 09:00`"),
        ("7/15/2024", "`at` begin with the month, such as `7/15/2024`"),
        ("7/5/2024", "`at` do not say which number is the day, such as `7/5/2024`"),
    ],
)
def test_days_that_are_not_iso_are_named(tmp_path: Path, day: str, words: str) -> None:
    assert words in looked_at(f"customer,at\nann,{day}\n", tmp_path).problems[0]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("none.csv", None, "There is no file `none.csv`"),
        ("empty.csv", "", "`empty.csv` is empty: it has not even a header."),
        ("header.csv", "customer,at\n", "`header.csv` has no rows. There is nothing to look at."),
        ("text.ndjson", "hello\nthere\n", "No line of `text.ndjson` is a JSON object."),
        ("notes.txt", "hello", "`notes.txt` is of a kind that cannot be read here."),
        ("broken.parquet", "PAR", "`broken.parquet` cannot be read."),
    ],
)
def test_what_cannot_be_looked_at_is_named(
    tmp_path: Path, name: str, text: str | None, words: str
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(SourceError, match=words.replace("`", ".")):
        inspect(tmp_path / name)


def test_text_that_is_not_utf_8_is_named_with_its_cure(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_bytes("Kunde;Straße\nMüller;Straße\n".encode("latin-1"))
    with pytest.raises(SourceError, match=r"No line of `old\.csv` fits the header\. .* UTF-8"):
        inspect(tmp_path / "old.csv")


def test_no_rows_cannot_be_looked_at() -> None:
    with pytest.raises(ParameterError, match=r"`rows` is 0\. Look at one row at least\."):
        inspect(pa.table({"customer": ["ann"]}), rows=0)


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(SourceError, match=r"A int is no table\. Give a path"):
        inspect(5)  # type: ignore[arg-type]


def test_two_columns_of_one_name_are_refused() -> None:
    twice = pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"])
    with pytest.raises(SourceError, match=r"has 2 columns `a`\. Rename all but one\."):
        inspect(twice)


def test_text_in_utf_16_is_named_with_its_cure_whoever_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "old.csv"
    file.write_bytes(VISITS.encode("utf-16"))
    told = r"`old\.csv` is text in UTF-16\. Save it as text in UTF-8\."
    with pytest.raises(SourceError, match=told):
        inspect(file)
    with pytest.raises(SourceError, match=told):
        SegmentExport(file).read()
    with pytest.raises(SourceError, match=told):
        NpsSurvey(file).read()


def test_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "days.csv").mkdir()
    with pytest.raises(SourceError, match=r"`days\.csv` is a folder\. Give a file in it"):
        inspect(tmp_path / "days.csv")


def test_list_that_is_cut_off_says_where_it_ends(tmp_path: Path) -> None:
    told = r"`cut\.json` cannot be read\. Its JSON ends at byte \d+ of value \d+: it is cut off\."
    with pytest.raises(SourceError, match=told):
        looked_at('[{"a": 1}, {"a": 2}, {"a"', tmp_path, name="cut.json")
