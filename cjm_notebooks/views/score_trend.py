"""What customers answered, period by period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
from bokeh.models import ColumnDataSource
from bokeh.plotting import figure

from cjm_notebooks import drawing
from cjm_notebooks.checks import Reading
from cjm_notebooks.drawing import ENGLISH, Column, Geometry, Series, Style
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.passes.calendar import Period
from cjm_notebooks.language import N_, Language, Sentence, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import score_trend as metric
from cjm_notebooks.palette import BLUE, INK
from cjm_notebooks.views import View

BAND = 0.8
ROW_HEIGHT = 76


@dataclass(frozen=True)
class ScoreTrend(View):
    """A line of the mean answer to each question over the periods of the calendar.

    All lines share one zoom of their scales, so that they can be compared. Of more than `lines`
    those with most answers are shown.

    Reads  the report of `score-trend`
    Draws  one line a question and touchpoint, each in a band of its own, with intervals
    """

    title = N_("Answers over time")
    only_if_named = True
    series = {
        "mean": Series(N_("mean answer"), BLUE, "line"),
        "interval": Series(N_("95 % interval"), INK, "interval"),
    }
    columns = {
        "question": Column(N_("Question")),
        "touchpoint": Column(N_("Touchpoint")),
        "period": Column(N_("Period from")),
        "n": Column(N_("Answers"), "count"),
        "mean": Column(N_("Mean"), "decimal"),
        "interval": Column(N_("95 % interval"), "interval"),
        "scale": Column(N_("Scale")),
        "untimed": Column(N_("Answers without a time"), "count"),
    }

    period: Period = "month"
    periods: int = 12
    until: str = ""
    lines: int = 12

    def __post_init__(self) -> None:
        if self.lines < 1:
            msg = f"`lines` is {self.lines}. Give the number of questions to show, from 1."
            raise ParameterError(msg)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return (cls(period="day", periods=60, until="1970-02-01"),)

    @property
    def reads(self) -> Mapping[str, Reading]:
        trend = metric.ScoreTrend(period=self.period, periods=self.periods, until=self.until)
        return {"journey_map": "journey_map", "trend": trend}

    def table(self, journey_map: JourneyMap, trend: pd.DataFrame) -> pd.DataFrame:
        rows = self._shown(trend)
        ends = zip(rows["low"], rows["high"], strict=True)
        scales = zip(rows["scale_low"], rows["scale_high"], strict=True)
        return rows.assign(
            touchpoint=rows["touchpoint"].map(drawing.names_of(journey_map.touchpoints)),
            scale=drawing.column((drawing.scale(*scale) for scale in scales), rows),
            interval=drawing.column((drawing.interval(*end, "decimal") for end in ends), rows),
        )[list(self.columns)]

    def summary(self, journey_map: JourneyMap, trend: pd.DataFrame) -> tuple[Sentence, ...]:
        known = self._shown(trend).dropna(subset=["mean"])
        if known.empty:
            return (say("No answer has a time within the periods looked at."),)
        first, last = (known.groupby("line").nth(place) for place in (0, -1))
        fell = last.set_index("line")["mean"] - first.set_index("line")["mean"]
        length = first.set_index("line")[["scale_high", "scale_low"]].diff(axis=1).iloc[:, 1].abs()
        worst = (fell / length).idxmin()
        of_worst = known[known["line"] == worst]
        begin, end = drawing.facts(of_worst.iloc[0]), drawing.facts(of_worst.iloc[-1])
        names = drawing.names_of(journey_map.touchpoints)
        return (
            say(
                "Most has changed at {place}: from {before:decimal} ({n_before:count} answers) in "
                "the period from {first} to {after:decimal} ({n_after:count} answers) in that "
                "from {last}.",
                place=names.get(str(end["touchpoint"]), str(end["question"])),
                before=begin["mean"],
                n_before=begin["n"],
                first=begin["period"],
                after=end["mean"],
                n_after=end["n"],
                last=end["period"],
            ),
        )

    def draw(
        self, journey_map: JourneyMap, trend: pd.DataFrame, language: Language = ENGLISH
    ) -> figure:
        rows = self._shown(trend)
        if not rows["mean"].notna().any():
            return drawing.nothing(language)
        table = self.table(journey_map, trend)
        begins = sorted(set(rows["period"].tolist()))
        plot = drawing.frame_of_rows(
            _labels(rows, table), rows["line"].nunique(), (-0.5, len(begins) - 0.5), ROW_HEIGHT
        )
        drawing.labels_at(plot.xaxis[0], _few(begins))
        plot.xaxis[0].axis_label = language.render(N_("period from"))
        places: Geometry = {
            "x": [begins.index(one) for one in rows["period"].tolist()],
            **_heights(rows),
        }
        source = drawing.source(table, self.columns, language, places)
        _draw_lines(plot, rows, source)
        drawing.whiskers(plot, source, name="interval", across=False)
        ends = rows.groupby("line").tail(1)
        said = (drawing.written(mean, "decimal", language) for mean in ends["mean"])
        drawing.label_row_ends(plot, said, ends["line"].tolist())
        drawing.hover(plot, ["mean"], self.columns, language)
        return plot

    def _shown(self, trend: pd.DataFrame) -> pd.DataFrame:
        """The rows of the lines with most answers, and the number of each line."""
        asked = trend["question"] + "/" + trend["touchpoint"].fillna("")
        most = trend["n"].astype(float).groupby(asked).sum().nlargest(self.lines).index
        rows = trend[asked.isin(most)].reset_index(drop=True)
        kept = rows["question"] + "/" + rows["touchpoint"].fillna("")
        return rows.assign(line=pd.factorize(kept)[0])


def _labels(rows: pd.DataFrame, table: pd.DataFrame) -> dict[int, str]:
    """The touchpoint of each line, or else its question."""
    first = rows.groupby("line").head(1).index
    places, asked = table.loc[first, "touchpoint"].tolist(), table.loc[first, "question"].tolist()
    names = (
        place if isinstance(place, str) else question
        for place, question in zip(places, asked, strict=True)
    )
    return drawing.short_labels(names)


def _heights(rows: pd.DataFrame) -> dict[str, list[float]]:
    """Where means and intervals are, in bands around the number of their line, upwards."""
    length = rows["scale_high"] - rows["scale_low"]
    shares = rows[["mean", "low", "high"]].astype(float)
    shares = shares.sub(rows["scale_low"], axis=0).div(length, axis=0)
    least, most = np.nanmin(shares.to_numpy()), np.nanmax(shares.to_numpy())
    middle, width = (least + most) / 2, (most - least) or 1.0
    bands = -(shares - middle) / width * BAND
    at = bands.add(rows["line"], axis=0)
    return {
        "mean_at": drawing.numbers(at["mean"]),
        "low": drawing.numbers(at["high"]),
        "high": drawing.numbers(at["low"]),
    }


def _few(begins: Sequence[str]) -> dict[int, str]:
    """At most eight of the days, so that they do not run into each other."""
    step = max(1, -(-len(begins) // 8))
    return {at: begins[at] for at in range(0, len(begins), step)}


def _draw_lines(plot: figure, rows: pd.DataFrame, source: ColumnDataSource) -> None:
    color = ScoreTrend.series["mean"].color
    for line in rows.groupby("line").indices.values():
        chosen: Style = {name: [source.data[name][at] for at in line] for name in ("x", "mean_at")}
        plot.line(
            x="x", y="mean_at", line_color=color, line_width=2,
            source=ColumnDataSource(chosen), name="mean",
        )  # fmt: skip
    plot.scatter(
        x="x", y="mean_at", size=8, fill_color=color, line_color=None, source=source, name="mean"
    )
