"""The contract of a generator: seeded data whose answer is known.

A generator is a frozen dataclass whose fields are the planted facts. `generate(customers, seed)`
walks so many customers through its journey and tells what was planted. The same seed gives the same
rows on every supported Python and numpy: draws come from numpy's `RandomState`, whose stream is
frozen, and are turned into choices and waits by exact arithmetic alone.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events import Customers, Events, Feedback
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.teaching.truth import Truth


@dataclass(frozen=True, eq=False)
class Generated:
    """What a generator gives: tables ready to be joined, the right map, a draft of it, the truth.

    The table of `events` has the columns customer, event, at (UTC) and channel, that of `feedback`
    customer, at, touchpoint, question, score and comment, that of `customers` customer and one
    column a segment. All are Arrow tables; the draft map has defects and the right map has none.
    `as_of` is the day at whose beginning an audit of it stands.
    """

    events: Events
    feedback: Feedback
    customers: Customers
    as_of: date
    right_map: JourneyMap
    draft_map: JourneyMap
    truth: Truth


class Generator(ABC):
    """One fictional organisation and its customers."""

    title: ClassVar[str]
    fewest: ClassVar[int] = 400
    most: ClassVar[int] = 1_000_000

    @abstractmethod
    def generate(self, customers: int, seed: int) -> Generated: ...


def require(generator: Generator, customers: int, seed: int) -> None:
    """Raises ParameterError unless so many customers and this seed can be generated."""
    if not generator.fewest <= customers <= generator.most:
        msg = (
            f"`customers` is {customers}. "
            f"Give a number from {generator.fewest:,} to {generator.most:,}."
        )
        raise ParameterError(msg)
    if not 0 <= seed < 2**32:
        msg = f"`seed` is {seed}. Give a whole number from 0 to {2**32 - 1}."
        raise ParameterError(msg)
