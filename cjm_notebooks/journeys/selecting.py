"""Some of the journeys: customers next to each other as views, any others as copies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cjm_notebooks.journeys.tables import Segment, chosen_rows, rows_of

if TYPE_CHECKING:
    from cjm_notebooks.journeys.journeys import Journeys

OF_JOURNEYS = ("outcome", "outcome_at", "seen_until", "is_open", "value")
OF_EVENTS = ("at", "kind")


def neighbours(journeys: Journeys, customers: np.ndarray) -> Iterator[Journeys]:
    """The customers from each of `customers` to the next, int64, ascending, as views."""
    journey_bounds = np.searchsorted(journeys.journey_customer, customers)
    unmatched = np.searchsorted(journeys.unmatched.customer, customers)
    answers = np.searchsorted(journeys.answers.customer, customers)
    events = journeys.starts[journey_bounds]
    bounds = np.stack([customers, journey_bounds, events, unmatched, answers], axis=1)
    for begin, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        whose, its, those, strays, said = map(slice, begin, end)
        starts = journeys.starts[its.start : its.stop + 1]
        yield replace(
            journeys,
            customer_codes=journeys.customer_codes[whose],
            journey_customer=journeys.journey_customer[its] - whose.start,
            starts=starts - starts[0],
            **{name: getattr(journeys, name)[its] for name in OF_JOURNEYS},
            **{name: getattr(journeys, name)[those] for name in OF_EVENTS},
            unmatched=rows_of(journeys.unmatched, strays, whose.start),
            answers=rows_of(journeys.answers, said, whose.start),
            segments=_segments(journeys, whose),
            origin=None,
        )


def selected(
    journeys: Journeys,
    customers: np.ndarray,
    kept: np.ndarray,
    unmatched: np.ndarray,
    answers: np.ndarray,
) -> Journeys:
    """Only what the bool arrays say: of the customers, journeys, unmatched events and answers."""
    place = np.cumsum(customers) - 1
    lengths = np.diff(journeys.starts)
    events = np.repeat(kept, lengths)
    return replace(
        journeys,
        customer_codes=journeys.customer_codes[customers],
        journey_customer=place[journeys.journey_customer[kept]],
        starts=np.concatenate([[0], np.cumsum(lengths[kept])]),
        **{name: getattr(journeys, name)[kept] for name in OF_JOURNEYS},
        **{name: getattr(journeys, name)[events] for name in OF_EVENTS},
        unmatched=chosen_rows(journeys.unmatched, unmatched, place),
        answers=chosen_rows(journeys.answers, answers, place),
        segments=_segments(journeys, customers),
        origin=None,
    )


def _segments(journeys: Journeys, customers: np.ndarray | slice) -> dict[str, Segment]:
    return {
        name: Segment(segment.codes[customers], segment.values)
        for name, segment in journeys.segments.items()
    }
