"""What each event is: the rules of the map, applied to events in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cjm_notebooks.journeys.joining.sorting import Sorted
from cjm_notebooks.journeys.tables import NONE, Kinds
from cjm_notebooks.matching.claims import Claims
from cjm_notebooks.matching.labels import label, settle


@dataclass(frozen=True, eq=False)
class Labelled:
    """Events with what they are.

    Attributes
    ----------
    kind
        unsigned, (events,). Row of `kinds`.
    matched
        bool, (events,). The event belongs to a touchpoint.
    reached
        int64, (reached,), ascending. Positions of the events that are an outcome.
    outcome
        int32, (reached,). Position in `map.outcomes`.
    """

    kinds: Kinds
    kind: np.ndarray
    matched: np.ndarray
    reached: np.ndarray
    outcome: np.ndarray


def names_of(combinations: Sequence[Mapping[str, object]]) -> tuple[tuple[str, ...], np.ndarray]:
    """The distinct event names and, int32, (combinations,), the place of each among them."""
    shown = ["" if row["event"] is None else str(row["event"]) for row in combinations]
    names, place = np.unique(shown, return_inverse=True)
    return tuple(str(name) for name in names), place.astype(np.int32)


def label_events(
    claims: Claims, name: np.ndarray, events: Sorted, group_starts: np.ndarray
) -> Labelled:
    """The kind of each event, `name` int32, (combinations,) being the names of combinations."""
    if claims.have_context:
        return _one_by_one(claims, name, events, group_starts)
    plain = settle(claims, claims.holds)
    kinds = Kinds(plain.touchpoint, name, plain.contested, plain.undecided)
    reached = np.flatnonzero((plain.outcome != NONE)[events.combination])
    return Labelled(
        kinds=kinds,
        kind=events.combination,
        matched=(plain.touchpoint != NONE)[events.combination],
        reached=reached,
        outcome=plain.outcome[events.combination[reached]],
    )


def _one_by_one(
    claims: Claims, name: np.ndarray, events: Sorted, group_starts: np.ndarray
) -> Labelled:
    """Where a rule looks around, events of one combination can be of several kinds."""
    found = label(claims, events.combination, events.at, group_starts)
    columns = (found.touchpoint, name[events.combination], found.contested, found.undecided)
    widths = [int(column.max(initial=0)) + 2 for column in columns]
    code = np.zeros(len(events.at), dtype=np.int64)
    for column, width in zip(columns, widths, strict=True):
        code = code * width + column + 1
    _, example, kind = np.unique(code, return_index=True, return_inverse=True)
    reached = np.flatnonzero(found.outcome != NONE)
    return Labelled(
        kinds=Kinds(*(column[example] for column in columns)),
        kind=kind.astype(np.min_scalar_type(len(example))),
        matched=found.touchpoint != NONE,
        reached=reached,
        outcome=found.outcome[reached],
    )
