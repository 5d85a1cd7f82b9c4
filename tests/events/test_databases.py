"""Rows of databases, batch by batch: SQLite, DuckDB, Ibis, and a PostgreSQL started here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import adbc_driver_postgresql.dbapi
import adbc_driver_sqlite.dbapi
import duckdb
import ibis
import psycopg
import pyarrow as pa
import pytest
import sqlalchemy

from cjm_notebooks import Events, JourneyMap, Query, customer_ids, join
from cjm_notebooks.errors import SourceError
from cjm_notebooks.events.databases import batches_of
from cjm_notebooks.events.ledger import open_table, workspace
from cjm_notebooks.intake import inspect
from cjm_notebooks.maps import Rule, Stage, Touchpoint
from cjm_notebooks.maps.settings import JourneySettings
from cjm_notebooks.sources.ga4_export import Ga4Export
from tests.events import postgres

VISITS = (
    ("ann", "2025-03-01T10:00:00Z", "home", 1),
    ("ann", "2025-03-01T10:05:00Z", "cart", 2),
    ("bob", "2025-03-02T09:00:00Z", "home", 3),
    (None, "2025-03-02T09:01:00Z", "home", 4),
)
VISITS_OF_DUCKDB = 'CREATE TABLE visits (customer TEXT, "at" TEXT, event TEXT, n INTEGER)'
EVERY_VISIT = 'SELECT customer, "at", event FROM visits ORDER BY n'
MANY = 120_000  # rows, which are three batches
SHOP = JourneyMap(
    id="shop",
    name="Shop",
    stages=(
        Stage(
            id="browse",
            name="Browse",
            touchpoints=(
                Touchpoint(
                    id="home", name="Home", match=Rule.model_validate({"where": {"is": "home"}})
                ),
            ),
        ),
    ),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An SQLite database of visits."""
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE visits (customer TEXT, at TEXT, event TEXT, n INTEGER)")
        connection.executemany("INSERT INTO visits VALUES (?, ?, ?, ?)", VISITS)
    connection.close()
    return path


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    with postgres.running() as folder:
        yield folder


def engine_of(folder: Path) -> sqlalchemy.Engine:
    return sqlalchemy.create_engine(f"postgresql+psycopg://postgres@/postgres?host={folder}")


def rows(query: Query) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in pa.table(query).to_pylist()]


def sizes(query: Query) -> list[int]:
    return [len(batch) for batch in query.batches()]


def account(query: Query) -> tuple[int, int, int]:
    """Rows read and kept, and customers, when the visits are joined."""
    journeys = join(SHOP, Events(query, customer="customer", at="at"))
    return journeys.quality[0].read, journeys.quality[0].kept, journeys.n_customers


def test_engine_of_sqlalchemy_is_joined(file: Path) -> None:
    engine = sqlalchemy.create_engine(f"sqlite:///{file}")
    assert account(Query(engine, EVERY_VISIT)) == (4, 3, 2)
    engine.dispose()


def test_connection_and_statement_of_sqlalchemy_are_read(file: Path) -> None:
    engine = sqlalchemy.create_engine(f"sqlite:///{file}")
    visits = sqlalchemy.table("visits", *map(sqlalchemy.column, ("event", "n")))
    with engine.connect() as connection:
        assert rows(Query(connection, sqlalchemy.select(visits.c.event).where(visits.c.n > 1))) == [
            ("cart",),
            ("home",),
            ("home",),
        ]
        asked = "SELECT n FROM visits WHERE event = :event AND event NOT LIKE '%x'"
        assert rows(Query(connection, asked, {"event": "cart"})) == [(2,)]
    engine.dispose()


def test_connection_of_adbc_is_joined(file: Path) -> None:
    with adbc_driver_sqlite.dbapi.connect(str(file)) as connection:
        assert account(Query(connection, EVERY_VISIT)) == (4, 3, 2)
        asked = "SELECT event FROM visits WHERE n = ?"
        assert rows(Query(connection, asked, (2,))) == [("cart",)]


def test_bare_connection_of_a_driver_is_joined(file: Path) -> None:
    connection = sqlite3.connect(file)
    assert account(Query(connection, EVERY_VISIT)) == (4, 3, 2)
    assert rows(Query(connection, "SELECT event FROM visits WHERE n = ?", (2,))) == [("cart",)]
    connection.close()


def test_connection_and_relation_of_duckdb_are_joined(file: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(VISITS_OF_DUCKDB)
        connection.executemany("INSERT INTO visits VALUES (?, ?, ?, ?)", VISITS)
        assert account(Query(connection, EVERY_VISIT)) == (4, 3, 2)
        relation = connection.sql(EVERY_VISIT)
        journeys = join(SHOP, Events(relation, customer="customer", at="at"))
        assert journeys.quality[0].kept == 3


@pytest.mark.filterwarnings("ignore")  # Ibis calls what its own libraries will drop
def test_table_of_ibis_is_joined_whatever_its_backend(file: Path) -> None:
    with duckdb.connect(file.with_suffix(".duckdb")) as connection:
        connection.execute(VISITS_OF_DUCKDB)
        connection.executemany("INSERT INTO visits VALUES (?, ?, ?, ?)", VISITS)
    sqlite, duck = ibis.sqlite.connect(file), ibis.duckdb.connect(file.with_suffix(".duckdb"))
    for backend in (sqlite, duck):
        journeys = join(SHOP, Events(backend.table("visits"), customer="customer", at="at"))
        assert (journeys.quality[0].read, journeys.n_customers) == (4, 2)
        backend.disconnect()
    held = ibis.memtable(pa.table({"customer": ["ann"], "at": ["2025-03-01T10:00:00Z"]}))
    assert [len(batch) for batch in batches_of(held) or ()] == [1]


def test_rows_come_in_bounded_batches(file: Path) -> None:
    engine = sqlalchemy.create_engine(f"sqlite:///{file}")
    numbers = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120000) "
        "SELECT i FROM n"
    )
    assert sizes(Query(engine, numbers)) == [50_000, 50_000, 20_000]
    with duckdb.connect() as connection:
        relation = connection.sql("SELECT range AS i FROM range(300000)")
        assert max(len(batch) for batch in batches_of(relation) or ()) <= 150_000
    engine.dispose()


def test_query_is_run_anew_each_time_it_is_read(file: Path) -> None:
    connection = sqlite3.connect(file)
    query = Query(connection, EVERY_VISIT)
    assert len(rows(query)) == 4
    connection.execute("DELETE FROM visits WHERE customer = 'ann'")
    assert len(rows(query)) == 2
    connection.close()


def test_query_is_inspected_by_its_first_rows_only(file: Path) -> None:
    connection = sqlite3.connect(file)
    found = inspect(Query(connection, EVERY_VISIT), rows=2)
    assert (found.called, found.format, found.rows, found.rows_seen) == ("query", "table", None, 2)
    assert found.fits[0].call == 'EventTable(table, customer="customer", at="at", event="event")'
    connection.close()


def test_export_in_a_warehouse_is_read_by_its_source() -> None:
    with duckdb.connect() as connection:
        ga4 = Query(
            connection,
            "SELECT 1721030400000000 AS event_timestamp, 'page_view' AS event_name, "
            "'v-1' AS user_pseudo_id, [{'key': 'page_location', 'value': "
            "{'string_value': 'https://shop.example.org/?q=1'}}] AS event_params",
        )
        events = Ga4Export(ga4).read().events
    assert events is not None
    assert pa.table(events.table)["page_location"].to_pylist() == ["https://shop.example.org/"]


def test_query_without_rows_has_its_columns(file: Path) -> None:
    connection = sqlite3.connect(file)
    empty = Query(connection, "SELECT customer, n FROM visits WHERE n > 9")
    assert pa.table(empty).schema.names == ["customer", "n"]
    with pytest.raises(SourceError, match="`query` has a header and no rows"), workspace() as space:
        open_table(space, empty, "events")
    connection.close()


def test_kind_of_each_value_is_kept() -> None:
    connection = sqlite3.connect(":memory:")
    asked = "SELECT 1 AS whole, 1.5 AS part, 'a' AS text, x'00' AS bytes, NULL AS empty"
    table = pa.table(Query(connection, asked))
    assert [str(kind) for kind in table.schema.types] == [
        "int64",
        "double",
        "string",
        "binary",
        "string",
    ]
    connection.close()


def test_column_that_changes_its_kind_is_named_with_its_cure() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE n (i)")
    connection.executemany("INSERT INTO n VALUES (?)", [(i,) for i in range(50_000)])
    connection.execute("INSERT INTO n VALUES ('many')")
    query = Query(connection, "SELECT i FROM n")
    words = (
        r"The column `i` of the query begins as int64 .* Cast it .*`CAST\(i AS VARCHAR\(200\)\)`"
    )
    with pytest.raises(SourceError, match=words), workspace() as space:
        open_table(space, query, "events")
    connection.close()


def test_query_that_fails_is_named_with_its_cause(file: Path) -> None:
    words = "The query cannot be read: .*no such table: visit.*. Run it in the database first"
    engine = sqlalchemy.create_engine(f"sqlite:///{file}")
    plain, adbc = sqlite3.connect(file), adbc_driver_sqlite.dbapi.connect(str(file))
    for connection in (engine, plain, adbc):
        with pytest.raises(SourceError, match=words):
            Query(connection, "SELECT * FROM visit").batches()
    engine.dispose()
    plain.close()
    adbc.close()


def test_statement_that_returns_nothing_is_refused() -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(SourceError, match=r"The query returns no columns\. Begin it with SELECT"):
        Query(connection, "CREATE TABLE n (i)").batches()
    connection.close()


def test_what_is_no_connection_is_refused() -> None:
    with pytest.raises(SourceError, match="A str is no connection to a database"):
        Query("postgresql://shop", "SELECT 1").batches()


def test_two_columns_of_one_name_are_refused(file: Path) -> None:
    connection = sqlite3.connect(file)
    with pytest.raises(SourceError, match="The query has 2 columns `n`"), workspace() as space:
        open_table(space, Query(connection, "SELECT n, n FROM visits"), "events")
    connection.close()


@pytest.mark.needs("initdb")
def test_postgresql_keeps_kinds_and_sends_rows_as_they_are_read(server: Path) -> None:
    engine = engine_of(server)
    asked = (
        "SELECT 42 AS whole, 1.25::numeric AS amount, 'ä' AS text, true AS truth, "
        "DATE '2025-03-01' AS day, TIMESTAMPTZ '2025-03-01 10:00+02' AS at, "
        "TIMESTAMP '2025-03-01 10:00' AS clock, "
        "'12345678-1234-5678-1234-567812345678'::uuid AS id, '{\"a\": [1]}'::jsonb AS more"
    )
    assert rows(Query(engine, asked)) == [
        (
            *(42, Decimal("1.25"), "ä", True, date(2025, 3, 1)),
            datetime(2025, 3, 1, 8, tzinfo=UTC),
            datetime(2025, 3, 1, 10),  # noqa: DTZ001
            str(UUID("12345678-1234-5678-1234-567812345678")),
            '{"a": [1]}',
        )
    ]
    assert sizes(Query(engine, f"SELECT generate_series(1, {MANY})")) == [50_000, 50_000, 20_000]
    engine.dispose()


@pytest.mark.needs("initdb")
def test_postgresql_is_joined_by_sqlalchemy_adbc_and_its_driver(server: Path) -> None:
    engine = engine_of(server)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE visits (customer TEXT, at TIMESTAMPTZ, event TEXT, n INTEGER)"
        )
        for visit in VISITS:
            connection.exec_driver_sql("INSERT INTO visits VALUES (%s, %s, %s, %s)", visit)
    address = f"postgresql:///postgres?host={server}&user=postgres"
    with (
        adbc_driver_postgresql.dbapi.connect(address) as adbc,
        psycopg.connect(address) as driver,
    ):
        for connection in (engine, adbc, driver):
            assert account(Query(connection, EVERY_VISIT)) == (4, 3, 2)
    engine.dispose()


@pytest.mark.needs("initdb")
def test_amounts_and_ids_of_postgresql_count_as_such(server: Path) -> None:
    engine = engine_of(server)
    bought = Events(
        Query(
            engine,
            "SELECT 7::numeric AS customer, now() AS at, 'home' AS event, 12.5::numeric AS amount",
        ),
        customer="customer",
        at="at",
        value="amount",
    )
    settings = JourneySettings(currency="EUR")
    journeys = join(SHOP.model_copy(update={"journey": settings}), bought)
    assert list(customer_ids(bought, journeys.customer_codes).values()) == ["7"]
    assert journeys.value.sum() == 12_500  # thousandths
    engine.dispose()


@pytest.mark.needs("initdb")
def test_query_that_breaks_off_in_the_middle_is_named(server: Path) -> None:
    engine = engine_of(server)
    broken = Query(engine, f"SELECT 1 / ({MANY} - i) AS n FROM generate_series(1, {MANY}) AS i")
    with (
        pytest.raises(SourceError, match=r"The query cannot be read: .*division by zero"),
        workspace() as space,
    ):
        open_table(space, broken, "events")
    engine.dispose()
