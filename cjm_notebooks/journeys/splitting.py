"""The same journeys by what is known of their customers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from cjm_notebooks.journeys.journeys import Journeys

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, eq=False)
class Split(Generic[T_co]):
    """Journeys, to be measured for each value of a segment apart.

    Customers of whom it is not known are a group of their own, named None.
    """

    journeys: T_co
    by: str

    def groups(self, journeys: Journeys) -> Iterator[tuple[str | None, Journeys]]:
        """The journeys of each value, in alphabetical order, and of None where there are any."""
        segment = journeys.segment(self.by)
        for code, value in enumerate(segment.values):
            yield value, journeys.chosen(segment.codes == code)
        if (segment.codes < 0).any():
            yield None, journeys.chosen(segment.codes < 0)
