"""Numbers over time: lines with a mark and an interval at each moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

import pandas as pd
from bokeh.plotting import figure

from cjm_notebooks import drawing
from cjm_notebooks.drawing import Column, Series
from cjm_notebooks.language import Language
from cjm_notebooks.palette import INK, PAPER

Figure: TypeAlias = figure

HEIGHT = 320
MOST_LABELS = 6
A_LITTLE = 0.03
SECONDS_PER_DAY = 86_400
MARKERS: Mapping[str, Literal["circle", "diamond", "triangle"]] = {
    "circle": "circle",
    "diamond": "diamond",
    "triangle": "triangle",
}


@dataclass(frozen=True)
class OverTime:
    """What is drawn: one row a moment, and for each series its columns NAME, NAME_low, NAME_high.

    `changed` are the moments from which something else was counted: a line stands before them.
    """

    table: pd.DataFrame
    moments: Sequence[datetime]
    series: Mapping[str, Series]
    range: tuple[float, float]
    form: str
    changed: Sequence[datetime] = ()


def draw(
    shown: OverTime, hover: pd.DataFrame, columns: Mapping[str, Column], words: Language
) -> figure:
    """The lines, upwards from the lower end of the range; `hover` is the table in words."""
    days = [_day(moment) for moment in shown.moments]
    margin = max((days[-1] - days[0]) * A_LITTLE, 0.5)
    low, high = shown.range
    above = (high - low) * A_LITTLE
    plot = drawing.frame(HEIGHT, (days[0] - margin, days[-1] + margin), (high + above, low - above))
    drawing.grid(plot, plot.yaxis[0])
    drawing.labels_at(plot.xaxis[0], _labels(shown.moments, days, words))
    ticks = [low + (high - low) * part / 4 for part in range(5)]
    drawing.labels_at(plot.yaxis[0], {tick: words.number(tick, shown.form) for tick in ticks})
    for moment in shown.changed:
        at = _day(moment) - 0.5
        plot.segment(
            x0=[at], x1=[at], y0=[low], y1=[high], color=INK, line_dash="dashed", name="changed"
        )
    for name, series in shown.series.items():
        if name in shown.table:
            _draw_series(plot, name, series, shown, hover, columns, words, days)
    drawing.hover(plot, list(shown.series), columns, words)
    return plot


def _draw_series(
    plot: figure,
    name: str,
    series: Series,
    shown: OverTime,
    hover: pd.DataFrame,
    columns: Mapping[str, Column],
    words: Language,
    days: Sequence[float],
) -> None:
    places = {
        "x": list(days),
        "y": drawing.numbers(shown.table[name]),
        "low": drawing.numbers(shown.table[f"{name}_low"]),
        "high": drawing.numbers(shown.table[f"{name}_high"]),
    }
    rows = drawing.source(hover, columns, words, places)
    plot.line(x="x", y="y", color=series.color, line_width=2, source=rows, name=name)
    plot.scatter(
        x="x", y="y", marker=MARKERS[series.mark], size=10, fill_color=PAPER,
        line_color=series.color, line_width=2, source=rows, name=name,
    )  # fmt: skip
    drawing.whiskers(plot, rows, name=name, across=False)


def _labels(
    moments: Sequence[datetime], days: Sequence[float], words: Language
) -> Mapping[float, str]:
    """At most six days, the last one among them."""
    from babel.dates import format_date

    step = -(-len(days) // MOST_LABELS)
    chosen = list(zip(days, moments, strict=True))[::-1][::step]
    return {day: format_date(moment, "short", locale=words.code) for day, moment in chosen}


def _day(moment: datetime) -> float:
    return moment.timestamp() / SECONDS_PER_DAY
