"""A pattern over one map as elements, one event each, and what may follow what.

Source  Glushkov 1961, The abstract theory of automata
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

FOREVER = int(np.iinfo(np.int64).max)
Limits = tuple[int, int]
ANY_TIME: Limits = (0, FOREVER)
Led = tuple[int, tuple[tuple[int, int, int], ...]]


@dataclass(frozen=True)
class Feed:
    """From any of these elements the next event may lead on, in a time within the limits."""

    elements: tuple[int, ...]
    limits: Limits


@dataclass(frozen=True, eq=False)
class Automaton:
    """One element for each event that the pattern names, repeats written out.

    Attributes
    ----------
    takes
        int32, (elements, touchpoints + outcomes). 1 where the element can be that event, else 0.
    begins, ends
        the elements that a match can begin and end with.
    feeds, fed_by
        what can come directly before an element, and for each element the positions of its feeds.
    within
        the longest time of a whole match, in microseconds.
    from_start, to_end
        whether a match begins with the first event, and ends with the last one.
    """

    takes: np.ndarray
    begins: list[int]
    ends: list[int]
    feeds: tuple[Feed, ...]
    fed_by: tuple[tuple[int, ...], ...]
    within: int
    from_start: bool
    to_end: bool

    @cached_property
    def at_place(self) -> tuple[tuple[tuple[Led, ...], tuple[int, ...]], ...]:
        """For each place the elements that can be there: those led on to, those begun anew."""
        begins = [] if self.from_start else self.begins
        moves = [
            tuple(
                (one, *feed.limits)
                for feed in map(self.feeds.__getitem__, fed)
                for one in feed.elements
            )
            for fed in self.fed_by
        ]
        there = [np.flatnonzero(takes).tolist() for takes in self.takes.T]
        return tuple(
            (
                tuple((element, moves[element]) for element in elements if element not in begins),
                tuple(element for element in elements if element in begins),
            )
            for elements in there
        )
