"""The one text of a map: fields in the order of the model, one fact a line, defaults left out.

The layout is that of `JSON.stringify(value, null, 2)` with a line end after it, and numbers are
written as ECMAScript writes them, so that the editor in the browser writes the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal

from pydantic import JsonValue

from cjm_notebooks.maps.part import OWN_FIELD

PLAIN_FROM, PLAIN_BELOW = 1e-6, 1e21


def text_of(fields: JsonValue) -> str:
    return f"{_written(fields, '')}\n"


def number_text(number: float) -> str:
    """`number` with the fewest digits that bring it back: 1, 0.5, 1e-7."""
    if isinstance(number, int):
        return str(number)
    if number == 0 or PLAIN_FROM <= abs(number) < PLAIN_BELOW:
        plain = f"{Decimal(repr(abs(number))):f}".removesuffix(".0")
        return f"-{plain}" if number < 0 else plain
    digits, _, exponent = repr(number).partition("e")
    return f"{digits}e{int(exponent):+d}"


def _written(value: JsonValue, margin: str) -> str:
    inner = f"{margin}  "
    if isinstance(value, dict):
        facts = (f"{_quoted(key)}: {_written(value[key], inner)}" for key in _in_order(value))
        return _block("{", facts, "}", margin)
    if isinstance(value, list):
        return _block("[", (_written(entry, inner) for entry in value), "]", margin)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number_text(value)
    return _quoted(value)


def _quoted(value: str | bool | None) -> str:
    return json.dumps(value, ensure_ascii=False).encode(errors="backslashreplace").decode()


def _block(opening: str, lines: Iterable[str], closing: str, margin: str) -> str:
    body = f",\n{margin}  ".join(lines)
    return f"{opening}\n{margin}  {body}\n{margin}{closing}" if body else f"{opening}{closing}"


def _in_order(fields: dict[str, JsonValue]) -> list[str]:
    own = sorted(name for name in fields if name.startswith(OWN_FIELD))
    return [name for name in fields if not name.startswith(OWN_FIELD)] + own
