"""Events in their one total order: customer, time, the declared sequence, row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from cjm_notebooks.events import Events
from cjm_notebooks.events.ledger import arrays
from cjm_notebooks.journeys.joining.opening import Hashed, Opened
from cjm_notebooks.journeys.tables import GROUPS, group_of

SECOND = 1_000_000
BATCH = 500_000


@dataclass(frozen=True, eq=False)
class Sorted:
    """Events in order, with what the rules need to know of them.

    Attributes
    ----------
    customer_codes
        uint64, (customers,), ascending. A stable code of each id.
    starts
        int64, (customers + 1,). Customer `i` owns events `starts[i]:starts[i + 1]`, at least one.
    at
        int64, (events,). UTC microseconds.
    combination
        unsigned, (events,). Row of `Opened.combinations`.
    cut
        uint64, (events,). Code of the column that cuts journeys; None without one.
    value
        int64, (events,). Thousandths of the currency; None without a column of amounts.
    same_second, duplicates
        how many events share the second of the one before, and repeat an earlier one.
    """

    customer_codes: np.ndarray
    starts: np.ndarray
    at: np.ndarray
    combination: np.ndarray
    cut: np.ndarray | None
    value: np.ndarray | None
    same_second: int = 0
    duplicates: int = 0

    @property
    def customer(self) -> np.ndarray:
        """int64, (events,). Position of each event's customer."""
        return np.repeat(np.arange(len(self.customer_codes)), np.diff(self.starts))

    def of_events(self, chosen: np.ndarray) -> Self:
        """The columns of events where bool or int `chosen` says; `starts` stay as they are."""
        found = {name: getattr(self, name) for name in ("at", "combination", "cut", "value")}
        cut = {name: array[chosen] for name, array in found.items() if array is not None}
        return replace(self, **cut)


def sort_events(opened: Opened, declared: Events) -> Sorted:
    """All events at once."""
    if opened.hashed is not None and not opened.sequence:
        found = _by_key(opened, opened.hashed)
        if found is not None:
            return _sorted(*found, declared)
    codes = opened.customer_codes
    return _sorted(arrays(opened.connection, opened.rows), codes, declared)


def _by_key(opened: Opened, hashed: Hashed) -> tuple[dict[str, np.ndarray], np.ndarray] | None:
    """The rows sorted by numpy, where customer and time fit into one number of 64 bits.

    numpy sorts such numbers several times faster than DuckDB sorts rows, and to look up one row
    for each customer is faster than to group all. Nothing is returned where they do not fit.
    """
    rows = opened.hashed_rows(hashed)
    code_of_hash, rank = _codes(opened, hashed, rows.pop("hash"), rows["row"])
    codes, place = np.unique(code_of_hash, return_inverse=True)
    first, last = opened.quality.first_at or 0, opened.quality.last_at or 0
    since = rows.pop("utc")
    since -= first
    tick = _tick(since, last - first, 64 - len(codes).bit_length())
    if tick is None:
        return None
    bits = ((last - first) // tick).bit_length()
    keys = np.take(place.astype(np.uint64) << np.uint64(bits), rank)
    keys |= (since if tick == 1 else since // tick).view(np.uint64)
    order = np.argsort(keys)
    keys.sort()
    _settle_ties(keys, order, rows.pop("row"))
    placed = (keys >> np.uint64(bits)).astype(np.uint32)
    keys &= np.uint64((1 << bits) - 1)
    utc = keys.view(np.int64)
    utc *= tick
    utc += first
    extra = {name: column[order] for name, column in rows.items()}
    return {"place": placed, "utc": utc, **extra}, codes


def _tick(since: np.ndarray, longest: int, bits: int) -> int | None:
    """The first of a microsecond, a millisecond and a second whose number fits into the bits.

    Times must be whole in it: most clocks count milliseconds or seconds.
    """
    for tick in (1, 1_000, SECOND):
        if (longest // tick).bit_length() <= bits:
            return tick if tick == 1 or not (since % tick).any() else None
    return None


def _codes(
    opened: Opened, hashed: Hashed, hashes: np.ndarray, rows: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The code of each distinct hash, and for each event the place of its hash among them."""
    in_order = np.sort(hashes)
    new = np.ones(len(in_order), dtype=bool)
    np.not_equal(in_order[1:], in_order[:-1], out=new[1:])
    known = in_order[new]
    rank = _rank(known, hashes)
    some_row = np.empty(len(known), rows.dtype)
    some_row[rank] = rows
    return opened.codes_of_rows(hashed, some_row), rank


def _rank(known: np.ndarray, hashes: np.ndarray) -> np.ndarray:
    """int32, (hashes,). The place of each hash among the distinct ones, which ascend.

    Hashes are spread evenly, so that their first bits all but tell the place: from there it is a
    step or two, where a binary search takes twenty.
    """
    bits = len(known).bit_length() + 1
    shift = np.uint64(64 - bits)
    begin = np.searchsorted(known >> shift, np.arange(1 << bits, dtype=np.uint64)).astype(np.int32)
    rank = np.take(begin, (hashes >> shift).view(np.int64))
    behind = np.flatnonzero(np.take(known, rank, mode="clip") != hashes)
    while len(behind):
        rank[behind] += 1
        behind = behind[known[rank[behind]] != hashes[behind]]
    return rank


def _settle_ties(keys: np.ndarray, order: np.ndarray, number: np.ndarray) -> None:
    """Put rows of the same key, whose order is random so far, into that of their numbers."""
    again = np.flatnonzero(keys[1:] == keys[:-1]) + 1
    tied = np.union1d(again - 1, again)
    run = np.cumsum(np.isin(tied, again, assume_unique=True, invert=True))
    order[tied] = order[tied][np.lexsort((number[order[tied]], run))]


def sort_in_parts(opened: Opened, declared: Events, rows: int) -> Iterator[Sorted]:
    """The events in parts of whole groups, each of at least `rows` events but the last."""
    begins = np.searchsorted(group_of(opened.customer_codes), np.arange(GROUPS))
    waiting: list[dict[str, np.ndarray]] = []
    waits = 0
    for columns in _batches(opened, rows):
        place = columns["place"]
        bound = begins[np.searchsorted(begins, place[-1], side="right") - 1]
        whole = int(np.searchsorted(place, bound)) if waits + len(place) >= rows else 0
        if whole or (waits >= rows and place[0] == bound):
            last = {name: column[:whole] for name, column in columns.items()}
            yield _sorted(_together([*waiting, last]), opened.customer_codes, declared)
            columns = {name: column[whole:] for name, column in columns.items()}
            waiting, waits = [], 0
        waiting.append(columns)
        waits += len(columns["place"])
    if waits:
        yield _sorted(_together(waiting), opened.customer_codes, declared)


def _batches(opened: Opened, rows: int) -> Iterator[dict[str, np.ndarray]]:
    for batch in opened.connection.sql(opened.rows).to_arrow_reader(BATCH):
        for low in range(0, batch.num_rows, rows):
            some = batch.slice(low, rows)
            columns = zip(some.schema.names, some.columns, strict=True)
            yield {name: column.to_numpy() for name, column in columns}


def _together(parts: list[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _sorted(rows: dict[str, np.ndarray], codes: np.ndarray, declared: Events) -> Sorted:
    place, at = rows["place"], rows["utc"]
    new = np.empty(len(place), dtype=bool)
    new[:1] = True
    np.not_equal(place[1:], place[:-1], out=new[1:])
    first = np.flatnonzero(new)
    events = Sorted(
        customer_codes=codes[place[first]],
        starts=np.append(first, len(place)),
        at=at,
        combination=rows["combination"],
        cut=rows.get("cut"),
        value=rows.get("value"),
    )
    near = np.flatnonzero((np.diff(at) < SECOND) & ~new[1:]) + 1
    near = near[at[near] // SECOND == at[near - 1] // SECOND]
    again = _again(events, near[at[near] == at[near - 1]])
    events = replace(events, same_second=len(near), duplicates=len(again))
    if declared.duplicates == "keep" or not len(again):
        return events
    kept = np.ones(len(at), dtype=bool)
    kept[again] = False
    starts = np.concatenate([[0], np.cumsum(np.add.reduceat(kept, first, dtype=np.int64))])
    return replace(events.of_events(kept), starts=starts)


def _again(events: Sorted, at_once: np.ndarray) -> np.ndarray:
    """Events that repeat an earlier one, among those at the same time as the one before."""
    tied = np.unique(np.concatenate([at_once - 1, at_once]))
    run = np.cumsum(np.isin(tied, at_once, assume_unique=True, invert=True))
    combination = events.combination[tied]
    order = np.lexsort((tied, combination, run))
    keys = np.stack([run[order], combination[order]])
    same = (keys[:, 1:] == keys[:, :-1]).all(axis=0)
    return np.sort(tied[order[1:]][same])
