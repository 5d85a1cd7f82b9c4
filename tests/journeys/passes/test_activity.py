"""When customers were active, and where, counted by hand."""

from __future__ import annotations

import pandas as pd

from cjm_notebooks import Events, Journeys, join
from cjm_notebooks.journeys.passes.activity import Activity
from cjm_notebooks.maps import Cut
from tests.journeys import MICROSECONDS_PER_DAY as DAY
from tests.journeys import UNTIL_OUTCOME, journeys, shop


def overlapping() -> Journeys:
    """Two orders of one customer side by side; the first begins with an event of no touchpoint."""
    rows = [("about", 1, "a"), ("cart", 2, "b"), ("home", 3, "a"), ("cart", 5, "b")]
    table = pd.DataFrame(rows, columns=["event", "day", "order"])
    table = table.assign(customer="anna", at=table.pop("day") * DAY)
    by_order = shop(Cut(by="column", column="order"))
    return join(by_order, Events(table, customer="customer", at="at", unit="us"))


def test_journeys_of_one_customer_are_one_activity() -> None:
    active = Activity.of(journeys("home@1 paid@2 cart@3", on=UNTIL_OUTCOME))
    assert (active.n_active, active.events.tolist()) == (1, [2])
    assert (active.first_at.tolist(), active.last_at.tolist()) == ([DAY], [3 * DAY])


def test_who_only_answered_or_came_nowhere_on_the_map_is_not_active() -> None:
    seen = journeys("nps=9@1", "about@2")
    assert seen.n_customers == 2
    assert Activity.of(seen).n_active == 0


def test_first_event_may_belong_to_the_journey_that_began_later() -> None:
    seen = overlapping()
    active = Activity.of(seen)
    assert seen.at.tolist() == [3 * DAY, 2 * DAY, 5 * DAY]
    assert (active.first_at.tolist(), active.last_at.tolist()) == ([2 * DAY], [5 * DAY])


def test_day_with_two_events_is_one_active_day() -> None:
    who, day = Activity.of(journeys("home@1 cart@1.5 home@3")).active_days("UTC")
    assert (who.tolist(), day.tolist()) == ([0, 0], [1, 3])


def test_active_days_ascend_where_journeys_overlap() -> None:
    who, day = Activity.of(overlapping()).active_days("UTC")
    assert (who.tolist(), day.tolist()) == ([0, 0, 0], [2, 3, 5])


def test_last_half_hour_in_utc_is_a_day_of_its_own_in_berlin() -> None:
    evening = Activity.of(journeys("home@1 cart@1.99"))
    assert [len(evening.active_days(zone)[0]) for zone in ("UTC", "Europe/Berlin")] == [1, 2]


def test_places_from_the_last_on_are_left_out() -> None:
    active = Activity.of(journeys("home@1 product@2 home@3 cart@4"))
    place = journeys("home@1 product@2 home@3 cart@4").touchpoint
    assert active.came(place, 2).tolist() == [[True, True]]
    assert active.came(place, 4).tolist() == [[True, True, True, False]]


def test_nobody_was_active_never() -> None:
    active = Activity.of(journeys())
    assert active.first_at.size == active.active_days("Europe/Berlin")[0].size == 0
    assert active.came(active.at, 3).shape == (0, 3)
