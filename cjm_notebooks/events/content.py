"""What a table holds and how it is read: the same again, or not."""

from __future__ import annotations

from dataclasses import replace
from hashlib import file_digest, sha256
from os import PathLike
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
from pydantic import JsonValue
from pydantic_core import to_jsonable_python

from cjm_notebooks.events.tables import Customers, Events, Feedback, name_of

Recorded = Events | Feedback | Customers
T = TypeVar("T", Events, Feedback, Customers)


def held(tables: T | None) -> T | None:
    """The same tables, able to be read more than once: a stream is taken into memory."""
    if tables is None or isinstance(tables.table, (str, PathLike)):
        return tables
    return replace(tables, table=pa.table(tables.table))


def content_hash(tables: Recorded) -> str:
    """SHA-256 of a file's bytes, or of a table's Arrow columns one after another."""
    if isinstance(tables.table, (str, PathLike)):
        with Path(tables.table).open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    table = pa.table(tables.table).combine_chunks().replace_schema_metadata(None)
    written = pa.BufferOutputStream()
    with pa.ipc.new_stream(written, table.schema) as stream:
        stream.write_table(table)
    return sha256(written.getvalue()).hexdigest()


def read_as(tables: Recorded) -> dict[str, JsonValue]:
    """How the columns of the table are read."""
    said = dict(to_jsonable_python(vars(tables), fallback=name_of))
    del said["table"]
    return said
