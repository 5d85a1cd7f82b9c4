"""An export as SQL that has exactly the columns wanted, whatever its format.

What an export lacks, because it is older or was set up otherwise, is null.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Literal, TypeAlias

import duckdb
import pyarrow as pa

from cjm_notebooks.errors import SourceError
from cjm_notebooks.events.databases import batches_of
from cjm_notebooks.events.files import Format, files_of, format_of, is_list, refuse_what_is_no_text
from cjm_notebooks.events.ledger import literal
from cjm_notebooks.events.tables import ArrowStream, Table, name_of

Kind: TypeAlias = "str | Mapping[str, Kind] | Sequence[Kind]"
Wanted = Mapping[str, Kind]
Kept = Format | Literal["table"]


@dataclass(frozen=True)
class Scan:
    """SQL of an export: each column wanted under its own name, and `row`, counted from 0.

    `present` names the columns that are there; None for JSON, where each line has its own.
    """

    connection: duckdb.DuckDBPyConnection
    called: str
    format: Kept
    sql: str
    present: frozenset[str] | None = None

    def has(self, column: str) -> bool:
        return self.present is None or column in self.present


def scan(connection: duckdb.DuckDBPyConnection, table: Table, wanted: Wanted) -> Scan:
    """Open an export without reading it.

    `wanted` maps a column to its type in SQL, or to the columns inside it; a list holds the type of
    its elements. In a CSV file the column `country` inside `geo` is called `geo.country` or
    `geo_country`. A value that is not of its type is null. The name of a file may hold `*`.

    Raises  SourceError when there is no such file, or it is of another format or cannot be read
    """
    if isinstance(table, ArrowStream):
        return _of_table(connection, table, wanted)
    if not isinstance(table, (str, PathLike)):
        msg = f"A {type(table).__name__} is no export. Give the path of a file, or a table."
        raise SourceError(msg)
    path = Path(table)
    files = files_of(path)
    kind = format_of(files[0])
    refuse_what_is_no_text(files)
    listed = "[" + ", ".join(literal(str(file)) for file in files) + "]"
    try:
        if kind == "json":
            return Scan(connection, path.name, kind, _json(files[0], listed, wanted))
        if kind == "parquet":
            read = f"read_parquet({listed}, union_by_name=true)"
            return _of_columns(connection, path.name, kind, read, wanted)
        read = (
            f"read_csv({listed}, all_varchar=true, header=true, "
            "rejects_table='export_rejects', rejects_scan='export_scans')"
        )
        return _of_columns(connection, path.name, kind, read, wanted)
    except (duckdb.Error, OSError) as cause:
        raise unreadable(path.name, cause) from cause


def _json(file: Path, listed: str, wanted: Wanted) -> str:
    """A line that is no JSON object reads as nulls throughout; a list must be whole."""
    layout = json_layout(file)
    columns = ", ".join(f"{literal(name)}: {literal(_type(kind))}" for name, kind in wanted.items())
    return (
        "SELECT *, row_number() OVER () - 1 AS row "
        f"FROM read_json({listed}, {layout}, columns={{{columns}}})"
    )


def json_layout(file: Path) -> str:
    """How DuckDB is told to read it; a line that is no JSON is passed over."""
    if is_list(file):
        return "format='array'"
    return "format='newline_delimited', ignore_errors=true"


def _of_table(connection: duckdb.DuckDBPyConnection, table: ArrowStream, wanted: Wanted) -> Scan:
    reader = batches_of(table) or pa.RecordBatchReader.from_stream(table)
    connection.register("export_table", reader)
    return _of_columns(connection, name_of(table), "table", "export_table", wanted)


def _of_columns(
    connection: duckdb.DuckDBPyConnection, called: str, kind: Kept, read: str, wanted: Wanted
) -> Scan:
    described = connection.execute(f"DESCRIBE SELECT * FROM {read}").fetchall()
    names = {str(name): str(name) for name, *_ in described}
    if kind == "csv":
        names |= {name.replace(".", "_"): name for name in names}
    columns = ", ".join(
        f"{_cast(name, one, names)} AS {quoted(name)}" for name, one in wanted.items()
    )
    return Scan(
        connection,
        called,
        kind,
        f"SELECT {columns}, row_number() OVER () - 1 AS row FROM {read}",
        frozenset(name for name, one in wanted.items() if _is_there(name, one, names)),
    )


def _cast(name: str, kind: Kind, names: Mapping[str, str]) -> str:
    """SQL of a column as the type wanted, put together from the columns inside it if need be."""
    if name in names:
        return f"TRY_CAST({quoted(names[name])} AS {_type(kind)})"
    if not _is_there(name, kind, names):
        return f"NULL::{_type(kind)}"
    if isinstance(kind, Mapping):
        inside = (f"{quoted(n)} := {_cast(_inside(name, n), k, names)}" for n, k in kind.items())
        return f"struct_pack({', '.join(inside)})"
    return f"[{_cast(name, kind[0], names)}]"


def _is_there(name: str, kind: Kind, names: Mapping[str, str]) -> bool:
    if name in names or isinstance(kind, str):
        return name in names
    if isinstance(kind, Mapping):
        return any(_is_there(_inside(name, one), inside, names) for one, inside in kind.items())
    return _is_there(name, kind[0], names)


def _inside(name: str, one: str) -> str:
    return f"{name.replace('.', '_')}_{one}"


def _type(kind: Kind) -> str:
    if isinstance(kind, str):
        return kind
    if isinstance(kind, Mapping):
        inside = ", ".join(f"{quoted(name)} {_type(one)}" for name, one in kind.items())
        return f"STRUCT({inside})"
    return f"{_type(kind[0])}[]"


def quoted(name: str) -> str:
    """A name as SQL."""
    return '"' + name.replace('"', '""') + '"'


def bare_address(text: str) -> str:
    """SQL of a text that, where it is an address of the web, ends before its `?` or `#`.

    Click ids stand behind these, and too often e-mail addresses.
    """
    return f"CASE WHEN {text} LIKE 'http%' THEN regexp_extract({text}, '^[^?#]*') ELSE {text} END"


def unreadable(called: str, cause: Exception) -> SourceError:
    first = str(cause).strip().splitlines()[0].rstrip(". ")
    cut = re.search(r"at byte (\d+) in record/value (\d+): unexpected end of data", first)
    if cut is not None:
        where = f"at byte {cut[1]} of value {cut[2]}"
        first = f"Its JSON ends {where}: it is cut off"
    return SourceError(f"`{called}` cannot be read. {first}. Export it again.")
