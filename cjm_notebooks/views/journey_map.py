"""The map itself, with what was measured on it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from bokeh.plotting import figure

from cjm_notebooks import drawing, maps
from cjm_notebooks.drawing import ENGLISH, Column
from cjm_notebooks.drawing.cells import (
    SERIES,
    cells_of,
    draw_cells,
    draw_headers,
    geometry_of,
    map_frame,
)
from cjm_notebooks.drawing.emotions import STATUSES, emotions_of
from cjm_notebooks.drawing.remembering import remembered
from cjm_notebooks.language import N_, Language, Sentence, say
from cjm_notebooks.metrics.csat import Csat
from cjm_notebooks.metrics.stage_reach import StageReach
from cjm_notebooks.metrics.touchpoint_summary import TouchpointSummary
from cjm_notebooks.views import View


@dataclass(frozen=True)
class JourneyMap(View):
    """The map as it was designed, stages across and touchpoints down, with its numbers.

    A cell shows the share of the journeys that came there as a bar, and below it, on a scale from
    -2 to 2, the emotion that the map claims beside the one that customers reported. A star marks a
    claimed moment of truth, a triangle claimed pain points; a mark is filled where the claim has
    been validated.

    Reads  the reports of `stage-reach`, `touchpoint-summary` and `csat`, and the claims of the map
    Draws  one cell a touchpoint, below its stage
    """

    title = N_("The journey map with its numbers")
    reads = {
        "journey_map": "journey_map",
        "stage_reach": StageReach(),
        "touchpoint_summary": TouchpointSummary(),
        "csat": Csat(),
    }
    series = SERIES
    columns = {
        "stage": Column(N_("Stage")),
        "name": Column(N_("Touchpoint")),
        "journeys": Column(N_("Journeys that came here"), "count"),
        "share": Column(N_("Share of all"), "percent"),
        "interval": Column(N_("95 % interval"), "interval"),
        "claimed": Column(N_("Claimed emotion"), "signed"),
        "status": Column(N_("The claim is")),
        "felt": Column(N_("Reported, -2 to 2"), "signed"),
        "felt_interval": Column(N_("95 % interval"), "interval"),
        "n": Column(N_("Answers"), "count"),
        "moment": Column(N_("Moment of truth")),
        "pain": Column(N_("Pain points"), "count"),
    }

    @remembered
    def table(
        self,
        journey_map: maps.JourneyMap,
        stage_reach: pd.DataFrame,
        touchpoint_summary: pd.DataFrame,
        csat: pd.DataFrame,
    ) -> pd.DataFrame:
        rows = _rows(journey_map, touchpoint_summary, csat)
        reach = zip(rows["reach_low"], rows["reach_high"], strict=True)
        felt = zip(rows["felt_low"], rows["felt_high"], strict=True)
        return rows.assign(
            interval=drawing.column((drawing.interval(*end, "percent") for end in reach), rows),
            status=drawing.column(map(STATUSES.get, rows["status"]), rows),
            felt_interval=drawing.column((drawing.interval(*end, "signed") for end in felt), rows),
            moment=drawing.column(map(STATUSES.get, rows["moment"]), rows),
        )[list(self.columns)]

    def summary(
        self,
        journey_map: maps.JourneyMap,
        stage_reach: pd.DataFrame,
        touchpoint_summary: pd.DataFrame,
        csat: pd.DataFrame,
    ) -> tuple[Sentence, ...]:
        designed = say(
            "The map has {stages:count} stages and {touchpoints:count} touchpoints; "
            "{moments:count} of them are claimed as moments of truth and {pains:count} have pain "
            "points.",
            stages=len(journey_map.stages),
            touchpoints=len(journey_map.touchpoints),
            moments=sum(t.moment_of_truth is not None for t in journey_map.touchpoints),
            pains=sum(bool(t.pain_points) for t in journey_map.touchpoints),
        )
        known = touchpoint_summary[touchpoint_summary["share"].notna()]
        if known.empty:
            return (designed,)
        names = drawing.names_of(journey_map.touchpoints)
        most = drawing.facts_of_largest(known, known["share"])
        return (
            say(
                "Most journeys came to {name}: {journeys:count} of {all_journeys:count} "
                "({share:percent}, 95 % interval {low:percent} to {high:percent}).",
                **most,
                name=names[str(most["touchpoint"])],
            ),
            designed,
        )

    def draw(
        self,
        journey_map: maps.JourneyMap,
        stage_reach: pd.DataFrame,
        touchpoint_summary: pd.DataFrame,
        csat: pd.DataFrame,
        language: Language = ENGLISH,
    ) -> figure:
        if not journey_map.stages:
            return drawing.nothing(language)
        plot = map_frame(journey_map)
        draw_headers(plot, journey_map, stage_reach, language)
        rows = _rows(journey_map, touchpoint_summary, csat)
        table = self.table(journey_map, stage_reach, touchpoint_summary, csat)
        geometry = geometry_of(rows, language)
        draw_cells(plot, drawing.source(table, self.columns, language, geometry))
        drawing.hover(plot, ["cell"], self.columns, language)
        return plot


def _rows(
    journey_map: maps.JourneyMap, touchpoint_summary: pd.DataFrame, csat: pd.DataFrame
) -> pd.DataFrame:
    """One row a touchpoint: where its cell stands, its claims, its reach and its scores."""
    reach = touchpoint_summary[["touchpoint", "journeys", "share", "low", "high"]]
    reach = reach.rename(columns={"low": "reach_low", "high": "reach_high"})
    cells = cells_of(journey_map).merge(reach, on="touchpoint", how="left")
    return cells.merge(emotions_of(journey_map, csat), on="touchpoint")
