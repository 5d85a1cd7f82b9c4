"""Lines of text of a given width, measured without a font by the average widths of letters.

The widths are those of a wide typeface, so that text also fits where another one is at hand.
"""

from __future__ import annotations

from functools import cache
from unicodedata import combining, east_asian_width

from cjm_notebooks.maps.picture.texts import one_line

THIN, SLIM, BROAD, BROADEST = "ijl|!.,:;'’`·", 'ftrI()[]{}/-"“”', "mwM%—…", "W@"
ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f"
BOLD = 1.08


@cache
def width_of(sign: str) -> float:
    """In parts of the size of the type."""
    if combining(sign) or sign in ZERO_WIDTH or "\u202a" <= sign <= "\u2069":
        return 0
    if sign in " \xa0":
        return 0.28
    for signs, width in ((THIN, 0.29), (SLIM, 0.41), (BROAD, 0.93), (BROADEST, 1.0)):
        if sign in signs:
            return width
    if east_asian_width(sign) in "WF":
        return 1.25 if sign > "\U0001f000" else 1.0
    return 0.7 if sign.isupper() else 0.6


def length_of(text: str, size: float, *, bold: bool = False) -> float:
    return sum(map(width_of, text)) * size * (BOLD if bold else 1)


def wrapped(
    text: str, width: float, size: float, most: int, *, bold: bool = False
) -> tuple[str, ...]:
    """`text` in at most `most` lines, the last with an ellipsis where something is left out."""
    room = width / (size * (BOLD if bold else 1))
    longest = most * max(int(room / 0.28), 1)
    words = one_line(text, longest).split(" ")
    parts = [part for word in words if word for part in _broken(word, room)]
    lines: list[str] = []
    for word in parts:
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and length_of(joined, 1) <= room:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], _shortened(lines[most - 1], room))


def _broken(word: str, room: float) -> list[str]:
    """A word that is longer than the line, in parts that are not; a letter keeps its accents."""
    if length_of(word, 1) <= room:
        return [word]
    parts, length = [""], 0.0
    for sign in word:
        width = width_of(sign)
        if parts[-1] and width and length + width > room:
            parts.append("")
            length = 0
        parts[-1] += sign
        length += width
    return parts


def _shortened(line: str, room: float) -> str:
    while line and length_of(f"{line}…", 1) > room:
        line = line[:-1]
    return f"{line.rstrip()}…"
