"""Where one journey of a customer ends and the next begins, and how each came out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cjm_notebooks.journeys.joining.labelling import Labelled
from cjm_notebooks.journeys.joining.sorting import Sorted
from cjm_notebooks.journeys.tables import MICROSECONDS_PER_DAY, NONE, UNKNOWN_TIME
from cjm_notebooks.maps import JourneyMap

ENDED_BY_THE_NEXT = ("inactivity", "touchpoint", "outcome")


@dataclass(frozen=True, eq=False)
class Cut:
    """Journeys over the events that belong to a touchpoint; the arrays as in `Journeys`.

    `only_outcome` counts stretches that hold an outcome and no touchpoint: they are no journey.
    """

    journey_customer: np.ndarray
    starts: np.ndarray
    outcome: np.ndarray
    outcome_at: np.ndarray
    seen_until: np.ndarray
    is_open: np.ndarray
    value: np.ndarray
    only_outcome: int


def groups_before_labels(journey_map: JourneyMap, events: Sorted) -> tuple[Sorted, np.ndarray]:
    """The groups that rules with context look at, and the events with each group together.

    A group is a customer, cut further where the cut needs no label: by a column or by inactivity.
    """
    cut = journey_map.journey.cut
    if cut.by == "column" and events.cut is not None:
        events, code = _in_order_of_their_journeys(events, events.cut)
        return events, np.union1d(events.starts, np.flatnonzero(code[1:] != code[:-1]) + 1)
    if cut.by == "inactivity" and cut.inactivity is not None:
        gap = cut.inactivity.total_seconds() * 1_000_000
        return events, np.union1d(events.starts, np.flatnonzero(np.diff(events.at) > gap) + 1)
    return events, events.starts


def _in_order_of_their_journeys(events: Sorted, cut: np.ndarray) -> tuple[Sorted, np.ndarray]:
    customer = events.customer
    together = np.lexsort((cut, customer))
    new = (np.diff(customer[together]) != 0) | (np.diff(cut[together]) != 0)
    group = np.cumsum(np.concatenate([[0], new]))
    first = together[np.concatenate([[True], new])]
    order = np.lexsort((np.arange(len(group)), first[group]))
    placed = together[order]
    return events.of_events(placed), cut[placed]


def cut_journeys(
    journey_map: JourneyMap,
    events: Sorted,
    groups: np.ndarray,
    labelled: Labelled,
    end_of_data: int,
) -> Cut:
    """Cut the labelled events as the map's `journey` section says."""
    bounds = _bounds(journey_map, groups, labelled)
    first = bounds[:-1]
    lengths = np.diff(bounds)
    if not labelled.matched.all():
        lengths = np.add.reduceat(labelled.matched, first, dtype=np.int64)
    customer = np.repeat(
        np.arange(len(events.customer_codes)), np.diff(np.searchsorted(bounds, events.starts))
    )
    outcome, outcome_at = _first_outcomes(labelled, events.at, first)
    by = journey_map.journey.cut.by
    followed = np.append(customer[1:] == customer[:-1], False) & (by in ENDED_BY_THE_NEXT)
    begin, last_at = events.at[first], events.at[bounds[1:] - 1]
    seen_until = np.where(followed, np.append(begin[1:], end_of_data), end_of_data)
    quiet = journey_map.journey.quiet_days * MICROSECONDS_PER_DAY
    is_open = (outcome == NONE) & ~followed & (end_of_data - last_at < quiet)
    value = np.zeros(len(first), dtype=np.int64)
    if events.value is not None:
        value = np.add.reduceat(events.value, first)
    real = lengths > 0
    return Cut(
        journey_customer=customer[real],
        starts=np.concatenate([[0], np.cumsum(lengths[real])]),
        outcome=outcome[real],
        outcome_at=outcome_at[real],
        seen_until=np.maximum(seen_until, last_at)[real],
        is_open=is_open[real],
        value=value[real],
        only_outcome=int(np.count_nonzero(~real & (outcome != NONE))),
    )


def _bounds(journey_map: JourneyMap, groups: np.ndarray, labelled: Labelled) -> np.ndarray:
    """int64, (stretches + 1,). Where each stretch begins, and the number of events."""
    cut = journey_map.journey.cut
    if cut.by == "touchpoint":
        places = [touchpoint.id for touchpoint in journey_map.touchpoints]
        begins = labelled.kinds.touchpoint == places.index(str(cut.touchpoint))
        return np.union1d(groups, np.flatnonzero(begins[labelled.kind]))
    if cut.by == "outcome":
        return np.union1d(groups, labelled.reached + 1)
    return groups


def _first_outcomes(
    labelled: Labelled, at: np.ndarray, first: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    stretch = np.searchsorted(first, labelled.reached, side="right") - 1
    of, earliest = np.unique(stretch, return_index=True)
    found = np.full(len(first), NONE, dtype=np.int32)
    found_at = np.full(len(first), UNKNOWN_TIME, dtype=np.int64)
    found[of] = labelled.outcome[earliest]
    found_at[of] = at[labelled.reached[earliest]]
    return found, found_at
