"""The words and signs of a pattern's text, and where each of them stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.patterns.pattern import BARE

TOKEN = re.compile(
    r"(?P<arrow>->)|(?P<gap>\.\.\.)|(?P<within>within\b(?![.:-]))"
    rf'|(?P<name>{BARE.pattern})|"(?P<quoted>(?:[^"\\]|\\.)+)"'
    r"|(?P<braces>\{[^{}]*\})|(?P<sign>[.*+?^$|()\[\]])",
    re.ASCII,
)


@dataclass(frozen=True)
class Token:
    """A word or sign; `column` counts from 0."""

    kind: str
    text: str
    column: int

    @property
    def name(self) -> str:
        """What a name says, without its quotes."""
        return re.sub(r"\\(.)", r"\1", self.text) if self.kind == "quoted" else self.text


def tokens(text: str) -> Iterator[Token]:
    """Everything in the text, and a token of the kind `end` behind it.

    What follows `within` is one token, a `length`.
    """
    place = _after_blanks(text, 0)
    while place < len(text):
        found = TOKEN.match(text, place)
        if found is None:
            sign = text[place]
            hint = "A name with other signs than letters, digits, `_` and `-` stands in quotes."
            why = f"`{sign}` means nothing in a pattern. {hint}"
            if sign in '{"':
                why = f"`{sign}` is never closed, or there is nothing in it."
            reject(text, place, why)
        kind = str(found.lastgroup)
        yield Token(kind, found[kind], place)
        place = _after_blanks(text, found.end())
        if kind == "within" and place < len(text):
            yield Token("length", text[place:].rstrip(), place)
            break
    yield Token("end", "", len(text))


def reject(text: str, column: int, why: str) -> NoReturn:
    """Say what is wrong with a pattern, and where, with a mark below that column."""
    msg = f"Column {column + 1} of the pattern: {why}\n    {text}\n    {' ' * column}^"
    raise ParameterError(msg)


def _after_blanks(text: str, place: int) -> int:
    return len(text) - len(text[place:].lstrip())
