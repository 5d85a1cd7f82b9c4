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

    def noticed_rows(self, rule: str) -> int:
        return self.noticed[rule].rows if rule in self.noticed else 0

    def set_aside_rows(self, rule: str) -> int:
        return self.set_aside[rule].rows if rule in self.set_aside else 0
