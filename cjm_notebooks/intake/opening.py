"""The first rows of any table, as a table of DuckDB."""

from __future__ import annotations

from collections.abc import Mapping, Sized
from dataclasses import dataclass, field, replace
from os import PathLike
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from cjm_notebooks.errors import SourceError
from cjm_notebooks.events import ArrowStream, Table
from cjm_notebooks.events.databases import batches_of
from cjm_notebooks.events.export import json_layout, unreadable
from cjm_notebooks.events.files import files_of, format_of, refuse_what_is_no_text
from cjm_notebooks.events.kept import part_of
from cjm_notebooks.events.ledger import literal, no_arrow
from cjm_notebooks.events.tables import name_of
from cjm_notebooks.intake.event_logs import first_events
from cjm_notebooks.intake.sheets import first_lines

LARGEST_COUNTED = 50_000_000  # bytes of text files whose rows are counted to the end
READERS = {
    "csv": (
        "read_csv({files}, all_varchar=true, header=true, "
        "rejects_table='first_rejects', rejects_scan='first_scans')"
    ),
    "json": "read_json({files}, {layout}, sample_size={rows}, maximum_depth=3)",
    "parquet": "read_parquet({files}, union_by_name=true)",
}


@dataclass(frozen=True)
class Opened:
    """The first rows: column number `i` is `c{i}` in `first_rows`, which also has `row`, from 0.

    `types` are DuckDB's by the names of the columns. `rows` is how many there are in all, None
    where that is not known without reading on. `misfits` counts lines that are no row: they do not
    fit the header, or are no JSON. `settings` is what had to be assumed to open the table.
    """

    connection: duckdb.DuckDBPyConnection
    called: str
    format: str
    types: Mapping[str, str]
    seen: int
    rows: int | None = None
    misfits: int = 0
    settings: Mapping[str, object] = field(default_factory=dict)

    def one(self, sql: str) -> tuple[object, ...]:
        """The one row that `sql` returns."""
        (found,) = self.connection.execute(sql).fetchall()
        return tuple(found)


def open_first(connection: duckdb.DuckDBPyConnection, table: Table, rows: int) -> Opened:
    """Open at most so many rows of a file, of the files that a pattern names, or of a table.

    Raises  SourceError when there is no such file, or it holds nothing or cannot be read
    """
    if isinstance(table, (str, PathLike)):
        return _of_file(connection, Path(table), rows)
    if isinstance(table, ArrowStream):
        arrow, total = _first_of(table, rows)
        return _registered(
            connection, Opened(connection, name_of(table), "table", {}, 0, total), arrow
        )
    msg = (
        f"A {type(table).__name__} is no table. Give a path, or a table that speaks the Arrow "
        "stream protocol, such as one of pandas, polars or pyarrow."
    )
    raise SourceError(msg)


def _of_file(connection: duckdb.DuckDBPyConnection, path: Path, rows: int) -> Opened:
    files = files_of(path)
    endings = [ending.lower() for ending in path.suffixes]
    if ".xes" in endings:
        arrow, total = first_events(files[0], rows)
        return _registered(connection, Opened(connection, path.name, "xes", {}, 0, total), arrow)
    if endings[-1:] == [".xlsx"]:
        sheet = first_lines(files[0], rows)
        opened = Opened(connection, path.name, "xlsx", {}, 0, sheet.total, settings=sheet.settings)
        return _registered(connection, opened, sheet.rows)
    try:
        return _scanned(connection, path.name, files, rows)
    except (duckdb.Error, OSError) as cause:
        raise unreadable(path.name, cause) from cause


def _scanned(
    connection: duckdb.DuckDBPyConnection, called: str, files: list[Path], rows: int
) -> Opened:
    kind = format_of(files[0])
    refuse_what_is_no_text(files)
    layout = json_layout(files[0]) if kind == "json" else ""
    listed = "[" + ", ".join(literal(str(file)) for file in files) + "]"
    read = READERS[kind].format(files=listed, layout=layout, rows=rows)
    described = connection.execute(f"DESCRIBE SELECT * FROM {read}").fetchall()
    arrow = connection.sql(f"SELECT * FROM {read} LIMIT {rows + 1}").to_arrow_table()
    is_whole = len(arrow) <= rows
    arrow = arrow.slice(0, rows)
    rows_read, settings = _rows_and_settings(kind, arrow, files[0])
    lines = len(arrow) - 2 * ("header_rows" in settings)
    opened = Opened(
        connection,
        called,
        kind,
        {str(name): str(type_) for name, type_, *_ in described},
        seen=len(rows_read),
        rows=lines if is_whole else _counted(connection, kind, files, read),
        misfits=_misfits(connection) if kind == "csv" else lines - len(rows_read),
        settings=settings,
    )
    return _registered(connection, opened, rows_read)


def _rows_and_settings(
    kind: str, arrow: pa.Table, file: Path
) -> tuple[pa.Table, dict[str, object]]:
    """What of the lines are rows, and what the file says of itself."""
    if kind == "json":
        return _without_empty_lines(arrow), {}
    if kind == "csv" and _has_three_headers(arrow):
        return arrow.slice(2), {"header_rows": 3}
    part = part_of(pq.read_metadata(file).metadata) if kind == "parquet" else None
    return arrow, {} if part is None else {"part": part}


def _counted(
    connection: duckdb.DuckDBPyConnection, kind: str, files: list[Path], read: str
) -> int | None:
    if kind == "parquet":
        listed = "[" + ", ".join(literal(str(file)) for file in files) + "]"
        sql = f"SELECT sum(num_rows) FROM parquet_file_metadata({listed})"
    elif sum(file.stat().st_size for file in files) <= LARGEST_COUNTED:
        sql = f"SELECT count(*) FROM {read}"
    else:
        return None
    ((rows,),) = connection.execute(sql).fetchall()
    return int(rows)


def _without_rows(opened: Opened) -> SourceError:
    if not opened.misfits:
        return SourceError(f"`{opened.called}` has no rows. There is nothing to look at.")
    what = "is a JSON object" if opened.format == "json" else "fits the header"
    msg = f"No line of `{opened.called}` {what}. Is it what its name says, and text in UTF-8?"
    return SourceError(msg)


def _misfits(connection: duckdb.DuckDBPyConnection) -> int:
    query = "SELECT count(*) FROM (SELECT DISTINCT file_id, line FROM first_rejects)"
    ((lines,),) = connection.execute(query).fetchall()
    return int(lines)


def _has_three_headers(arrow: pa.Table) -> bool:
    """Whether it is of Qualtrics: ids of columns, their texts, and then where they come from."""
    third = arrow.slice(1, 1).to_pylist()
    return bool(third) and all('"ImportId"' in (cell or "") for cell in third[0].values())


def _without_empty_lines(arrow: pa.Table) -> pa.Table:
    """Without lines that were no JSON object, which read as nulls throughout."""
    filled = np.zeros(len(arrow), dtype=bool)
    for column in arrow.columns:
        filled |= column.is_valid().to_numpy()
    return arrow.filter(pa.array(filled))


def _first_of(table: ArrowStream, rows: int) -> tuple[pa.Table, int | None]:
    """The first rows, and how many there are in all where the table can tell."""
    try:
        reader = batches_of(table) or pa.RecordBatchReader.from_stream(table)
        batches: list[pa.RecordBatch] = []
        while sum(map(len, batches)) <= rows:
            batches.append(reader.read_next_batch())
    except StopIteration:
        whole = pa.Table.from_batches(batches, reader.schema)
        return whole.slice(0, rows), len(whole)
    except SourceError:
        raise
    except ValueError as cause:
        raise no_arrow(table, cause) from cause
    total = len(table) if isinstance(table, Sized) else None
    return pa.Table.from_batches(batches, reader.schema).slice(0, rows), total


def _registered(connection: duckdb.DuckDBPyConnection, opened: Opened, arrow: pa.Table) -> Opened:
    """The first rows, copied: of many columns DuckDB reads one faster out of a table of its own."""
    if not arrow.num_columns:
        msg = f"`{opened.called}` has no columns. There is nothing to look at."
        raise SourceError(msg)
    if not len(arrow):
        raise _without_rows(opened)
    names = [str(name) for name in arrow.column_names]
    for name in names:
        if names.count(name) > 1:
            many = names.count(name)
            msg = f"`{opened.called}` has {many} columns `{name}`. Rename all but one."
            raise SourceError(msg)
    places = [*(f"c{place}" for place in range(len(names))), "row"]
    numbered = [*arrow.columns, pa.array(np.arange(len(arrow)))]
    connection.register("first_arriving", pa.Table.from_arrays(numbered, names=places))
    connection.execute("CREATE TEMP TABLE first_rows AS SELECT * FROM first_arriving")
    connection.unregister("first_arriving")
    described = connection.execute("DESCRIBE first_rows").fetchall()
    types = {name: str(row[1]) for name, row in zip(names, described, strict=False)}
    return replace(opened, types={**types, **opened.types}, seen=len(arrow))
