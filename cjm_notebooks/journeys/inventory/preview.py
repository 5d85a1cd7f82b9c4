"""What another rule would do to the numbers, before it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import pandas as pd

from cjm_notebooks.journeys.inventory.counted import Counted, Covered, Target, TargetKind
from cjm_notebooks.journeys.inventory.overlaps import Overlap, overlaps_of


@dataclass(frozen=True)
class Change:
    """A touchpoint or outcome before and after: pairs of old and new, 0 where it is not there."""

    id: str
    kind: TargetKind
    name: str
    events: tuple[int, int]
    customers: tuple[int, int]
    words: tuple[str | None, str | None]

    @property
    def is_any(self) -> bool:
        return self.events[0] != self.events[1] or self.customers[0] != self.customers[1]

    def in_words(self) -> str:
        (events, now), (customers, then) = self.events, self.customers
        return f"{self.name}: {events:,} -> {now:,} events, {customers:,} -> {then:,} customers"


@dataclass(frozen=True)
class Preview:
    """Two maps over the same events: coverage, every target, and what two rules claim afterwards.

    Equal to what `join` and the metric `Coverage` say of each of the maps.
    """

    before: Covered
    after: Covered
    targets: tuple[Change, ...]
    overlaps: tuple[Overlap, ...]

    @classmethod
    def of(cls, before: Counted, after: Counted) -> Self:
        return cls(
            before=before.covered,
            after=after.covered,
            targets=_changes(before.targets, after.targets),
            overlaps=overlaps_of(after),
        )

    def table(self) -> pd.DataFrame:
        """One row a touchpoint or outcome, those of the new map first."""
        return pd.DataFrame(
            {
                "target": [one.id for one in self.targets],
                "kind": [one.kind for one in self.targets],
                "events_before": [one.events[0] for one in self.targets],
                "events_after": [one.events[1] for one in self.targets],
                "customers_before": [one.customers[0] for one in self.targets],
                "customers_after": [one.customers[1] for one in self.targets],
                "rule_after": [one.words[1] for one in self.targets],
            }
        )

    def in_words(self) -> str:
        """Coverage and whatever changes, one line each."""
        shares = (self.before.share or 0, self.after.share or 0)
        lines = [f"On the map: {shares[0]:.1%} -> {shares[1]:.1%} of {self.after.events:,} events"]
        lines += [one.in_words() for one in self.targets if one.is_any]
        return "\n".join(lines)


def _changes(before: tuple[Target, ...], after: tuple[Target, ...]) -> tuple[Change, ...]:
    old = {(one.kind, one.id): one for one in reversed(before)}
    new = {(one.kind, one.id): one for one in reversed(after)}
    keys = dict.fromkeys([(one.kind, one.id) for one in (*after, *before)])
    return tuple(_change(old.get(key), new.get(key)) for key in keys)


def _change(old: Target | None, new: Target | None) -> Change:
    either = new or old
    assert either is not None
    return Change(
        id=either.id,
        kind=either.kind,
        name=either.name,
        events=(old.events if old else 0, new.events if new else 0),
        customers=(old.customers if old else 0, new.customers if new else 0),
        words=(old.words if old else None, new.words if new else None),
    )
