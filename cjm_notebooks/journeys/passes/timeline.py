"""What comes next for a customer, whatever journey it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cjm_notebooks.journeys.journeys import Journeys


@dataclass(frozen=True, eq=False)
class Timeline:
    """Times customer by customer, ascending within each.

    Attributes
    ----------
    at
        int64, (times,). UTC microseconds.
    bounds
        int64, (customers + 1,). Customer `i` owns the times `bounds[i]:bounds[i + 1]`.
    """

    at: NDArray[np.int64]
    bounds: NDArray[np.int64]

    def after(
        self, customer: NDArray[np.int64], at: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Position of the customer's first time after each of these, and whether there is one."""
        low, end = self.bounds[customer], self.bounds[customer + 1]
        high = end
        while (searching := low < high).any():
            middle = (low + high) >> 1
            earlier = searching & (self.at[np.where(searching, middle, 0)] <= at)
            low = np.where(earlier, middle + 1, low)
            high = np.where(searching & ~earlier, middle, high)
        return low, low < end


def in_time(journeys: Journeys) -> NDArray[np.int64] | slice:
    """The order that puts the events of each customer in time order."""
    if not _side_by_side(journeys):
        return slice(None)
    return np.lexsort((journeys.at, journeys.journey_customer[journeys.journey]))


def events_of(journeys: Journeys) -> Timeline:
    bounds = _bounds(journeys.journey_customer, journeys.n_customers)
    return Timeline(journeys.at[in_time(journeys)], journeys.starts[bounds])


def outcomes_of(journeys: Journeys, chosen: NDArray[np.bool_]) -> Timeline:
    """The outcomes of the journeys where bool `chosen` (journeys,) is True; each reached one."""
    customer, at = journeys.journey_customer[chosen], journeys.outcome_at[chosen]
    if _side_by_side(journeys):
        at = at[np.lexsort((at, customer))]
    return Timeline(at, _bounds(customer, journeys.n_customers))


def _side_by_side(journeys: Journeys) -> bool:
    """Only journeys cut by a column may overlap; all others of a customer follow one another."""
    return journeys.map.journey.cut.by == "column"


def _bounds(customer: NDArray[np.int64], customers: int) -> NDArray[np.int64]:
    """int64, (customers + 1,). Where the entries of each customer, ascending, begin and end."""
    return np.append(0, np.cumsum(np.bincount(customer, minlength=customers)))
