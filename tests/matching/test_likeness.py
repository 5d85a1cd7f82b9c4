"""How alike the names of events and touchpoints are."""

from __future__ import annotations

import pytest

from cjm_notebooks.maps import Condition, Rule, Touchpoint
from cjm_notebooks.matching.likeness import Names, alike, words_of


@pytest.mark.parametrize(
    "name", ["add_to_cart", "AddToCart", "addToCart", "add.to-cart", "Add to cart", "ADD_TO_CART"]
)
def test_name_has_the_same_words_however_it_is_written(name: str) -> None:
    assert words_of(name) == ("add", "cart")


def test_abbreviations_and_numbers_keep_together() -> None:
    assert words_of("HTTPError404") == ("http", "error404")


def test_name_of_small_words_alone_keeps_them() -> None:
    assert words_of("to_the") == ("to", "the")


def test_words_are_alike_by_their_beginning_or_their_letters() -> None:
    assert alike("cart", "cart") == 1.0
    assert alike("pay", "payment") == 0.85
    assert alike("chekout", "checkout") == pytest.approx(14 / 15)
    assert alike("booked", "books") == alike("browsing", "browse") == 0.85
    assert alike("search", "research") == 0.0
    assert alike("to", "total") == 0.0


def strength(event: str, touchpoint: Touchpoint, *others: str) -> float:
    return Names.of([event, *others], [touchpoint]).likeness(event, 0).strength


def test_likeness_is_half_that_of_all_words_and_half_that_of_the_shorter_name() -> None:
    cart = Touchpoint(id="cart", name="Cart")
    assert strength("cart", cart) == 1.0
    assert strength("add_cart", cart) == pytest.approx((2 / 3 + 1) / 2)
    assert strength("open_home", cart) == 0.0


def test_word_that_many_events_have_says_little() -> None:
    page = Touchpoint(id="help-page", name="Help page")
    assert strength("page_cart", page) == pytest.approx(1 / 2)
    assert strength("page_cart", page, "page_a", "page_b", "page_c") < 1 / 3


def test_events_that_the_rule_asks_for_are_names_too() -> None:
    where = Condition(any=(Condition(glob="x*"), Condition(in_=("sign_in", "enter"))))
    gate = Touchpoint(id="t1", name="Gate", match=Rule(where=where))
    found = Names.of(["sign_in_v2"], [gate]).likeness("sign_in_v2", 0)
    assert (found.name, found.shared) == ("sign_in", ("sign",))


def test_only_touchpoints_with_a_word_in_common_are_like() -> None:
    names = Names.of([], [Touchpoint(id="a", name="Cart"), Touchpoint(id="b", name="Home page")])
    assert names.places_like("cart_opened") == {0}
    assert names.places_like("homepage") == {1}
