"""Events and different customers of each kind."""

from __future__ import annotations

import numpy as np

from cjm_notebooks.matching.tallies import Tallies


def tallied(*customers: str, kinds: str = "abc") -> Tallies:
    """`tallied("aab", "b")`: what each customer did, in order, one a microsecond."""
    kind = np.array([kinds.index(name) for name in "".join(customers)], dtype=np.uint8)
    owner = np.repeat(np.arange(len(customers)), [len(names) for names in customers])
    return Tallies.of(kind, len(kinds), owner, np.arange(len(kind)))


def test_customer_with_two_kinds_counts_once_in_both_together() -> None:
    found = tallied("aab", "b", "a")
    assert found.events.tolist() == [3, 2, 0]
    assert [found.customers([kind]) for kind in (0, 1, 2)] == [2, 2, 0]
    assert found.customers([0, 1]) == 3
    assert found.all_customers == 3


def test_first_event_of_each_customer_and_the_times_of_each_kind() -> None:
    found = tallied("aba", "ba")
    assert found.first.tolist() == [0, 4, 1, 3]
    assert found.customer.tolist() == [0, 1, 0, 1]
    assert (found.first_at.tolist(), found.last_at.tolist()) == ([0, 1, 0], [4, 3, 0])


def test_no_event_has_no_customer() -> None:
    found = tallied()
    assert (found.all_customers, found.customers([0, 1]), found.customers([])) == (0, 0, 0)
