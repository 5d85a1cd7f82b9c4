"""What any task of Spark does: batches of Arrow rows in, one pickled sum out."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any

import pyarrow as pa

from cjm_notebooks import __version__
from cjm_notebooks.errors import JourneyError, SourceError
from cjm_notebooks.events.ledger import workspace

SUM = "sum"

Batches = Iterator[pa.RecordBatch]


@dataclass(frozen=True)
class Refused:
    """Why there is no sum: the same error that one machine would raise."""

    because: JourneyError


@dataclass(frozen=True)
class Summed:
    """A task that adds up what `found_in` finds, and hands on the sum or why there is none."""

    found_in: Callable[[Batches], Iterator[Any]]
    version: str = __version__

    def __call__(self, batches: Batches) -> Batches:
        try:
            _require_version(self.version)
            run_on_one_thread()
            total = reduce(plus, self.found_in(batches), None)
        except JourneyError as error:
            total = Refused(error)
        if total is not None:
            yield _row(total)


def summed_again(batches: Batches) -> Batches:
    """The sum of some sums."""
    sums = (pickle.loads(row.as_py()) for batch in batches for row in batch.column(SUM))
    total = reduce(plus, sums, None)
    if total is not None:
        yield _row(total)


def plus(one: Any, other: Any) -> Any:
    """The sum of both, where None is nothing and an error outlasts everything."""
    if one is None or isinstance(other, Refused):
        return other
    if other is None or isinstance(one, Refused):
        return one
    return one + other


def _row(total: Any) -> pa.RecordBatch:
    """One row; classes that were written in a notebook travel with it."""
    from pyspark import cloudpickle

    content: bytes = cloudpickle.dumps(total)
    return pa.RecordBatch.from_arrays([pa.array([content], pa.binary())], names=[SUM])


def run_on_one_thread() -> None:
    """Spark runs many workers on a machine, so that none may take all of it."""
    with workspace() as connection:
        connection.execute("SET threads = 1")


def _require_version(version: str) -> None:
    if version != __version__:
        msg = (
            f"Spark's workers have cjm_notebooks {__version__}, and it is {version} here. "
            "Install the same version in both places."
        )
        raise SourceError(msg)
