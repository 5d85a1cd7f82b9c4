"""Groups to be compared: customers by an attribute of theirs, or what happened in some periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.choosing import microseconds
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.tables import NONE, UNKNOWN_TIME

Days = tuple[str, str]
Ints = NDArray[np.int64]
EVER: Days = ("", "")


@dataclass(frozen=True)
class Sides:
    """The values of the segment `split`, or `periods`, each from a day to before another in UTC.

    An empty day leaves a period open at that end; a period without any day is none. Customers whose
    segment is not known are a group without a name, the last.

    Raises  ParameterError when both are given, or a day cannot be read or comes too late; in use
            also when customers have no such segment
    """

    split: str = ""
    periods: tuple[Days, ...] = ()

    def __post_init__(self) -> None:
        if self.split and self.said:
            msg = f"Give `split`, here `{self.split}`, or `periods`, not both."
            raise ParameterError(msg)
        for days in self.said:
            bounds(days)

    @property
    def said(self) -> tuple[Days, ...]:
        """The periods with at least one day."""
        return tuple(days for days in self.periods if days != EVER)

    def names(self, journeys: Journeys) -> tuple[str | None, ...]:
        """What each group is called."""
        if self.split:
            return (*journeys.segment(self.split).values, None)
        return tuple(period_name(days) for days in self.said)

    def number(self, journeys: Journeys, customer: np.ndarray, at: np.ndarray) -> Ints:
        """int64, (rows,). The group of what a customer did or said at a time, -1 where none."""
        if self.split:
            segment = journeys.segment(self.split)
            group = segment.codes[customer].astype(np.int64)
            return np.where(group == NONE, len(segment.values), group)
        group = np.full(len(at), NONE, np.int64)
        for place, days in enumerate(self.said):
            low, high = bounds(days)
            group[(at >= low) & (at < high) & (at != UNKNOWN_TIME)] = place
        return group


def around(day: str) -> tuple[Days, ...]:
    """All that was before the day, and all from it on; nothing without a day."""
    return (("", day), (day, "")) if day else ()


def bounds(days: Days) -> tuple[int, int]:
    """Both in UTC microseconds; an open end is as far away as can be.

    Raises  ParameterError when a day cannot be read, or the first is not before the second
    """
    numbers = np.iinfo(np.int64)
    low = microseconds(_day(days[0]), "start") if days[0] else numbers.min + 1
    high = microseconds(_day(days[1]), "end") if days[1] else numbers.max
    if not low < high:
        msg = f"The period runs from {days[0]} to {days[1]}. Give a first day before the second."
        raise ParameterError(msg)
    return low, high


def period_name(days: Days) -> str:
    return f"{days[0] or '…'} – {days[1] or '…'}"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as cause:
        msg = f"`{text[:80]}` is no day. Give it as in 2025-03-31."
        raise ParameterError(msg) from cause
