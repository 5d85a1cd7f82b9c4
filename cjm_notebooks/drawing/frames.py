"""What a view is drawn on: a frame, its axes and labels, marks, intervals, and hovers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from html import escape
from math import ceil, floor, log10
from typing import Any, Literal, cast

import pandas as pd
from bokeh.core.properties import value
from bokeh.models import ColumnDataSource, Grid, HoverTool, Range1d
from bokeh.models.annotations import TeeHead, Whisker
from bokeh.models.axes import Axis, LinearAxis
from bokeh.models.glyph import Glyph
from bokeh.models.glyphs import Line, Text
from bokeh.models.renderers import DataRenderer, GlyphRenderer
from bokeh.models.tickers import FixedTicker
from bokeh.plotting import figure

from cjm_notebooks.drawing.words import Column, written
from cjm_notebooks.language import N_, Language, language
from cjm_notebooks.palette import FONT, INK, LINE, MUTED

ENGLISH = language("en")
ROW_HEIGHT, AROUND_ROWS = 31, 70
BAR = 0.62
A_LITTLE_MORE = 1.03
Style = dict[str, Any]
Geometry = Mapping[str, Sequence[object]]
Place = Literal["left", "right", "above", "below"]
PLAIN: Style = {
    "axis_line_color": None,
    "major_tick_line_color": None,
    "minor_tick_line_color": None,
    "major_label_text_font": FONT,
    "major_label_text_font_size": "12px",
    "major_label_text_color": INK,
    "major_label_text_line_height": 1,
    "axis_label_text_font": FONT,
    "axis_label_text_font_size": "12px",
    "axis_label_text_font_style": "normal",
    "axis_label_text_color": MUTED,
}
SHARED_BY_AXES = ("formatter", "major_label_policy")
TEXT: Style = {"text_font": value(FONT), "text_font_size": "12px", "text_color": INK}
# The bubble of a hover is white on dark pages too.
BUBBLE = (
    f'<div style="display:grid;grid-template-columns:auto auto;gap:2px 12px;max-width:24rem;'
    f'overflow-wrap:anywhere;font:12px/1.4 {FONT};color:{INK}">{{says}}</div>'
)


def frame(
    height: int,
    across: tuple[float, float],
    down: tuple[float, float],
    least_width: int = 0,
    axes: Sequence[Place] = ("left", "below"),
) -> figure:
    """An empty figure as wide as the page, without a background of its own.

    `across` runs from left to right, `down` from top to bottom.
    """
    plot = figure(
        height=height,
        sizing_mode="stretch_width",
        min_width=least_width or None,
        x_range=Range1d(start=across[0], end=across[1]),
        y_range=Range1d(start=down[1], end=down[0]),
        x_axis_type=None,
        y_axis_type=None,
        title=None,
        tools="",
        toolbar_location=None,
        background_fill_color=None,
        border_fill_color=None,
        outline_line_color=None,
        min_border=8,
    )
    for place in axes:
        add_axis(plot, place)
    return plot


def add_axis(plot: figure, place: Place) -> Axis:
    """An axis on that side, bare until `labels_at` says what stands along it."""
    style: Style = PLAIN | {"ticker": FixedTicker(ticks=[])}
    style |= {name: getattr(axis, name) for axis in plot.axis[:1] for name in SHARED_BY_AXES}
    axis = LinearAxis(**style)
    plot.add_layout(axis, place)
    return axis


def grid(plot: figure, axis: Axis) -> None:
    """A line across the frame at each tick of the axis."""
    dimension: Literal[0, 1] = 0 if axis in plot.xaxis else 1
    plot.add_layout(Grid(axis=axis, dimension=dimension, grid_line_color=LINE))


def mark(
    plot: figure, rows: ColumnDataSource, glyph: Glyph, name: str | None = None, **more: Any
) -> None:
    """One mark a row; marks of the same rows share what BokehJS keeps of them."""
    drawn = (one for one in plot.renderers if isinstance(one, GlyphRenderer))
    shared = next((one.view for one in drawn if one.data_source is rows), None)
    plot.add_glyph(rows, glyph, name=name, **more, **({"view": shared} if shared else {}))


def frame_of_rows(
    labels: Mapping[int, str],
    rows: int,
    across: tuple[float, float],
    row_height: int = ROW_HEIGHT,
) -> figure:
    """A frame of that many rows, row 0 on top."""
    plot = frame(AROUND_ROWS + row_height * rows, across, (-0.5, rows - 0.5))
    labels_at(plot.yaxis[0], labels)
    return plot


def under_headings(groups: Sequence[str]) -> tuple[list[int], dict[int, str]]:
    """The row of each entry, and the rows kept free above each new group with its name."""
    rows: list[int] = []
    headings: dict[int, str] = {}
    for entry, group in enumerate(groups):
        if entry == 0 or group != groups[entry - 1]:
            headings[entry + len(headings)] = group
        rows.append(entry + len(headings))
    return rows, headings


def draw_headings(plot: figure, headings: Mapping[int, str], at: float) -> None:
    plot.text(
        x=[at] * len(headings),
        y=list(headings),
        text=list(headings.values()),
        y_offset=9,
        text_baseline="middle",
        **(TEXT | {"text_font_style": "bold"}),
    )


def labels_at(axis: Axis, labels: Mapping[int, str] | Mapping[float, str]) -> None:
    axis.ticker = FixedTicker(ticks=list(labels))
    axis.major_label_overrides = dict(labels.items())


def label_numbers(plot: figure, title: str, form: str, language: Language) -> None:
    """Round numbers across the frame, as the language writes them."""
    across = cast(Range1d, plot.x_range)
    start, end = cast(float, across.start), cast(float, across.end)
    step = _round_step((end - start) / 4)
    if form == "count":
        step = max(step, 1)
    multiples = range(ceil(start / step), floor(end / step) + 1)
    _label_ticks(plot, title, [round(step * n, 9) for n in multiples], form, language)


def label_shares(plot: figure, title: str, language: Language) -> None:
    _label_ticks(plot, title, [0, 0.25, 0.5, 0.75, 1], "whole_percent", language)


def _label_ticks(
    plot: figure, title: str, ticks: Sequence[float], form: str, language: Language
) -> None:
    labels_at(plot.xaxis[0], {tick: language.number(tick, form) for tick in ticks})
    plot.xaxis[0].axis_label = title
    grid(plot, plot.xaxis[0])


def _round_step(about: float) -> float:
    """The next larger of 1, 2, 5, 10 times a power of ten."""
    power = 10.0 ** floor(log10(about))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= about)


def source(
    table: pd.DataFrame,
    columns: Mapping[str, Column],
    language: Language,
    geometry: Geometry,
) -> ColumnDataSource:
    """The geometry of each row beside the words that its hover says."""
    words = {
        _spoken(name): [written(cell, column.form, language) for cell in table[name]]
        for name, column in columns.items()
    }
    return ColumnDataSource({**{name: list(cells) for name, cells in geometry.items()}, **words})


def hover(
    plot: figure, names: Collection[str | None], columns: Mapping[str, Column], language: Language
) -> None:
    """Let the marks of these names say their row of the table."""
    says = "".join(
        f'<span style="color:{MUTED}">{escape(language.render(column.heading))}</span>'
        f"<span>@{_spoken(name)}</span>"
        for name, column in columns.items()
    )
    marks: list[DataRenderer] = [
        renderer
        for renderer in plot.renderers
        if isinstance(renderer, GlyphRenderer)
        and renderer.name in names
        and not isinstance(renderer.glyph, Line | Text)
    ]
    plot.add_tools(HoverTool(renderers=marks, tooltips=BUBBLE.format(says=says), visible=False))


def whiskers(plot: figure, rows: ColumnDataSource, *, name: str, across: bool) -> None:
    """Intervals from column `low` to column `high`, across the page at `y` or upright at `x`."""
    head = TeeHead(size=8, line_color=INK)
    plot.add_layout(
        Whisker(
            base="y" if across else "x",
            lower="low",
            upper="high",
            dimension="width" if across else "height",
            source=rows,
            line_color=INK,
            lower_head=head,
            upper_head=head,
            level="annotation",
            name=name,
        )
    )


def label_row_ends(plot: figure, labels: Iterable[str], rows: Iterable[int]) -> None:
    """What a row says in words, on its right where no mark can reach it."""
    labels_at(add_axis(plot, "right"), dict(zip(rows, labels, strict=True)))


def nothing(language: Language) -> figure:
    """What is drawn where there is nothing to draw."""
    plot = frame(120, (0, 1), (0, 1), axes=())
    plot.text(
        x=[0.5],
        y=[0.5],
        text=[language.render(N_("Nothing to draw"))],
        text_align="center",
        text_baseline="middle",
        **(TEXT | {"text_color": MUTED}),
    )
    return plot


def _spoken(name: str) -> str:
    return f"says_{name}"
