"""Whether what a learner gave is an answer at all: its kind and its size, before it is marked.

Nothing that a learner gave is shown or run here: no `repr`, no method of an unknown type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite

import numpy as np
from pydantic import JsonValue

from cjm_notebooks.errors import MapError, did_you_mean
from cjm_notebooks.maps import Condition, JourneyMap
from cjm_notebooks.matching.claims import claims_of
from cjm_notebooks.teaching.exercises import Answer, AnswerKind, Question

MOST_TOUCHPOINTS = 300
LONGEST_MAP = 1_000_000
MOST_NUMBERS = 300
LONGEST_TEXT = 5_000
LONGEST_SENTENCE = 400
SHOWN = 40


@dataclass(frozen=True)
class Unfit:
    """Why what was given is no answer, in a sentence; it is worth nothing."""

    sentence: str


class _NoAnswerError(Exception):
    """With the sentence that says why."""


def judged(question: Question, given: object) -> Answer | Unfit:
    """The answer, or why it is none; `given` is a variable of a notebook or what a file says."""
    if given is None:
        return Unfit(f"`{question.variable}` has no answer yet.")
    try:
        return _READERS[question.kind](question, given)
    except _NoAnswerError as found:
        return Unfit(f"{found}"[:LONGEST_SENTENCE])
    except RecursionError:
        return Unfit(f"`{question.variable}` nests conditions too deeply. Write them flatter.")


def _map(question: Question, given: object) -> JourneyMap:
    if isinstance(given, Mapping):
        try:
            given = JourneyMap.from_fields(given, question.variable)
        except MapError as error:
            raise _NoAnswerError(str(error)) from error
    if not isinstance(given, JourneyMap):
        msg = f"`{question.variable}` is {_a(given)}. Give a `JourneyMap`."
        raise _NoAnswerError(msg)
    _is_small(given, question.variable)
    return given


def _is_small(journey_map: JourneyMap, variable: str) -> None:
    parts = sum(1 + len(stage.touchpoints) for stage in journey_map.stages)
    if parts + len(journey_map.outcomes) > MOST_TOUCHPOINTS:
        msg = (
            f"`{variable}` has {parts:,} stages and touchpoints. "
            f"A map that people can read has fewer than {MOST_TOUCHPOINTS}."
        )
        raise _NoAnswerError(msg)
    if any(_has_expression(claim.rule.where) for claim in claims_of(journey_map)):
        msg = (
            f"A rule in `{variable}` says `matches`. Regular expressions are not marked, since "
            "some run for ever. Say `is`, `in`, `starts_with` or `glob`."
        )
        raise _NoAnswerError(msg)
    if len(journey_map.canonical_text()) > LONGEST_MAP:
        msg = f"`{variable}` is longer than {LONGEST_MAP:,} characters. Shorten its texts."
        raise _NoAnswerError(msg)


def _has_expression(where: Condition) -> bool:
    inside = (*(where.all or ()), *(where.any or ()), *((where.not_,) if where.not_ else ()))
    return where.matches is not None or any(_has_expression(part) for part in inside)


def _number(question: Question, given: object) -> float:
    return _finite(given, f"`{question.variable}`")


def _numbers(question: Question, given: object) -> dict[str, float]:
    import pandas as pd

    if isinstance(given, pd.Series) and len(given) <= MOST_NUMBERS:
        given = given.to_dict()
    if not isinstance(given, dict):
        msg = (
            f"`{question.variable}` is {_a(given)}. Give a dictionary of names and numbers, such "
            'as `{"home": 1.5}`.'
        )
        raise _NoAnswerError(msg)
    if not 0 < len(given) <= MOST_NUMBERS:
        msg = f"`{question.variable}` holds {len(given):,} numbers. Give 1 to {MOST_NUMBERS}."
        raise _NoAnswerError(msg)
    if not all(isinstance(name, str) for name in given):
        msg = f"A name in `{question.variable}` is no text. Put every name in quotation marks."
        raise _NoAnswerError(msg)
    return {
        str(name): _finite(number, f'`{question.variable}["{str(name)[:SHOWN]}"]`')
        for name, number in given.items()
    }


def _finite(given: object, called: str) -> float:
    if isinstance(given, bool) or not isinstance(given, (int, float, np.integer, np.floating)):
        msg = f"{called} is {_a(given)}. Give a number."
        raise _NoAnswerError(msg)
    try:
        number = float(given)
    except OverflowError:
        number = float("inf")
    if not isfinite(number):
        msg = f"{called} is not a finite number. Is something divided by zero, or missing?"
        raise _NoAnswerError(msg)
    return number


def _text(question: Question, given: object) -> str:
    if not isinstance(given, str):
        msg = f"`{question.variable}` is {_a(given)}. Give a text in quotation marks."
        raise _NoAnswerError(msg)
    if not given.strip():
        msg = f"`{question.variable}` has no answer yet."
        raise _NoAnswerError(msg)
    if len(given) > LONGEST_TEXT:
        msg = f"`{question.variable}` has {len(given):,} characters. Say it in {LONGEST_TEXT:,}."
        raise _NoAnswerError(msg)
    return given.encode("utf-8", "replace").decode()


def _choice(question: Question, given: object) -> str:
    text = _text(question, given).strip().casefold()
    for choice in question.choices:
        if choice.casefold() == text:
            return choice
    near = did_you_mean(text[:SHOWN], question.choices)
    msg = f"`{question.variable}` is not one of the answers to choose from. {near}"
    raise _NoAnswerError(msg)


def _a(given: object) -> str:
    """What kind of thing it is, without asking the thing itself."""
    name = type(given).__name__[:SHOWN]
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


_READERS: Mapping[AnswerKind, Callable[[Question, object], Answer]] = {
    "map": _map,
    "number": _number,
    "numbers": _numbers,
    "text": _text,
    "choice": _choice,
}


def as_json(answer: Answer) -> JsonValue:
    """What a file says of an answer."""
    if isinstance(answer, JourneyMap):
        return answer.fields()
    return dict(answer) if isinstance(answer, dict) else answer
