"""Events that were opened and sorted once, to be asked what any map would make of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

import numpy as np
import pandas as pd

from cjm_notebooks.events import Events
from cjm_notebooks.events.ledger import workspace
from cjm_notebooks.journeys.joining.opening import open_events
from cjm_notebooks.journeys.joining.sorting import Sorted, sort_events
from cjm_notebooks.maps import Condition, JourneyMap
from cjm_notebooks.matching.claims import Claims, claims_of
from cjm_notebooks.matching.tallies import Tallies

Period = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Recorded:
    """All events in their one order, as the join sorts them, without what any map says of them.

    Attributes
    ----------
    columns
        whose values make a combination; `event` is the first.
    combinations
        the distinct values of these columns.
    """

    columns: tuple[str, ...]
    combinations: Sequence[Mapping[str, object]]
    events: Sorted
    _answers: dict[str, np.ndarray] = field(default_factory=dict)
    _alike: dict[tuple[str, ...], tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)
    _tallies: dict[Period | None, Tallies] = field(default_factory=dict)

    @classmethod
    def of(cls, events: Events, journey_map: JourneyMap, also: Iterable[str]) -> Self:
        """The events with the columns that the map asks for, and the columns `also`.

        Raises  SourceError when the table cannot be read as named
                RuleError when a rule of the map names a column that the table does not have
        """
        without_amounts = replace(events, value=None)
        with workspace() as connection:
            opened = open_events(connection, journey_map, without_amounts, None, also)
            in_order = sort_events(opened, without_amounts)
        return cls(tuple(opened.combinations[0]), opened.combinations, in_order)

    @cached_property
    def customer(self) -> np.ndarray:
        """int32, (events,). Position of each event's customer."""
        customers = np.arange(len(self.events.customer_codes), dtype=np.int32)
        return np.repeat(customers, np.diff(self.events.starts))

    def judged(self, journey_map: JourneyMap) -> Claims:
        """What `judge` says, each condition asked once for as long as the events are there.

        Raises  RuleError when rules wait for each other in a circle, or for one that is not there
        """
        claims = claims_of(journey_map)
        holds = np.zeros((len(self.combinations), len(claims)), dtype=bool)
        for place, claim in enumerate(claims):
            holds[:, place] = self._holds(claim.rule.where)
        judged = Claims(claims, holds)
        _ = judged.order
        return judged

    def _holds(self, where: Condition) -> np.ndarray:
        written = where.model_dump_json()
        if written not in self._answers:
            code, example = self.distinct(tuple(sorted(where.columns())))
            found = [where.holds(self.combinations[place]) for place in example.tolist()]
            self._answers[written] = np.array(found, dtype=bool)[code]
        return self._answers[written]

    def distinct(self, columns: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
        """int64, (combinations,) and int64, (distinct,). Which are alike there, and one of each."""
        if columns not in self._alike:
            code = np.zeros(len(self.combinations), dtype=np.int64)
            for column in columns:
                values = np.array([_scalar(row[column]) for row in self.combinations], dtype=object)
                own, distinct = pd.factorize(values, use_na_sentinel=False)
                code = np.unique(code * len(distinct) + own, return_inverse=True)[1]
            _, example, code = np.unique(code, return_index=True, return_inverse=True)
            self._alike[columns] = (code, example)
        return self._alike[columns]

    def by_combination(self, period: Period | None) -> Tallies:
        """The events of a period by their combination."""
        if period not in self._tallies:
            kinds = len(self.combinations)
            self._tallies[period] = self.tallied(self.events.combination, kinds, period)
        return self._tallies[period]

    def tallied(self, kind: np.ndarray, kinds: int, period: Period | None) -> Tallies:
        """The events of a period by kind; `kind` unsigned, (events,)."""
        at, customer = self.events.at, self.customer
        if period is not None:
            low, high = period
            inside = (at >= low) & (at < high)
            kind, at, customer = kind[inside], at[inside], customer[inside]
        return Tallies.of(kind, kinds, customer, at)


def _scalar(value: object) -> object:
    """What is a list or an object fulfils no test, like nothing at all."""
    return None if isinstance(value, (list, dict)) else value
