"""The commands about files from outside: what one is, and keeping what may be kept of it."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.privacy.pseudonyms import Key
from tests.commands import EVENTS, SHOP, cjm, files_in, write

FIXTURES = Path(__file__).parent.parent / "sources" / "fixtures"
GA4 = FIXTURES / "ga4_export" / "clean.ndjson"
GERMAN = FIXTURES / "nps_survey" / "german.csv"
CONTACTS = FIXTURES / "hubspot_export" / "contacts.csv"
DEALS = FIXTURES / "hubspot_export" / "deals.csv"


def lines(text: str) -> list[str]:
    """The lines on the screen, runs of blanks as one."""
    return [re.sub(r" +", " ", line).strip() for line in text.splitlines()]


def test_inspect_says_what_a_file_is_and_what_reads_it() -> None:
    ran = cjm("inspect", GA4)
    said = lines(ran.out)
    assert ran.code == 0
    assert said[:6] == [
        "file clean.ndjson",
        "format json",
        "rows 10, 10 looked at",
        "first time seen 2024-07-15 08:00:00+00:00",
        "last time seen 2024-07-15 23:55:00+00:00",
        "zones seen UTC",
    ]
    assert "event_name VARCHAR 100% 4 event session_start, page_view, add_to_cart" in said
    fits = said.index("What could read it")
    assert said[fits + 1].startswith('Ga4Export("')
    assert said[fits + 2].startswith("Only the BigQuery export of GA4 has `event_timestamp`")
    assert "- Personal data (click id): `event_params`." in ran.out


def test_inspect_shows_no_personal_data() -> None:
    ran = cjm("inspect", GERMAN)
    assert "E-Mail VARCHAR 75% 3 (email)" in " ".join(lines(ran.out))
    assert "@example.org" not in ran.out


def test_inspect_says_when_nothing_reads_a_file(folder: Path) -> None:
    write(folder / "colours.csv", "colour,size\nred,4\nblue,5\n")
    said = lines(cjm("inspect", "colours.csv").out)
    assert "No importer reads it as it is." in said
    assert "No problem was found." in said


def test_inspect_looks_at_so_many_rows() -> None:
    assert "rows 10, 3 looked at" in lines(cjm("inspect", GA4, "--rows", "3").out)


def test_import_keeps_what_the_best_importer_reads(folder: Path) -> None:
    ran = cjm("import", GA4, "-o", "ga4.parquet")
    said = lines(ran.out)
    assert ran.code == 0
    assert said[0] == "Wrote ga4.parquet: events, 8 rows."
    assert "events of clean.ndjson: rows read 10, kept 8" in said
    assert "set aside no customer 1 5" in said
    assert pq.read_metadata(folder / "ga4.parquet").num_rows == 8


def test_what_was_imported_is_drafted_joined_and_inspected_as_it_is(folder: Path) -> None:
    cjm("import", GA4, "-o", "ga4.parquet")
    kept = ["--source", "imported-file", "--set", "file=ga4.parquet"]
    assert cjm("draft", "ga4.cjm.json", *kept).code == 0
    said = lines(cjm("join", "ga4.cjm.json", *kept).out)
    assert "customers 3" in said
    assert "events on a touchpoint 8" in said
    assert 'ImportedFile("ga4.parquet")' in lines(cjm("inspect", "ga4.parquet").out)


def test_import_takes_a_table_whose_columns_are_named(folder: Path) -> None:
    columns = ["--customer", "id", "--at", "time", "--event", "what", "--zone", "UTC"]
    ran = cjm("import", "events.csv", "-o", "events.parquet", *columns)
    assert "Wrote events.parquet: events, 8 rows." in ran.out
    joined = cjm(
        "join", "shop.cjm.json", "--source", "imported-file", "--set", "file=events.parquet"
    )
    assert "events: rows read 8, kept 6" in lines(joined.out)


def test_import_takes_settings_of_the_importer(folder: Path) -> None:
    ran = cjm("import", CONTACTS, "-o", "crm.parquet", "--zone", "UTC", "--set", f"deals={DEALS}")
    assert lines(ran.out)[:2] == [
        "Wrote crm.parquet: events, 15 rows.",
        "Wrote crm.customers.parquet: customers, 3 rows.",
    ]
    ran = cjm("import", DEALS, "-o", "deals.parquet", "--source", "hubspot-export")
    assert lines(ran.out)[0] == "Wrote deals.parquet: events, 7 rows."


def test_import_protects_as_the_map_and_the_key_say(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    key = tmp_path_factory.mktemp("secrets") / "key"
    made = Key.make(key)
    privacy = {"retention_days": 1, "pii_fields": ["what_else"]}
    JourneyMap.model_validate({**SHOP, "privacy": privacy}).save(folder / "private.cjm.json")
    text = "".join(f"{line},x\n" for line in EVENTS.splitlines()[1:5])
    write(folder / "more.csv", f"id,time,what,what_else\n{text}")
    ran = cjm(
        *["import", "more.csv", "-o", "more.parquet", "--customer", "id", "--at", "time"],
        *["--event", "what", "--zone", "UTC", "--map", "private.cjm.json", "--key", key],
        *["--as-of", "2025-03-02"],
    )
    assert ran.code == 0
    kept = pq.read_table(folder / "more.parquet")
    assert kept.column_names == ["id", "time", "what"]
    assert kept["id"].to_pylist() == [made.pseudonym("bob")]


def test_import_does_not_guess_where_a_clock_stood(folder: Path) -> None:
    before = files_in(folder)
    ran = cjm("import", GERMAN, "-o", "nps.parquet")
    assert (ran.code, ran.out) == (2, "")
    assert "Times in `german.csv` have no zone. Say where the clock stood, such as" in ran.err
    assert files_in(folder) == before


def test_import_names_the_options_of_a_table_it_is_not_sure_of(folder: Path) -> None:
    write(folder / "log.csv", "visitor,when,action\nv-1,2025-03-01T10:00:00Z,home\n")
    ran = cjm("import", "log.csv", "-o", "log.parquet")
    assert ran.code == 2
    assert "It looks like what `--customer visitor --at when --event action` would read" in ran.err


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (
            ["--customer", "idd", "--at", "time", "--event", "what"],
            3,
            "`events.csv` has no column `idd`, named as `customer`. Did you mean `id`?",
        ),
        (["--customer", "id"], 2, "Columns are named, and `--at` is not among them."),
        (
            ["--customer", "id", "--at", "time", "--source", "ga4-export"],
            2,
            "A source knows its columns, and some are named.",
        ),
        (["--source", "ga4-exports"], 2, "There is no `ga4-exports` among the sources. Did you"),
        (["--source", "ga4-export", "--set", "currencey=EUR"], 2, "Did you mean `currency`?"),
        (["--source", "ga4-export"], 3, "`events.csv` holds no event of GA4"),
        (["--key", "none.key", "--customer", "id", "--at", "time"], 2, "The key of pseudonyms"),
    ],
    ids=["no column", "half named", "both", "no source", "no setting", "other export", "no key"],
)
def test_import_that_cannot_be_done_says_why_and_writes_nothing(
    folder: Path, options: list[str], code: int, message: str
) -> None:
    before = files_in(folder)
    ran = cjm("import", "events.csv", "-o", "out.parquet", *options)
    assert (ran.code, ran.out) == (code, "")
    assert message in ran.err
    assert files_in(folder) == before


def test_import_that_no_importer_knows_asks_for_columns(folder: Path) -> None:
    write(folder / "colours.csv", "colour,size\nred,4\nblue,5\n")
    ran = cjm("import", "colours.csv", "-o", "out.parquet")
    assert ran.code == 2
    assert "No importer knows `colours.csv`. Name the columns of its events" in ran.err


def test_import_replaces_a_file_only_when_asked_to(folder: Path) -> None:
    cjm("import", GA4, "-o", "ga4.parquet")
    assert cjm("import", GA4, "-o", "ga4.parquet").code == 2
    assert cjm("import", GA4, "-o", "ga4.parquet", "--overwrite").code == 0
