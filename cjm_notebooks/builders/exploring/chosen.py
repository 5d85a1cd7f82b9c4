"""What may be said about the chosen journeys: their numbers, views, and the map measured by them.

Everything is read from suppressed tables, as in an audit: no number tells of fewer customers than
the `k_min` of the map.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, Self

import numpy as np
import pandas as pd

from cjm_notebooks.builders.exploring.choice import Choice
from cjm_notebooks.catalogue import entry
from cjm_notebooks.checks import Reading
from cjm_notebooks.drawing import facts
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.exhibits import Exhibit, exhibit
from cjm_notebooks.journeys import Journeys
from cjm_notebooks.language import Language, Sentence, say
from cjm_notebooks.metrics import AnyMetric, Metric
from cjm_notebooks.metrics.stage_reach import StageReach
from cjm_notebooks.metrics.time_to_outcome import TimeToOutcome
from cjm_notebooks.privacy import Published
from cjm_notebooks.privacy.small_groups import suppress
from cjm_notebooks.views import View

COUNTED = Published(
    counts=("customers", "journeys", "open", "over"),
    sums=(("journeys", ("open", "over")),),
    column_totals=False,
)


@dataclass(frozen=True)
class Share:
    """How many of the journeys came to a stage or an outcome; None where too few to say.

    Of an outcome `share` is the cumulative incidence at the end of the data, in which journeys that
    are still open count for as long as they were seen.
    """

    kind: Literal["stage", "outcome"]
    id: str
    name: str
    reached: int | None
    journeys: int | None
    share: float | None
    low: float | None
    high: float | None
    open: int | None


@dataclass(frozen=True, eq=False)
class Chosen:
    """Some of the journeys, and what was asked of them so far."""

    choice: Choice
    journeys: Journeys
    _tables: dict[AnyMetric, pd.DataFrame] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, choice: Choice, journeys: Journeys) -> Self:
        """The choice among all `journeys`.

        Raises  ParameterError when the choice names what these journeys do not have
        """
        return cls(choice, choice.of(journeys))

    @property
    def k_min(self) -> int:
        return self.journeys.map.privacy.k_min

    @property
    def n_customers(self) -> int:
        """The customers who have a journey; others only answered."""
        return self.journeys.n_journeys - self.journeys.repeats

    @property
    def problem(self) -> Sentence | None:
        """Why nothing can be said of this choice, None where something can."""
        if self.n_customers == 0:
            return say("No journey fits this choice. Widen the period, or choose another place.")
        if self.n_customers < self.k_min:
            return say(
                "Fewer than {k_min:count} customers fit this choice, so nothing is shown about "
                "them. Choose more of them.",
                k_min=self.k_min,
            )
        return None

    def tables(self, metrics: Iterable[AnyMetric]) -> dict[AnyMetric, pd.DataFrame]:
        """The suppressed report of each metric; what was asked before is not measured again."""
        from cjm_notebooks.engine import measure_all

        asked = tuple(metrics)
        new = [metric for metric in asked if metric not in self._tables]
        for metric, report in measure_all(new, self.journeys).items():
            self._tables[metric] = suppress(report, metric.published, self.k_min).table
        return {metric: self._tables[metric] for metric in asked}

    @cached_property
    def counts(self) -> dict[str, int | None]:
        """`customers`, `journeys`, those `open` and those that are `over`; None where too few."""
        open_ = int(np.count_nonzero(self.journeys.is_open))
        n = self.journeys.n_journeys
        row = {"customers": self.n_customers, "journeys": n, "open": open_, "over": n - open_}
        if 1 <= self.n_customers < self.k_min:
            return dict.fromkeys(row)
        told = suppress(pd.DataFrame([row]), COUNTED, self.k_min).table
        return {name: _count(value) for name, value in facts(told.iloc[0]).items()}

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        """How many reached each stage, then each outcome, in map order; nothing on a `problem`."""
        if self.problem:
            return ()
        reach, outcomes = self.tables((StageReach(), TimeToOutcome())).values()
        return (*self._of_stages(reach), *self._of_outcomes(outcomes))

    def exhibit(self, view: str, language: Language) -> Exhibit:
        """One view of the chosen journeys.

        Raises  ParameterError when there is no such view, or nothing can be said of this choice
        """
        if self.problem:
            raise ParameterError(str(self.problem))
        drawn = entry("views", View, view)()
        asked = [read for read in drawn.reads.values() if isinstance(read, Metric)]
        known: dict[Reading, object] = {"journey_map": self.journeys.map}
        known.update(self.tables(asked).items())
        readings = {name: known[read] for name, read in drawn.reads.items() if read in known}
        return exhibit(drawn, readings, language)

    def _of_stages(self, reach: pd.DataFrame) -> Iterator[Share]:
        for stage, row in zip(self.journeys.map.stages, _rows(reach), strict=True):
            yield _share("stage", stage.id, stage.name, row, "share")

    def _of_outcomes(self, outcomes: pd.DataFrame) -> Iterator[Share]:
        names = {outcome.id: outcome.name for outcome in self.journeys.map.outcomes}
        for row in _rows(outcomes.groupby("outcome", sort=False).tail(1)):
            id_ = str(row["outcome"])
            yield _share("outcome", id_, names[id_], row, "cumulative")


Facts = dict[str, str | int | float | None]


def _rows(table: pd.DataFrame) -> Iterator[Facts]:
    return (facts(row) for _, row in table.iterrows())


def _share(kind: Literal["stage", "outcome"], id_: str, name: str, row: Facts, share: str) -> Share:
    return Share(
        kind,
        id_,
        name,
        reached=_count(row["reached"]),
        journeys=_count(row["journeys"]),
        share=_number(row[share]),
        low=_number(row["low"]),
        high=_number(row["high"]),
        open=_count(row["open"]),
    )


def _count(value: str | int | float | None) -> int | None:
    return None if value is None else int(value)


def _number(value: str | int | float | None) -> float | None:
    return None if value is None else float(value)
