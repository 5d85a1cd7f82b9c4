"""A seeded log of events as a shop would export it: Parquet, ids as text, times with ties."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.questions import NAMES

Order = Literal["shuffled", "time"]
GENERATED = Path(__file__).parent / ".generated"
SEED = 20240611
EVENTS_PER_CUSTOMER = 15
FIRST_DAY = 1_700_006_400
DAYS = 80
TIES = 0.01
ROWS_AT_ONCE = 1_000_000


def log_of(events: int, order: Order = "shuffled") -> Path:
    """The log of so many events, made unless it is there already."""
    path = GENERATED / f"{events}-{order}.parquet"
    if not path.exists():
        GENERATED.mkdir(exist_ok=True)
        unfinished = path.with_suffix(".unfinished")
        _write(unfinished, events, order)
        unfinished.rename(path)
    return path


def _write(path: Path, events: int, order: Order) -> None:
    rng = np.random.default_rng([SEED, events])
    starts = _starts(rng, events)
    code, at = _walk(rng, starts), _times(rng, starts)
    customer = np.repeat(np.arange(len(starts) - 1, dtype=np.int32), np.diff(starts))
    row = np.argsort(at, kind="stable") if order == "time" else rng.permutation(events)
    with pq.ParquetWriter(path, _SCHEMA) as writer:
        for part in _parts(row):
            writer.write_table(_table(customer[part], code[part], at[part]))


_SCHEMA = pa.schema(
    {
        "customer": pa.string(),
        "event": pa.string(),
        "at": pa.timestamp("us", "UTC"),
        "country": pa.string(),
    }
)


def _parts(row: np.ndarray) -> Iterator[np.ndarray]:
    return (row[low : low + ROWS_AT_ONCE] for low in range(0, len(row), ROWS_AT_ONCE))


def _table(customer: np.ndarray, code: np.ndarray, at: np.ndarray) -> pa.Table:
    number = pc.utf8_lpad(pc.cast(pa.array(customer), pa.string()), 9, "0")
    return pa.table(
        {
            "customer": pc.binary_join_element_wise("customer", number, "-"),
            "event": pa.array(NAMES).take(pa.array(code)),
            "at": pa.array(at, pa.timestamp("us", "UTC")),
            "country": pa.array(["DE", "FR", "US"]).take(pa.array(customer % 3)),
        },
        _SCHEMA,
    )


def _starts(rng: np.random.Generator, events: int) -> np.ndarray:
    """int64, (customers + 1,). Journeys of 1 to about 200 events, 15 on average."""
    lengths = rng.geometric(1 / EVENTS_PER_CUSTOMER, events // EVENTS_PER_CUSTOMER * 2 + 10)
    ends = np.cumsum(lengths)
    return np.concatenate([[0], ends[ends < events], [events]])


def _walk(rng: np.random.Generator, starts: np.ndarray) -> np.ndarray:
    """uint8, (events,). Each customer's Markov walk over the names."""
    chances = rng.dirichlet(np.full(len(NAMES), 0.4), size=len(NAMES))
    cumulated = chances.cumsum(axis=1) / chances.sum(axis=1, keepdims=True)
    rows = (cumulated + np.arange(len(NAMES))[:, None]).ravel()
    code = np.empty(starts[-1], np.uint8)
    place, end = starts[:-1].copy(), starts[1:]
    code[place] = rng.choice(len(NAMES) - 1, len(place), p=rng.dirichlet(np.ones(len(NAMES) - 1)))
    while len(place := place[place + 1 < end]):
        end = starts[np.searchsorted(starts, place, side="right")]
        drawn = np.searchsorted(rows, code[place] + rng.random(len(place)))
        place += 1
        code[place] = np.minimum(drawn - code[place - 1] * np.int64(len(NAMES)), len(NAMES) - 1)
    return code


def _times(rng: np.random.Generator, starts: np.ndarray) -> np.ndarray:
    """int64, (events,). UTC microseconds in whole milliseconds; one in a hundred is a tie."""
    events = starts[-1]
    gaps = np.rint(rng.lognormal(5, 2.2, events) * 1e3)
    gaps[rng.random(events) < TIES] = 0
    gaps[starts[:-1]] = 0
    since = np.cumsum(gaps)
    begins = rng.integers(0, DAYS * 86_400_000, len(starts) - 1) - since[starts[:-1]]
    moment = since + np.repeat(begins, np.diff(starts))
    return (FIRST_DAY * 1000 + moment.astype(np.int64)) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("millions", type=float, help="how many million events")
    parser.add_argument("--order", choices=get_args(Order), default="shuffled")
    asked = parser.parse_args()
    path = log_of(round(asked.millions * 1e6), asked.order)
    print(f"{path.name}: {path.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
