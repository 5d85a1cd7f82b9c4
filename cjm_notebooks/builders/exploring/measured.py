"""The map with the numbers of the chosen journeys on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pandas as pd

from cjm_notebooks.builders.exploring.chosen import Chosen
from cjm_notebooks.drawing import facts
from cjm_notebooks.maps import Measured, MeasuredMap
from cjm_notebooks.metrics.csat import Csat
from cjm_notebooks.metrics.stage_reach import StageReach
from cjm_notebooks.metrics.touchpoint_summary import TouchpointSummary

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
UNITS = {"reach": "share of journeys, 0 to 1", "mean-score": "points of the scale"}


def measured_map(chosen: Chosen) -> MeasuredMap:
    """How many came to each stage and touchpoint, and how they scored it; nothing on a problem."""
    journeys = chosen.journeys
    return MeasuredMap(
        map_id=journeys.map.id,
        map_hash=journeys.map.content_hash(),
        as_of=(EPOCH + timedelta(microseconds=journeys.end_of_data)).date(),
        targets=() if chosen.problem else tuple(_numbers(chosen)),
    )


def _numbers(chosen: Chosen) -> Iterator[Measured]:
    asks = bool(len(chosen.journeys.answers.score))
    tables = chosen.tables((StageReach(), TouchpointSummary(), *((Csat(),) if asks else ())))
    stages, touchpoints = tables[StageReach()], tables[TouchpointSummary()]
    yield from _measured(stages, "stage", "reach", "share", "journeys")
    yield from _measured(touchpoints, "touchpoint", "reach", "share", "all_journeys")
    if asks:
        scores = _one_question_each(tables[Csat()])
        yield from _measured(scores, "touchpoint", "mean-score", "mean", "n")


def _measured(
    table: pd.DataFrame, kind: str, measure: str, estimate: str, n: str
) -> Iterator[Measured]:
    """The rows of a table that say something."""
    for _, row in table[table[estimate].notna()].iterrows():
        known = facts(row)
        number = {
            "target": known[kind],
            "kind": kind,
            "measure": measure,
            "estimate": known[estimate],
            "n": known[n],
            "low": known["low"],
            "high": known["high"],
            "open": known.get("open"),
            "unit": UNITS[measure],
            "scale_min": known.get("scale_low"),
            "scale_max": known.get("scale_high"),
        }
        yield Measured.model_validate(number)


def _one_question_each(csat: pd.DataFrame) -> pd.DataFrame:
    """Of several questions about a touchpoint the one with most answers counts."""
    said = csat[csat["touchpoint"].notna()].sort_values("n", ascending=False, kind="stable")
    return said.drop_duplicates("touchpoint").sort_index()
