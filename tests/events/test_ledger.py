"""Opening a caller's table: every name is allowed, every obstacle is named."""

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from cjm_notebooks.errors import SourceError
from cjm_notebooks.events.ledger import open_table

LINES = "who,what\n007,visit\n008,buy\n"


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        yield connection


def first_column(connection, table):
    ledger = open_table(connection, table, "rows_")
    values = connection.execute("SELECT c0 FROM rows_ ORDER BY row").fetchall()
    return ledger, [value for (value,) in values]


def test_ids_of_a_csv_file_keep_their_leading_zeros(connection, tmp_path):
    (tmp_path / "log.csv").write_text(LINES)
    _, ids = first_column(connection, tmp_path / "log.csv")
    assert ids == ["007", "008"]


@pytest.mark.parametrize(
    "library", [pd.DataFrame, pl.DataFrame, pa.table], ids=["pandas", "polars", "pyarrow"]
)
def test_any_library_that_speaks_arrow_is_read_in_row_order(connection, library):
    ledger, ids = first_column(connection, library({"index": ["b", "a", "c"]}))
    assert ids == ["b", "a", "c"]
    assert ledger.rows == 3


def test_a_path_to_parquet_or_ndjson_reads_like_the_table_itself(connection, tmp_path):
    frame = pl.DataFrame({"who": ["b", "a"], "what": ["visit", "buy"]})
    frame.write_parquet(tmp_path / "log.parquet")
    frame.write_ndjson(tmp_path / "log.ndjson")
    assert first_column(connection, tmp_path / "log.parquet")[1] == ["b", "a"]
    with duckdb.connect() as other:
        assert first_column(other, tmp_path / "log.ndjson")[1] == ["b", "a"]


def test_tabs_part_columns_as_commas_do(connection, tmp_path):
    (tmp_path / "log.tsv").write_text(LINES.replace(",", "\t"))
    ledger, ids = first_column(connection, tmp_path / "log.tsv")
    assert (ids, len(ledger.types)) == (["007", "008"], LINES.splitlines()[0].count(",") + 1)


def test_one_list_of_objects_reads_like_an_object_a_line(connection, tmp_path):
    (tmp_path / "log.json").write_text('[{"who": "b"},\n {"who": "a"}]')
    assert first_column(connection, tmp_path / "log.json")[1] == ["b", "a"]


def test_packed_files_and_patterns_of_many_are_refused_with_a_cure(connection, tmp_path):
    (tmp_path / "log.zip").write_bytes(b"PK")
    with pytest.raises(SourceError, match=r"`log\.zip`.*Unpack it and give the file that is in it"):
        open_table(connection, tmp_path / "log.zip", "rows_")
    for number in range(2):
        (tmp_path / f"log-{number}.csv").write_text(LINES)
    with pytest.raises(SourceError, match=r"`log-\*\.csv` names 2 files\. Give one of them"):
        open_table(connection, tmp_path / "log-*.csv", "rows_")


def test_lines_that_do_not_fit_the_header_are_named_by_their_number(connection, tmp_path):
    (tmp_path / "log.csv").write_text(LINES + "009,visit,too,many\n010,buy\n")
    ledger, ids = first_column(connection, tmp_path / "log.csv")
    assert ids == ["007", "008", "010"]
    assert ledger.unreadable == (4,)


def test_a_missing_column_names_the_nearest_one(connection):
    ledger = open_table(connection, pa.table({"customer_id": ["a"]}), "rows_")
    with pytest.raises(SourceError, match=r"no column `customerid`.*Did you mean `customer_id`"):
        ledger.column("customerid", "customer")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "`log.csv` is empty: it has not even a header"),
        ("who,what\n", "`log.csv` has a header and no rows"),
    ],
)
def test_a_file_without_rows_says_so(connection, tmp_path, text, words):
    (tmp_path / "log.csv").write_text(text)
    with pytest.raises(SourceError, match=words):
        open_table(connection, tmp_path / "log.csv", "rows_")


def test_a_missing_file_names_its_neighbour(connection, tmp_path):
    (tmp_path / "events.csv").write_text(LINES)
    with pytest.raises(SourceError, match=r"no file `event\.csv`.*Did you mean `events\.csv`"):
        open_table(connection, tmp_path / "event.csv", "rows_")


def test_an_unknown_kind_of_file_lists_those_that_can_be_read(connection, tmp_path):
    (tmp_path / "log.sav").write_text("x")
    with pytest.raises(SourceError, match=r"cannot be read here\. Give `\.csv`, `\.tsv`, `\.pa"):
        open_table(connection, tmp_path / "log.sav", "rows_")


def test_a_parquet_file_has_the_columns_of_its_maker_and_no_other(connection, tmp_path):
    frame = pl.DataFrame({"event": ["b", "a"], "country": ["DE", "FR"]})
    frame.write_parquet(tmp_path / "log.parquet")
    ledger = open_table(connection, tmp_path / "log.parquet", "rows_")
    assert list(ledger.types) == ["event", "country"]


def test_a_broken_parquet_file_is_refused_by_name(connection, tmp_path):
    (tmp_path / "log.parquet").write_bytes(b"PAR1 but not really")
    with pytest.raises(SourceError, match=r"`log\.parquet` cannot be read"):
        open_table(connection, tmp_path / "log.parquet", "rows_")


def test_something_that_is_no_table_is_refused(connection):
    with pytest.raises(SourceError, match="A list is no table"):
        open_table(connection, [1, 2], "rows_")


def test_two_columns_of_one_name_are_refused(connection):
    twice = pa.table([["a"], ["b"], ["c"]], names=["who", "what", "who"])
    with pytest.raises(
        SourceError, match=r"The pyarrow table has 2 columns `who`\. Rename all but"
    ):
        open_table(connection, twice, "rows_")


def test_ids_that_are_whole_numbers_beyond_all_integers_stay_texts(connection):
    ledger, _ = first_column(connection, pa.table({"who": [42.0, 1e22, 0.5]}))
    found = connection.execute(f"SELECT {ledger.id_text('who', 'customer')} FROM rows_")
    assert [id_ for (id_,) in found.fetchall()] == ["42", "1e+22", "0.5"]
