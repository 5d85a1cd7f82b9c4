"""How the map says the journey feels, and how customers say it felt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Literal

import pandas as pd
from bokeh.core.properties import value
from bokeh.models import ColumnDataSource
from bokeh.models.glyphs import Line, Quad, Scatter, Text
from bokeh.plotting import figure

from cjm_notebooks import drawing
from cjm_notebooks.drawing import ENGLISH, TEXT, Column, Geometry, Series
from cjm_notebooks.drawing.emotions import STATUSES, emotions_of
from cjm_notebooks.drawing.remembering import remembered
from cjm_notebooks.language import N_, Language, Sentence, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics.csat import Csat
from cjm_notebooks.palette import BLUE, INK, LINE, PAPER, VERMILION
from cjm_notebooks.views import View

HEIGHT, ROOM_FOR_FEELINGS = 440, 100
FEELINGS = {2: N_("very good"), 1: N_("good"), 0: N_("neither"), -1: N_("bad"), -2: N_("very bad")}
TOP, BOTTOM, STAGE_NAMES = 2.95, -2.3, 2.58
FEW, MANY = 12, 40
WIDE, SLANTED, NARROW = 92, 44, 24
WIDTH_OF_LETTER = 7
LETTERS_A_LINE, MOST_LINES = 13, 4


@dataclass(frozen=True)
class EmotionCurve(View):
    """Two lines along the journey: the emotion the map claims, and the one customers reported.

    Reported is the mean of the scores at a touchpoint, moved from the scale of its question to the
    map's -2 to 2; of several questions the one with most answers. A line breaks where nothing was
    claimed or asked.

    Reads  the report of `csat`, and the emotions of the map
    Draws  a mark a touchpoint, in map order, below the name of its stage, with the interval
    """

    title = N_("Emotions along the journey")
    reads = {"journey_map": "journey_map", "csat": Csat()}
    series = {
        "claimed": Series(N_("claimed by the map"), VERMILION, "dashed"),
        "felt": Series(N_("reported by customers"), BLUE, "line"),
        "interval": Series(N_("95 % interval"), INK, "interval"),
    }
    columns = {
        "stage": Column(N_("Stage")),
        "name": Column(N_("Touchpoint")),
        "claimed": Column(N_("Claimed, -2 to 2"), "signed"),
        "status": Column(N_("The claim is")),
        "felt": Column(N_("Reported, -2 to 2"), "signed"),
        "interval": Column(N_("95 % interval"), "interval"),
        "mean": Column(N_("Mean score"), "decimal"),
        "scale": Column(N_("Scale")),
        "n": Column(N_("Answers"), "count"),
    }

    @remembered
    def table(self, journey_map: JourneyMap, csat: pd.DataFrame) -> pd.DataFrame:
        rows = emotions_of(journey_map, csat)
        ends = zip(rows["felt_low"], rows["felt_high"], strict=True)
        scales = zip(rows["scale_low"], rows["scale_high"], strict=True)
        return rows.assign(
            status=drawing.column(map(STATUSES.get, rows["status"]), rows),
            interval=drawing.column((drawing.interval(*end, "signed") for end in ends), rows),
            scale=drawing.column((drawing.scale(*scale) for scale in scales), rows),
        )[list(self.columns)]

    def summary(self, journey_map: JourneyMap, csat: pd.DataFrame) -> tuple[Sentence, ...]:
        rows = emotions_of(journey_map, csat)
        both = rows[rows["claimed"].notna() & rows["felt"].notna()]
        counts = say(
            "The map claims an emotion at {claimed:count} of {touchpoints:count} touchpoints; "
            "customers were asked at {asked:count}.",
            claimed=int(rows["claimed"].notna().sum()),
            touchpoints=len(rows),
            asked=int(rows["felt"].notna().sum()),
        )
        if both.empty:
            return (counts,)
        distance = (both["felt"] - both["claimed"]).abs()
        outside = (both["claimed"] < both["felt_low"]) | (both["claimed"] > both["felt_high"])
        return (
            say(
                "The claim and the answers differ most at {name}: claimed {claimed:signed}, "
                "reported {felt:signed} on the same scale (95 % interval {felt_low:signed} to "
                "{felt_high:signed}, {n:count} answers).",
                **drawing.facts_of_largest(both, distance),
            ),
            say(
                "{outside:count} of {both:count} claims with answers lie outside the interval.",
                outside=int(outside.sum()),
                both=len(both),
            ),
            counts,
        )

    def draw(
        self, journey_map: JourneyMap, csat: pd.DataFrame, language: Language = ENGLISH
    ) -> figure:
        rows = emotions_of(journey_map, csat)
        if rows[["claimed", "felt"]].isna().all(axis=None):
            return drawing.nothing(language)
        plot = _frame(list(rows["name"]), language)
        _draw_stages(plot, journey_map)
        geometry: Geometry = {
            "x": range(len(rows)),
            "claimed": drawing.numbers(rows["claimed"]),
            "felt": drawing.numbers(rows["felt"]),
            "low": drawing.numbers(rows["felt_low"]),
            "high": drawing.numbers(rows["felt_high"]),
        }
        points = drawing.source(self.table(journey_map, csat), self.columns, language, geometry)
        if rows["claimed"].notna().any():
            _draw_line(plot, points, "claimed", "dashed", "diamond")
        if rows["felt"].notna().any():
            _draw_line(plot, points, "felt", "solid", "circle")
            drawing.whiskers(plot, points, name="interval", across=False)
        drawing.hover(plot, self.series, self.columns, language)
        return plot


def _frame(touchpoints: Sequence[str], language: Language) -> figure:
    """As wide as the names need: in lines while they are few, slanted when they are many."""
    few = len(touchpoints) <= FEW
    plot = drawing.frame(
        HEIGHT,
        (-0.5, len(touchpoints) - 0.5),
        (TOP, BOTTOM),
        least_width=ROOM_FOR_FEELINGS + _width(len(touchpoints)) * len(touchpoints),
    )
    names = [
        drawing.wrapped(name, LETTERS_A_LINE, MOST_LINES) if few else drawing.short(name, 24)
        for name in touchpoints
    ]
    drawing.labels_at(plot.xaxis[0], dict(enumerate(names)))
    plot.xaxis[0].major_label_orientation = "horizontal" if few else 0.9
    feelings = {
        at: f"{language.render(word)}  {at:+d}" if at else language.render(word)
        for at, word in FEELINGS.items()
    }
    drawing.labels_at(plot.yaxis[0], feelings)
    drawing.grid(plot, plot.yaxis[0])
    return plot


def _draw_stages(plot: figure, journey_map: JourneyMap) -> None:
    """The stage above its touchpoints, every second one on a faint ground."""
    letters = _width(len(journey_map.touchpoints)) // WIDTH_OF_LETTER
    sizes = [len(stage.touchpoints) for stage in journey_map.stages]
    edges = [end - 0.5 for end in accumulate(sizes, initial=0)]
    grounds = ColumnDataSource({"left": edges[:-1:2], "right": edges[1::2]})
    ground = Quad(
        left="left", right="right", top=TOP, bottom=BOTTOM, line_color=LINE, line_alpha=0.35,
        fill_color=LINE, fill_alpha=0.35,
    )  # fmt: skip
    drawing.mark(plot, grounds, ground, level="underlay")
    texts = [
        drawing.wrapped(stage.name, letters * size, 2) if size else ""
        for stage, size in zip(journey_map.stages, sizes, strict=True)
    ]
    middles = [(left + right) / 2 for left, right in pairwise(edges)]
    heading = Text(
        x="x", y=STAGE_NAMES, text_align="center", text_baseline="middle",
        **(TEXT | {"text_font_style": value("bold"), "text_line_height": 1}),
    )  # fmt: skip
    drawing.mark(plot, ColumnDataSource({"x": middles, "text": texts}), heading)


def _width(touchpoints: int) -> int:
    """The room for each of so many touchpoints."""
    return WIDE if touchpoints <= FEW else SLANTED if touchpoints <= MANY else NARROW


def _draw_line(
    plot: figure,
    points: ColumnDataSource,
    name: str,
    dash: Literal["dashed", "solid"],
    marker: Literal["circle", "diamond"],
) -> None:
    color = EmotionCurve.series[name].color
    line = Line(x="x", y=name, line_color=color, line_width=2, line_dash=dash)
    marks = Scatter(
        x="x", y=name, marker=value(marker), size=9 if marker == "circle" else 13, line_color=color,
        fill_color=color if marker == "circle" else PAPER, line_width=2,
    )  # fmt: skip
    drawing.mark(plot, points, line, name=name)
    drawing.mark(plot, points, marks, name=name)
