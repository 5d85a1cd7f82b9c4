"""Numbers and short texts earn what is right in them, and the usual traps have names."""

from __future__ import annotations

import pytest

from cjm_notebooks.teaching.weighing import Tick, Trap, mark_number, mark_numbers, mark_text

RIGHT = {"home": 0.2, "cart": 0.4}
COUNTED = Trap("count-for-share", {"home": 20, "cart": 40}, "These are counts.", "Why.", 0.3)


def test_numbers_are_right_to_within_what_is_near_enough() -> None:
    mark = mark_numbers({"home": 0.205, "cart": 0.395}, RIGHT, 0.01, matters="It matters.")
    assert (mark.share, mark.saw) == (1, "Both numbers are right.")


def test_each_number_may_have_a_nearness_of_its_own() -> None:
    near = {"home": 0.1, "cart": 0.001}
    assert mark_numbers({"home": 0.29, "cart": 0.4}, RIGHT, near, matters="").share == 1
    assert mark_numbers({"home": 0.29, "cart": 0.41}, RIGHT, near, matters="").share == 0.5


@pytest.mark.parametrize(
    ("answer", "saw"),
    [
        ({"home": 0.2}, "1 of 2 numbers is right. There is none for `cart`."),
        ({"home": 0.2, "cart": 0.9}, "1 of 2 numbers is right. Look at `cart` again."),
        ({"a": 1.0}, "0 of 2 numbers are right. There is none for `home`."),
    ],
)
def test_what_is_off_is_named_and_what_is_right_is_not(answer: dict[str, float], saw: str) -> None:
    assert mark_numbers(answer, RIGHT, 0.01, matters="").saw == saw


def test_listing_many_numbers_costs_what_is_too_many() -> None:
    many = RIGHT | {str(place): 0.1 for place in range(98)}
    mark = mark_numbers(many, RIGHT, 0.01, matters="")
    assert mark.share == 0.02
    assert mark.saw.endswith("Nobody asked for `0`.")


def test_answer_in_a_trap_is_told_which_one() -> None:
    mark = mark_numbers({"home": 20, "cart": 40}, RIGHT, 0.01, matters="", traps=[COUNTED])
    assert (mark.share, mark.misconception) == (0.3, "count-for-share")


def test_of_two_traps_an_answer_is_in_the_nearer_one() -> None:
    near_by = Trap("near-by", {"home": 20.004, "cart": 40.004}, "", "")
    traps = [near_by, COUNTED]
    mark = mark_numbers({"home": 20, "cart": 40}, RIGHT, 0.01, matters="", traps=traps)
    assert mark.misconception == "count-for-share"


def test_right_answer_is_in_no_trap_even_where_the_two_are_the_same() -> None:
    same = Trap("same", {"home": 0.2, "cart": 0.4}, "", "")
    assert mark_numbers({"home": 0.2, "cart": 0.1}, RIGHT, 0.01, matters="", traps=[same]).share
    found = mark_numbers({"home": 0.2, "cart": 0.1}, RIGHT, 0.01, matters="", traps=[same])
    assert found.misconception is None


def test_single_number_has_traps_too() -> None:
    trap = Trap("percent-for-share", {"": 45}, "A percentage.", "Why.", 0.5)
    assert mark_number(0.45, 0.45, 0.01, matters="", traps=[trap]).share == 1
    assert mark_number(45, 0.45, 0.01, matters="", traps=[trap]).misconception == trap.misconception
    assert mark_number(7, 0.45, 0.01, matters="", traps=[trap]).share == 0


TICKS = (
    Tick("a number", (r"\d+",)),
    Tick("the place", (r"\brefund\b", r"\bmoney back\b")),
    Tick("how sure it is", (r"\binterval\b",)),
)
GOOD = (
    "Customers feel worst when they wait for the refund, which 62 of a hundred rate badly. "
    "The interval of the mean lies below that of every other place, so that this is no accident."
)


def test_text_with_all_that_was_asked_for_earns_all() -> None:
    assert mark_text(GOOD, TICKS, matters="").share == 1


def test_text_says_the_first_thing_that_it_lacks() -> None:
    mark = mark_text(GOOD.replace("interval", "value"), TICKS, matters="")
    assert mark.share == pytest.approx(2 / 3)
    assert mark.saw == "2 of 3 things were found. Not found: how sure it is."


@pytest.mark.parametrize("text", ["refund 62 interval", GOOD * 6])
def test_text_that_is_too_short_or_too_long_earns_nothing(text: str) -> None:
    assert mark_text(text, TICKS, matters="").share == 0


def test_list_of_everything_that_could_be_looked_for_earns_nothing() -> None:
    mark = mark_text("refund 62 interval money back " * 8, TICKS, matters="")
    assert (mark.share, mark.misconception) == (0, "list-for-explanation")
