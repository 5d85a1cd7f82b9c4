"""Passing on the rows of any table as they are, batch by batch."""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike
from pathlib import Path

import duckdb
import pyarrow as pa

from cjm_notebooks.events.databases import batches_of
from cjm_notebooks.events.export import unreadable
from cjm_notebooks.events.files import format_of
from cjm_notebooks.events.ledger import rejected_lines, scanned
from cjm_notebooks.events.quality import Counted, Quality
from cjm_notebooks.events.sifting import ROWS
from cjm_notebooks.events.tables import Table, name_of

VIEW = "passed"


class Rows:
    """The rows of a table, and an account of those that came so far.

    Sets aside `unreadable_row`: lines of a CSV file that do not fit its header.

    Memory  `ROWS` rows; of a table in memory nothing more
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, table: Table) -> None:
        self._connection = connection
        self._table = table
        self._passed = 0
        self._unreadable = 0

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows, one empty batch at least.

        Raises  SourceError when the file is missing, cannot be read or breaks off
        """
        try:
            reader = self._reader()
            yield pa.RecordBatch.from_pylist([], schema=reader.schema)
            for batch in reader:
                self._passed += len(batch)
                yield batch
            if self._is_csv():
                self._unreadable = len(rejected_lines(self._connection, VIEW))
        except (duckdb.Error, OSError, pa.ArrowException) as cause:
            raise unreadable(name_of(self._table), cause) from cause

    def quality(self) -> Quality:
        lines = Counted(self._unreadable)
        return Quality(
            table=f"rows of {name_of(self._table)}",
            read=self._passed + self._unreadable,
            kept=self._passed,
            set_aside={"unreadable_row": lines} if self._unreadable else {},
        )

    def _is_csv(self) -> bool:
        return isinstance(self._table, (str, PathLike)) and format_of(Path(self._table)) == "csv"

    def _reader(self) -> pa.RecordBatchReader:
        if isinstance(self._table, (str, PathLike)):
            return self._connection.sql(scanned(Path(self._table), VIEW)).to_arrow_reader(ROWS)
        return batches_of(self._table) or pa.table(self._table).to_reader(ROWS)
