"""Rules: which recorded events belong to a touchpoint or an outcome. Data, not code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fnmatch import fnmatchcase
from math import isfinite
from numbers import Real
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from cjm_notebooks.maps.canonical import number_text
from cjm_notebooks.maps.part import Part
from cjm_notebooks.maps.reading_errors import shown, unfit
from cjm_notebooks.maps.values import Duration, MatchedId, Number, Whole, duration_in_words

TESTS = {
    "is_": "is",
    "in_": "is one of",
    "starts_with": "starts with",
    "glob": "looks like",
    "matches": "matches",
    "at_least": "is at least",
    "at_most": "is at most",
}
GROUPS = ("all", "any", "not_")


def _single(value: object) -> object:
    if isinstance(value, (str, int, float)):
        return value
    msg = f"is {shown(value)}. Give one text, one number, true or false."
    raise unfit(msg)


Wanted = Annotated[str | int | float | bool, BeforeValidator(_single)]


class Condition(Part):
    """What a row must be like: one test of one column, or `all`, `any`, `not` of conditions.

    A number wanted is equal to a number, and to text that reads as that number, since a CSV file
    holds text only; text wanted is equal to text alone. A missing value fulfils no test.
    """

    column: str = "event"
    """The column that is tested."""
    is_: Wanted | None = None
    """The value is exactly this."""
    in_: tuple[Wanted, ...] | None = None
    """The value is exactly one of these."""
    starts_with: str | None = None
    """The text begins so."""
    glob: str | None = None
    """The whole text fits, with `*`, `?` and `[...]`, capitals apart from small letters."""
    matches: str | None = None
    """This regular expression is found in the text."""
    at_least: Number | None = None
    """The number is this or more."""
    at_most: Number | None = None
    """The number is this or less."""
    all: tuple[Condition, ...] | None = None
    """Every one of these conditions holds."""
    any: tuple[Condition, ...] | None = None
    """One of these conditions holds, or more."""
    not_: Condition | None = None
    """This condition does not hold."""

    @field_validator("matches")
    @classmethod
    def _is_an_expression(cls, pattern: str | None) -> str | None:
        if pattern is not None:
            try:
                re.compile(pattern)
            except re.error as error:
                msg = (
                    f"is {shown(pattern)}, which is no regular expression: {error}. "
                    "Correct it, or use `glob`."
                )
                raise unfit(msg) from None
        return pattern

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        said = [test for test in (*TESTS, *GROUPS) if getattr(self, test) is not None]
        words = [f"`{test.rstrip('_')}`" for test in said]
        if len(said) != 1:
            msg = (
                f"says {' and '.join(words) or 'nothing'}. A condition says exactly one of `is`, "
                "`in`, `starts_with`, `glob`, `matches`, `at_least`, `at_most`, `all`, `any`, "
                "`not`; put several under `all`."
            )
            raise unfit(msg)
        if getattr(self, said[0]) == ():
            msg = f"says {words[0]} with nothing in it. Give at least one entry."
            raise unfit(msg)
        if said[0] in GROUPS and "column" in self.model_fields_set:
            msg = f"names a `column` beside {words[0]}. Name the column in the conditions inside."
            raise unfit(msg)
        return self

    def holds(self, row: Mapping[str, object]) -> bool:
        if self.all is not None:
            return all(condition.holds(row) for condition in self.all)
        if self.any is not None:
            return any(condition.holds(row) for condition in self.any)
        if self.not_ is not None:
            return not self.not_.holds(row)
        value = row.get(self.column)
        if isinstance(value, str):
            return self._holds_for_text(value)
        if isinstance(value, bool):
            return any(wanted is value for wanted in self._wanted())
        number = _number(value)
        return number is not None and self._holds_for_number(number)

    def _wanted(self) -> tuple[str | int | float | bool, ...]:
        return self.in_ or (() if self.is_ is None else (self.is_,))

    def _holds_for_text(self, text: str) -> bool:
        if self.starts_with is not None:
            return text.startswith(self.starts_with)
        if self.glob is not None:
            return fnmatchcase(text, self.glob)
        if self.matches is not None:
            return re.search(self.matches, text) is not None
        if text in self._wanted():
            return True
        number = _number_in(text)
        return number is not None and self._holds_for_number(number)

    def _holds_for_number(self, number: float) -> bool:
        if self.at_least is not None:
            return number >= self.at_least
        if self.at_most is not None:
            return number <= self.at_most
        return any(number == wanted for wanted in self._wanted() if not isinstance(wanted, bool))

    def columns(self) -> frozenset[str]:
        inside = self._inside()
        if not inside:
            return frozenset({self.column})
        return frozenset().union(*(condition.columns() for condition in inside))

    def specificity(self) -> tuple[int, int]:
        """Tests that must all hold, and how many of those are exact.

        Alternatives ask no more than the least specific of them.
        """
        inside = [condition.specificity() for condition in self._inside()]
        if self.any is not None:
            return min(inside)
        if inside:
            return sum(tests for tests, _ in inside), sum(exact for _, exact in inside)
        return 1, int(bool(self._wanted()))

    def _inside(self) -> tuple[Condition, ...]:
        return self.all or self.any or (() if self.not_ is None else (self.not_,))

    def in_words(self) -> str:
        if self.not_ is not None:
            return f"not ({self.not_.in_words()})"
        if inside := self._inside():
            word = " or " if self.any is not None else " and "
            parts = [part.in_words() for part in inside]
            grouped = [bool(part.all or part.any) for part in inside]
            return word.join(
                f"({words})" if group else words
                for words, group in zip(parts, grouped, strict=True)
            )
        test = next(test for test in TESTS if getattr(self, test) is not None)
        values = self._wanted() or (getattr(self, test),)
        return f"`{self.column}` {TESTS[test]} {', '.join(map(_written, values))}"


class Rule(Part):
    """The events that a touchpoint or an outcome claims, and where in the journey they stand."""

    where: Condition
    """What the event itself must be like."""
    after: tuple[MatchedId, ...] = ()
    """Only after one of these touchpoints or outcomes."""
    before: tuple[MatchedId, ...] = ()
    """Only before one of these touchpoints or outcomes."""
    within: Duration | None = None
    """How long after or before those, at most."""
    nth: Annotated[Whole, Field(ge=1)] | None = None
    """Only the first, second, ... of a customer's events that fulfil all the rest."""
    priority: Whole = 0
    """Of two rules that claim one event the higher priority wins, then the more specific rule."""

    @model_validator(mode="after")
    def _is_within_something(self) -> Self:
        if self.within is not None and not (self.after or self.before):
            msg = "says `within` and neither `after` nor `before`. Name what the time counts from."
            raise unfit(msg)
        return self

    def columns(self) -> frozenset[str]:
        """The event columns that the rule needs."""
        return self.where.columns()

    def specificity(self) -> tuple[int, int]:
        """How many conditions must hold, those of context included, and how many are exact."""
        tests, exact = self.where.specificity()
        context = (self.after, self.before, self.within, self.nth)
        return tests + sum(bool(part) for part in context), exact

    def in_words(self) -> str:
        words = [self.where.in_words()]
        for word, others in (("after", self.after), ("before", self.before)):
            if others:
                words.append(f"{word} {' or '.join(f'`{other}`' for other in others)}")
        if self.within is not None:
            words.append(f"within {duration_in_words(self.within)}")
        if self.nth is not None:
            words.append(f"only number {self.nth} of them")
        return ", ".join(words)


def _number(value: object) -> float | None:
    if isinstance(value, (Real, Decimal)) and not isinstance(value, bool):
        return value if isinstance(value, (int, float)) else float(value)
    return None


def _number_in(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None


def _written(value: str | int | float | bool) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"`{value}`" if isinstance(value, str) else number_text(value)
