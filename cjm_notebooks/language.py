"""Sentences that a person will read, kept apart from the numbers in them.

A sentence is written once, in English, where it belongs: in the card of a check, the advice of a
finding, the heading of a section. `N_` marks it for the translators' catalogue and gives it back
unchanged; `say` marks it too and binds values to it. Only at the border, when a page is drawn,
`Language.render` looks the sentence up and writes its values as that language writes numbers.

A value is placed as `{name}`, or with one of the forms `{name:count}`, `{name:percent}`,
`{name:whole_percent}`, `{name:decimal}`, `{name:signed}`, `{name:days}`, `{name:duration}` (of
seconds).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from cjm_notebooks.errors import ParameterError, did_you_mean

if TYPE_CHECKING:
    from babel.numbers import NumberPattern

CATALOGUES = Path(__file__).parent / "languages"

SECONDS_PER = {"day": 86_400, "hour": 3_600, "minute": 60, "second": 1}

Value = str | int | float | None


def N_(sentence: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    return sentence


@dataclass(frozen=True)
class Sentence:
    """An English sentence with its values not yet written into it."""

    english: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        return language("en").render(self)


def say(sentence: str, /, **values: Value) -> Sentence:
    return Sentence(sentence, values)


@dataclass(frozen=True)
class Language:
    """One language: its code, and the sentences translated into it."""

    code: str
    sentences: Mapping[str, str]

    def render(self, sentence: Sentence | str) -> str:
        if isinstance(sentence, str):
            return self.sentences.get(sentence, sentence)
        template = self.sentences.get(sentence.english, sentence.english)
        return _Numbers(self.code).vformat(template, (), sentence.values)

    def number(self, value: float | None, form: str) -> str:
        return _Numbers(self.code).format_field(value, form)


class _Numbers(Formatter):
    def __init__(self, code: str) -> None:
        self.code = code

    def format_field(self, value: Value, format_spec: str) -> str:
        if value is None or value != value:
            return "–"
        if isinstance(value, str) or not format_spec:
            return str(value)
        return _number(value or 0, format_spec, self.code)


@lru_cache(maxsize=4096, typed=True)
def _number(value: float, form: str, code: str) -> str:
    """The same numbers are written again and again: in a chart, in its table, in its summary."""
    if form == "duration":
        return _duration(value, code)
    written: str = _pattern(form, code).apply(round(value) if form == "count" else value, code)
    return written


@cache
def _pattern(form: str, code: str) -> NumberPattern:
    from babel import Locale
    from babel.numbers import parse_pattern

    locale = Locale.parse(code)
    usual = locale.percent_formats[None].pattern
    forms = {
        "count": locale.decimal_formats[None].pattern,
        "percent": usual.replace("##0", "##0.0"),
        "whole_percent": usual,
        "decimal": "#,##0.00",
        "days": "#,##0.#",
        "signed": "+#,##0.00;-#,##0.00",
    }
    if form not in forms:
        msg = f"A sentence asks for the number form `{form}`, which does not exist."
        raise ParameterError(msg)
    return parse_pattern(forms[form])


def _duration(seconds: float, code: str) -> str:
    """In the largest unit that is not more than the duration."""
    from babel.units import format_unit

    unit, length = next(
        (unit, length)
        for unit, length in SECONDS_PER.items()
        if abs(seconds) >= length or length == 1
    )
    return format_unit(
        round(seconds / length, 1), f"duration-{unit}", "long", "#,##0.#", locale=code
    )


@cache
def language(code: str) -> Language:
    """The sentences of `code` (`en`, `de`, ...).

    Raises  ParameterError when there is no catalogue for that language
    """
    if code == "en":
        return Language("en", {})
    file = CATALOGUES / f"{code}.po"
    if not file.exists():
        known = ["en", *sorted(path.stem for path in CATALOGUES.glob("*.po"))]
        msg = f"There is no translation into `{code}`. {did_you_mean(code, known)}"
        raise ParameterError(msg)
    from babel.messages.pofile import read_po

    with file.open("rb") as lines:
        messages = read_po(lines, locale=code)
    return Language(
        code,
        {
            str(message.id): str(message.string)
            for message in messages
            if message.id and message.string and not message.fuzzy
        },
    )
