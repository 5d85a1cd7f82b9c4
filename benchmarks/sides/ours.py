"""This kit. Its answers come with intervals and the number of open journeys, which no other has."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, partial
from pathlib import Path

import numpy as np

from benchmarks.questions import CONVERSION, FUNNEL, NAMES, STAGES, STEPS
from benchmarks.shop import shop_journeys
from benchmarks.sides import Answer, Side
from cjm_notebooks import Journeys, measure
from cjm_notebooks.metrics.funnel import Funnel
from cjm_notebooks.metrics.markov_attribution import MarkovAttribution
from cjm_notebooks.metrics.returns import Returns
from cjm_notebooks.metrics.step_matrix import StepMatrix
from cjm_notebooks.metrics.transitions import Transitions
from cjm_notebooks.metrics.waits import Waits

STAGE_IDS = [f"stage-{place}" for place in range(len(STAGES))]


class Ours(Side):
    title = "cjm_notebooks"
    keeps = "the joined journeys"
    loads_later = ("scipy.stats",)

    def __init__(self, log: Path, *, warm: bool) -> None:
        self.joined = cache(partial(shop_journeys, log))

    @property
    def journeys(self) -> Journeys:
        return self.joined()

    def build(self) -> Answer:
        return {"events": [self.journeys.n_events], "customers": [self.journeys.n_customers]}

    def transitions(self) -> Answer:
        table = measure(Transitions(), self.journeys)
        moves = table[table["from_touchpoint"].notna() & table["to_touchpoint"].notna()]
        count = np.zeros((len(NAMES), len(NAMES)), np.int64)
        count[_place(moves["from_touchpoint"]), _place(moves["to_touchpoint"])] = moves["moves"]
        return {"count": count}

    def step_matrix(self) -> Answer:
        table = measure(StepMatrix(STEPS), self.journeys)
        cells = table[table["touchpoint"].notna()]
        count = np.zeros((STEPS, len(NAMES)), np.int64)
        count[cells["step"] - 1, _place(cells["touchpoint"])] = cells["journeys"]
        return {"count": count}

    def funnel(self) -> Answer:
        return {"reached": measure(Funnel(tuple(FUNNEL)), self.journeys)["reached"].to_numpy()}

    def waits(self) -> Answer:
        table = measure(Waits(), self.journeys)
        pair = [
            [STAGE_IDS.index(stage) for stage in table[column]]
            for column in ("from_stage", "to_stage")
        ]
        answer = {}
        columns = {"n": "journeys", "median": "p50_seconds", "mean": "mean_seconds"}
        for name, column in columns.items():
            answer[name] = np.zeros((len(STAGES), len(STAGES)))
            answer[name][*pair] = table[column]
        return answer

    def returns(self) -> Answer:
        table = measure(Returns(), self.journeys)
        return {"came": table["journeys"].to_numpy(), "came_back": table["returned"].to_numpy()}

    def markov(self) -> Answer:
        table = measure(MarkovAttribution(), self.joined(outcome=True))
        share = dict(zip(table["touchpoint"], table["share"], strict=True))
        return {"share": [share[name] for name in NAMES if name != CONVERSION]}


def _place(ids: Iterable[str]) -> list[int]:
    return [NAMES.index(name) for name in ids]
