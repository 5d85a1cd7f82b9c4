"""A few of all customers with up to four events: for what must hold whoever they are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import count, cycle, product

import numpy as np
from hypothesis import strategies as st

from cjm_notebooks import Journeys
from tests.journeys import ONE_EACH, UNTIL_OUTCOME, journeys

EVENTS = ("home", "product", "cart", "paid", "cancelled", "odd")
FIRST_DAY_AND_DAYS_BETWEEN = ((1, 1), (1, 30), (50, 0), (69, 1), (85, 4))
ANSWERS = (
    "",
    "",
    "nps=9 nps=3*2@60",
    "csat:home=4@60 stars:home=5 csat:home=1@61",
    "expected:home=5*2@1 csat:home=2*0.3@70",
    "expected:home=4@1",
    "nps:cart=10@60 csat:cart=3*1.7@61 expected:cart=3",
)


def customers() -> Iterator[str]:
    names = (names for length in range(1, 5) for names in product(EVENTS, repeat=length))
    for seen, (first, between), answers in zip(
        names, cycle(FIRST_DAY_AND_DAYS_BETWEEN), cycle(ANSWERS), strict=False
    ):
        days = count(first, between)
        events = (f"{name}@{day}" for name, day in zip(seen, days, strict=False))
        yield " ".join([*events, answers])


@cache
def everyone(until_outcome: bool) -> Journeys:
    return journeys(*customers(), until=100, on=UNTIL_OUTCOME if until_outcome else ONE_EACH)


def some(until_outcome: bool, places: list[int]) -> Journeys:
    """The journeys of the customers at these places; nothing can be written into them."""
    them_all = everyone(until_outcome)
    found = them_all.chosen(np.isin(np.arange(them_all.n_customers), places))
    for part in (found, found.unmatched, found.answers):
        for array in vars(part).values():
            if isinstance(array, np.ndarray):
                array.flags.writeable = False
    return found


places = st.lists(st.integers(0, sum(1 for _ in customers()) - 1), unique=True, max_size=8)
drawn_journeys = st.builds(some, st.booleans(), places)
