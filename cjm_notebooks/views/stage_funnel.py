"""Who reached each stage, and who ended there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from bokeh.core.properties import value
from bokeh.models import ColumnDataSource
from bokeh.models.glyphs import HBar, Scatter
from bokeh.plotting import figure

from cjm_notebooks import drawing
from cjm_notebooks.drawing import A_LITTLE_MORE, BAR, ENGLISH, Column, Geometry, Series
from cjm_notebooks.drawing.remembering import remembered
from cjm_notebooks.language import N_, Language, Sentence, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics.drop_off import DropOff
from cjm_notebooks.metrics.stage_reach import StageReach
from cjm_notebooks.palette import BLUE, GREY, INK, PAPER, PURPLE, VERMILION
from cjm_notebooks.views import View

HATCHES = {"left": "right_diagonal_line", "failed": "diagonal_cross", "recent": "dot"}


@dataclass(frozen=True)
class StageFunnel(View):
    """Bars of the journeys that reached each stage, in front of them those that ended there.

    Journeys that left or failed at a stage take the far end of its bar, with those that were there
    too lately to tell before them; the others went on. Where the map expects a share of the
    journeys, a diamond stands at it.

    Reads  the reports of `stage-reach` and `drop-off`
    Draws  one bar a stage, in map order, as a share of all journeys, with its interval
    """

    title = N_("Journeys that reached each stage")
    reads = {"journey_map": "journey_map", "stage_reach": StageReach(), "drop_off": DropOff()}
    series = {
        "reached": Series(N_("reached"), BLUE, "bar"),
        "recent": Series(N_("there too lately to tell"), GREY, "dotted"),
        "failed": Series(N_("failed there"), PURPLE, "crossed"),
        "left": Series(N_("left there"), VERMILION, "hatched"),
        "interval": Series(N_("95 % interval"), INK, "interval"),
        "expected": Series(N_("expected by the map"), INK, "diamond"),
    }
    columns = {
        "stage": Column(N_("Stage")),
        "reached": Column(N_("Reached"), "count"),
        "journeys": Column(N_("Of journeys"), "count"),
        "share": Column(N_("Share"), "percent"),
        "interval": Column(N_("95 % interval"), "interval"),
        "expected": Column(N_("Expected"), "percent"),
        "went_on": Column(N_("Went on"), "count"),
        "recent": Column(N_("There too lately to tell"), "count"),
        "failed": Column(N_("Failed there"), "count"),
        "left": Column(N_("Left there"), "count"),
    }

    @remembered
    def table(
        self, journey_map: JourneyMap, stage_reach: pd.DataFrame, drop_off: pd.DataFrame
    ) -> pd.DataFrame:
        rows = stage_reach.drop(columns="open").merge(
            drop_off[["stage", "went_on", "recent", "failed", "left"]], on="stage"
        )
        ends = zip(rows["low"], rows["high"], strict=True)
        claimed = {stage.id: stage.expected_share for stage in journey_map.stages}
        return rows.assign(
            expected=rows["stage"].map(claimed).astype(float),
            stage=rows["stage"].map(drawing.names_of(journey_map.stages)),
            interval=drawing.column((drawing.interval(*end, "percent") for end in ends), rows),
        )[list(self.columns)]

    def summary(
        self, journey_map: JourneyMap, stage_reach: pd.DataFrame, drop_off: pd.DataFrame
    ) -> tuple[Sentence, ...]:
        known = stage_reach[stage_reach["share"].notna()]
        if known.empty:
            return (say("No stage was reached by enough journeys to say how many."),)
        names = drawing.names_of(journey_map.stages)
        last = drawing.facts(known.iloc[-1])
        last["name"] = names[str(last["stage"])]
        if known.index[-1] == stage_reach.index[-1]:
            reached = say(
                "{reached:count} of {journeys:count} journeys ({share:percent}, 95 % interval "
                "{low:percent} to {high:percent}) reached the last stage, {name}.",
                **last,
            )
        else:
            reached = say(
                "{reached:count} of {journeys:count} journeys ({share:percent}, 95 % interval "
                "{low:percent} to {high:percent}) reached {name}; too few went further to say "
                "how many.",
                **last,
            )
        if drop_off["share"].isna().all():
            return (reached,)
        worst = drawing.facts_of_largest(drop_off, drop_off["share"])
        ended = say(
            "The largest share left or failed at {name}: {ended:count} of {decided:count} "
            "({share:percent}, 95 % interval {low:percent} to {high:percent}).",
            **worst,
            name=names[str(worst["stage"])],
        )
        return reached, ended

    def draw(
        self,
        journey_map: JourneyMap,
        stage_reach: pd.DataFrame,
        drop_off: pd.DataFrame,
        language: Language = ENGLISH,
    ) -> figure:
        table = self.table(journey_map, stage_reach, drop_off)
        if not table["share"].notna().any():
            return drawing.nothing(language)
        plot = drawing.frame_of_rows(
            drawing.short_labels(table["stage"]), len(table), (0, A_LITTLE_MORE)
        )
        drawing.label_shares(plot, language.render(N_("share of all journeys")), language)
        bars = drawing.source(table, self.columns, language, _geometry(table, stage_reach))
        _draw_bars(plot, table, bars)
        labels = [drawing.written(share, "percent", language) for share in table["share"]]
        drawing.label_row_ends(plot, labels, range(len(table)))
        drawing.hover(plot, ["reached"], self.columns, language)
        return plot


def _geometry(table: pd.DataFrame, stage_reach: pd.DataFrame) -> Geometry:
    """Where the bars begin and end; the ends stand before the far end, the leavers last."""
    share = np.array(drawing.numbers(table["share"]))
    journeys = np.array(drawing.numbers(table["journeys"]))
    low, high = (drawing.numbers(stage_reach[end]) for end in ("low", "high"))
    places: dict[str, Sequence[object]] = {
        "y": range(len(table)),
        "share": share.tolist(),
        "low": low,
        "high": high,
        "expected": drawing.numbers(table["expected"]),
    }
    right = share
    for end in HATCHES:
        width = np.array(drawing.numbers(table[end])) / journeys
        places[f"{end}_from"] = (right - width).tolist()
        places[f"{end}_to"] = right.tolist()
        right = right - np.nan_to_num(width)
    return places


def _draw_bars(plot: figure, table: pd.DataFrame, rows: ColumnDataSource) -> None:
    bar = partial(HBar, y="y", height=BAR, line_color=None)
    drawing.mark(plot, rows, bar(left=0, right="share", fill_color=BLUE), name="reached")
    for end, hatch in HATCHES.items():
        if drawing.any_of(table[end]):
            ended = bar(
                left=f"{end}_from", right=f"{end}_to", fill_color=StageFunnel.series[end].color,
                hatch_pattern=hatch, hatch_color=PAPER, hatch_alpha=0.7, hatch_scale=8,
            )  # fmt: skip
            drawing.mark(plot, rows, ended, name=end)
    drawing.whiskers(plot, rows, name="interval", across=True)
    if drawing.any_of(table["expected"]):
        diamond = Scatter(
            x="expected", y="y", marker=value("diamond"), size=13, fill_color=PAPER, line_color=INK,
            line_width=2,
        )  # fmt: skip
        drawing.mark(plot, rows, diamond, name="expected")
