"""What comes next for a customer, also where journeys run side by side."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from cjm_notebooks import Events, join
from cjm_notebooks.journeys.passes.timeline import Timeline, events_of, outcomes_of
from cjm_notebooks.journeys.tables import NONE
from cjm_notebooks.maps import Cut
from tests.journeys import UNTIL_OUTCOME, journeys, shop


def next_times(timeline: Timeline, *asked: tuple[int, float]) -> list[float | None]:
    customer, at = np.array(asked).T
    place, found = timeline.after(customer.astype(int), at)
    return [float(timeline.at[i]) if there else None for i, there in zip(place, found, strict=True)]


def test_next_time_is_strictly_later_and_of_the_same_customer() -> None:
    timeline = Timeline(np.array([1, 5, 5, 7, 2, 9]), np.array([0, 4, 4, 6]))
    asked = ((0, 0), (0, 1), (0, 5), (0, 7), (1, 0), (2, 2), (2, 9))
    assert next_times(timeline, *asked) == [1, 5, 7, None, None, 9, None]


@given(
    st.lists(st.lists(st.integers(0, 9), max_size=6).map(sorted), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 3), st.integers(-1, 10)), min_size=1),
)
def test_next_time_is_the_one_found_by_looking_at_all(
    times: list[list[int]], asked: list[tuple[int, int]]
) -> None:
    asked = [(who % len(times), at) for who, at in asked]
    bounds = np.cumsum([0, *map(len, times)])
    timeline = Timeline(np.array([*chain.from_iterable(times)], np.int64), bounds)
    expected = [min((t for t in times[who] if t > at), default=None) for who, at in asked]
    assert next_times(timeline, *asked) == expected


def test_orders_that_run_side_by_side_are_one_sequence_of_events() -> None:
    table = pd.DataFrame(
        {
            "customer": ["ann"] * 4,
            "event": ["home", "cart", "pay", "help"],
            "order": ["a", "b", "a", "b"],
            "at": [1, 2, 3, 4],
        }
    )
    on = shop(Cut(by="column", column="order"))
    joined = join(on, Events(table, customer="customer", at="at", unit="s"))
    assert (joined.at // 1_000_000).tolist() == [1, 3, 2, 4]
    assert (events_of(joined).at // 1_000_000).tolist() == [1, 2, 3, 4]


def test_outcomes_are_those_of_the_chosen_journeys() -> None:
    seen = journeys("home@1 paid@2 home@3 cancelled@4 home@5", "home@1", on=UNTIL_OUTCOME)
    ends = outcomes_of(seen, seen.outcome != NONE)
    assert (ends.at // 86_400_000_000).tolist() == [2, 4]
    assert sorted(np.diff(ends.bounds).tolist()) == [0, 2]
