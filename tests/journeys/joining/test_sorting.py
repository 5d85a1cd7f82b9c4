"""One total order of events, whichever way it is found."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_notebooks import Events, Journeys, join
from cjm_notebooks.journeys.joining.opening import code_of
from cjm_notebooks.journeys.joining.sorting import _rank
from tests.journeys import ONE_EACH

CUSTOMERS = 100
CENTURIES = 8_000 * 365 * 86_400_000_000


def told(journeys: Journeys) -> dict[int, list[tuple[int, str]]]:
    """The time and touchpoint of each customer's events, by the customer's code."""
    ids = [touchpoint.id for touchpoint in journeys.map.touchpoints]
    found: dict[int, list[tuple[int, str]]] = {}
    for journey, at, place in zip(journeys.journey, journeys.at, journeys.touchpoint, strict=True):
        code = int(journeys.customer_codes[journeys.journey_customer[journey]])
        found.setdefault(code, []).append((int(at), ids[place]))
    return found


@pytest.mark.parametrize(
    "apart",
    [1_000_000, CENTURIES, CENTURIES + 1_000, CENTURIES + 1],
    ids=["a second", "whole seconds", "whole milliseconds", "microseconds"],
)
def test_time_decides_and_then_the_row_however_far_the_events_are_apart(apart: int) -> None:
    rows = [
        (f"customer {i}", name, moment * apart)
        for moment, name in [(1, "cart"), (0, "pay"), (1, "home"), (0, "help")]
        for i in range(CUSTOMERS)
    ]
    table = pd.DataFrame(rows, columns=["customer", "event", "at"])
    found = told(join(ONE_EACH, Events(table, customer="customer", at="at", unit="us")))
    in_order = [(0, "pay"), (0, "help"), (apart, "cart"), (apart, "home")]
    assert found == {code_of(f"customer {i}"): in_order for i in range(CUSTOMERS)}


@given(st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=40))
def test_place_of_a_hash_is_that_of_a_binary_search(numbers: list[int]) -> None:
    hashes = np.array([*numbers, 0, 2**64 - 1, numbers[0]], np.uint64)
    known = np.unique(hashes)
    assert _rank(known, hashes).tolist() == np.searchsorted(known, hashes).tolist()
