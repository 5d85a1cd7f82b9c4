"""Where journeys deviate from the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.alignment import (
    Alignment,
    DesignedOrder,
    Level,
    place_columns,
    require_level,
)
from cjm_notebooks.journeys.passes.visits import repeated
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import Additive, Rate

SHARES = (
    ("skipped", "expected"),
    ("reordered", "journeys"),
    ("returned", "journeys"),
    ("late", "timed"),
)


@dataclass(frozen=True)
class _Deviations(Additive):
    rate: Rate  # cells (SHARES, places)
    open: np.ndarray  # int64, (places,)


@dataclass(frozen=True)
class ConformanceByStage(Metric[_Deviations]):
    """Where journeys skip a stage, come too early to a later one, come back or stay too long.

    Rows are stages, or touchpoints with `level="touchpoint"`. A journey is `expected` at every
    place up to the furthest one in map order that it came to before its outcome: there it `skipped`
    a place, or is one of the `journeys` that came, whether `in_order` or `reordered`, when it had
    been at a later place before. It `returned` when it left for another place and came back. To
    skip a place that is not `required` is no deviation.

    A journey was `late` when all its stays here, each until its next event elsewhere or its
    outcome, took longer than the map says: the expected duration of a stage; the promised time
    (`sla`) of a touchpoint, else its planned duration. How long a journey
    that left from here stayed is not known, and it is not among those `timed`. `open` journeys came
    here, may still come to what they skipped and count nowhere else; one whose outcome came before
    its first event does not count either.

    Unit    share of the ended journeys, 0 to 1
    Shape   one row per stage, or per touchpoint, in map order
    Empty   a share of no journey is null, as `late_share` is where the map says no time
    Raises  ParameterError when `level` is unknown
    Source  Halvorsrud, Kvale and Følstad 2016, Improving service quality through customer journey
            analysis
    """

    unit = "share of the ended journeys, 0 to 1"
    reads = frozenset({"events"})
    published = Published(
        counts=(
            *("expected", "journeys", "in_order", "reordered", "skipped", "returned"),
            *("timed", "late", "open"),
        ),
        estimates={
            f"{hits}_share{end}": (hits, trials)
            for hits, trials in SHARES
            for end in ("", "_low", "_high")
        },
        sums=(("expected", ("journeys", "skipped")), ("journeys", ("in_order", "reordered"))),
        column_totals=False,
    )
    level: Level = "stage"

    def __post_init__(self) -> None:
        require_level(self.level)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(level="touchpoint")

    def observe(self, journeys: Journeys) -> _Deviations:
        way = Alignment.of(journeys, DesignedOrder.of(journeys.map, self.level))
        came = way.came
        hits_of = {
            "skipped": (way.skipped, way.expected),
            "reordered": (way.reordered, came),
            "returned": (way.returned, came),
            "late": (way.late, way.timed),
        }
        hits, trials = (
            np.concatenate([hits_of[name][side] for name, _ in SHARES]) & way.judged
            for side in (0, 1)
        )
        cells = len(SHARES), way.order.places
        return _Deviations(
            rate=Rate.of(
                np.count_nonzero(hits, axis=1).reshape(cells),
                np.count_nonzero(trials, axis=1).reshape(cells),
                repeated(journeys, trials).reshape(cells),
            ),
            open=np.count_nonzero(came & journeys.is_open, axis=1),
        )

    def report(self, partial: _Deviations, journey_map: JourneyMap) -> pd.DataFrame:
        rates = {
            hits: {
                name: values[cell]
                for name, values in partial.rate.columns(hits, trials, f"{hits}_share").items()
            }
            for cell, (hits, trials) in enumerate(SHARES)
        }
        came = rates["reordered"].pop("journeys")
        return pd.DataFrame(
            {
                **place_columns(journey_map, self.level),
                "required": DesignedOrder.of(journey_map, self.level).required,
                "expected": rates["skipped"].pop("expected"),
                "journeys": came,
                "in_order": came - rates["reordered"]["reordered"],
                **rates["skipped"],
                **rates["reordered"],
                **{
                    name: values for name, values in rates["returned"].items() if name != "journeys"
                },
                "timed": rates["late"].pop("timed"),
                **rates["late"],
                "open": partial.open,
            }
        )
