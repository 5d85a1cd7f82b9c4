"""Why a text cannot be read as a map: the place, the value there, and the cure, in sentences."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from cjm_notebooks.errors import did_you_mean

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

LONGEST_VALUE = 80
MOST_ERRORS = 5

CURES = {
    "bool_type": "Write true or false.",
    "finite_number": "Give a number that is not infinite.",
    "float_type": "Give a number, without quotation marks.",
    "greater_than": "Give a number above {gt:g}.",
    "greater_than_equal": "Give a number from {ge:g} upwards.",
    "int_type": "Give a whole number, without quotation marks.",
    "less_than_equal": "Give a number up to {le:g}.",
    "invalid-json-value": "Write what JSON can hold: text, numbers, lists, objects.",
    "model_type": "Write an object in {{ }} here.",
    "recursion_depth_exceeded": "Do not nest it so deeply.",
    "recursion_loop": "Do not nest it so deeply.",
    "string_too_long": "Write at most {max_length} characters.",
    "string_too_short": "Write at least {min_length} character.",
    "string_type": "Write a text in quotation marks.",
    "string_unicode": "Write characters that exist in Unicode.",
    "tuple_type": "Write a list in [ ] here.",
}
CURES_OF_PATTERNS = {
    "^[A-Z]{3}$": "Write three capital letters, such as `EUR`.",
}
CURE_OF_AN_ID = (
    "Write an id of letters A to Z, digits, `-`, `_` and `.`, which begins with a letter or digit "
    "and has at most 100 characters."
)


def unfit(sentence: str) -> PydanticCustomError:
    """What a validator raises; `sentence` goes on where the place has been named."""
    return PydanticCustomError("unfit", "{sentence}", {"sentence": sentence})


def unknown_fields(unknown: list[str], known: set[str]) -> PydanticCustomError:
    context = {"unknown": unknown, "known": sorted(known)}
    return PydanticCustomError("unknown_fields", "has unknown fields", context)


def shortened(text: str) -> str:
    """At most 80 characters of `text`, each of which a terminal can show."""
    short = text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in short)


def shown(value: object) -> str:
    """`value` as a message shows it: short, and a list or an object only by its kind."""
    match value:
        case str():
            return f"`{shortened(value)}`"
        case None | bool():
            return f"`{json.dumps(value)}`"
        case int() | float():
            return f"`{str(value).removesuffix('.0')}`"
        case Mapping():
            return "an object"
        case list() | tuple():
            return "a list"
    return f"of the type `{type(value).__name__}`"


def place_of(steps: tuple[int | str, ...]) -> str:
    """`("stages", 2, "name")` is `stages[2].name`; what is inside a field of one's own is not."""
    place = ""
    for step in steps:
        place += f"[{step}]" if isinstance(step, int) else f".{step}"
        if str(step).startswith("x_"):
            break
    return shortened(place.removeprefix("."))


def explained(error: ValidationError, opening: str) -> str:
    """The `opening`, then one line for each of the first five things that are wrong."""
    errors = error.errors(include_url=False)
    lines = [f"  {_sentence(detail)}" for detail in errors[:MOST_ERRORS]]
    if len(errors) > MOST_ERRORS:
        lines.append(f"  There are {len(errors) - MOST_ERRORS} more.")
    return "\n".join([f"{opening}:", *lines])


def _sentence(detail: ErrorDetails) -> str:
    kind, steps, value = detail["type"], detail["loc"], detail["input"]
    context = detail.get("ctx", {})
    place = f"`{place_of(steps)}`" if steps else "It"
    if kind == "missing":
        owner = f"`{place_of(steps[:-1])}`" if steps[:-1] else "It"
        return f"{owner} has no `{steps[-1]}`. Add it."
    if kind == "unknown_fields":
        return _on_unknown_fields(place, context["unknown"], context["known"])
    if kind == "literal_error":
        known = re.findall(r"'([^']*)'", context["expected"])
        return f"{place} is {shown(value)}. {did_you_mean(shortened(str(value)), known)}"
    if kind == "string_pattern_mismatch":
        cure = CURES_OF_PATTERNS.get(context["pattern"], CURE_OF_AN_ID)
        return f"{place} is {shown(value)}. {cure}"
    if kind in CURES:
        return f"{place} is {shown(value)}. {CURES[kind].format(**context)}"
    return f"{place} {detail['msg']}"


def _on_unknown_fields(place: str, unknown: list[str], known: list[str]) -> str:
    hints = [
        f"{place} has no field `{shortened(name)}`. {did_you_mean(shortened(name), known)}"
        for name in unknown[:MOST_ERRORS]
    ]
    return f"{' '.join(hints)} A field of your own begins with `x_`."
