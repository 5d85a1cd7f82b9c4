"""Importing: what is read, protected and kept, or not at all."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cjm_notebooks import Query, join
from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events.accounts import made
from cjm_notebooks.intake import Protection, Written, import_file, inspect
from cjm_notebooks.maps.settings import Privacy
from cjm_notebooks.matching import draft
from cjm_notebooks.privacy.pseudonyms import Key
from cjm_notebooks.sources import Source
from cjm_notebooks.sources.event_table import EventTable
from cjm_notebooks.sources.ga4_export import Ga4Export
from cjm_notebooks.sources.hubspot_export import HubspotExport
from cjm_notebooks.sources.imported_file import ImportedFile
from cjm_notebooks.sources.segment_export import SegmentExport

FIXTURES = Path(__file__).parent.parent / "sources" / "fixtures"
GA4 = FIXTURES / "ga4_export" / "clean.ndjson"
KEY = Key(b"0123456789abcdef0123456789abcdef")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "events.parquet"


@pytest.fixture(autouse=True)
def folder(target: Path) -> Path:
    target.parent.mkdir()
    return target.parent


def ga4_lines(events: int, **more: object) -> str:
    """So many page views of ten visitors, one a second, as NDJSON."""
    return "".join(
        json.dumps(
            {
                "event_timestamp": 1_721_030_400_000_000 + number * 1_000_000,
                "event_name": "page_view",
                "user_pseudo_id": f"v-{number % 10}",
                "event_params": [
                    {
                        "key": "page_location",
                        "value": {"string_value": f"https://a.example/{number % 7}"},
                    }
                ],
                **more,
            }
        )
        + "\n"
        for number in range(events)
    )


def set_aside(written: Written) -> dict[str, int]:
    return {
        rule: counted.rows for one in written.quality for rule, counted in one.set_aside.items()
    }


def test_export_is_kept_as_its_source_reads_it(target: Path) -> None:
    written = import_file(Ga4Export(GA4), target)
    assert (written.files, written.rows) == ({"events": target}, {"events": 8})
    assert set_aside(written) == {"no_customer": 1, "duplicate": 1}
    read = Ga4Export(GA4).read().events
    assert read is not None
    kept, expected = pq.read_table(target), pa.table(read.table)
    assert kept["event"].to_pylist() == expected["event"].to_pylist()
    assert kept["page_location"].to_pylist() == expected["page_location"].to_pylist()


def test_numbers_that_count_since_1970_become_times(target: Path) -> None:
    import_file(Ga4Export(GA4), target)
    kept = ImportedFile(target).read().events
    assert kept is not None
    assert kept.unit is None
    assert str(pq.read_table(target)["at"][0].as_py()) == "2024-07-15 08:00:00+00:00"


def test_journeys_of_an_import_are_those_of_the_export(target: Path) -> None:
    import_file(Ga4Export(GA4), target)
    before, after = Ga4Export(GA4).read().events, ImportedFile(target).read().events
    assert before is not None
    assert after is not None
    shop = draft(before, name="Shop")
    one, other = join(shop, before), join(shop, after)
    assert (one.n_events, one.n_customers) == (other.n_events, other.n_customers) == (8, 3)
    assert one.at.tolist() == other.at.tolist()


def test_streamed_import_is_the_same_in_any_number_of_batches(
    tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.ndjson").write_text(ga4_lines(2_500) + "broken\n" + ga4_lines(100), "utf-8")
    seen: list[int] = []
    whole = import_file(Ga4Export(tmp_path / "a.ndjson"), target)
    rows = pq.read_table(target).to_pylist()
    monkeypatch.setattr("cjm_notebooks.events.sifting.ROWS", 100)
    parts = import_file(Ga4Export(tmp_path / "a.ndjson"), target, progress=seen.append)
    assert set_aside(parts) == set_aside(whole) == {"duplicate": 100, "unreadable_row": 1}
    assert whole.quality == parts.quality
    assert whole.rows == parts.rows == {"events": 2_500}
    assert pq.read_table(target).to_pylist() == rows
    assert seen[-1] == 2_601
    assert len(seen) > 5


def test_personal_data_is_in_no_file_that_is_kept(tmp_path: Path, target: Path) -> None:
    planted = ("anna@example.org", "+49 170 1234567", "DE89370400440532013000", "192.0.2.44")
    said = " and ".join(planted)
    param = {"key": "page_title", "value": {"string_value": f"Hello {said}"}}
    lines = ga4_lines(3, event_params=[param])
    (tmp_path / "a.ndjson").write_text(lines, "utf-8")
    written = import_file(Ga4Export(tmp_path / "a.ndjson"), target)
    kept = pq.read_table(target).to_pylist()
    assert not [one for one in planted if one in repr(kept) or one.encode() in target.read_bytes()]
    assert {one.kind for one in written.found} == {"email", "phone number", "IBAN", "IP address"}


def test_ids_get_pseudonyms_with_a_key_the_same_in_every_batch(
    tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cjm_notebooks.events.sifting.ROWS", 7)
    (tmp_path / "a.ndjson").write_text(ga4_lines(100), "utf-8")
    import_file(Ga4Export(tmp_path / "a.ndjson"), target, Protection(key=KEY))
    ids = pq.read_table(target)["user_pseudo_id"].to_pylist()
    assert ids == [KEY.pseudonym(f"v-{number % 10}") for number in range(100)]
    assert made(target).key == KEY.fingerprint


def test_rows_past_their_retention_are_set_aside_and_counted_over_all_batches(
    tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cjm_notebooks.events.sifting.ROWS", 10_000)
    text = "customer,at,event\n" + "".join(
        f"c-{day},2025-01-{day:02}T12:00:00Z,home\n" for day in range(1, 31)
    )
    (tmp_path / "a.csv").write_text(text, "utf-8")
    protection = Protection(Privacy(retention_days=10), as_of=date(2025, 1, 30))
    written = import_file(EventTable(tmp_path / "a.csv", "customer", "at"), target, protection)
    (rows,) = written.rows.values()
    assert rows + sum(set_aside(written).values()) == 30
    assert rows == 10


def test_parts_of_an_export_stand_side_by_side(target: Path) -> None:
    contacts = FIXTURES / "hubspot_export" / "contacts.csv"
    written = import_file(HubspotExport(contacts, zone="UTC"), target)
    assert {name: path.name for name, path in written.files.items()} == {
        "events": "events.parquet",
        "customers": "events.customers.parquet",
    }
    assert written.rows == {"events": 8, "customers": 3}


def test_query_of_a_database_is_imported(target: Path) -> None:
    import duckdb

    with duckdb.connect() as connection:
        asked = (
            "SELECT 'c-' || range % 3 AS customer, 1721030400 + range AS t, 'home' AS event "
            "FROM range(120000)"
        )
        source = EventTable(Query(connection, asked), customer="customer", at="t", unit="s")
        written = import_file(source, target)
    assert written.rows == {"events": 120_000}
    assert str(pq.read_schema(target).field("t").type) == "timestamp[ms, tz=UTC]"


def test_what_was_imported_is_recognised(target: Path) -> None:
    import_file(Ga4Export(GA4), target)
    assert inspect(target).fits[0].source is ImportedFile


def test_account_and_how_it_is_read_stand_in_the_file(target: Path) -> None:
    written = import_file(Ga4Export(GA4), target)
    assert made(target).quality == written.quality
    assert [(one.table, one.read, one.kept) for one in written.quality] == [
        ("events of clean.ndjson", 10, 8),
        ("protected events", 8, 8),
    ]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (
            SegmentExport(GA4),
            r"No row is left to keep .* 8 as `unreadable_row`, 2 as `no_customer`",
        ),
        (Ga4Export(FIXTURES / "none.ndjson"), "There is no file `none.ndjson`"),
        (HubspotExport(FIXTURES / "nps_survey" / "english.csv"), "has no"),
    ],
    ids=["other export", "no file", "no column"],
)
def test_import_that_fails_leaves_all_as_it_was(
    folder: Path, target: Path, source: Source, words: str
) -> None:
    target.write_bytes(b"of yesterday")
    with pytest.raises(SourceError, match=words):
        import_file(source, target)
    assert target.read_bytes() == b"of yesterday"
    assert [path.name for path in folder.iterdir()] == ["events.parquet"]


def test_export_that_breaks_off_leaves_all_as_it_was(
    tmp_path: Path, folder: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import gzip

    monkeypatch.setattr("cjm_notebooks.events.sifting.ROWS", 100)
    packed = gzip.compress(ga4_lines(20_000).encode())
    (tmp_path / "a.ndjson.gz").write_bytes(packed[: len(packed) // 2])
    with pytest.raises(SourceError, match=r"`a\.ndjson\.gz` cannot be read"):
        import_file(Ga4Export(tmp_path / "a.ndjson.gz"), target)
    assert list(folder.iterdir()) == []


def test_import_that_is_stopped_leaves_nothing_behind(
    tmp_path: Path, folder: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cjm_notebooks.events.sifting.ROWS", 100)
    (tmp_path / "a.ndjson").write_text(ga4_lines(5_000), "utf-8")

    def stop(rows: int) -> None:
        if rows > 2_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(Ga4Export(tmp_path / "a.ndjson"), target, progress=stop)
    assert list(folder.iterdir()) == []


def test_import_without_any_row_left_is_refused_with_its_rules(
    tmp_path: Path, folder: Path, target: Path
) -> None:
    (tmp_path / "a.ndjson").write_text(ga4_lines(3, user_pseudo_id=None), "utf-8")
    words = r"No row is left to keep in `events\.parquet`\. Set aside: 3 as `no_customer`"
    with pytest.raises(SourceError, match=words):
        import_file(Ga4Export(tmp_path / "a.ndjson"), target)
    assert list(folder.iterdir()) == []


def test_target_must_be_parquet(target: Path) -> None:
    with pytest.raises(ParameterError, match=r"Call it `NAME\.parquet`"):
        import_file(Ga4Export(GA4), target.with_suffix(".csv"))


def test_target_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"cannot be written: No such file or directory"):
        import_file(Ga4Export(GA4), tmp_path / "none" / "events.parquet")
