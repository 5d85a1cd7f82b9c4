"""How many events and how many different customers there are of each kind of event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np


@dataclass(frozen=True, eq=False)
class Tallies:
    """Events by kind, each kind with the customers that have it, so that unions are exact.

    Attributes
    ----------
    events
        int64, (kinds,).
    first_at, last_at
        int64, (kinds,). UTC microseconds, 0 for a kind without events.
    starts
        int64, (kinds + 1,). Kind `k` owns entries `starts[k]:starts[k + 1]` of the next two.
    customer
        int64, (pairs,). Positions of the customers of a kind, ascending.
    first
        int64, (pairs,). Position of the customer's first event of the kind.
    all_customers
        how many customers have any event, of whatever kind.
    span
        one more than the greatest position of a customer.
    """

    events: np.ndarray
    first_at: np.ndarray
    last_at: np.ndarray
    starts: np.ndarray
    customer: np.ndarray
    first: np.ndarray
    all_customers: int
    span: int

    @classmethod
    def of(cls, kind: np.ndarray, kinds: int, customer: np.ndarray, at: np.ndarray) -> Self:
        """Events that stand in the order of their customers; all arrays (events,)."""
        order = np.argsort(kind, kind="stable")
        of_kind, owner = kind[order], customer[order]
        new = np.empty(len(order), dtype=bool)
        new[:1] = True
        np.not_equal(owner[1:], owner[:-1], out=new[1:])
        new[1:] |= of_kind[1:] != of_kind[:-1]
        pair = np.flatnonzero(new)
        events = np.bincount(kind, minlength=kinds)
        begins = np.cumsum(events) - events
        there = np.flatnonzero(events)
        first_at, last_at = np.zeros(kinds, dtype=np.int64), np.zeros(kinds, dtype=np.int64)
        if len(there):
            at_of_kind = at[order]
            first_at[there] = np.minimum.reduceat(at_of_kind, begins[there])
            last_at[there] = np.maximum.reduceat(at_of_kind, begins[there])
        return cls(
            events=events,
            first_at=first_at,
            last_at=last_at,
            starts=np.searchsorted(pair, np.append(begins, len(order))),
            customer=owner[pair],
            first=order[pair],
            all_customers=int(np.count_nonzero(np.diff(customer)) + (len(customer) > 0)),
            span=int(customer[-1]) + 1 if len(customer) else 0,
        )

    def customers_of(self, kinds: Iterable[int]) -> np.ndarray:
        """bool, (span,). Who has any of these kinds."""
        has = np.zeros(self.span, dtype=bool)
        for kind in kinds:
            has[self.customer[self.starts[kind] : self.starts[kind + 1]]] = True
        return has

    def customers(self, kinds: Iterable[int]) -> int:
        """How many different customers have any of these kinds."""
        few = list(kinds)
        if len(few) == 1:
            return int(self.starts[few[0] + 1] - self.starts[few[0]])
        return int(np.count_nonzero(self.customers_of(few))) if few else 0
