"""When journeys came to one step after another: the attempt that counts, moment by moment."""

from __future__ import annotations

from cjm_notebooks.journeys.passes.following import FAR, Following, Order
from cjm_notebooks.journeys.passes.steps import Places
from tests.journeys import MICROSECONDS_PER_DAY, ONE_EACH, journeys


def days(*steps: str, seen: str, order: Order = "ordered", within: int | None = None) -> list:
    """When the journey came to each step, and since when it was on its way there."""
    places = Places.on(ONE_EACH)
    wanted = Following(
        tuple(places.step(name.strip("?"), optional=name.endswith("?")) for name in steps),
        order,
        within=within and within * MICROSECONDS_PER_DAY,
    )
    came = wanted.came(journeys(seen))
    return [
        None if at == FAR else (at / MICROSECONDS_PER_DAY, since / MICROSECONDS_PER_DAY)
        for at, since in zip(came.at[:, 0], came.since[:, 0], strict=True)
    ]


def test_attempt_begins_with_the_first_event_and_takes_the_next_that_will_do() -> None:
    assert days("home", "cart", seen="home@1 home@3 cart@4 cart@9") == [(1, 1), (4, 1)]


def test_first_attempt_in_time_counts_although_later_ones_are_faster() -> None:
    seen = "home@1 home@5 home@6 cart@7 home@20 cart@20.5"
    assert days("home", "cart", seen=seen, within=3) == [(5, 5), (7, 5)]


def test_events_of_one_moment_follow_one_another_as_recorded() -> None:
    assert days("home", "cart", seen="home@1 cart@1") == [(1, 1), (1, 1)]
    assert days("home", "cart", seen="cart@1 home@1") == [(1, 1), None]


def test_attempt_with_more_optional_steps_is_better_when_both_come_as_far() -> None:
    seen = "home@1 cart@2 home@3 product@3.5 cart@4"
    assert days("home", "product?", "cart", seen=seen, within=2) == [(3, 3), (3.5, 3), (4, 3)]
    assert days("home", "product?", "cart", seen=seen) == [(1, 1), None, (2, 1)]


def test_in_any_order_a_step_is_reached_with_all_before_it() -> None:
    seen = "cart@1 pay@2 home@4"
    assert days("home", "cart", "pay", seen=seen, order="any") == [(4, 4), (4, 1), (4, 1)]
    assert days("home", "cart", "pay", seen=seen, order="any", within=2) == [(4, 4), None, None]


def test_strict_step_starts_again_wherever_the_next_event_fits() -> None:
    seen = "home@1 help@2 home@3 cart@4"
    assert days("home", "cart", seen=seen, order="strict") == [(3, 3), (4, 3)]


def test_outcome_is_reached_when_it_was_and_only_after_the_steps() -> None:
    assert days("cart", "paid", seen="home@1 cart@2 help@3 paid@5") == [(2, 2), (5, 2)]
    assert days("cart", "paid", seen="home@1 paid@2 cart@3") == [(3, 3), None]
