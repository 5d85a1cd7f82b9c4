"""What became of every row that was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PLACES = 5


@dataclass(frozen=True)
class Counted:
    """Rows that one named rule noticed, with the numbers of at most five of them, from 0."""

    rows: int
    places: tuple[int, ...] = ()


@dataclass(frozen=True)
class Quality:
    """The account of one table: `read == kept + all that was set aside`.

    `set_aside` names the rules by which rows were left out; `noticed` names what was counted and
    kept. `first_at` and `last_at` are UTC microseconds of the rows kept, None without times.
    """

    table: str
    read: int
    kept: int
    set_aside: Mapping[str, Counted] = field(default_factory=dict)
    noticed: Mapping[str, Counted] = field(default_factory=dict)
    first_at: int | None = None
    last_at: int | None = None

    def __add__(self, later: Quality) -> Quality:
        """The account of these rows and of `later` ones of the same table, which follow them."""
        times = [at for at in (self.first_at, later.first_at) if at is not None]
        ends = [at for at in (self.last_at, later.last_at) if at is not None]
        return Quality(
            table=self.table,
            read=self.read + later.read,
            kept=self.kept + later.kept,
            set_aside=_added(self.set_aside, later.set_aside, self.read),
            noticed=_added(self.noticed, later.noticed, self.read),
            first_at=min(times, default=None),
            last_at=max(ends, default=None),
        )

    def noticed_rows(self, rule: str) -> int:
        return self.noticed[rule].rows if rule in self.noticed else 0

    def set_aside_rows(self, rule: str) -> int:
        return self.set_aside[rule].rows if rule in self.set_aside else 0


def _added(
    before: Mapping[str, Counted], later: Mapping[str, Counted], rows: int
) -> dict[str, Counted]:
    added = dict(before)
    for rule, counted in later.items():
        so_far = before.get(rule, Counted(0))
        places = (*so_far.places, *(place + rows for place in counted.places))
        added[rule] = Counted(so_far.rows + counted.rows, places[:PLACES])
    return added
