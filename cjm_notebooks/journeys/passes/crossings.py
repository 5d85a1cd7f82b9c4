"""Moves between the owners of touchpoints, such as channels or departments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.endings import LEFT, endings
from cjm_notebooks.journeys.passes.visits import by_place, changes
from cjm_notebooks.journeys.passes.watched import Watched
from cjm_notebooks.journeys.tables import NONE
from cjm_notebooks.matching.labels import MICROSECONDS_PER_SECOND
from cjm_notebooks.statistics.partials import Additive, Durations, Rate


@dataclass(frozen=True, eq=False)
class Owners:
    """The owners of a map's touchpoints, each once in map order.

    Attributes
    ----------
    of_touchpoint
        int64, (touchpoints,). Position in `ids`, -1 where the touchpoint has no owner.
    """

    ids: tuple[str, ...]
    of_touchpoint: np.ndarray

    @classmethod
    def of(cls, owner: Iterable[str | None]) -> Owners:
        """`owner` names the owner of each touchpoint, None or empty where it has none."""
        named = list(owner)
        ids = tuple(dict.fromkeys(id_ for id_ in named if id_))
        return cls(ids, np.array([ids.index(id_) if id_ else NONE for id_ in named], np.int64))

    @property
    def pairs(self) -> int:
        return len(self.ids) ** 2


@dataclass(frozen=True)
class _Made(Additive):
    rate: Rate  # journeys that made the move, of all that count
    times: Durations  # until the event moved to, the first time in each journey

    @classmethod
    def of(cls, moves: _Moves, counted: np.ndarray, journeys: Journeys, cells: int) -> _Made:
        first = moves.where(np.flatnonzero(changes(moves.cell, moves.journey)))
        came = first.number(slice(None), cells)
        waited = journeys.at[first.after] - journeys.at[first.before]
        everyone = journeys.journey_customer[counted]
        again = np.count_nonzero(~changes(everyone))
        return cls(
            rate=Rate.of(came, np.full(cells, len(everyone)), again),
            times=Durations.of(
                first.cell,
                waited / MICROSECONDS_PER_SECOND,
                cells,
                repeats=came - moves.customers(journeys, cells),
            ),
        )


@dataclass(frozen=True)
class Crossings(Additive):
    """The moves of journeys from owner to owner, and how often each came to a bad end.

    A move leads from an event on the way to the next one; events at touchpoints without an owner
    are passed over. Cells are the pairs (owners * owners,), then all moves to another owner and
    all moves that stay with one.

    Where a journey is open, a move counts when the event moved to is at least `quiet_days` old,
    whoever made it. Journeys count as `Watched` says; the others that made the move are `recent`.
    """

    journeys: Watched[_Made]
    old: Rate  # moves after which the journey left at once, of those that are old enough
    every: Rate  # the same of all moves
    made: np.ndarray  # int64, (cells,). The journeys that made the move, whether they count or not

    @classmethod
    def of(cls, journeys: Journeys, owners: Owners, *, staying: bool) -> Crossings:
        """The moves to another owner and, when `staying`, those that stay with one."""
        cells = owners.pairs + 2
        moves = _moves(journeys, owners, staying=staying)
        leaves = _leaves(journeys)

        def left(moves: _Moves) -> Rate:
            trials = moves.number(slice(None), cells)
            repeats = trials - moves.customers(journeys, cells)
            return Rate.of(moves.number(leaves[moves.after], cells), trials, repeats)

        def made(counted: np.ndarray) -> _Made:
            return _Made.of(moves.where(counted[moves.journey]), counted, journeys, cells)

        return cls(
            journeys=Watched.of(journeys, made),
            old=left(moves.where(journeys.at[moves.after] <= journeys.settled_until)),
            every=left(moves),
            made=moves.number(changes(moves.cell, moves.journey), cells),
        )

    @property
    def left(self) -> Rate:
        return self.old if self.journeys.n_open else self.every

    def columns(self, chosen: np.ndarray) -> dict[str, NDArray[np.int64] | NDArray[np.float64]]:
        """How many journeys made the moves of the chosen cells, how often and how fast."""
        rate, times = self.journeys.counted.rate, self.journeys.counted.times
        low, high = times.quantile_interval(0.5)
        columns = {
            "moves": self.left.trials,
            **rate.columns("journeys", "all_journeys"),
            "p50_seconds": times.quantile(0.5),
            "p50_low": low,
            "p50_high": high,
            "p90_seconds": times.quantile(0.9),
            "mean_seconds": times.mean_seconds,
            "recent": self.made - rate.hits,
        }
        return {name: column[chosen] for name, column in columns.items()}

    def crossed(self, owners: Owners) -> NDArray[np.int64]:
        """int64, (rows,). The pairs of two owners with a move, and after them all together."""
        everything = owners.pairs
        from_, to = np.divmod(np.arange(everything), max(len(owners.ids), 1))
        rows = np.flatnonzero((from_ != to) & (self.made[:everything] > 0))
        return np.append(rows, everything) if len(rows) else rows


def from_and_to(owners: Owners, cell: np.ndarray) -> tuple[pd.Series, pd.Series]:
    """The ids of the two owners of each cell, null for all moves together."""
    names = np.array([*owners.ids, None], object)
    from_, to = np.divmod(cell, max(len(owners.ids), 1))
    whole = cell >= owners.pairs
    from_, to = (np.where(whole, len(owners.ids), place) for place in (from_, to))
    return pd.Series(names[from_], dtype="str"), pd.Series(names[to], dtype="str")


class _Moves(NamedTuple):
    """Moves in the order of their cells: the two events, the cell and the journey of each."""

    before: np.ndarray
    after: np.ndarray
    cell: np.ndarray
    journey: np.ndarray

    def where(self, chosen: np.ndarray) -> _Moves:
        return _Moves(*(column[chosen] for column in self))

    def number(self, chosen: np.ndarray | slice, cells: int) -> np.ndarray:
        return np.bincount(self.cell[chosen], minlength=cells)

    def customers(self, journeys: Journeys, cells: int) -> np.ndarray:
        return self.number(changes(self.cell, journeys.journey_customer[self.journey]), cells)


def _moves(journeys: Journeys, owners: Owners, *, staying: bool) -> _Moves:
    """Each move in two cells: the one of its pair, and all to another owner or all that stay."""
    owner = owners.of_touchpoint[journeys.touchpoint]
    seen = np.flatnonzero(endings(journeys).on_way & (owner != NONE))
    owner, journey = owner[seen], journeys.journey[seen]
    moves = journey[1:] == journey[:-1]
    if not staying:
        moves &= owner[1:] != owner[:-1]
    place = np.flatnonzero(moves)
    from_, to = owner[place], owner[place + 1]
    cell = np.append(from_ * len(owners.ids) + to, owners.pairs + (from_ == to))
    order = by_place(cell, owners.pairs + 2)
    place = np.append(place, place)[order]
    return _Moves(seen[place], seen[place + 1], cell[order], journey[place])


def _leaves(journeys: Journeys) -> np.ndarray:
    """bool, (events,). The last event of a journey that left."""
    end = endings(journeys)
    leaves = np.zeros(journeys.n_events, dtype=bool)
    leaves[end.last[end.how == LEFT]] = True
    return leaves
