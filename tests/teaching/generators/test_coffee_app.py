"""Each planted fact is in the tables at the planted size."""

from __future__ import annotations

import numpy as np
import pytest

from cjm_notebooks.teaching.generators.coffee_app import CoffeeApp
from tests.teaching.generators.counting import ERRORS, Counted, difference, is_planted, large

PLANTED = CoffeeApp()
EARLIER = ("none", "one to five", "more")


@pytest.fixture(scope="module")
def coffee() -> Counted:
    return Counted.of("coffee-app")


@pytest.fixture(scope="module")
def comes_back() -> np.ndarray:
    """bool, (customers,). The app was opened a second time."""
    given = large("coffee-app")
    events = given.events.table.to_pandas()
    opened = events[events["event"] == "app_opened"].groupby("customer").size()
    ids = given.customers.table["customer"].to_pandas()
    return (ids.map(opened) == 2).to_numpy()


def test_orders_between_eight_and_nine_are_not_there_more_often(coffee: Counted) -> None:
    slip = coffee.did["slip_printed"]
    hour = slip.dt.hour.to_numpy()
    lost = ~coffee.who("cup_taken")
    assert is_planted(lost, hour == 8, PLANTED.rush_failure)
    assert is_planted(lost, coffee.who("slip_printed") & (hour != 8), PLANTED.usual_failure)


def test_members_come_back_more_often(coffee: Counted, comes_back: np.ndarray) -> None:
    cup, member = coffee.who("cup_taken"), coffee.who("card_scanned")
    found, error = difference(comes_back, cup & member, cup & ~member)
    assert abs(found - PLANTED.raw_gap) < ERRORS * error


def test_of_those_with_as_many_earlier_visits_members_come_back_hardly_more_often(
    coffee: Counted, comes_back: np.ndarray
) -> None:
    cup, member = coffee.who("cup_taken"), coffee.who("card_scanned")
    for earlier in EARLIER:
        mine = cup & coffee.is_("earlier_visits", earlier)
        found, error = difference(comes_back, mine & member, mine & ~member)
        assert abs(found - PLANTED.true_gap) < ERRORS * error


def test_most_are_lost_after_the_first_cup(coffee: Counted, comes_back: np.ndarray) -> None:
    assert is_planted(~comes_back, coffee.who("receipt_sent"), 1 - PLANTED.comes_back)
