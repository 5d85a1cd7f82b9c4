"""Patterns made of typed parts: they print as what is read as the same pattern again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.patterns import (
    ANY,
    GAP,
    At,
    Bound,
    Either,
    Element,
    Pattern,
    Repeat,
    Sequence,
    parse,
)
from tests.journeys.patterns.drawn import patterns

CART, HELP, PAID = At(("cart",)), At(("help",)), At(("paid",))
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("element", "text"),
    [
        (CART, "cart"),
        (At(("add-to-cart",)), "add-to-cart"),
        (At(("v1.2",)), "v1.2"),
        (At(("stage:pay",)), "stage:pay"),
        (At(("two words",)), '"two words"'),
        (At(("within",)), '"within"'),
        (At(('say "no"\\',)), '"say \\"no\\"\\\\"'),
        (At(("cart", "help")), "[cart help]"),
        (At(("help",), excluded=True), "[^help]"),
        (ANY, "."),
        (GAP, "..."),
        (Repeat(CART), "cart*"),
        (Repeat(CART, 1), "cart+"),
        (Repeat(CART, 0, 1), "cart?"),
        (Repeat(CART, 2, 2), "cart{2}"),
        (Repeat(CART, 2), "cart{2,}"),
        (Repeat(CART, 2, 4), "cart{2,4}"),
        (Repeat(CART, 1, 1), "cart{1}"),
        (Repeat(Repeat(CART), 0, 1), "(cart*)?"),
        (Repeat(GAP, 2, 2), "(...){2}"),
        (Either((CART, Repeat(HELP))), "cart|help*"),
        (Either((Either((CART, HELP)), PAID)), "(cart|help)|paid"),
        (Sequence((CART, GAP, PAID)), "cart -> ... -> paid"),
        (Sequence((Either((CART, HELP)), PAID)), "cart|help -> paid"),
        (Either((Sequence((CART, HELP)), PAID)), "(cart -> help)|paid"),
        (Sequence((Sequence((CART, HELP)), PAID)), "(cart -> help) -> paid"),
        (Sequence((CART, PAID), (Bound("<", 2 * HOUR),)), "cart ->{<2h} paid"),
        (Sequence((CART, PAID), (Bound(">=", 36 * HOUR),)), "cart ->{>=36h} paid"),
    ],
)
def test_part_prints_as_what_is_read_as_that_part(element: Element, text: str) -> None:
    assert str(element) == text
    assert parse(text) == Pattern(element)


def test_anchors_and_the_time_of_the_whole_stand_around_the_pattern() -> None:
    pattern = Pattern(CART, from_start=True, to_end=True, within=timedelta(days=2))
    assert str(pattern) == "^ -> cart -> $ within 2d"
    assert parse(str(pattern)) == pattern


@given(pattern=patterns)
def test_whatever_is_printed_is_read_as_the_same(pattern: Pattern) -> None:
    assert parse(str(pattern)) == pattern


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(weeks=2), "2w"),
        (timedelta(days=10), "10d"),
        (timedelta(hours=36), "36h"),
        (timedelta(minutes=90), "90min"),
        (timedelta(seconds=61), "61s"),
        (timedelta(seconds=1.5), "1500ms"),
        (timedelta(microseconds=1), "1us"),
        (timedelta(0), "0s"),
        (timedelta(days=999_999, microseconds=1), "86399913600000001us"),
    ],
)
def test_time_is_written_in_the_largest_unit_without_a_fraction(
    length: timedelta, text: str
) -> None:
    assert str(Pattern(CART, within=length)) == f"cart within {text}"
    assert parse(f"cart within {text}").within == length


def test_parts_that_mean_nothing_cannot_be_made() -> None:
    with pytest.raises(ParameterError, match=r"`At` names no place\. Name a touchpoint, a stage"):
        At()
    with pytest.raises(ParameterError, match=r"`At` has an empty name"):
        At(("",))
    with pytest.raises(ParameterError, match=r"repeats at least -1 times\. Give 0 or more"):
        Repeat(CART, -1)
    with pytest.raises(ParameterError, match=r"at least 3 and at most 2 times\. Give a most"):
        Repeat(CART, 3, 2)
    with pytest.raises(ParameterError, match=r"at least 0 and at most 0 times\. Give a most"):
        Repeat(CART, 0, 0)
    with pytest.raises(ParameterError, match=r"`Sequence` has 1 parts\. Give two or more"):
        Sequence((CART,))
    with pytest.raises(ParameterError, match=r"`Either` has 0 parts\. Give two or more"):
        Either(())
    with pytest.raises(ParameterError, match=r"of 2 parts has 2 bounds\. Give 1, one for each"):
        Sequence((CART, PAID), (None, None))


def test_time_bounds_that_nothing_meets_cannot_be_made() -> None:
    with pytest.raises(ParameterError, match=r"A time bound is -3600 seconds\. Give a time of 0"):
        Bound("<", -HOUR)
    with pytest.raises(ParameterError, match=r"No step takes less than no time\. Write `<=`"):
        Bound("<", timedelta(0))
    with pytest.raises(ParameterError, match=r"`=` does not compare times\. Did you mean `>=`"):
        Bound("=", HOUR)  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match=r"`within` is -3600 seconds\. Give a time of 0"):
        Pattern(CART, within=-HOUR)
