"""How journeys ended, and after which event."""

from __future__ import annotations

from cjm_notebooks import Journeys
from cjm_notebooks.journeys.passes.endings import ENDINGS, endings
from tests.journeys import UNTIL_OUTCOME, journeys


def ends(joined: Journeys) -> list[tuple[str, str | None]]:
    """How each journey ended, and at which touchpoint."""
    found = endings(joined)
    ids = [*(touchpoint.id for touchpoint in joined.map.touchpoints), None]
    places = found.place(joined.touchpoint)
    return [(ENDINGS[how], ids[place]) for how, place in zip(found.how, places, strict=True)]


def test_journey_ends_at_its_last_event_before_the_outcome() -> None:
    assert ends(journeys("home@1 cart@2 paid@3 help@4")) == [("success", "cart")]


def test_event_at_the_moment_of_the_outcome_is_not_after_it() -> None:
    assert ends(journeys("home@1 paid@2 pay@2")) == [("success", "pay")]


def test_first_outcome_decides() -> None:
    assert ends(journeys("home@1 cancelled@2 cart@3 paid@4")) == [("failure", "home")]


def test_outcome_before_every_event_ends_the_journey_nowhere() -> None:
    assert ends(journeys("cancelled@1 home@2")) == [("failure", None)]


def test_journey_quiet_for_as_long_as_the_map_says_has_left() -> None:
    assert ends(journeys("home@70", until=100)) == [("left", "home")]


def test_journey_quiet_for_a_moment_less_is_open() -> None:
    assert ends(journeys("home@70.01", until=100)) == [("open", "home")]


def test_each_journey_of_a_customer_has_its_own_end() -> None:
    one = journeys("home@1 paid@2 cart@3 cancelled@4 help@5", on=UNTIL_OUTCOME)
    assert ends(one) == [("success", "home"), ("failure", "cart"), ("left", "help")]


def test_nobody_ends_nowhere() -> None:
    assert ends(journeys()) == []


def test_ends_are_counted_by_place_and_journeys_that_ended_nowhere_are_not() -> None:
    three = journeys("home@1 cart@2", "cart@1 paid@2", "paid@1 home@2")
    success, failure, left, open_ = endings(three).count(three.touchpoint, 5).T
    assert success.tolist() == [0, 0, 1, 0, 0]
    assert left.tolist() == [0, 0, 1, 0, 0]
    assert not failure.any()
    assert not open_.any()
