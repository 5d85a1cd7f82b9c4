"""Reading the text of a pattern; whatever cannot be read is pointed at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import lru_cache
from typing import NoReturn, cast

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.journeys.patterns.pattern import (
    ANY,
    GAP,
    UNITS,
    At,
    Bound,
    Either,
    Element,
    Pattern,
    Repeat,
    Sequence,
    Sign,
)
from cjm_notebooks.journeys.patterns.tokens import Token, reject, tokens

DEEPEST = 50
BOUND = re.compile(r"\{\s*(?P<sign><=|>=|<|>)\s*(?P<length>[^\s].*?)\s*\}")
LENGTH = re.compile(r"(?P<number>-?\d{1,18}(?:\.\d{1,6})?)\s*(?P<unit>[A-Za-z]+)")
TIMES = re.compile(r"\{\s*(?P<least>\d{1,9})\s*(?P<more>,\s*(?P<most>\d{1,9})?)?\s*\}")
SIGNS = {"*": (0, None), "+": (1, None), "?": (0, 1)}
WORDS = {
    "w": ("week", "weeks"),
    "d": ("day", "days"),
    "h": ("hour", "hours"),
    "min": ("m", "minute", "minutes"),
    "s": ("second", "seconds"),
}
LENGTHS = UNITS | {word: UNITS[unit] for unit, words in WORDS.items() for word in words}
ONLY = {
    "^": "at the beginning of the pattern and behind `[`",
    "$": "at the end of the pattern",
}
BEGINS_PART = {".", "[", "("}


@lru_cache(maxsize=256)
def parse(text: str) -> Pattern:
    """The pattern that a text such as `cart -> ... -> paid within 2 days` stands for.

    Raises  ParameterError, with the column, when the text cannot be read
    """
    return _Reader(re.sub(r"\s", " ", text)).pattern()


class _Reader:
    """One pass over the tokens, a method for each rule of the grammar."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(tokens(text))
        self.place = 0
        self.depth = 0

    @property
    def now(self) -> Token:
        return self.tokens[self.place]

    def take(self, *wanted: str) -> bool:
        """Step over the token if it is one of these signs, or of these kinds."""
        token = self.now
        found = (token.text if token.kind == "sign" else token.kind) in wanted
        self.place += found
        return found

    def pattern(self) -> Pattern:
        from_start = self.take("^")
        if from_start:
            self.take("arrow")
        element = self.sequence()
        self.take("arrow")
        to_end = self.take("$")
        within = self.within() if self.take("within") else None
        if self.now.kind != "end":
            self.reject_here()
        return Pattern(element, from_start, to_end, within)

    def sequence(self) -> Element:
        parts, bounds = [self.either()], list[Bound | None]()
        while self.now.kind == "arrow" and not self.at_end_sign():
            self.take("arrow")
            bounds.append(self.bound())
            parts.append(self.either())
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts), tuple(bounds))

    def at_end_sign(self) -> bool:
        after = self.tokens[self.place + 1]
        return self.depth == 0 and (after.kind, after.text) == ("sign", "$")

    def bound(self) -> Bound | None:
        token = self.now
        if not self.take("braces"):
            return None
        found = BOUND.fullmatch(token.text)
        if not found:
            self.reject(token, "An arrow takes a time bound such as `->{<2h}`.")
        with self.pointing_at(token):
            return Bound(cast(Sign, found["sign"]), self.length(token, found["length"]))

    def either(self) -> Element:
        parts = [self.repeated()]
        while self.take("|"):
            parts.append(self.repeated())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def repeated(self) -> Element:
        is_gap = self.now.kind == "gap"
        part, token = self.one(), self.now
        if self.take(*SIGNS):
            if is_gap:
                self.reject(token, "`...` is any number of events already. Leave the sign out.")
            return Repeat(part, *SIGNS[token.text])
        return self.times(part, token) if self.take("braces") else part

    def times(self, part: Element, token: Token) -> Repeat:
        found = TIMES.fullmatch(token.text)
        if BOUND.fullmatch(token.text):
            why = "A time bound stands directly behind an arrow, `->{<2h}`, or last, `within 2h`."
            self.reject(token, why)
        if not found:
            self.reject(token, "Repeats are written `{2}`, `{2,}` or `{2,4}`.")
        least = int(found["least"])
        most = int(found["most"]) if found["most"] else None if found["more"] else least
        with self.pointing_at(token):
            return Repeat(part, least, most)

    def one(self) -> Element:
        token = self.now
        if self.take("name", "quoted"):
            return At((token.name,))
        if self.take("gap"):
            return GAP
        if self.take("."):
            return ANY
        if self.take("["):
            return self.some(token)
        if not self.take("("):
            self.reject_here(missing=True)
        return self.group(token)

    def some(self, opened: Token) -> At:
        excluded, names = self.take("^"), list[str]()
        while (token := self.now).kind in ("name", "quoted"):
            names.append(token.name)
            self.place += 1
        if not self.take("]"):
            if self.now.kind == "end":
                self.reject(opened, "`[` is never closed. Write `]` behind the last name.")
            self.reject(self.now, "Between `[` and `]` stand names only, with blanks between them.")
        with self.pointing_at(opened):
            return At(tuple(names), excluded)

    def group(self, opened: Token) -> Element:
        self.depth += 1
        if self.depth > DEEPEST:
            self.reject(opened, f"More than {DEEPEST} parentheses are open. Say it more simply.")
        element = self.sequence()
        if not self.take(")"):
            if self.now.kind == "end":
                self.reject(opened, "`(` is never closed. Write `)` where it ends.")
            self.reject_here()
        self.depth -= 1
        return element

    def within(self) -> timedelta:
        token = self.now
        if not self.take("length"):
            self.reject(token, "`within` needs a length of time, such as `within 2 days`.")
        length = self.length(token, token.text)
        with self.pointing_at(token):
            Pattern(ANY, within=length)
        return length

    def length(self, token: Token, text: str) -> timedelta:
        found = LENGTH.fullmatch(text)
        if not found:
            self.reject(token, f"`{text}` is no length of time. Write a number and a unit: `36h`.")
        number, unit = found["number"], found["unit"]
        if unit not in LENGTHS:
            near = did_you_mean(unit, LENGTHS)
            self.reject(token, f"`{unit}` is no unit of time. {near}")
        try:
            return LENGTHS[unit] * (float(number) if "." in number else int(number))
        except OverflowError:
            self.reject(token, f"`{text}` is longer than time can be counted. Leave it out.")

    def reject_here(self, missing: bool = False) -> NoReturn:
        """Say why the token cannot stand here, where an event is `missing` or all is said."""
        token = self.now
        shown = f"`{token.text}`"
        if token.kind == "within":
            why = "`within 2h` stands once and last; a name `within` stands in quotes."
        elif token.kind == "sign" and token.text in ONLY:
            why = f"{shown} stands only {ONLY[token.text]}."
        elif token.kind == "end":
            why = "An event is missing. Name a touchpoint, a stage or an outcome."
        elif missing:
            why = f"{shown} comes where an event is missing. Name one before it."
        elif token.kind in ("name", "quoted", "gap") or token.text in BEGINS_PART:
            why = f"{shown} follows without an arrow. Write `->` between two events."
        else:
            why = f"{shown} is one sign too many. Leave it out."
        self.reject(token, why)

    def reject(self, token: Token, why: str) -> NoReturn:
        reject(self.text, token.column, why)

    @contextmanager
    def pointing_at(self, token: Token) -> Iterator[None]:
        try:
            yield
        except ParameterError as cause:
            if str(cause).startswith("Column "):
                raise
            self.reject(token, str(cause))
