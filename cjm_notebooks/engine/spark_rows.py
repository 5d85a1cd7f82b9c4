"""Events as Spark sends them: looked over once, then made into few numbers, each with a bucket."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
import pyarrow as pa

from cjm_notebooks.engine.spark_tasks import Batches, run_on_one_thread
from cjm_notebooks.events import Counted, Quality
from cjm_notebooks.events.ledger import Ledger, arrays, open_table, workspace
from cjm_notebooks.journeys.joining.accounting import account
from cjm_notebooks.journeys.joining.columns import Columns
from cjm_notebooks.journeys.joining.opening import customers_of, number_combinations
from cjm_notebooks.journeys.tables import bucket_of

CHUNK = 250_000
BUCKET, SEQUENCE = "bucket", "sequence"


@dataclass(frozen=True, eq=False)
class Sent:
    """The columns that Spark sends, `names` being what the caller calls them."""

    names: tuple[str, ...]

    def ledgers(self, batches: Batches) -> Iterator[Ledger]:
        """The rows of a task, one chunk after the other."""
        for chunk in _chunks(batches):
            with self.opened(chunk) as ledger:
                yield ledger

    @contextmanager
    def opened(self, chunk: pa.Table) -> Iterator[Ledger]:
        with workspace() as connection:
            yield open_table(connection, chunk.rename_columns(list(self.names)), "events")


def _chunks(batches: Batches) -> Iterator[pa.Table]:
    """Some hundred thousand rows at a time."""
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        waiting += [batch] if batch.num_rows else []
        if sum(each.num_rows for each in waiting) >= CHUNK:
            yield pa.Table.from_batches(waiting)
            waiting = []
    if waiting:
        yield pa.Table.from_batches(waiting)


@dataclass(frozen=True, eq=False)
class Numbers:
    """Counts over all rows, each SQL over the columns of the ledger `events`."""

    sent: Sent
    sql: str

    def __call__(self, batches: Batches) -> Iterator[np.ndarray]:
        for ledger in self.sent.ledgers(batches):
            yield np.array(ledger.numbers(self.sql), dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Survey:
    """What must be known of all events before any journey: their account, and their values.

    Rows have no place in a Spark DataFrame, so that the account has counts and no places.
    """

    quality: Quality
    values: pa.Table

    def __add__(self, other: Self) -> Self:
        with workspace() as connection:
            connection.register("each_value", pa.concat_tables([self.values, other.values]))
            values = connection.sql("SELECT DISTINCT * FROM each_value").to_arrow_table()
        return type(self)(_sum(self.quality, other.quality), values)


@dataclass(frozen=True, eq=False)
class Surveying:
    """The first look at all events."""

    sent: Sent
    columns: Columns

    def __call__(self, batches: Batches) -> Iterator[Survey]:
        for ledger in self.sent.ledgers(batches):
            self.columns.view_times(ledger)
            found = account(ledger, self.columns)
            quality = replace(
                found, set_aside=_counts(found.set_aside), noticed=_counts(found.noticed)
            )
            yield Survey(quality, ledger.query(self.columns.distinct_values).to_arrow_table())


@dataclass(frozen=True, eq=False)
class Bucketing:
    """The second look: the customer, time and combination of each event as numbers.

    `values` are the distinct values of all events, so that combinations are numbered alike
    everywhere.
    """

    sent: Sent
    columns: Columns
    values: pa.Table

    def __call__(self, batches: Batches) -> Batches:
        run_on_one_thread()
        for chunk in _chunks(batches):
            with self.sent.opened(chunk) as ledger:
                self.columns.view_times(ledger)
                numbers, row = self._numbers(ledger)
            if self.columns.events.sequence is not None:
                place = self.sent.names.index(self.columns.events.sequence)
                numbers[SEQUENCE] = chunk.column(place).take(pa.array(row))
            yield from pa.table(numbers).to_batches()

    def _numbers(self, ledger: Ledger) -> tuple[dict[str, Any], np.ndarray]:
        """The columns of the events that are kept, and the rows of the chunk that these are."""
        codes = customers_of(ledger, self.columns.events)
        ledger.connection.register("all_values", self.values)
        number_combinations(ledger.connection, "FROM all_values", self.columns.named)
        extra = [f"{sql} AS {name}" for name, sql in self.columns.extra.items()]
        named = ", ".join(["place", "utc", "combination", "row", *extra])
        rows = arrays(ledger.connection, f"SELECT {named} FROM {self.columns.placed(ledger)}")
        code = codes[rows["place"]]
        return {
            BUCKET: bucket_of(code).astype(np.int32),
            "code": code.view(np.int64),
            "utc": rows["utc"],
            "combination": rows["combination"].astype(np.int32),
            **{name: rows[name].view(np.int64) for name in self.columns.extra},
        }, rows["row"]


def _sum(one: Quality, other: Quality) -> Quality:
    firsts = [each.first_at for each in (one, other) if each.first_at is not None]
    lasts = [each.last_at for each in (one, other) if each.last_at is not None]
    return Quality(
        table=one.table,
        read=one.read + other.read,
        kept=one.kept + other.kept,
        set_aside=_counts(one.set_aside, other.set_aside),
        noticed=_counts(one.noticed, other.noticed),
        first_at=min(firsts, default=None),
        last_at=max(lasts, default=None),
    )


def _counts(*accounts: Mapping[str, Counted]) -> dict[str, Counted]:
    rules = sorted({rule for account in accounts for rule in account})
    return {rule: Counted(sum(a[rule].rows for a in accounts if rule in a)) for rule in rules}
