"""Where entries stand among others, as texts that sort: between two there is always another one.

The texts are those of the npm package `fractional-indexing`, which the editor uses.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
FIRST = "a0"


def between(before: str | None, after: str | None) -> str:
    """A text that sorts after `before` and before `after`; None is the open end."""
    if before is None:
        return FIRST if after is None else _ahead_of(after)
    whole, rest = _whole(before), before[len(_whole(before)) :]
    if after is None:
        return _next(whole) or whole + _midpoint(rest, None)
    limit = _whole(after)
    if whole == limit:
        return whole + _midpoint(rest, after[len(limit) :])
    following = _next(whole)
    return following if following and following < after else whole + _midpoint(rest, None)


def arranged(standing: Sequence[str | None]) -> list[str]:
    """Ascending texts for entries in this order, of which as many as possible keep their own.

    `standing` holds what each has now, None for an entry that is new here.
    """
    kept = _longest_ascent(standing)
    texts: list[str] = []
    for place in range(len(standing)):
        own = standing[place]
        if place in kept and own is not None:
            texts.append(own)
            continue
        after = next((standing[at] for at in range(place, len(standing)) if at in kept), None)
        texts.append(between(texts[-1] if texts else None, after))
    return texts


def _longest_ascent(standing: Sequence[str | None]) -> set[int]:
    """Places of the longest strictly ascending run of texts, others between them left out."""
    tails: list[str] = []
    last: list[int] = []
    previous: dict[int, int | None] = {}
    for place, own in enumerate(standing):
        if own is None:
            continue
        length = bisect_left(tails, own)
        if tails[length : length + 1] == [own]:
            continue
        tails[length:], last[length:] = [own, *tails[length + 1 :]], [place, *last[length + 1 :]]
        previous[place] = last[length - 1] if length else None
    kept: set[int] = set()
    at = last[-1] if last else None
    while at is not None:
        kept.add(at)
        at = previous[at]
    return kept


def _whole(text: str) -> str:
    """The head, whose first letter says how many digits it has."""
    letter = text[0]
    length = ord(letter) - ord("a") + 2 if letter >= "a" else ord("Z") - ord(letter) + 2
    return text[:length]


def _ahead_of(after: str) -> str:
    whole = _whole(after)
    if len(whole) < len(after):
        return whole
    return _previous(whole) or whole + _midpoint("", after[len(whole) :])


def _next(whole: str) -> str | None:
    letter, digits = whole[0], whole[1:]
    rest = digits.rstrip(DIGITS[-1])
    if rest:
        raised = DIGITS[DIGITS.index(rest[-1]) + 1]
        return letter + rest[:-1] + raised + DIGITS[0] * (len(digits) - len(rest))
    if letter == "Z":
        return FIRST
    if letter == "z":
        return None
    following = chr(ord(letter) + 1)
    return following + DIGITS[0] * (len(digits) + (1 if following > "a" else -1))


def _previous(whole: str) -> str | None:
    letter, digits = whole[0], whole[1:]
    rest = digits.rstrip(DIGITS[0])
    if rest:
        lowered = DIGITS[DIGITS.index(rest[-1]) - 1]
        return letter + rest[:-1] + lowered + DIGITS[-1] * (len(digits) - len(rest))
    if letter == "a":
        return "Z" + DIGITS[-1]
    if letter == "A":
        return None
    leading = chr(ord(letter) - 1)
    return leading + DIGITS[-1] * (len(digits) + (1 if leading < "Z" else -1))


def _midpoint(before: str, after: str | None) -> str:
    if after:
        padded = before.ljust(len(after), DIGITS[0])
        alike = next((at for at in range(len(after)) if padded[at] != after[at]), len(after))
        if alike:
            return after[:alike] + _midpoint(before[alike:], after[alike:])
    low = DIGITS.index(before[0]) if before else 0
    high = DIGITS.index(after[0]) if after else len(DIGITS)
    if high - low > 1:
        return DIGITS[int((low + high) / 2 + 0.5)]
    if after and len(after) > 1:
        return after[0]
    return DIGITS[low] + _midpoint(before[1:], None)
