"""How long journeys took from one stage to the next."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from bokeh.core.properties import value
from bokeh.models import ColumnDataSource
from bokeh.models.glyphs import HBar, Scatter, Segment
from bokeh.plotting import figure

from cjm_notebooks import drawing
from cjm_notebooks.drawing import A_LITTLE_MORE, BAR, ENGLISH, Column, Geometry, Series
from cjm_notebooks.drawing.remembering import remembered
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.language import N_, SECONDS_PER, Language, Sentence, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import waits as metric
from cjm_notebooks.palette import BLUE, INK, PAPER
from cjm_notebooks.views import View

PAIR = ("from_stage", "to_stage")
ROW_HEIGHT = 42
AXIS_TITLES = {
    "day": N_("wait, in days"),
    "hour": N_("wait, in hours"),
    "minute": N_("wait, in minutes"),
    "second": N_("wait, in seconds"),
}


@dataclass(frozen=True)
class Waits(View):
    """Bars of the median wait between two stages, and a mark that nine in ten did not exceed.

    Of more than `pairs` pairs of stages those with the most journeys are shown.

    Reads  the report of `waits`
    Draws  one bar a pair of stages, in map order, from 0, with the interval of its median
    """

    title = N_("Waits between stages")
    reads = {"journey_map": "journey_map", "waits": metric.Waits()}
    series = {
        "median": Series(N_("half waited at most"), BLUE, "bar"),
        "interval": Series(N_("95 % interval"), INK, "interval"),
        "nine_in_ten": Series(N_("nine in ten waited at most"), INK, "diamond"),
    }
    columns = {
        "from_stage": Column(N_("From")),
        "to_stage": Column(N_("To")),
        "journeys": Column(N_("Journeys"), "count"),
        "p50_seconds": Column(N_("Median"), "duration"),
        "interval": Column(N_("95 % interval"), "interval"),
        "p90_seconds": Column(N_("Nine in ten at most"), "duration"),
        "mean_seconds": Column(N_("Mean"), "duration"),
        "open": Column(N_("Still open in the first stage"), "count"),
    }

    pairs: int = 30

    def __post_init__(self) -> None:
        if self.pairs < 1:
            msg = f"`pairs` is {self.pairs}. Give the number of pairs of stages to show, from 1."
            raise ParameterError(msg)

    @remembered
    def table(self, journey_map: JourneyMap, waits: pd.DataFrame) -> pd.DataFrame:
        shown = self._shown(waits)
        names = drawing.names_of(journey_map.stages)
        ends = zip(shown["p50_low"], shown["p50_high"], strict=True)
        return shown.assign(
            from_stage=shown["from_stage"].map(names),
            to_stage=shown["to_stage"].map(names),
            interval=drawing.column((drawing.interval(*end, "duration") for end in ends), shown),
        )[list(self.columns)]

    def summary(self, journey_map: JourneyMap, waits: pd.DataFrame) -> tuple[Sentence, ...]:
        known = waits[waits["p50_seconds"].notna()]
        if known.empty:
            return (say("No journey went from one stage to another."),)
        names = drawing.names_of(journey_map.stages)
        longest = drawing.facts_of_largest(known, known["p50_seconds"])
        return (
            say(
                "The longest wait lies between {from_stage} and {to_stage}: half of "
                "{journeys:count} journeys took more than {p50_seconds:duration} (95 % interval "
                "{p50_low:duration} to {p50_high:duration}), one in ten more than "
                "{p90_seconds:duration}.",
                **(longest | {end: names[str(longest[end])] for end in PAIR}),
            ),
        )

    def draw(
        self, journey_map: JourneyMap, waits: pd.DataFrame, language: Language = ENGLISH
    ) -> figure:
        shown = self._shown(waits)
        if not shown["p50_seconds"].notna().any():
            return drawing.nothing(language)
        table = self.table(journey_map, waits)
        unit = _unit(shown)
        seconds = shown[["p50_seconds", "p50_low", "p50_high", "p90_seconds"]].astype(float)
        lengths = seconds / SECONDS_PER[unit]
        pairs = zip(table["from_stage"], table["to_stage"], strict=True)
        labels = [f"{drawing.short(from_)}\n→ {drawing.short(to, 30)}" for from_, to in pairs]
        plot = drawing.frame_of_rows(
            dict(enumerate(labels)),
            len(shown),
            (0, A_LITTLE_MORE * (lengths.max().max() or 1)),
            ROW_HEIGHT,
        )
        drawing.label_numbers(plot, language.render(AXIS_TITLES[unit]), "days", language)
        geometry: Geometry = {
            "y": list(range(len(shown))),
            "median": drawing.numbers(lengths["p50_seconds"]),
            "low": drawing.numbers(lengths["p50_low"]),
            "high": drawing.numbers(lengths["p50_high"]),
            "nine_in_ten": drawing.numbers(lengths["p90_seconds"]),
        }
        _draw_bars(plot, drawing.source(table, self.columns, language, geometry))
        says = (
            language.render(say("½: {half:duration}\n9/10: {most:duration}", half=half, most=most))
            for half, most in zip(shown["p50_seconds"], shown["p90_seconds"], strict=True)
        )
        drawing.label_row_ends(plot, says, range(len(shown)))
        drawing.hover(plot, ["median"], self.columns, language)
        return plot

    def _shown(self, waits: pd.DataFrame) -> pd.DataFrame:
        most = waits["journeys"].astype(float).nlargest(self.pairs).index
        return waits.loc[most.sort_values()].reset_index(drop=True)


def _unit(waits: pd.DataFrame) -> str:
    """The largest unit of which the longest wait has at least three."""
    longest = waits[["p50_high", "p90_seconds"]].astype(float).max().max()
    fitting = (unit for unit, length in SECONDS_PER.items() if longest >= 3 * length)
    return next(fitting, "second")


def _draw_bars(plot: figure, rows: ColumnDataSource) -> None:
    bar = HBar(y="y", right="median", height=BAR, line_color=BLUE, fill_color=BLUE)
    line = Segment(
        x0="median", x1="nine_in_ten", y0="y", y1="y", line_color=INK, line_dash="dotted"
    )
    diamond = Scatter(
        x="nine_in_ten", y="y", marker=value("diamond"), size=13, fill_color=PAPER, line_color=INK,
        line_width=2,
    )  # fmt: skip
    drawing.mark(plot, rows, bar, name="median")
    drawing.mark(plot, rows, line, name="nine_in_ten")
    drawing.mark(plot, rows, diamond, name="nine_in_ten")
    drawing.whiskers(plot, rows, name="interval", across=True)
