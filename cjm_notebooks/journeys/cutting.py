"""Where one journey of a customer ends and the next begins, and how each came out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cjm_notebooks.journeys.journeys import MICROSECONDS_PER_DAY, NONE, UNKNOWN_TIME
from cjm_notebooks.journeys.sorting import Sorted
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.matching.labels import Labels

ENDED_BY_THE_NEXT = ("inactivity", "touchpoint", "outcome")


@dataclass(frozen=True, eq=False)
class Cut:
    """Journeys over the events that belong to a touchpoint.

    `matched` bool, (all events,); the other arrays as in `Journeys`. `only_outcome` counts
    stretches that hold an outcome and no touchpoint: they are no journey.
    """

    matched: np.ndarray
    journey_customer: np.ndarray
    starts: np.ndarray
    outcome: np.ndarray
    outcome_at: np.ndarray
    seen_until: np.ndarray
    is_open: np.ndarray
    only_outcome: int


def groups_before_labels(journey_map: JourneyMap, events: Sorted) -> tuple[Sorted, np.ndarray]:
    """The groups that rules with context look at, and the events with each group together.

    A group is a customer, cut further where the cut needs no label: by a column or by inactivity.
    """
    cut = journey_map.journey.cut
    customer = np.repeat(np.arange(len(events.customer_codes)), np.diff(events.starts))
    begins = np.zeros(len(customer), dtype=bool)
    begins[events.starts[:-1]] = True
    if cut.by == "column":
        events = _in_order_of_their_journeys(events, customer)
        begins[1:] |= events.cut[1:] != events.cut[:-1]
    if cut.by == "inactivity" and cut.inactivity is not None:
        begins[1:] |= np.diff(events.at) > cut.inactivity.total_seconds() * 1_000_000
    return events, np.append(np.flatnonzero(begins), len(customer))


def _in_order_of_their_journeys(events: Sorted, customer: np.ndarray) -> Sorted:
    together = np.lexsort((events.cut, customer))
    new = (np.diff(customer[together]) != 0) | (np.diff(events.cut[together]) != 0)
    group = np.cumsum(np.concatenate([[0], new]))
    first = together[np.concatenate([[True], new])]
    order = np.lexsort((np.arange(len(group)), first[group]))
    placed = together[order]
    return replace(
        events,
        at=events.at[placed],
        combination=events.combination[placed],
        cut=events.cut[placed],
    )


def cut_journeys(
    journey_map: JourneyMap, events: Sorted, groups: np.ndarray, labels: Labels, end_of_data: int
) -> Cut:
    """Cut the labelled events as the map's `journey` section says."""
    begins = np.zeros(len(events.at), dtype=bool)
    begins[groups[:-1]] = True
    cut = journey_map.journey.cut
    if cut.by == "touchpoint":
        places = [touchpoint.id for touchpoint in journey_map.touchpoints]
        begins |= labels.touchpoint == places.index(str(cut.touchpoint))
    if cut.by == "outcome":
        begins[1:] |= labels.outcome[:-1] != NONE
    first = np.flatnonzero(begins)
    stretch = np.cumsum(begins) - 1
    matched = labels.touchpoint != NONE
    lengths = np.bincount(stretch[matched], minlength=len(first))
    customer = np.searchsorted(events.starts, first, side="right") - 1
    outcome, outcome_at = _first_outcomes(labels.outcome, events.at, stretch, len(first))
    followed = np.append(customer[1:] == customer[:-1], False) & (cut.by in ENDED_BY_THE_NEXT)
    begin = np.minimum.reduceat(events.at, first)
    seen_until = np.where(followed, np.append(begin[1:], end_of_data), end_of_data)
    last_at = np.maximum.reduceat(events.at, first)
    quiet = journey_map.journey.quiet_days * MICROSECONDS_PER_DAY
    is_open = (outcome == NONE) & ~followed & (end_of_data - last_at < quiet)
    real = lengths > 0
    return Cut(
        matched=matched,
        journey_customer=customer[real],
        starts=np.concatenate([[0], np.cumsum(lengths[real])]),
        outcome=outcome[real],
        outcome_at=outcome_at[real],
        seen_until=np.maximum(seen_until, last_at)[real],
        is_open=is_open[real],
        only_outcome=int(np.count_nonzero(~real & (outcome != NONE))),
    )


def _first_outcomes(
    outcome: np.ndarray, at: np.ndarray, stretch: np.ndarray, stretches: int
) -> tuple[np.ndarray, np.ndarray]:
    reached = np.flatnonzero(outcome != NONE)
    of, first = np.unique(stretch[reached], return_index=True)
    found = np.full(stretches, NONE, dtype=np.int32)
    found_at = np.full(stretches, UNKNOWN_TIME, dtype=np.int64)
    found[of] = outcome[reached[first]]
    found_at[of] = at[reached[first]]
    return found, found_at
