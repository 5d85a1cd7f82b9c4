"""What metrics observed, summed over groups of customers and kept apart for each segment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from cjm_notebooks.engine.saved import SavedPartials
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.splitting import Split
from cjm_notebooks.metrics import AnyMetric

Value = str | None
Totals = dict[Value, list[Any]]


def totals_of(
    metrics: Sequence[AnyMetric],
    parts: Iterable[Journeys],
    split: Split[Any] | None,
    saved: SavedPartials | None,
) -> Totals:
    """The sum of each metric's partials, for each value of the segment, None without a split."""
    totals: Totals = {}
    observed: set[int] = set()
    for part in parts:
        refuse_split_groups(observed, [group.group for group in part.groups()])
        totals = totals or nobody(metrics, part, split)
        for group in part.groups():
            totals = together(totals, sealed(observed_of(metrics, group, split, saved)))
    return totals


def nobody(metrics: Sequence[AnyMetric], like: Journeys, split: Split[Any] | None) -> Totals:
    """What every metric observes of nobody, for each value that is known of."""
    none = {
        value: [metric.observe(some.part(0, 0)) for metric in metrics]
        for value, some in _values(like, split)
    }
    return sealed(none)


def observed_of(
    metrics: Sequence[AnyMetric],
    journeys: Journeys,
    split: Split[Any] | None,
    saved: SavedPartials | None = None,
) -> Totals:
    """What every metric observes of some customers, to be sealed once a group is complete."""
    return {
        value: [metric.observe(some) for metric in metrics]
        if saved is None
        else saved.partials(metrics, some, str(value))
        for value, some in _values(journeys, split)
        if some.n_customers
    }


def sealed(totals: Totals) -> Totals:
    """The same, taken as all there is of one group of customers."""
    return {value: [partial.sealed() for partial in totals[value]] for value in totals}


def together(totals: Totals, more: Totals) -> Totals:
    """The sums of both, value by value."""
    sums = {
        value: [one + other for one, other in zip(totals[value], partials, strict=True)]
        if value in totals
        else partials
        for value, partials in more.items()
    }
    return {**totals, **sums}


def refuse_split_groups(observed: set[int], here: Collection[int]) -> None:
    """Note that groups were observed; ParameterError when one of them was before."""
    again = observed.intersection(here)
    if again:
        msg = (
            f"Customers of group {min(again)} are in two parts, so that one customer "
            "may be split over both. Give each part whole groups of customers."
        )
        raise ParameterError(msg)
    observed.update(here)


def _values(journeys: Journeys, split: Split[Any] | None) -> Iterator[tuple[Value, Journeys]]:
    return iter([(None, journeys)]) if split is None else split.groups(journeys)
