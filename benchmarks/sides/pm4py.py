"""pm4py over a formatted pandas frame."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pm4py
from pm4py.algo.filtering.pandas.ltl import ltl_checker

from benchmarks.questions import FUNNEL, NAMES, STAGES, STEPS
from benchmarks.sides import Answer, Side

CASE = "case:concept:name"


class Pm4Py(Side):
    title = "pm4py"
    keeps = "its formatted frame, with a column of stages"
    another = {
        "waits": "over every crossing, not the first of a journey",
        "returns": "journeys with the event twice or more, without having left it too",
    }

    def __init__(self, log: Path, *, warm: bool) -> None:
        rows = pd.read_parquet(log, columns=["customer", "event", "at"])
        self.log = pm4py.format_dataframe(
            rows, case_id="customer", activity_key="event", timestamp_key="at"
        )
        self.staged = cache(self._staged)

    def _staged(self) -> pd.DataFrame:
        stage_of = {name: str(place) for place, names in enumerate(STAGES) for name in names}
        return self.log.assign(stage=self.log["event"].map(stage_of))

    def build(self) -> Answer:
        return {"events": [len(self.log)], "customers": [self.log["@@case_index"].nunique()]}

    def transitions(self) -> Answer:
        moves, _, _ = pm4py.discover_dfg(self.log)
        count = np.zeros((len(NAMES), len(NAMES)), np.int64)
        for (gone, came), times in moves.items():
            count[NAMES.index(gone), NAMES.index(came)] = times
        return {"count": count}

    def step_matrix(self) -> Answer:
        at = [pm4py.get_activity_position_summary(self.log, name) for name in NAMES]
        return {"count": [[seen.get(step, 0) for seen in at] for step in range(STEPS)]}

    def funnel(self) -> Answer:
        first = pm4py.filter_event_attribute_values(
            self.log, "concept:name", FUNNEL[:1], level="case", retain=True
        )
        followed = [
            ltl_checker.eventually_follows(self.log, FUNNEL[:steps])
            for steps in range(2, len(FUNNEL) + 1)
        ]
        return {"reached": [found[CASE].nunique() for found in (first, *followed)]}

    def waits(self) -> Answer:
        times, _, _ = pm4py.discover_performance_dfg(self.staged(), activity_key="stage")
        median, mean = np.zeros((2, len(STAGES), len(STAGES)))
        for (gone, came), found in times.items():
            if gone != came:
                median[int(gone), int(came)] = found["median"]
                mean[int(gone), int(came)] = found["mean"]
        return {"median": median, "mean": mean}

    def returns(self) -> Answer:
        again = pm4py.get_rework_cases_per_activity(self.log)
        return {"came_back": [again.get(name, 0) for name in NAMES]}
