"""Which journeys came to which places."""

from __future__ import annotations

import numpy as np

from cjm_notebooks.journeys.passes.visits import visits
from tests.journeys import UNTIL_OUTCOME, journeys


def test_journey_that_comes_twice_is_one_visit_of_two_events() -> None:
    one = journeys("home@1 cart@2 home@3")
    came = visits(one, one.touchpoint, 5)
    assert came.place.tolist() == [0, 2]
    assert came.events.tolist() == [2, 1]


def test_customer_with_two_journeys_visits_twice_and_is_one_customer() -> None:
    two = journeys("home@1 paid@2 home@3", "home@1", on=UNTIL_OUTCOME)
    came = visits(two, two.touchpoint, 5)
    assert came.journeys.tolist() == [3, 0, 0, 0, 0]
    assert came.customers.tolist() == [2, 0, 0, 0, 0]
    assert came.repeats.tolist() == [1, 0, 0, 0, 0]


def test_only_chosen_events_are_visits() -> None:
    one = journeys("home@1 cart@2 home@3")
    came = visits(one, one.touchpoint, 5, np.array([False, True, True]))
    assert came.place.tolist() == [0, 2]
    assert came.events.tolist() == [1, 1]


def test_visits_can_be_chosen_by_their_journeys() -> None:
    two = journeys("home@1", "home@90 cart@91", until=100)
    came = visits(two, two.touchpoint, 5)
    assert came.where(two.is_open[came.journey]).journeys.tolist() == [1, 0, 1, 0, 0]


def test_nobody_visits_nothing() -> None:
    nobody = journeys()
    assert visits(nobody, nobody.touchpoint, 5).journeys.tolist() == [0, 0, 0, 0, 0]
