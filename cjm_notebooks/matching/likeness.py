"""How alike the name of an event and the names of a touchpoint are, word by word."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, cached_property
from math import log2

from cjm_notebooks.maps import Condition, Touchpoint

WORD_BORDERS = re.compile(r"[\W_]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
SMALL_WORDS = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
)
ALIKE_FROM = 0.8
SHORTEST_STEM = 3
ENDINGS = ("ing", "ed", "es", "s", "e")
STEM = 0.85


@dataclass(frozen=True)
class Likeness:
    """How alike two names are, 0 to 1, and the words of the event's name that say so."""

    strength: float
    name: str
    shared: tuple[str, ...]


@dataclass(frozen=True)
class Names:
    """All names that events and touchpoints have: a word that many events share says little.

    Attributes
    ----------
    weights
        of each word: 1 for one that a single event's name has, less for a frequent one.
    texts
        the names of each touchpoint: its name, its id, and the events that its rule asks for.
    """

    weights: dict[str, float]
    texts: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, events: Iterable[str], touchpoints: Sequence[Touchpoint]) -> Names:
        counts = Counter(word for event in events for word in set(words_of(event)))
        weights = {word: 1 / (1 + log2(count)) for word, count in counts.items()}
        return cls(weights, tuple(tuple(_texts(one)) for one in touchpoints))

    def places_like(self, event: str) -> set[int]:
        """The touchpoints of which a name has a word like one of the event's."""
        return {
            place
            for word in words_of(event)
            for other, places in self._places.items()
            if alike(word, other)
            for place in places
        }

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for place, texts in enumerate(self.texts):
            for word in {word for text in texts for word in words_of(text)}:
                found[word].append(place)
        return found

    def likeness(self, event: str, place: int) -> Likeness:
        """Between an event's name and that of its touchpoint's names which is most alike.

        Half of it is the share of all words that both have, half the share of the shorter name's
        words that the longer one has; words count by their weight, and as alike by their spelling.
        """
        found = [self._likeness(event, text) for text in self.texts[place]]
        return max(found, key=lambda one: one.strength)

    def _likeness(self, event: str, text: str) -> Likeness:
        mine, theirs = words_of(event), words_of(text)
        here = self._found(mine, theirs)
        there = self._found(theirs, mine)
        all_here, all_there = self._weight(mine), self._weight(theirs)
        if not all_here or not all_there:
            return Likeness(0.0, text, ())
        both = (here + there) / (all_here + all_there)
        of_one = max(here / all_here, there / all_there)
        shared = tuple(word for word in mine if any(alike(word, other) for other in theirs))
        return Likeness((both + of_one) / 2, text, shared)

    def _found(self, words: Sequence[str], others: Sequence[str]) -> float:
        return sum(
            self.weights.get(word, 1.0) * max((alike(word, other) for other in others), default=0.0)
            for word in words
        )

    def _weight(self, words: Sequence[str]) -> float:
        return sum(self.weights.get(word, 1.0) for word in words)


@cache
def words_of(name: str) -> tuple[str, ...]:
    """`AddToCart`, `add_to_cart` and `add.cart` are the words `add` and `cart`."""
    words = [word.casefold() for word in WORD_BORDERS.split(name) if word]
    return tuple(dict.fromkeys(word for word in words if word not in SMALL_WORDS)) or tuple(words)


@cache
def alike(word: str, other: str) -> float:
    """1 for the same word, 0.85 for the same stem, else how alike the letters are.

    Words have the same stem where one of at least three letters begins the other, or but for an
    English ending: `booked` and `books`. Spellings that are less alike than 0.8, or begin with
    different letters, are no likeness at all.
    """
    if word == other:
        return 1.0
    shorter, longer = sorted((word, other), key=len)
    begins = len(shorter) >= SHORTEST_STEM and longer.startswith(shorter)
    if begins or _stem(word) == _stem(other):
        return STEM
    if word[0] != other[0] or len(shorter) <= SHORTEST_STEM:
        return 0.0
    ratio = SequenceMatcher(a=min(word, other), b=max(word, other), autojunk=False).ratio()
    return ratio if ratio >= ALIKE_FROM else 0.0


def _stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def _texts(touchpoint: Touchpoint) -> Iterator[str]:
    yield touchpoint.name
    yield touchpoint.id
    if touchpoint.match is not None:
        yield from _asked_for(touchpoint.match.where)


def _asked_for(where: Condition) -> Iterator[str]:
    """The names of events that the condition asks for one by one."""
    for part in where.all or where.any or ():
        yield from _asked_for(part)
    if where.column == "event":
        yield from map(str, where.in_ or (() if where.is_ is None else (where.is_,)))
