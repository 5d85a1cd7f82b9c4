"""Rows with one estimate each: a bar or a mark with its interval, and another mark to compare."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from bokeh.models import ColumnDataSource
from bokeh.plotting import figure

from cjm_notebooks import drawing
from cjm_notebooks.drawing import A_LITTLE_MORE, BAR, TEXT, Column, Geometry, Series
from cjm_notebooks.language import Language
from cjm_notebooks.palette import INK, PAPER

SIZE = 13
FAINTEST, STRONGEST = 0.08, 0.7
LEAST_WRITTEN = 0.01


def geometry(rows: pd.DataFrame, at: list[int], **ends: str) -> Geometry:
    """Where the marks of some rows are: `y`, and for each name the numbers of a column."""
    columns: dict[str, list[float] | list[int]] = {"y": at}
    for name, column in ends.items():
        columns[name] = drawing.numbers(rows[column])
    return columns


def reach(rows: pd.DataFrame, *columns: str) -> float:
    """A little more than the largest number of these columns, at most 1."""
    largest = np.nanmax([0.0, *rows[list(columns)].astype(float).to_numpy().ravel()])
    return float(min(A_LITTLE_MORE * (largest or 1), A_LITTLE_MORE))


def bars(
    plot: figure, rows: ColumnDataSource, series: Mapping[str, Series], name: str, value: str
) -> None:
    plot.hbar(
        y="y", right=value, height=BAR, color=series[name].color, source=rows, name=name,
        hatch_pattern="right_diagonal_line" if series[name].mark == "hatched" else "blank",
        hatch_color=PAPER, hatch_alpha=0.7,
    )  # fmt: skip
    drawing.whiskers(plot, rows, name="interval", across=True)


def marks(
    plot: figure, rows: ColumnDataSource, series: Mapping[str, Series], name: str, value: str
) -> None:
    """One mark a row, of the shape that its entry in the legend has; one of ink is hollow."""
    color = series[name].color
    plot.scatter(
        x=value, y="y", marker=series[name].mark, size=SIZE, line_color=INK, line_width=1.5,
        fill_color=PAPER if color == INK else color, source=rows, name=name,
    )  # fmt: skip


def cells(plot: figure, rows: ColumnDataSource, color: str, name: str = "cell") -> None:
    """Cells of a matrix at `x` and `y`, as strong as `alpha`, with `label` in them."""
    plot.rect(
        x="x", y="y", width=0.96, height=0.92, fill_color=color, fill_alpha="alpha",
        line_color=color, source=rows, name=name,
    )  # fmt: skip
    plot.text(
        x="x", y="y", text="label", text_align="center", text_baseline="middle", source=rows,
        name=name, **TEXT,
    )  # fmt: skip


def finish(
    plot: figure,
    labels: list[str],
    at: list[int],
    names: list[str],
    columns: Mapping[str, Column],
    language: Language,
) -> figure:
    """With what each row says at its end, and what its marks say on hover."""
    drawing.label_row_ends(plot, labels, at)
    drawing.hover(plot, names, columns, language)
    return plot


def percents(column: pd.Series, language: Language) -> list[str]:
    return [drawing.written(number, "percent", language) for number in column]


def strengths(shares: pd.Series) -> list[float]:
    """How strong the cell of each share is; not at all where it is missing or hidden."""
    strong: list[float] = (FAINTEST + (STRONGEST - FAINTEST) * shares).fillna(0).tolist()
    return strong


def whole_percents(shares: pd.Series, language: Language) -> list[str]:
    """The shares in whole percent, and never 0 for what happened."""
    least = f"<{language.number(LEAST_WRITTEN, 'whole_percent')}"
    return [
        least if 0 < share < LEAST_WRITTEN else drawing.written(share, "whole_percent", language)
        for share in drawing.numbers(shares)
    ]
