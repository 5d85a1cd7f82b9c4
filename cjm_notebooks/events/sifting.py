"""Sifting a large export in one pass: what is kept, and an account of every row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cjm_notebooks.errors import SourceError
from cjm_notebooks.events.export import Scan, unreadable
from cjm_notebooks.events.ledger import Ledger
from cjm_notebooks.events.quality import PLACES, Counted, Quality

ROWS = 50_000  # of one batch


@dataclass(frozen=True)
class Sifted:
    """The rows kept, texts as dictionaries, and the account of all."""

    rows: pa.Table
    quality: Quality


class Sifting:
    """An export on its way through a sift, in one pass.

    `sql` returns `row`, `reason` (a rule, or null), one column of truths for each name in
    `noticed`, perhaps a `fingerprint` (what repeats an earlier one is set aside as `duplicate`),
    and the columns to keep.

    Memory  `ROWS` rows, and up to 16 bytes a row where there is a fingerprint
    """

    def __init__(self, scanned: Scan, sql: str, table: str, noticed: Iterable[str] = ()) -> None:
        self.called = scanned.called
        self._scanned = scanned
        self._sql = sql
        self._table = f"{table} of {scanned.called}"
        self._account = _Account(tuple(noticed))

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows that have no reason, one empty batch at least.

        Raises  SourceError when the export breaks off in the middle
        """
        try:
            reader = self._scanned.connection.sql(self._sql).to_arrow_reader(ROWS)
            yield self._account.enter(_no_rows(reader.schema))
            for batch in reader:
                yield self._account.enter(batch)
            self._account.reject(_rejected(self._scanned))
        except (duckdb.Error, OSError, pa.ArrowException) as cause:
            raise unreadable(self._scanned.called, cause) from cause

    def batches_unless(self, nothing: str) -> Iterator[pa.RecordBatch]:
        """The same, but refused as `nothing` says when no row at all could be read.

        Raises  SourceError also when the export breaks off in the middle
        """
        yield from self.batches()
        if self.quality.set_aside_rows("unreadable_row") == self.quality.read:
            msg = f"`{self.called}` {nothing}"
            raise SourceError(msg)

    @property
    def quality(self) -> Quality:
        """The account of all rows that came so far."""
        return self._account.quality(self._table)


def sift_table(
    ledger: Ledger, sql: str, table: str, noticed: Iterable[str] = (), order: str = "row"
) -> Sifted:
    """The same for a small table that is open already; lines that did not fit its header count."""
    rows = ledger.query(f"SELECT * FROM ({sql}) ORDER BY {order}").to_arrow_table()
    kept = rows.filter(pc.is_null(rows["reason"]))
    set_aside = {
        rule: _counted(rows.filter(pc.equal(rows["reason"], rule)))
        for rule in sorted(rows["reason"].unique().drop_null().to_pylist())
    }
    if ledger.unreadable:
        set_aside["unreadable_row"] = Counted(len(ledger.unreadable))
    found = {rule: _counted(kept.filter(kept[rule])) for rule in noticed}
    quality = Quality(
        table=f"{table} of {ledger.called}",
        read=len(rows) + len(ledger.unreadable),
        kept=len(kept),
        set_aside=set_aside,
        noticed={rule: counted for rule, counted in found.items() if counted.rows},
    )
    return Sifted(kept.drop_columns(["row", "reason", *found]), quality)


def _counted(rows: pa.Table) -> Counted:
    return Counted(len(rows), tuple(rows["row"].to_pylist()[:PLACES]))


class _Account:
    """What was read, noticed and set aside so far."""

    def __init__(self, noticed: tuple[str, ...]) -> None:
        self.read = self.kept = 0
        self.set_aside: dict[str, Counted] = {}
        self.noticed: dict[str, Counted] = dict.fromkeys(noticed, Counted(0))
        self.met = _Met()

    def enter(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The rows to keep, as they are passed on."""
        self.read += len(batch)
        row, reason = _numbers(batch["row"]), batch["reason"]
        for rule in reason.unique().drop_null().to_pylist():
            self.leave_out(rule, row[_truths(pc.equal(reason, rule))])
        kept = batch.filter(pc.is_null(reason))
        for rule, counted in self.noticed.items():
            self.noticed[rule] = _more(counted, _numbers(kept["row"])[_truths(kept[rule])])
        if "fingerprint" in kept.schema.names:
            repeated = self.met.again(_numbers(kept["fingerprint"]))
            self.leave_out("duplicate", _numbers(kept["row"])[repeated])
            kept = kept.filter(pa.array(~repeated)).drop_columns(["fingerprint"])
        self.kept += len(kept)
        return kept.drop_columns(["row", "reason", *self.noticed])

    def leave_out(self, rule: str, rows: np.ndarray) -> None:
        if len(rows):
            self.set_aside[rule] = _more(self.set_aside.get(rule, Counted(0)), rows)

    def reject(self, lines: int) -> None:
        """Count lines that are in no batch, since they do not fit the header."""
        if lines:
            before = self.set_aside.get("unreadable_row", Counted(0))
            self.set_aside["unreadable_row"] = Counted(before.rows + lines, before.places)
            self.read += lines

    def quality(self, table: str) -> Quality:
        return Quality(
            table=table,
            read=self.read,
            kept=self.kept,
            set_aside=dict(self.set_aside),
            noticed={rule: counted for rule, counted in self.noticed.items() if counted.rows},
        )


class _Met:
    """Numbers met so far, in sorted runs of which each is less than half of the one before."""

    def __init__(self) -> None:
        self.runs: list[np.ndarray] = []

    def again(self, numbers: np.ndarray) -> np.ndarray:
        """Which of them were met before, here or in an earlier call."""
        distinct, first = np.unique(numbers, return_index=True)
        known = np.zeros(len(distinct), dtype=bool)
        for run in self.runs:
            place = np.searchsorted(run, distinct)
            known |= run[np.minimum(place, len(run) - 1)] == distinct
        repeated = np.ones(len(numbers), dtype=bool)
        repeated[first[~known]] = False
        self._enter(distinct[~known])
        return repeated

    def _enter(self, run: np.ndarray) -> None:
        if not len(run):
            return
        while self.runs and len(self.runs[-1]) < 2 * len(run):
            run = np.concatenate([self.runs.pop(), run])
            run.sort(kind="stable")
        self.runs.append(run)


def _rejected(scanned: Scan) -> int:
    if scanned.format != "csv":
        return 0
    query = "SELECT count(*) FROM (SELECT DISTINCT file_id, line FROM export_rejects)"
    found = scanned.connection.execute(query).fetchone()
    return int(found[0]) if found else 0


def _more(before: Counted, rows: np.ndarray) -> Counted:
    room = PLACES - len(before.places)
    places = before.places + tuple(int(row) for row in rows[:room])
    return Counted(before.rows + len(rows), places)


def collected(batches: Iterable[pa.RecordBatch]) -> pa.Table:
    """All rows in memory, each different text once."""
    table = pa.Table.from_batches(_with_dictionaries(batch) for batch in batches)
    return table.unify_dictionaries()


def _with_dictionaries(batch: pa.RecordBatch) -> pa.RecordBatch:
    columns = [
        column.dictionary_encode() if pa.types.is_string(column.type) else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _no_rows(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist([], schema=schema)


def _numbers(column: pa.Array | pa.ChunkedArray) -> np.ndarray:
    return np.asarray(
        column.to_numpy(zero_copy_only=False) if isinstance(column, pa.Array) else column.to_numpy()
    )


def _truths(column: pa.Array) -> np.ndarray:
    return np.asarray(pc.fill_null(column, False).to_numpy(zero_copy_only=False), dtype=bool)
