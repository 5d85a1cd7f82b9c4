"""Rows that lie elsewhere, batch by batch: a query of a database, a DuckDB relation, an Ibis table.

No library of a database is imported here; whatever the caller hands in is there already.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any

import duckdb
import pyarrow as pa

from cjm_notebooks.errors import SourceError
from cjm_notebooks.events.tables import ArrowStream

ROWS = 50_000  # of one batch
Rows = Sequence[Sequence[object]]
MONEY = pa.decimal128(38, 10)
KINDS: tuple[tuple[frozenset[type], pa.DataType], ...] = (
    (frozenset({bool}), pa.bool_()),
    (frozenset({int}), pa.int64()),
    (frozenset({int, float}), pa.float64()),
    (frozenset({int, Decimal}), MONEY),
    (frozenset({date}), pa.date32()),
    (frozenset({bytes}), pa.binary()),
    (frozenset({bytes, bytearray, memoryview}), pa.binary()),
)


@dataclass(frozen=True)
class Query:
    """The rows of a query, wherever a table is asked for: `Events(Query(engine, "SELECT ..."))`.

    `connection` is an engine or connection of SQLAlchemy, a connection of ADBC or DuckDB, or any of
    the DB API (PEP 249). `sql` is a text, for SQLAlchemy also a statement such as `select(...)`;
    `parameters` are written in it as the database wants them, for SQLAlchemy as `:name`. The query
    is run each time the rows are read: when they are inspected, and when they are joined.

    SQLAlchemy asks the database to send rows as they are read. A bare connection does what its
    driver does; that of psycopg holds all rows of the result first.

    Numbers, times, days, bytes and truths keep their kind, amounts as decimals of ten places; what
    else there is (ids of type UUID, JSON, lists) becomes text. A column that is empty in the whole
    first batch is text.

    Memory  50,000 rows; for ADBC one batch of its driver
    Raises  SourceError when the connection is none, the query fails, or a column changes its kind
    """

    connection: object
    sql: object
    parameters: Mapping[str, object] | Sequence[object] | None = None

    @property
    def called(self) -> str:
        return "query"

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.batches().__arrow_c_stream__(requested_schema)

    def batches(self) -> pa.RecordBatchReader:
        """The rows, run anew; closing or dropping the reader ends the query."""
        read, errors = self._way()
        batches = _explained(read(), errors)
        try:
            first = next(batches)
        except StopIteration:
            msg = "The query returns no columns. Begin it with SELECT."
            raise SourceError(msg) from None
        return pa.RecordBatchReader.from_batches(first.schema, chain([first], batches))

    def _way(self) -> tuple[Callable[[], Iterator[pa.RecordBatch]], tuple[type[Exception], ...]]:
        """How to read batches from such a connection, and the errors it raises."""
        connection: Any = self.connection
        sqlalchemy: Any = sys.modules.get("sqlalchemy")
        if sqlalchemy and isinstance(connection, (sqlalchemy.Engine, sqlalchemy.Connection)):
            return self._of_sqlalchemy, (sqlalchemy.exc.SQLAlchemyError,)
        if isinstance(connection, duckdb.DuckDBPyConnection):
            return self._of_duckdb, (duckdb.Error,)
        if hasattr(connection, "cursor"):
            error = getattr(connection, "Error", None)
            errors = (error,) if isinstance(error, type) else ()
            is_adbc = hasattr(connection, "adbc_get_info")
            return self._of_adbc if is_adbc else self._of_db_api, errors
        msg = (
            f"A {type(connection).__name__} is no connection to a database. Give an engine of "
            "SQLAlchemy, or a connection of SQLAlchemy, ADBC, DuckDB or a driver of the DB API."
        )
        raise SourceError(msg)

    def _of_sqlalchemy(self) -> Iterator[pa.RecordBatch]:
        sqlalchemy: Any = sys.modules["sqlalchemy"]
        connection: Any = self.connection
        statement: Any = sqlalchemy.text(self.sql) if isinstance(self.sql, str) else self.sql
        as_read = {"stream_results": True, "max_row_buffer": ROWS}
        with ExitStack() as stack:
            if isinstance(connection, sqlalchemy.Engine):
                connection = stack.enter_context(connection.connect())
            result = connection.execute(statement, self.parameters, execution_options=as_read)
            stack.callback(result.close)
            if result.returns_rows:
                yield from _arrow(list(result.keys()), result.partitions(ROWS))

    def _of_duckdb(self) -> Iterator[pa.RecordBatch]:
        connection: Any = self.connection
        yield from _not_empty(
            connection.sql(self.sql, params=self.parameters).to_arrow_reader(ROWS)
        )

    def _of_adbc(self) -> Iterator[pa.RecordBatch]:
        connection: Any = self.connection
        with closing(connection.cursor()) as cursor:
            cursor.execute(self.sql, self.parameters)
            yield from map(_without_extensions, _not_empty(cursor.fetch_record_batch()))

    def _of_db_api(self) -> Iterator[pa.RecordBatch]:
        connection: Any = self.connection
        with closing(connection.cursor()) as cursor:
            cursor.execute(self.sql, *([self.parameters] if self.parameters else []))
            if cursor.description is not None:
                names = [column[0] for column in cursor.description]
                yield from _arrow(names, iter(lambda: cursor.fetchmany(ROWS), []))


def batches_of(table: ArrowStream) -> pa.RecordBatchReader | None:
    """The rows of a table that lie elsewhere, as they are read; None for a table in memory.

    A reader of batches can be read once. An Ibis table that holds one in memory is read as a whole.

    Raises  SourceError when a query fails
    """
    if isinstance(table, Query):
        return table.batches()
    if isinstance(table, pa.RecordBatchReader):
        return table
    if isinstance(table, duckdb.DuckDBPyRelation):
        return pa.RecordBatchReader.from_stream(table)
    if type(table).__module__.partition(".")[0] == "ibis":
        return _of_ibis(table)
    return None


def _of_ibis(table: Any) -> pa.RecordBatchReader:
    with suppress(sys.modules["ibis.common.exceptions"].IbisError, duckdb.CatalogException):
        backend = table.get_backend()
        if backend.name != "duckdb":
            return table.to_pyarrow_batches(chunk_size=ROWS)
        # Ibis 12 reads batches by a method that the connections of DuckDB 2 lack
        return pa.RecordBatchReader.from_stream(backend.con.sql(backend.compile(table)))
    return pa.RecordBatchReader.from_stream(table)


def _explained(
    batches: Iterator[pa.RecordBatch], errors: tuple[type[Exception], ...]
) -> Iterator[pa.RecordBatch]:
    try:
        yield from batches
    except (*errors, pa.ArrowException, OSError) as cause:
        first = str(cause).strip().splitlines()[0].rstrip(".")
        msg = f"The query cannot be read: {first}. Run it in the database first."
        raise SourceError(msg) from cause


def _not_empty(reader: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
    """The batches; of nothing, one without rows."""
    batch = None
    for batch in reader:
        yield batch
    if batch is None:
        yield pa.RecordBatch.from_pylist([], schema=reader.schema)


def _without_extensions(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Types that only the driver knows, such as NUMERIC of PostgreSQL, as what they are kept in."""
    columns = [
        column.storage if isinstance(column, pa.ExtensionArray) else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _arrow(names: list[str], parts: Iterator[Rows]) -> Iterator[pa.RecordBatch]:
    """Rows as batches of the kinds that the first part shows."""
    kinds: list[pa.DataType] = []
    for part in chain(parts, [()]):
        columns = list(zip(*part, strict=True)) if part else [()] * len(names)
        if not kinds:
            kinds = [_kind(column) for column in columns]
        elif not part:
            return
        arrays = [
            _array(name, column, kind)
            for name, column, kind in zip(names, columns, kinds, strict=True)
        ]
        yield pa.RecordBatch.from_arrays(arrays, names=names)


def _kind(values: Sequence[object]) -> pa.DataType:
    """The kind of a column: what all its values are, else text."""
    types = {type(value) for value in values if value is not None}
    if types == {datetime}:
        zones = {value.tzinfo is None for value in values if isinstance(value, datetime)}
        if len(zones) == 1:
            return pa.timestamp("us", None if zones.pop() else "UTC")
    if int in types and any(isinstance(value, int) and abs(value) >= 2**63 for value in values):
        return pa.string()
    return next((kind for known, kind in KINDS if types and types <= known), pa.string())


def _array(name: str, values: Sequence[object], kind: pa.DataType) -> pa.Array:
    if pa.types.is_string(kind):
        return pa.array([None if value is None else _text(value) for value in values], kind)
    try:
        if kind == MONEY:
            values = [value if value is None else _rounded(value) for value in values]
        return pa.array(values, kind)
    except (pa.ArrowException, ArithmeticError, TypeError, ValueError) as cause:
        msg = (
            f"The column `{name}` of the query begins as {kind} and goes on as something else. "
            f"Cast it in the query, such as `CAST({name} AS VARCHAR(200))`."
        )
        raise SourceError(msg) from cause


def _rounded(value: object) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("1e-10"))


def _text(value: object) -> str:
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)
