"""Which recorded events belong to which touchpoint, and which to none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.visits import by_place, changes
from cjm_notebooks.journeys.tables import NONE
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import Additive, Rate
from cjm_notebooks.statistics.partials.tally import Tally

COUNTS = ("events", "undecided", "outcome_events", "customers")


@dataclass(frozen=True)
class _Covered(Additive):
    names: tuple[str, ...]
    pairs: Tally  # per name and touchpoint, the last one for no touchpoint: COUNTS
    contested: Tally  # per such pair and second touchpoint: events
    customers: int


@dataclass(frozen=True)
class Coverage(Metric[_Covered]):
    """The events behind each touchpoint, and those that belong to none.

    A row is an event name and the touchpoint that its events belong to; where rules look at more
    than the name, one name can have several rows. `second` is the touchpoint of another rule that
    claims events of the row too, the most frequent one; `undecided` counts the events where both
    rules are equally strong, so that only the smaller id decided. `outcome_events` belong to no
    touchpoint and are an outcome all the same. `share` is of the customers with any event.

    Unit   share of customers, 0 to 1
    Shape  one row per event name and touchpoint, in map order, those of no touchpoint last, the
           most frequent event first within each
    Empty  a touchpoint without events has one row without an event; without customers its share is
           null
    """

    unit = "share of customers, 0 to 1"
    reads = frozenset({"events"})
    published = Published(
        counts=(*COUNTS, "all_customers"),
        estimates=dict.fromkeys(("share", "low", "high"), ("customers", "all_customers")),
    )

    def observe(self, journeys: Journeys) -> _Covered:
        places = len(journeys.map.touchpoints) + 1
        cells = len(journeys.names) * places
        stray = journeys.unmatched
        pair = journeys.name.astype(np.int64) * places + journeys.touchpoint
        stray_pair = stray.name.astype(np.int64) * places + places - 1
        customer = journeys.journey_customer[journeys.journey]
        no, never = np.zeros(len(pair), bool), np.zeros(len(stray_pair), bool)
        matched = _tally(pair, cells, customer, journeys.undecided, no)
        unmatched = _tally(stray_pair, cells, stray.customer, never, stray.is_outcome)
        twice = journeys.contested != NONE
        contested = pair[twice] * places + journeys.contested[twice]
        return _Covered(
            names=journeys.names,
            pairs=matched + unmatched,
            contested=Tally.of(contested, np.ones((len(contested), 1))),
            customers=len(np.union1d(journeys.journey_customer, stray.customer)),
        )

    def report(self, partial: _Covered, journey_map: JourneyMap) -> pd.DataFrame:
        ids = np.array([*(touchpoint.id for touchpoint in journey_map.touchpoints), None], object)
        names = np.array([*partial.names, None], object)
        pair, counts = _with_silent(partial.pairs, len(ids))
        name, place = np.divmod(pair, len(ids))
        order = np.lexsort((name, -counts[:, 0], place))
        second = _second(partial.contested, pair[order], len(ids))
        counted = dict(zip(COUNTS, counts[order].T, strict=True))
        everyone = np.full(len(order), partial.customers)
        shares = Rate.of(counted["customers"], everyone).columns("customers", "all_customers")
        table = {
            "event": pd.Series(names[name[order]], dtype="str"),
            "touchpoint": pd.Series(ids[place[order]], dtype="str"),
            "second": pd.Series(ids[second], dtype="str"),
        }
        return pd.DataFrame({**table, **counted, **shares, "all_events": counts[:, 0].sum()})


def _tally(
    pair: np.ndarray, pairs: int, customer: np.ndarray, undecided: np.ndarray, outcome: np.ndarray
) -> Tally:
    order = by_place(pair, pairs)
    new_customer = changes(pair[order], customer[order])
    events = np.ones(len(pair), bool)
    columns = (events, undecided[order], outcome[order], new_customer)
    return Tally.of(pair[order], np.column_stack(columns))


def _with_silent(pairs: Tally, places: int) -> tuple[np.ndarray, np.ndarray]:
    """The pairs seen, and one without a name for each touchpoint without any event."""
    silent = np.setdiff1d(np.arange(places - 1), pairs.cell % places)
    none = np.zeros((len(silent), len(COUNTS)), np.int64)
    return np.append(pairs.cell, silent - places), np.concatenate([pairs.counts, none])


def _second(contested: Tally, pair: np.ndarray, places: int) -> np.ndarray:
    """The second touchpoint with most events of each pair, -1 where there is none."""
    of, second = np.divmod(contested.cell, places)
    order = np.lexsort((-second, contested.counts[:, 0], of))
    most = dict(zip(of[order].tolist(), second[order].tolist(), strict=True))
    return np.array([most.get(one, NONE) for one in pair.tolist()], np.int64)
