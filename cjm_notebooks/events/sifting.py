"""Sifting a large export in one pass: what is kept, and an account of every row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cjm_notebooks.events.export import Scan, unreadable
from cjm_notebooks.events.ledger import Ledger
from cjm_notebooks.events.quality import PLACES, Counted, Quality

ROWS = 50_000  # of one batch


@dataclass(frozen=True)
class Sifted:
    """The rows kept, texts as dictionaries, and the account of all."""

    rows: pa.Table
    quality: Quality


def sift(scanned: Scan, sql: str, table: str, noticed: Iterable[str] = ()) -> Sifted:
    """Run `sql` in one pass; hold in memory the rows that have no `reason`.

    `sql` returns `row`, `reason` (a rule, or null), one column of truths for each name in
    `noticed`, perhaps a `fingerprint` (what repeats an earlier one is set aside as `duplicate`),
    and the columns to keep.

    Raises  SourceError when the export breaks off in the middle
    """
    account = _Account(tuple(noticed))
    batches = []
    try:
        reader = scanned.connection.sql(sql).to_arrow_reader(ROWS)
        for batch in reader:
            batches.append(account.enter(batch))
        rejected = _rejected(scanned)
    except (duckdb.Error, OSError, pa.ArrowException) as cause:
        raise unreadable(scanned.called, cause) from cause
    rows = pa.Table.from_batches(batches or [account.enter(_no_rows(reader.schema))])
    rows = account.without_duplicates(rows.unify_dictionaries())
    return Sifted(rows, account.quality(f"{table} of {scanned.called}", len(rows), rejected))


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
    """What was noticed and set aside so far."""

    def __init__(self, noticed: tuple[str, ...]) -> None:
        self.read = 0
        self.set_aside: dict[str, Counted] = {}
        self.noticed: dict[str, Counted] = dict.fromkeys(noticed, Counted(0))

    def enter(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The rows to keep, with `row` and `fingerprint`."""
        self.read += len(batch)
        row, reason = _numbers(batch["row"]), batch["reason"]
        for rule in reason.unique().drop_null().to_pylist():
            rows = row[_truths(pc.equal(reason, rule))]
            self.set_aside[rule] = _more(self.set_aside.get(rule, Counted(0)), rows)
        kept = batch.filter(pc.is_null(reason))
        for rule, counted in self.noticed.items():
            self.noticed[rule] = _more(counted, _numbers(kept["row"])[_truths(kept[rule])])
        return _with_dictionaries(kept.drop_columns(["reason", *self.noticed]))

    def without_duplicates(self, rows: pa.Table) -> pa.Table:
        """Of rows with the same fingerprint the first one, without the columns of the account."""
        if "fingerprint" in rows.column_names:
            _, first = np.unique(_numbers(rows["fingerprint"]), return_index=True)
            repeated = np.ones(len(rows), dtype=bool)
            repeated[first] = False
            if repeated.any():
                self.set_aside["duplicate"] = _more(Counted(0), _numbers(rows["row"])[repeated])
                rows = rows.filter(pa.array(~repeated))
            rows = rows.drop_columns(["fingerprint"])
        return rows.drop_columns(["row"])

    def quality(self, table: str, kept: int, rejected: int) -> Quality:
        if rejected:
            before = self.set_aside.get("unreadable_row", Counted(0))
            self.set_aside["unreadable_row"] = Counted(before.rows + rejected, before.places)
        return Quality(
            table=table,
            read=self.read + rejected,
            kept=kept,
            set_aside=self.set_aside,
            noticed={rule: counted for rule, counted in self.noticed.items() if counted.rows},
        )


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
