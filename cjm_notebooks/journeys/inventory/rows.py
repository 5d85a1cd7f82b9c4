"""The inventory itself: each distinct combination, with who claims its events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from cjm_notebooks.journeys.choosing import EPOCH
from cjm_notebooks.journeys.inventory.counted import Counted
from cjm_notebooks.journeys.tables import NONE
from cjm_notebooks.maps.part import Named
from cjm_notebooks.matching.tallies import Tallies


@dataclass(frozen=True)
class Row:
    """Events that are alike in every column that counts.

    `unclaimed` counts those that neither a touchpoint nor an outcome claims; `touchpoint` and
    `outcome` are who claims most of them.
    """

    values: Mapping[str, object]
    events: int
    customers: int
    unclaimed: int
    touchpoint: str | None
    outcome: str | None
    first_seen: datetime
    last_seen: datetime


def rows_of(counted: Counted, tallies: Tallies, most: int | None = None) -> tuple[Row, ...]:
    """Unclaimed first, then most frequent first; at most so many.

    `tallies` are the events by combination, in the same period as those by kind.
    """
    combinations = len(counted.recorded.combinations)
    events = tallies.events
    unclaimed = np.bincount(
        counted.combination,
        np.where(counted.is_claimed, 0, counted.tallies.events),
        minlength=combinations,
    ).astype(np.int64)
    order = np.lexsort((np.arange(combinations), -events, -unclaimed))
    order = order[events[order] > 0][:most]
    journey_map, labels = counted.journey_map, counted.labels
    touchpoint = _most_frequent(counted, labels.touchpoint)
    outcome = _most_frequent(counted, labels.outcome)
    return tuple(
        Row(
            values=counted.recorded.combinations[place],
            events=int(events[place]),
            customers=tallies.customers([place]),
            unclaimed=int(unclaimed[place]),
            touchpoint=_id(journey_map.touchpoints, touchpoint[place]),
            outcome=_id(journey_map.outcomes, outcome[place]),
            first_seen=EPOCH + timedelta(microseconds=int(tallies.first_at[place])),
            last_seen=EPOCH + timedelta(microseconds=int(tallies.last_at[place])),
        )
        for place in order.tolist()
    )


def _most_frequent(counted: Counted, place_of: np.ndarray) -> np.ndarray:
    """int, (combinations,). The place of most events of each combination, -1 where none has one."""
    found = np.full(len(counted.recorded.combinations), NONE, dtype=np.int64)
    events = counted.tallies.events
    there = np.flatnonzero((place_of != NONE) & (events > 0))
    rising = there[np.argsort(events[there], kind="stable")]
    found[counted.combination[rising]] = place_of[rising]
    return found


def _id(parts: Sequence[Named], place: int) -> str | None:
    return None if place == NONE else parts[place].id


def table_of(rows: tuple[Row, ...], columns: tuple[str, ...]) -> pd.DataFrame:
    """One row a combination, whose values are the index: no name of a column can clash."""
    counted = ("events", "customers", "unclaimed", "touchpoint", "outcome", "first_seen")
    values = [tuple(row.values.values()) for row in rows]
    if len(columns) == 1:
        index = pd.Index([value for (value,) in values], name=columns[0])
    else:
        index = pd.MultiIndex.from_tuples(values, names=columns)
    names = (*counted, "last_seen")
    found = pd.DataFrame({name: [getattr(row, name) for row in rows] for name in names}, index)
    return found.astype({"touchpoint": "str", "outcome": "str"})
