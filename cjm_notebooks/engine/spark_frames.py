"""What is asked of Spark: columns of a DataFrame sent to workers, and sums sent back."""

from __future__ import annotations

import pickle
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from cjm_notebooks.engine.spark_rows import BUCKET, SEQUENCE, Bucketing, Numbers, Sent
from cjm_notebooks.engine.spark_tasks import SUM, Batches, Refused, Summed, plus, summed_again
from cjm_notebooks.errors import SourceError
from cjm_notebooks.events.ledger import Ledger, open_table, workspace
from cjm_notebooks.events.tables import name_of
from cjm_notebooks.journeys.joining.build import Tables
from cjm_notebooks.journeys.joining.columns import Columns, names_wanted

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def is_spark(table: object) -> bool:
    return type(table).__module__.partition(".")[0] == "pyspark"


def collected(frame: Any) -> pa.Table:
    """All rows of a Spark DataFrame, here."""
    found: pa.Table = frame.toArrow()
    return found


@dataclass(frozen=True, eq=False)
class Sending:
    """The columns of the events that are needed, as Spark sends them to its workers."""

    tables: Tables
    frame: DataFrame
    called: str
    sent: Sent

    @classmethod
    def of(cls, tables: Tables) -> Sending:
        """Only the columns that are needed, and nothing read yet.

        Raises  SourceError when one of them is missing or there twice
                RuleError when it is a rule that names it
        """
        assert tables.events is not None
        events: Any = tables.events
        frame, called = events.table, name_of(events.table)
        there = list(frame.columns)
        with workspace() as connection:
            ledger = Ledger(connection, "events", called, dict.fromkeys(there, ""), 0)
            names = names_wanted(ledger, tables.journey_map, events)
        for name in names:
            if there.count(name) > 1:
                msg = f"`{called}` has {there.count(name)} columns `{name}`. Rename all but one."
                raise SourceError(msg)
        numbered = frame.toDF(*(f"c{place}" for place in range(len(there))))
        chosen = numbered.select(*(f"c{there.index(name)}" for name in names))
        return cls(tables, chosen, called, Sent(names))

    @cached_property
    def columns(self) -> Columns:
        """What is wanted of the columns, as the workers read them.

        Raises  SourceError when the times cannot be read
                ParameterError when there are amounts and the map states no currency
        """
        tables = self.tables
        assert tables.events is not None
        events = replace(tables.events, table=self.called)
        with workspace() as connection:
            row = [pa.nulls(1, column.type) for column in collected(self.frame.limit(0)).schema]
            ledger = open_table(connection, pa.table(row, names=list(self.sent.names)), "events")
            on_spark = _Ledger(**vars(ledger) | {"called": self.called}, count=self._count)
            return Columns.of(on_spark, tables.journey_map, events, tables.limit)

    def _count(self, sql: str) -> tuple[int, ...]:
        found = sum_of(self.frame, Numbers(self.sent, sql), self.called, groups=1)
        return () if found is None else tuple(found.tolist())

    def numbered(self, values: pa.Table) -> DataFrame:
        """The events as numbers, each with the bucket of its customer."""
        from pyspark.sql.types import IntegerType, LongType, StructType

        schema = StructType().add(BUCKET, IntegerType())
        for name in ("code", "utc"):
            schema = schema.add(name, LongType())
        schema = schema.add("combination", IntegerType())
        for name in self.columns.extra:
            schema = schema.add(name, LongType())
        sequence = self.columns.events.sequence
        if sequence is not None:
            place = self.sent.names.index(sequence)
            schema = schema.add(SEQUENCE, self.frame.schema[place].dataType)
        return mapped(self.frame, Bucketing(self.sent, self.columns, values), schema)


@dataclass(frozen=True)
class _Ledger(Ledger):
    """The columns of events on Spark; whoever asks for numbers is answered by the workers."""

    count: Callable[[str], tuple[int, ...]] = field(kw_only=True)

    def numbers(self, sql: str) -> tuple[int, ...]:
        """Sums of what `sql` counts in each part of the rows."""
        return self.count(sql)


def mapped(frame: DataFrame, task: Callable[[Batches], Batches], schema: Any) -> DataFrame:
    """The rows that a task makes of those of a DataFrame."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
        return frame.mapInArrow(task, schema)


def sum_of(
    frame: DataFrame, found_in: Callable[[Batches], Iterator[Any]], called: str, groups: int
) -> Any:
    """The sum of what is found anywhere, added up in `groups` on Spark and then here.

    Raises  what a worker raised
    """
    sums = mapped(frame, Summed(found_in), f"{SUM} binary")
    if groups > 1:
        sums = mapped(sums.repartition(groups), summed_again, f"{SUM} binary")
    with _readable(called):
        return total_of(sums.collect())


def total_of(rows: Sequence[Mapping[str, bytes]]) -> Any:
    """The sum of some rows; whoever refused to sum is heard."""
    total = reduce(plus, (pickle.loads(row[SUM]) for row in rows), None)
    if isinstance(total, Refused):
        raise total.because
    return total


@contextmanager
def _readable(called: str) -> Iterator[None]:
    """The last line of what a worker said, instead of all of it."""
    from pyspark.errors import PythonException

    try:
        yield
    except PythonException as cause:
        reason = _last_words(str(cause)).rstrip(".")
        do = " Install it where they run." if "No module named" in reason else ""
        msg = f"A worker of Spark could not go through `{called}`: {reason}.{do}"
        raise SourceError(msg) from cause


def _last_words(report: str) -> str:
    """The line of a Python traceback that names the error, which is the last without indent."""
    lines = report.partition("JVM stacktrace")[0].splitlines()
    return next((line for line in reversed(lines) if line[:1].strip()), "no reason given")
