"""What is written wrongly is pointed at, with what to write instead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.patterns import At, Pattern, Sequence, parse

TOO_DEEP = "(" * 60 + "a" + ")" * 60


@pytest.mark.parametrize(
    ("text", "column", "why"),
    [
        ("", 1, "An event is missing. Name a touchpoint, a stage or an outcome."),
        ("cart -> ", 9, "An event is missing."),
        ("cart -> -> pay", 9, "`->` comes where an event is missing. Name one before it."),
        ("a->|b", 4, "`|` comes where an event is missing."),
        ("-> cart", 1, "`->` comes where an event is missing."),
        ("* -> cart", 1, "`*` comes where an event is missing."),
        ("cart pay", 6, "`pay` follows without an arrow. Write `->` between two events."),
        ("cart...", 5, "`...` follows without an arrow."),
        ("cart(pay)", 5, "`(` follows without an arrow."),
        ("cart?? -> pay", 6, "`?` is one sign too many. Leave it out."),
        ("a -> b)", 7, "`)` is one sign too many."),
        ("cart -> $ -> pay", 11, "`->` is one sign too many."),
        ("(cart -> $)", 10, "`$` stands only at the end of the pattern."),
        ("cart -> ^ -> pay", 9, "`^` stands only at the beginning of the pattern and behind `[`."),
        ("cart -> [pay help", 9, "`[` is never closed. Write `]` behind the last name."),
        ("[pay|help]", 5, "Between `[` and `]` stand names only, with blanks between them."),
        ("[]", 1, "`At` names no place."),
        ("cart -> (pay -> help", 9, "`(` is never closed. Write `)` where it ends."),
        (TOO_DEEP, 51, "More than 50 parentheses are open. Say it more simply."),
        ("cart{2", 5, "`{` is never closed, or there is nothing in it."),
        ('"cart', 1, '`"` is never closed, or there is nothing in it.'),
        ("cart -> %", 9, "`%` means nothing in a pattern. A name with other signs than letters,"),
        ("cart - pay", 6, "`-` means nothing in a pattern."),
        ("cart{two}", 5, "Repeats are written `{2}`, `{2,}` or `{2,4}`."),
        ("cart{3,2}", 5, "A part repeats at least 3 and at most 2 times."),
        ("cart -> ...* -> pay", 12, "`...` is any number of events already. Leave the sign out."),
        ("cart{<2h} -> pay", 5, "A time bound stands directly behind an arrow, `->{<2h}`, or last"),
        ("cart ->{2} pay", 8, "An arrow takes a time bound such as `->{<2h}`."),
        ("cart ->{<soon} pay", 8, "`soon` is no length of time. Write a number and a unit: `36h`."),
        ("cart ->{<2 hous} pay", 8, "`hous` is no unit of time. Did you mean `hours`"),
        ("cart ->{<-2h} pay", 8, "A time bound is -7200 seconds. Give a time of 0 or more."),
        ("cart ->{<0s} pay", 8, "No step takes less than no time."),
        ("cart within", 12, "`within` needs a length of time, such as `within 2 days`."),
        ("cart within -1 day", 13, "`within` is -86400 seconds. Give a time of 0 or more."),
        ("cart within 2 months", 13, "`months` is no unit of time."),
        ("cart within 99999999999w", 13, "`99999999999w` is longer than time can be counted."),
        ("within 2h", 1, "`within 2h` stands once and last; a name `within` stands in quotes."),
    ],
)
def test_column_and_remedy_of_what_cannot_be_read(text: str, column: int, why: str) -> None:
    with pytest.raises(ParameterError) as error:
        parse(text)
    first, shown, mark = str(error.value).split("\n")
    assert first.startswith(f"Column {column} of the pattern: {why}")
    assert shown == f"    {text}"
    assert mark == " " * (column + 3) + "^"


@pytest.mark.parametrize(
    "text",
    ["cart->pay", "  cart  ->  pay  ", "cart\n-> pay", "(cart) -> (((pay)))", '"cart"->[pay]'],
)
def test_blanks_and_parentheses_around_one_part_change_nothing(text: str) -> None:
    assert parse(text) == Pattern(Sequence((At(("cart",)), At(("pay",)))))


def test_anchors_may_stand_with_an_arrow_or_without() -> None:
    assert parse("^cart$") == parse("^ -> cart -> $") == Pattern(At(("cart",)), True, True)


@pytest.mark.parametrize(
    ("said", "length"),
    [
        ("2 days", timedelta(days=2)),
        ("1 week", timedelta(days=7)),
        ("1.5h", timedelta(minutes=90)),
        ("90 min", timedelta(minutes=90)),
        ("10m", timedelta(minutes=10)),
        ("30 seconds", timedelta(seconds=30)),
        ("0s", timedelta(0)),
    ],
)
def test_time_is_said_with_a_number_and_a_unit(said: str, length: timedelta) -> None:
    assert parse(f"cart within {said}").within == length
    assert parse(f"cart ->{{<={said}}} pay") == parse(f"cart ->{{ <= {said} }} pay")
