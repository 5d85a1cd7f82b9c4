"""One drawn view as HTML."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import bokeh
import pandas as pd
from bokeh.plotting import figure

from cjm_notebooks.catalogue import id_of
from cjm_notebooks.drawing import ENGLISH, Column, Series, written
from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.exhibits.serializing import serialized
from cjm_notebooks.exhibits.swatch import swatch
from cjm_notebooks.language import N_, Language, Sentence
from cjm_notebooks.views import View

ISOLATE, POP = "\u2068", "\u2069"
UNKNOWN = "–"


@dataclass(frozen=True)
class Exhibit:
    """A heading, sentences, a legend, a chart, and a table of what the chart shows.

    Attributes
    ----------
    series
        name of a group of renderers -> its entry in the legend; only those that are drawn.
    chart
        the chart for BokehJS, in JSON; empty where there is nothing to draw.
    """

    id: str
    title: str
    summary: tuple[Sentence, ...]
    table: pd.DataFrame
    columns: Mapping[str, Column]
    series: Mapping[str, Series]
    chart: str
    language: Language

    def html(self, level: int = 3) -> str:
        """The exhibit, below a heading of this level."""
        says = "".join(f"<p>{_sentence(line, self.language)}</p>" for line in self.summary)
        return (
            f'<figure class="cjm-exhibit" data-view="{self.id}">'
            f"<figcaption><h{level}>{self._words(self.title)}</h{level}>{says}</figcaption>"
            f"{self._legend() if self.series else ''}"
            f"{self._drawing()}"
            f"{self._table() if len(self.table) else ''}"
            "</figure>"
        )

    def rows(self) -> list[list[str]]:
        """The table in words, its numbers as the language writes them."""
        return [
            [
                written(cell, column.form, self.language)
                for cell, column in zip(row, self.columns.values(), strict=True)
            ]
            for row in self.table.itertuples(index=False)
        ]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        lines = [self.language.render(line) for line in (Sentence(self.title), *self.summary)]
        return {"text/html": self.html(), "text/plain": "\n".join(lines)}

    def _words(self, sentence: str) -> str:
        return escape(self.language.render(sentence))

    def _legend(self) -> str:
        buttons = "".join(
            f'<button type="button" aria-pressed="true" data-series="{name}">'
            f"{swatch(series)}{self._words(series.label)}</button>"
            for name, series in self.series.items()
        )
        label = self._words(N_("Shown in the chart"))
        return f'<div class="cjm-legend" role="group" aria-label="{label}" hidden>{buttons}</div>'

    def _drawing(self) -> str:
        title = self._words(self.title)
        return (
            f'<div class="cjm-scroll" role="group" aria-label="{title}" hidden>'
            f'<div class="cjm-chart" role="img" aria-label="{title}"></div></div>'
            f'<script class="cjm-drawing" type="application/json">{self.chart}</script>'
        )

    def _table(self) -> str:
        headings = "".join(
            f'<th scope="col"{_align(column)}>{self._words(column.heading)}</th>'
            for column in self.columns.values()
        )
        rows = "".join(f"<tr>{self._row(row)}</tr>" for row in self.rows())
        summary, title = self._words(N_("Table")), self._words(self.title)
        missing = self._words(N_("– stands where nothing was counted or too few to be shown"))
        caption = f"{title}. {missing}." if f"<bdi>{UNKNOWN}</bdi>" in rows else title
        return (
            f"<details><summary>{summary}</summary>"
            f'<div class="cjm-scroll" role="region" aria-label="{title}" tabindex="0">'
            f"<table><caption>{caption}</caption><thead><tr>{headings}</tr></thead>"
            f"<tbody>{rows}</tbody></table></div></details>"
        )

    def _row(self, cells: list[str]) -> str:
        texts = [escape(cell) for cell in cells]
        first = f'<th scope="row"><bdi>{texts[0]}</bdi></th>'
        aligned = zip(list(self.columns.values())[1:], texts[1:], strict=True)
        return first + "".join(f"<td{_align(c)}><bdi>{text}</bdi></td>" for c, text in aligned)


def exhibit(view: View, readings: Mapping[str, object], language: Language = ENGLISH) -> Exhibit:
    """The view drawn from its readings, ready for a page.

    Raises  ParameterError when something the view reads is not among the readings
    """
    for name in view.reads:
        if name not in readings:
            msg = (
                f"The view `{id_of(type(view))}` reads `{name}`, which is not among the readings. "
                f"{did_you_mean(name, readings)}"
            )
            raise ParameterError(msg)
    read = {name: readings[name] for name in view.reads}
    plot = view.draw(**read, language=language)
    drawn = {mark.name for mark in (*plot.renderers, *plot.center)}
    return Exhibit(
        id=id_of(type(view)),
        title=view.title,
        summary=view.summary(**read),
        table=view.table(**read),
        columns=view.columns,
        series={name: series for name, series in view.series.items() if name in drawn},
        chart=_chart(plot),
        language=language,
    )


def _chart(plot: figure) -> str:
    """The same text for the same drawing, and safe inside a script element.

    It is what `bokeh.embed.json_item` gives, without its search for mistakes in the drawing and
    without a document that looks for what changes later.
    """
    item = {
        "target_id": None,
        "root_id": plot.id,
        "doc": {"version": bokeh.__version__, "title": "", "roots": serialized(plot)},
        "version": bokeh.__version__,
    }
    text = json.dumps(_renumbered(item, {}), ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def _renumbered(item: object, seen: dict[object, str]) -> object:
    """The ids of the models counted from 1; bokeh counts on from one drawing to the next."""
    if isinstance(item, list | tuple):
        return [_renumbered(part, seen) for part in item]
    if isinstance(item, dict):
        return {
            key: seen.setdefault(part, f"m{len(seen) + 1}")
            if key in ("id", "root_id")
            else _renumbered(part, seen)
            for key, part in item.items()
        }
    return item


def _align(column: Column) -> str:
    return ' class="number"' if column.form else ""


def _sentence(sentence: Sentence, language: Language) -> str:
    """The sentence as HTML, its names kept apart from the direction of the text around them."""
    apart = {
        name: f"{ISOLATE}{value.replace(ISOLATE, '').replace(POP, '')}{POP}"
        if isinstance(value, str)
        else value
        for name, value in sentence.values.items()
    }
    text = escape(language.render(Sentence(sentence.english, apart)))
    return text.replace(ISOLATE, "<bdi>").replace(POP, "</bdi>")
