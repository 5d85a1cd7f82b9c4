"""Marks of numbers and of short texts, with the traps that learners step into.

A sentence of a mark says what was seen and what to look at again, never what would be right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cjm_notebooks.teaching.exercises import Mark

Numbers = Mapping[str, float]
FEWEST_WORDS, MOST_WORDS = 25, 150
MOST_KEYWORDS = 0.4


@dataclass(frozen=True)
class Trap:
    """What an answer looks like that rests on a misconception, and what its author is told.

    An answer in the trap is worth `share`, or what is right in it where that is more.
    """

    misconception: str
    looks_like: Numbers
    saw: str
    matters: str
    share: float = 0.25


@dataclass(frozen=True)
class Tick:
    """One line of a checklist: what is looked for, and the patterns of which one must be there.

    `misconception` is what its absence stands for, if anything.
    """

    asks: str
    patterns: tuple[str, ...]
    misconception: str | None = None

    def found(self, text: str) -> list[str]:
        return [
            match[0]
            for pattern in self.patterns
            for match in re.finditer(pattern, text, flags=re.IGNORECASE)
        ]


def mark_numbers(
    answer: Numbers,
    right: Numbers,
    near: float | Numbers,
    *,
    matters: str,
    traps: Sequence[Trap] = (),
) -> Mark:
    """The share of the `right` numbers that the answer meets to within `near`.

    Of two traps that an answer may be in it is in the nearer one.

    Numbers that nobody asked for count as wrong, so that listing many is no way to hit some.
    """
    within = near if isinstance(near, Mapping) else dict.fromkeys(right, near)
    met = [name for name in right if _meets(answer, right, name, within)]
    share = len(met) / max(len(right), len(answer))
    if share == 1:
        return Mark(1.0, f"{_all(len(right))} right.", matters)
    sprung = [trap for trap in traps if _is_in(trap, answer, right, within)]
    if sprung:
        trap = min(sprung, key=lambda one: _distance(answer, one.looks_like))
        return Mark(max(trap.share, share), trap.saw, trap.matters, trap.misconception)
    return Mark(share, _what_is_off(answer, right, met), matters)


def mark_number(
    answer: float, right: float, near: float, *, matters: str, traps: Sequence[Trap] = ()
) -> Mark:
    """The same for one number; a trap looks like `{"": number}`."""
    mark = mark_numbers({"": answer}, {"": right}, near, matters=matters, traps=traps)
    if mark.misconception is None and mark.share == 0:
        return Mark(0.0, "The number is not the one that was asked for.", matters)
    return mark


def _meets(answer: Numbers, wanted: Numbers, name: str, within: Numbers) -> bool:
    return name in answer and abs(answer[name] - wanted[name]) <= within[name]


def _distance(answer: Numbers, other: Numbers) -> float:
    return sum(abs(answer[name] - other[name]) for name in other if name in answer)


def _is_in(trap: Trap, answer: Numbers, right: Numbers, within: Numbers) -> bool:
    """Whether most of the numbers that the trap and the truth differ in are those of the trap."""
    telling = [
        name
        for name in trap.looks_like
        if name not in right or abs(trap.looks_like[name] - right[name]) > within[name]
    ]
    near = {name: within.get(name, max(within.values())) for name in telling}
    trapped = [name for name in telling if _meets(answer, trap.looks_like, name, near)]
    return len(trapped) > len(telling) / 2


def _all(count: int) -> str:
    return {1: "The number is", 2: "Both numbers are"}.get(count, f"All {count} numbers are")


def _what_is_off(answer: Numbers, right: Numbers, met: Sequence[str]) -> str:
    said = f"{len(met)} of {len(right)} numbers {'is' if len(met) == 1 else 'are'} right."
    missing = [name for name in right if name not in answer]
    superfluous = [name for name in answer if name not in right]
    wrong = [name for name in right if name in answer and name not in met]
    if missing:
        return f"{said} There is none for `{missing[0]}`."
    if superfluous:
        return f"{said} Nobody asked for `{superfluous[0][:40]}`."
    return f"{said} Look at `{wrong[0]}` again."


def mark_text(text: str, ticks: Sequence[Tick], *, matters: str) -> Mark:
    """The share of the checklist that a short text meets.

    Nobody pretends to understand the text. It needs 25 to 150 words, of which the words that are
    looked for are less than half: a list of them explains nothing.
    """
    words = len(text.split())
    if not FEWEST_WORDS <= words <= MOST_WORDS:
        saw = f"The text has {words} words. Explain it in {FEWEST_WORDS} to {MOST_WORDS}."
        return Mark(0.0, saw, matters)
    found = [tick.found(text) for tick in ticks]
    keywords = sum(len(one.split()) for those in found for one in those)
    if keywords > MOST_KEYWORDS * words:
        saw = "The text lists words and explains nothing. Write whole sentences."
        return Mark(0.0, saw, matters, "list-for-explanation")
    lacks = [tick for tick, those in zip(ticks, found, strict=True) if not those]
    share = 1 - len(lacks) / len(ticks)
    if not lacks:
        return Mark(1.0, f"The text has all {len(ticks)} things on the checklist.", matters)
    saw = (
        f"{len(ticks) - len(lacks)} of {len(ticks)} things were found. Not found: {lacks[0].asks}."
    )
    names = [tick.misconception for tick in lacks if tick.misconception]
    return Mark(share, saw, matters, names[0] if names else None)
