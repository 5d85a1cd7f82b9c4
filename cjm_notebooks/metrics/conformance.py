"""How far journeys follow the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.alignment import Alignment, DesignedOrder, Level, require_level
from cjm_notebooks.journeys.passes.endings import SUCCESS, endings
from cjm_notebooks.journeys.passes.visits import repeated
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import Additive, Rate, Scores

PERCENT = 100
SHARES = (
    ("conforming", "journeys"),
    ("skipped", "journeys"),
    ("reordered", "journeys"),
    ("returned", "journeys"),
    ("late", "timed"),
    ("conforming_success", "conforming"),
    ("deviating_success", "deviating"),
)


@dataclass(frozen=True)
class _Followed(Additive):
    fitness: Scores  # one cell, in percent
    rate: Rate  # cells (SHARES,)
    open: int


@dataclass(frozen=True)
class Conformance(Metric[_Followed]):
    """How far journeys follow the order of the map, and whether those that do succeed more often.

    The way of a journey are its arrivals at stages, or at touchpoints with `level="touchpoint"`, up
    to its outcome; a repeat without leaving is none. It is set beside the required places from the
    first one in map order to the furthest one it came to: what lies after that was not reached, and
    is nothing the journey lacks. A place is required unless the map calls it optional or
    conditional, no rule lets it be seen, or a flow of kind `next`, `alternative` or `skip` leads
    past it; other flows change nothing.

    The cost is the fewest arrivals to leave out and required places to put in until the way keeps
    the order, as in an optimal alignment, and `fitness` is 1 - cost / (arrivals + required places),
    the mean of all journeys, each to five decimals. `conforming` ones have no cost. Journeys count
    as `skipped` when they miss a required place, as `reordered` when they first came somewhere
    after a later place, as `returned` when they came back to a place they had left, and as `late`
    when they were longer at a place than the map says, of those `timed`. A journey may be several
    of these. `open` journeys may still come to what they skipped and are not judged, nor is one
    whose outcome came before its first event. That conforming journeys succeed more often does not
    say that they would fare worse on another way.

    Unit    share of the ended journeys, 0 to 1
    Shape   one row
    Empty   without ended journeys every share is null; journeys that are all equally fit have no
            interval of their fitness
    Raises  ParameterError when `level` is unknown
    Source  van der Aalst, Adriansyah and van Dongen 2012, Replaying history on process models for
            conformance checking and performance analysis
    """

    unit = "share of the ended journeys, 0 to 1"
    reads = frozenset({"events"})
    published = Published(
        counts=(
            *("journeys", "conforming", "deviating", "skipped", "reordered", "returned"),
            *("timed", "late", "conforming_success", "deviating_success", "open"),
        ),
        estimates={
            **dict.fromkeys(("fitness", "fitness_low", "fitness_high"), ("journeys",)),
            **{
                f"{hits}_share{end}": (hits, trials)
                for hits, trials in SHARES
                for end in ("", "_low", "_high")
            },
        },
        sums=(("journeys", ("conforming", "deviating")),),
        column_totals=False,
    )
    tolerance = 1e-9
    level: Level = "stage"

    def __post_init__(self) -> None:
        require_level(self.level)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(level="touchpoint")

    def observe(self, journeys: Journeys) -> _Followed:
        order = DesignedOrder.of(journeys.map, self.level)
        way = Alignment.of(journeys, order)
        success, conforms = endings(journeys).how == SUCCESS, way.conforms
        everyone = np.ones(journeys.n_journeys, dtype=bool)
        hits_of = {
            "conforming": (conforms, everyone),
            "skipped": (way.skipped[order.required].any(axis=0), everyone),
            "reordered": (way.reordered.any(axis=0), everyone),
            "returned": (way.returned.any(axis=0), everyone),
            "late": (way.late.any(axis=0), way.timed.any(axis=0)),
            "conforming_success": (conforms & success, conforms),
            "deviating_success": (~conforms & success, ~conforms),
        }
        hits, trials = (
            np.array([hits_of[name][side] for name, _ in SHARES]) & way.judged for side in (0, 1)
        )
        more = repeated(journeys, trials)
        return _Followed(
            fitness=Scores.of(
                np.zeros(np.count_nonzero(way.judged), np.int64),
                way.fitness[way.judged] * PERCENT,
                1,
                repeats=more[0],
            ),
            rate=Rate.of(hits.sum(axis=1), trials.sum(axis=1), more),
            open=int(np.count_nonzero(journeys.is_open)),
        )

    def report(self, partial: _Followed, journey_map: JourneyMap) -> pd.DataFrame:
        low, high = np.clip(np.array(partial.fitness.interval()) / PERCENT, 0, 1)
        columns: dict[str, object] = {
            "journeys": partial.fitness.n,
            "fitness": partial.fitness.mean / PERCENT,
            "fitness_low": low,
            "fitness_high": high,
        }
        for cell, (hits, trials) in enumerate(SHARES):
            rate = partial.rate.columns(hits, trials, f"{hits}_share")
            columns |= {name: values[[cell]] for name, values in rate.items()}
        return pd.DataFrame({**columns, "open": partial.open})
