"""retentioneering 5, by the headless twins of its widgets; its telemetry is off."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from retentioneering import Eventstream

from benchmarks.questions import FUNNEL, NAMES, STAGES, STEPS
from benchmarks.sides import Answer, Side


class Retentioneering(Side):
    title = "retentioneering"
    keeps = "its event streams, one of the events and one of their stages"
    another = {
        "waits": "the median over every crossing, not the first of a journey, in whole seconds"
    }

    def __init__(self, log: Path, *, warm: bool) -> None:
        self.rows = pd.read_parquet(log, columns=["customer", "event", "at"])
        self.events = cache(self._events)
        self.stages = cache(self._stages)

    def _events(self) -> Eventstream:
        columns = {"path_cols": ["customer"], "event_col": "event", "timestamp_col": "at"}
        return Eventstream(self.rows, schema=columns)

    def _stages(self) -> Eventstream:
        stage_of = {name: str(place) for place, names in enumerate(STAGES) for name in names}
        rows = self.rows.assign(stage=self.rows["event"].map(stage_of)).drop(columns="event")
        columns = {"path_cols": ["customer"], "event_col": "stage", "timestamp_col": "at"}
        return Eventstream(rows, schema=columns)

    def build(self) -> Answer:
        return {"events": [len(self.events().df)]}

    def transitions(self) -> Answer:
        table = self.events().transition_graph_data("count")
        return {"count": table.reindex(index=NAMES, columns=NAMES, fill_value=0).to_numpy()}

    def step_matrix(self) -> Answer:
        table = self.events().step_matrix_data(max_steps=STEPS)
        steps = range(1, STEPS + 1)
        return {"share": table.reindex(index=NAMES, columns=steps, fill_value=0).to_numpy().T}

    def funnel(self) -> Answer:
        steps = self.events().funnel_data(steps=FUNNEL)["steps"]
        return {"reached": [step["unique_paths"] for step in steps]}

    def waits(self) -> Answer:
        table = self.stages().transition_graph_data("time_median")
        stages = [str(place) for place in range(len(STAGES))]
        median = (table.loc[stages, stages] / pd.Timedelta(seconds=1)).to_numpy(copy=True)
        np.fill_diagonal(median, 0)
        return {"median": median}

    def returns(self) -> Answer:
        arrivals = self.events().collapse_events(loops=True)
        counts = arrivals.get_metrics([{"metric": "event_count_bulk"}])
        counts = counts[[f"event_count_bulk_{name}" for name in NAMES]].to_numpy()
        return {"came": (counts > 0).sum(axis=0), "came_back": (counts > 1).sum(axis=0)}
