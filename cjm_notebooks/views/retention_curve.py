"""How many customers come back, so long after they came first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from bokeh.plotting import figure

from cjm_notebooks import drawing
from cjm_notebooks.checks import Reading
from cjm_notebooks.drawing import ENGLISH, Column, Series
from cjm_notebooks.journeys.passes.calendar import Period
from cjm_notebooks.language import N_, Language, Sentence, say
from cjm_notebooks.metrics import retention as metric
from cjm_notebooks.palette import BLUE, INK
from cjm_notebooks.views import View

HEIGHT = 320


@dataclass(frozen=True)
class RetentionCurve(View):
    """A line of the share of customers who came back in each period after their first event.

    Reads  the report of `retention`
    Draws  one point a period from the first after that of the first event, with its interval
    """

    title = N_("Customers who come back")
    only_if_named = True
    series = {
        "share": Series(N_("share who came back"), BLUE, "line"),
        "interval": Series(N_("95 % interval"), INK, "interval"),
    }
    columns = {
        "period": Column(N_("Periods after the first"), "count"),
        "from_day": Column(N_("From day"), "count"),
        "active": Column(N_("Came back"), "count"),
        "customers": Column(N_("Of customers watched so long"), "count"),
        "share": Column(N_("Share"), "percent"),
        "interval": Column(N_("95 % interval"), "interval"),
        "open": Column(N_("Not watched so long"), "count"),
    }

    period: Period = "week"
    periods: int = 12
    kind: metric.Kind = "bounded"

    @property
    def reads(self) -> Mapping[str, Reading]:
        return {"retention": metric.Retention(self.period, self.periods, self.kind)}

    def table(self, retention: pd.DataFrame) -> pd.DataFrame:
        later = _later(retention)
        ends = zip(later["low"], later["high"], strict=True)
        return later.assign(
            interval=drawing.column((drawing.interval(*end, "percent") for end in ends), later)
        )[list(self.columns)]

    def summary(self, retention: pd.DataFrame) -> tuple[Sentence, ...]:
        known = _later(retention).dropna(subset=["low"])
        if known.empty:
            return (say("No customer was watched for a whole period after the first one."),)
        first, last = drawing.facts(known.iloc[0]), drawing.facts(known.iloc[-1])
        return (
            say(
                "In the first period after their first one {active:count} of {customers:count} "
                "customers came back ({share:percent}, 95 % interval {low:percent} to "
                "{high:percent}).",
                **first,
            ),
            say(
                "From day {from_day:count} on it were {active:count} of {customers:count} "
                "({share:percent}, 95 % interval {low:percent} to {high:percent}).",
                **last,
            ),
        )

    def draw(self, retention: pd.DataFrame, language: Language = ENGLISH) -> figure:
        later = _later(retention)
        if not later["share"].notna().any():
            return drawing.nothing(language)
        top = max(later[["share", "high"]].astype(float).max().max(), 0.01) * 1.06
        plot = drawing.frame(HEIGHT, (0.5, len(later) + 0.5), (top, 0))
        drawing.labels_at(
            plot.xaxis[0], {int(at): language.number(at, "count") for at in later["period"]}
        )
        plot.xaxis[0].axis_label = language.render(N_("periods after the first"))
        steps = {top * part / 4: language.number(top * part / 4, "percent") for part in range(5)}
        drawing.labels_at(plot.yaxis[0], steps)
        plot.yaxis[0].axis_label = language.render(N_("share of the customers"))
        places = {
            "x": later["period"].tolist(),
            **{name: drawing.numbers(later[name]) for name in ("low", "high")},
            "at": drawing.numbers(later["share"]),
        }
        rows = drawing.source(self.table(retention), self.columns, language, places)
        plot.line(x="x", y="at", line_color=BLUE, line_width=2, source=rows, name="share")
        plot.scatter(x="x", y="at", size=8, color=BLUE, source=rows, name="share")
        drawing.whiskers(plot, rows, name="interval", across=False)
        drawing.hover(plot, ["share"], self.columns, language)
        return plot


def _later(retention: pd.DataFrame) -> pd.DataFrame:
    """Without the first period, in which everybody came, and those nobody has behind them."""
    seen = retention["share"].notna() | retention["customers"].isna()
    return retention[(retention["period"] > 0) & seen].reset_index(drop=True)
