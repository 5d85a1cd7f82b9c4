"""A caller's table as a view in DuckDB, with column names that cannot clash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np
import pyarrow as pa

from cjm_notebooks.errors import SourceError, did_you_mean
from cjm_notebooks.events.databases import batches_of
from cjm_notebooks.events.files import Format, files_of, format_of, is_list, refuse_what_is_no_text
from cjm_notebooks.events.tables import ArrowStream, Table, name_of

READERS: dict[Format, str] = {
    "parquet": (
        "SELECT * EXCLUDE (file_row_number), file_row_number AS row_ "
        "FROM read_parquet({path}, file_row_number=true)"
    ),
    "csv": (
        "SELECT *, row_number() OVER () - 1 AS row_ "
        "FROM read_csv({path}, all_varchar=true, header=true, "
        "rejects_table='{view}_rejects', rejects_scan='{view}_scans')"
    ),
    "json": (
        "SELECT *, row_number() OVER () - 1 AS row_ FROM read_json({path}, format='{layout}')"
    ),
}


@dataclass(frozen=True)
class Ledger:
    """One table, opened: the caller's column number `i` is `c{i}` in `view`, `row` counts from 0.

    `called` is how messages name the table, `types` holds DuckDB's types by the caller's names,
    and `unreadable` the lines of a CSV file that do not fit its header.
    """

    connection: duckdb.DuckDBPyConnection
    view: str
    called: str
    types: dict[str, str]
    rows: int
    unreadable: tuple[int, ...] = ()

    def column(self, name: str, role: str) -> str:
        """The SQL name of the caller's column.

        Raises  SourceError when there is no such column; the nearest names are given
        """
        names = list(self.types)
        if name not in names:
            raise no_column(self.called, name, role, names)
        return f"c{names.index(name)}"

    def id_text(self, name: str, role: str) -> str:
        """SQL for the id in a column as text; blank text is no id, and 42.0 is the id 42."""
        column = self.column(name, role)
        text = f"nullif(trim(CAST({column} AS VARCHAR)), '')"
        if self.types[name].startswith(("DOUBLE", "FLOAT", "DECIMAL")):
            whole = f"CAST(TRY_CAST({column} AS BIGINT) AS VARCHAR)"
            is_whole = f"{column} = floor({column})"
            return f"CASE WHEN {is_whole} THEN coalesce({whole}, {text}) ELSE {text} END"
        return text

    def query(self, sql: str) -> duckdb.DuckDBPyRelation:
        return self.connection.sql(sql)

    def numbers(self, sql: str) -> tuple[int, ...]:
        """The one row of whole numbers that `sql` returns; null reads as 0."""
        (found,) = self.connection.execute(sql).fetchall()
        return tuple(int(value or 0) for value in found)


def no_column(called: str, name: str, role: str, names: Iterable[str]) -> SourceError:
    near = did_you_mean(name, names)
    return SourceError(f"`{called}` has no column `{name}`, named as `{role}`. {near}")


@cache
def _database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


@contextmanager
def workspace() -> Iterator[duckdb.DuckDBPyConnection]:
    """Tables and views of its own, whose clock is UTC; all of them are gone at the end.

    To start DuckDB takes longer than a small join, so that a process does it once.
    """
    with _database().cursor() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection


@contextmanager
def private_workspace(memory: int) -> Iterator[duckdb.DuckDBPyConnection]:
    """A workspace that takes at most `memory` bytes and puts what does not fit on the disk."""
    with TemporaryDirectory() as folder:
        limits: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": f"{memory // 10**6}MB",
            "temp_directory": folder,
        }
        with duckdb.connect(config=limits) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            yield connection


def arrays(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[str, np.ndarray]:
    """The columns that `sql` returns, each free of nulls but for texts, where null is None."""
    found: dict[str, np.ndarray] = {}
    for name, column in connection.execute(sql).fetchnumpy().items():
        found[name] = np.asarray(column)
        if np.ma.is_masked(column):
            found[name] = found[name].astype(object)
            found[name][np.ma.getmask(np.ma.asarray(column))] = None
    return found


def literal(text: str) -> str:
    """`text` as SQL."""
    return "'" + text.replace("'", "''") + "'"


def scanned(path: Path, view: str) -> str:
    """SQL of the rows of a file as it is written; lines that do not fit go to `VIEW_rejects`.

    Raises  SourceError when the file is missing, empty or of an unknown kind
    """
    _, scan = _scan(path, view)
    return f"SELECT * EXCLUDE (row_) FROM ({scan})"


def open_table(connection: duckdb.DuckDBPyConnection, table: Table, view: str) -> Ledger:
    """Open `table` as the view `view` of `connection`.

    Raises  SourceError when the file is missing, empty, of an unknown kind or cannot be read
    """
    called = name_of(table)
    unreadable: tuple[int, ...] = ()
    if isinstance(table, (str, PathLike)):
        types, unreadable = _open_file(connection, Path(table), view)
    elif isinstance(table, ArrowStream):
        types = _open_arrow(connection, table, view)
    else:
        msg = (
            f"A {type(table).__name__} is no table. Give a path, or a table that speaks the Arrow "
            "stream protocol, such as one of pandas, polars or pyarrow."
        )
        raise SourceError(msg)
    ledger = Ledger(connection, view, called, types, 0, unreadable)
    (rows,) = ledger.numbers(f"SELECT count(*) FROM {view}")
    if rows == 0 and not unreadable:
        msg = f"`{called}` has a header and no rows. There is nothing to join."
        raise SourceError(msg)
    return replace(ledger, rows=rows)


def _open_file(
    connection: duckdb.DuckDBPyConnection, path: Path, view: str
) -> tuple[dict[str, str], tuple[int, ...]]:
    kind, scan = _scan(path, view)
    try:
        if kind != "parquet":
            connection.execute(f"CREATE TEMP TABLE {view}_rows AS {scan}")
            scan = f"SELECT * FROM {view}_rows"
        described = connection.execute(f"DESCRIBE {scan}").fetchall()
    except duckdb.Error as cause:
        msg = f"`{path.name}` cannot be read. {_first_line(cause)}"
        raise SourceError(msg) from cause
    types = {str(name): str(type_) for name, type_, *_ in described[:-1]}
    places = ", ".join([*(f"c{place}" for place in range(len(types))), "row"])
    connection.execute(f"CREATE TEMP VIEW {view} AS SELECT * FROM ({scan}) AS t({places})")
    return types, rejected_lines(connection, view) if kind == "csv" else ()


def _open_arrow(
    connection: duckdb.DuckDBPyConnection, table: ArrowStream, view: str
) -> dict[str, str]:
    try:
        reader = batches_of(table)
        rows = pa.table(table) if reader is None else reader
        names = [str(name) for name in rows.schema.names]
        _refuse_twins(names, name_of(table))
        if reader is None:
            connection.register(view, _numbered(rows, 0))
        else:
            _take_in(connection, reader, view)
    except SourceError:
        raise
    except (pa.ArrowException, ValueError) as cause:
        raise no_arrow(table, cause) from cause
    described = connection.execute(f"DESCRIBE {view}").fetchall()
    return {name: str(row[1]) for name, row in zip(names, described, strict=False)}


def no_arrow(table: Table, cause: BaseException) -> SourceError:
    """What to say of a table that its library does not hand on."""
    said = ". ".join(str(one).strip().splitlines()[0].rstrip(".") for one in cause.args)
    return SourceError(
        f"The {name_of(table)} cannot be read as Arrow. {said}. Give each column a name of its own "
        "and one kind of values."
    )


def _refuse_twins(names: list[str], called: str) -> None:
    for name in names:
        if names.count(name) > 1:
            msg = f"The {called} has {names.count(name)} columns `{name}`. Rename all but one."
            raise SourceError(msg)


def _take_in(
    connection: duckdb.DuckDBPyConnection, reader: pa.RecordBatchReader, view: str
) -> None:
    """Copy rows that can be read once, or lie elsewhere, batch by batch into a table of DuckDB."""
    rows, arriving = 0, f"{view}_arriving"
    connection.register(arriving, _numbered(reader.schema.empty_table(), 0))
    connection.execute(f"CREATE TEMP TABLE {view} AS SELECT * FROM {arriving}")
    for batch in reader:
        connection.register(arriving, _numbered(pa.Table.from_batches([batch]), rows))
        connection.execute(f"INSERT INTO {view} SELECT * FROM {arriving}")
        rows += len(batch)
    connection.unregister(arriving)


def _numbered(rows: pa.Table, first: int) -> pa.Table:
    """The columns as `c0`, `c1` and so on, and the number of each row."""
    numbers = pa.array(np.arange(first, first + len(rows)))
    names = [*(f"c{place}" for place in range(rows.num_columns)), "row"]
    return pa.Table.from_arrays([*rows.columns, numbers], names=names)


def _scan(path: Path, view: str) -> tuple[Format, str]:
    kind = format_of(path)
    file, *others = files_of(path)
    if others:
        msg = f"`{path.name}` names {len(others) + 1} files. Give one of them."
        raise SourceError(msg)
    refuse_what_is_no_text([file])
    layout = "array" if kind == "json" and is_list(file) else "newline_delimited"
    return kind, READERS[kind].format(path=literal(str(file)), view=view, layout=layout)


def rejected_lines(connection: duckdb.DuckDBPyConnection, view: str) -> tuple[int, ...]:
    query = f"SELECT DISTINCT line FROM {view}_rejects ORDER BY line"
    return tuple(int(line) for (line,) in connection.execute(query).fetchall())


def _first_line(cause: BaseException) -> str:
    return str(cause).strip().splitlines()[0].rstrip(".") + "."
