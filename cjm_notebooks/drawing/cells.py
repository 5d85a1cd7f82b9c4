"""The cells of the journey map: one touchpoint each, its numbers inside."""

from __future__ import annotations

from itertools import accumulate
from math import ceil
from typing import Literal

import numpy as np
import pandas as pd
from bokeh.models import ColumnDataSource
from bokeh.plotting import figure

from cjm_notebooks import drawing
from cjm_notebooks.drawing import TEXT, Geometry, Series
from cjm_notebooks.language import N_, Language, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.palette import BLUE, GREEN, INK, LINE, MUTED, PAPER, PURPLE, VERMILION

Marker = Literal["circle", "diamond", "star", "triangle"]

SERIES = {
    "share": Series(N_("share of journeys"), BLUE, "bar"),
    "claimed": Series(N_("claimed emotion"), PURPLE, "diamond"),
    "felt": Series(N_("reported, with 95 % interval"), GREEN, "circle"),
    "moment": Series(N_("moment of truth"), INK, "star"),
    "pain": Series(N_("pain point"), VERMILION, "triangle"),
}
SMALL = TEXT | {"text_font_size": "11px", "text_color": MUTED, "text_baseline": "middle"}
COLUMN_WIDTH, CELL_HEIGHT, AROUND, DEEPEST = 168, 112, 16, 40
LETTERS_A_LINE, LINES = 20, 2
HEADER = 0.55
LEFT, RIGHT, FEELINGS_RIGHT = 0.06, 0.94, 0.66
NAME, NUMBERS, BAR_TOP, BAR_BOTTOM, FEELINGS = 0.1, 0.5, 0.59, 0.65, 0.82


def columns_of(journey_map: JourneyMap) -> list[int]:
    """The column in which each stage begins, and after the last one how many there are."""
    widths = (max(1, ceil(len(stage.touchpoints) / DEEPEST)) for stage in journey_map.stages)
    return list(accumulate(widths, initial=0))


def cells_of(journey_map: JourneyMap) -> pd.DataFrame:
    """Where the cell of each touchpoint stands, and what the map claims about it."""
    cells = [
        {
            "touchpoint": touchpoint.id,
            "column": begin + at // DEEPEST,
            "row": at % DEEPEST,
            "moment": touchpoint.moment_of_truth and touchpoint.moment_of_truth.status,
            "pain": len(touchpoint.pain_points),
            "pain_validated": any(pain.status == "validated" for pain in touchpoint.pain_points),
        }
        for stage, begin in zip(journey_map.stages, columns_of(journey_map), strict=False)
        for at, touchpoint in enumerate(stage.touchpoints)
    ]
    columns = ["touchpoint", "column", "row", "moment", "pain", "pain_validated"]
    return pd.DataFrame(cells, columns=columns)


def map_frame(journey_map: JourneyMap) -> figure:
    """A column a stage, more for a stage of very many touchpoints, below the headers."""
    columns = columns_of(journey_map)[-1]
    deepest = min(DEEPEST, max(len(stage.touchpoints) for stage in journey_map.stages))
    return drawing.frame(
        AROUND + round(CELL_HEIGHT * (deepest + HEADER)),
        (0, columns),
        (-HEADER, deepest),
        least_width=COLUMN_WIDTH * columns,
        axes=(),
    )


def draw_headers(
    plot: figure, journey_map: JourneyMap, stage_reach: pd.DataFrame, language: Language
) -> None:
    """The name of each stage and the share of journeys that reached it."""
    share = dict(zip(stage_reach["stage"], stage_reach["share"], strict=True))
    known = {stage.id: share.get(stage.id) for stage in journey_map.stages}
    reached = [
        "" if pd.isna(share) else language.render(say("{share:percent} of journeys", share=share))
        for share in known.values()
    ]
    x = [column + LEFT for column in columns_of(journey_map)[:-1]]
    names = [drawing.short(stage.name, LETTERS_A_LINE) for stage in journey_map.stages]
    bold = {"text_font_style": "bold", "text_font_size": "14px"}
    plot.text(x=x, y=-0.34, text=names, text_baseline="middle", **(TEXT | bold))
    plot.text(x=x, y=-0.14, text=reached, text_baseline="middle", **(TEXT | {"text_color": MUTED}))


def geometry_of(rows: pd.DataFrame, language: Language) -> Geometry:
    """Where everything in a cell stands; nowhere what is not known or not claimed."""
    left, top = rows["column"] + LEFT, rows["row"]
    right, feelings_right = rows["column"] + RIGHT, rows["column"] + FEELINGS_RIGHT
    feelings = {
        f"{name}_x": left + (rows[name].astype(float) + 2) / 4 * (FEELINGS_RIGHT - LEFT)
        for name in ("claimed", "felt", "felt_low", "felt_high")
    }
    places = {
        "left": left,
        "right": right,
        "cell_left": rows["column"] + 0.02,
        "cell_right": rows["column"] + 0.98,
        "cell_top": top + 0.02,
        "cell_bottom": top + 0.98,
        "name_y": top + NAME,
        "numbers_y": top + NUMBERS,
        "bar_top": top + BAR_TOP,
        "bar_bottom": top + BAR_BOTTOM,
        "share_x": left + rows["share"].astype(float) * (RIGHT - LEFT),
        "feelings_y": top + FEELINGS,
        "feelings_right": feelings_right,
        "neutral_x": (left + feelings_right) / 2,
        "moment_x": (right - 0.13).where(rows["moment"].notna()),
        "pain_x": (right - 0.04).where(rows["pain"] > 0),
        **feelings,
    }
    validated = {
        "felt": rows["felt"].notna(),
        "claimed": rows["status"] == "validated",
        "moment": rows["moment"] == "validated",
        "pain": rows["pain_validated"],
    }
    fills = {
        f"{name}_fill": [SERIES[name].color if is_so else PAPER for is_so in column]
        for name, column in validated.items()
    }
    return {
        **{name: drawing.numbers(column) for name, column in places.items()},
        **fills,
        "title": [drawing.wrapped(name, LETTERS_A_LINE, LINES) for name in rows["name"]],
        "reach": [drawing.written(share, "percent", language) for share in rows["share"]],
        "score": ["" if pd.isna(m) else language.number(m, "decimal") for m in rows["mean"]],
    }


def draw_cells(plot: figure, cells: ColumnDataSource) -> None:
    plot.quad(
        left="cell_left", right="cell_right", top="cell_top", bottom="cell_bottom",
        fill_color=PAPER, fill_alpha=0, line_color=LINE, hover_line_color=INK, source=cells,
        name="cell",
    )  # fmt: skip
    plot.text(x="left", y="name_y", text="title", text_baseline="top", source=cells, **TEXT)
    plot.segment(
        x0="left", x1="feelings_right", y0="feelings_y", y1="feelings_y", line_color=MUTED,
        source=cells,
    )  # fmt: skip
    plot.scatter(
        x="neutral_x", y="feelings_y", marker="dash", angle=1.5708, size=9, line_color=MUTED,
        source=cells,
    )  # fmt: skip
    if _is_known(cells, "share_x"):
        _draw_reach(plot, cells)
    if _is_known(cells, "felt_x"):
        _draw_answers(plot, cells)
    _draw_mark(plot, cells, "claimed", "diamond", x="claimed_x", y="feelings_y", size=13)
    _draw_mark(plot, cells, "moment", "star", x="moment_x", y="numbers_y", size=15)
    _draw_mark(plot, cells, "pain", "triangle", x="pain_x", y="numbers_y", size=11)


def _is_known(cells: ColumnDataSource, name: str) -> bool:
    """Whether any cell has it."""
    return not np.isnan(cells.data[name]).all()


def _draw_reach(plot: figure, cells: ColumnDataSource) -> None:
    plot.text(x="left", y="numbers_y", text="reach", source=cells, name="share", **SMALL)
    for right, color in (("right", LINE), ("share_x", SERIES["share"].color)):
        plot.quad(
            left="left", right=right, top="bar_top", bottom="bar_bottom", color=color,
            source=cells, name="share",
        )  # fmt: skip


def _draw_answers(plot: figure, cells: ColumnDataSource) -> None:
    plot.segment(
        x0="felt_low_x", x1="felt_high_x", y0="feelings_y", y1="feelings_y", line_color=INK,
        line_width=2, source=cells, name="felt",
    )  # fmt: skip
    _draw_mark(plot, cells, "felt", "circle", x="felt_x", y="feelings_y", size=9)
    plot.text(
        x="right", y="feelings_y", text="score", text_align="right", source=cells, name="felt",
        **SMALL,
    )  # fmt: skip


def _draw_mark(
    plot: figure, cells: ColumnDataSource, name: str, marker: Marker, *, x: str, y: str, size: int
) -> None:
    if _is_known(cells, x):
        plot.scatter(
            x=x, y=y, marker=marker, size=size, fill_color=f"{name}_fill",
            line_color=SERIES[name].color, line_width=2, source=cells, name=name,
        )  # fmt: skip
