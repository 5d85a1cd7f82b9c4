"""Which touchpoints have events, and which events have no touchpoint."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from bokeh.models import ColumnDataSource
from bokeh.plotting import figure

from cjm_notebooks import drawing
from cjm_notebooks.drawing import A_LITTLE_MORE, BAR, ENGLISH, Column, Geometry, Series
from cjm_notebooks.drawing.remembering import remembered
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.language import N_, Language, Sentence, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import coverage as metric
from cjm_notebooks.palette import BLUE, GREY, PAPER, PURPLE, VERMILION
from cjm_notebooks.views import View

COUNTS = ["events", "undecided", "outcome_events"]
NAMES_IN_A_CELL = 3
ROOM_FOR_CROSS = -0.025
PARTS = {"matched": "undecided", "unmatched": "outcome"}
HATCHES = {"undecided": "diagonal_cross", "unmatched": "right_diagonal_line", "outcome": "dot"}


@dataclass(frozen=True)
class Coverage(View):
    """Bars of the events of each touchpoint, and below them of the events that belong to none.

    A touchpoint without events has a cross. Of more than `names` names of events without a
    touchpoint the most frequent are shown and the rest summed up.

    Reads  the report of `coverage`
    Draws  one bar a touchpoint, in map order, then one a name, most frequent first; from 0
    """

    title = N_("Events on the map and events beside it")
    reads = {"journey_map": "journey_map", "coverage": metric.Coverage()}
    series = {
        "matched": Series(N_("on a touchpoint"), BLUE, "bar"),
        "undecided": Series(N_("claimed by two rules alike"), PURPLE, "crossed"),
        "missing": Series(N_("touchpoint without an event"), VERMILION, "cross"),
        "unmatched": Series(N_("on no touchpoint"), VERMILION, "hatched"),
        "outcome": Series(N_("an outcome, on no touchpoint"), GREY, "dotted"),
    }
    columns = {
        "place": Column(N_("Touchpoint")),
        "names": Column(N_("Names of the events")),
        "events": Column(N_("Events"), "count"),
        "share": Column(N_("Share of all events"), "percent"),
        "undecided": Column(N_("Claimed by two rules alike"), "count"),
        "outcome": Column(N_("Of these an outcome"), "count"),
    }

    names: int = 15

    def __post_init__(self) -> None:
        if self.names < 1:
            msg = f"`names` is {self.names}. Give the number of names of events to show, from 1."
            raise ParameterError(msg)

    @remembered
    def table(self, journey_map: JourneyMap, coverage: pd.DataFrame) -> pd.DataFrame:
        return self._rows(journey_map, coverage)[list(self.columns)]

    def summary(self, journey_map: JourneyMap, coverage: pd.DataFrame) -> tuple[Sentence, ...]:
        events = int(coverage["all_events"].max()) if len(coverage) else 0
        if not events:
            return (say("No event was recorded."),)
        rows = self._rows(journey_map, coverage)
        matched = rows[rows["group"] == "matched"]
        silent = matched.loc[matched["events"] == 0, "place"]
        on_map, outcomes = matched["events"].sum(), rows["outcome"].sum()
        facts = {"on_map": on_map, "events": events, "share": on_map / events}
        if rows["events"].isna().any():
            first = say(
                "At least {on_map:count} of {events:count} events ({share:percent}) belong to a "
                "touchpoint; counts of very few people are hidden.",
                **facts,
            )
        else:
            first = say(
                "{on_map:count} of {events:count} events ({share:percent}) belong to a touchpoint; "
                "of the others {outcomes:count} are an outcome and {rest:count} belong to nothing.",
                **facts,
                outcomes=outcomes,
                rest=events - on_map - outcomes,
            )
        return (
            first,
            say(
                "{silent:count} of {touchpoints:count} touchpoints have no event.",
                silent=len(silent),
                touchpoints=len(matched),
            ),
        )

    def draw(
        self, journey_map: JourneyMap, coverage: pd.DataFrame, language: Language = ENGLISH
    ) -> figure:
        rows = self._rows(journey_map, coverage)
        if not rows["events"].fillna(0).any():
            return drawing.nothing(language)
        most = float(rows["events"].max())
        titles = {"matched": N_("On the map"), "unmatched": N_("On no touchpoint")}
        groups = [language.render(titles[group]) for group in rows["group"]]
        at, headings = drawing.under_headings(groups)
        labels = [drawing.short(drawing.written(cell, "", language)) for cell in rows["place"]]
        plot = drawing.frame_of_rows(
            dict(zip(at, labels, strict=True)),
            len(at) + len(headings),
            (ROOM_FOR_CROSS * most, A_LITTLE_MORE * most),
        )
        drawing.label_numbers(plot, language.render(N_("events")), "count", language)
        drawing.draw_headings(plot, headings, ROOM_FOR_CROSS * most)
        for group in titles:
            chosen = rows["group"] == group
            y = [row for row, is_chosen in zip(at, chosen, strict=True) if is_chosen]
            geometry = _geometry(rows[chosen], y)
            words = drawing.source(rows[chosen], self.columns, language, geometry)
            _draw_bars(plot, rows[chosen], words, group)
        counts = (drawing.written(count, "count", language) for count in rows["events"])
        drawing.label_row_ends(plot, counts, at)
        drawing.hover(plot, titles, self.columns, language)
        return plot

    def _rows(self, journey_map: JourneyMap, coverage: pd.DataFrame) -> pd.DataFrame:
        """One row a bar: touchpoints, then the names of events that belong to none."""
        names = drawing.names_of(journey_map.touchpoints)
        is_matched = coverage["touchpoint"].notna()
        matched = coverage[is_matched].groupby("touchpoint", sort=False)[COUNTS].agg(_sum)
        found = coverage[is_matched].groupby("touchpoint", sort=False)["event"]
        matched = matched.assign(
            place=[names[str(id_)] for id_ in matched.index],
            names=drawing.column((_listed(events.dropna()) for _, events in found), matched),
            group="matched",
        )
        stray = coverage[~is_matched].assign(group="unmatched")
        stray = stray.assign(place=stray["event"], names=stray["event"])
        rows = pd.concat([matched, stray[: self.names], _summed(stray[self.names :])])
        total = coverage["all_events"].max()
        return rows.assign(share=rows["events"] / total, outcome=rows["outcome_events"])


def _sum(counts: pd.Series) -> float:
    """Not known where one of them is hidden."""
    return float(counts.astype(float).sum(skipna=False))


def _listed(events: pd.Series) -> str | Sentence | None:
    listed = ", ".join(events[:NAMES_IN_A_CELL])
    more = len(events) - NAMES_IN_A_CELL
    return say("{names} and {more:count} more", names=listed, more=more) if more > 0 else listed


def _summed(stray: pd.DataFrame) -> pd.DataFrame:
    """All these names of events as one row; no row where there are none."""
    if stray.empty:
        return stray
    counts = {name: _sum(stray[name]) for name in COUNTS}
    others = say("{names:count} other names", names=len(stray))
    return pd.DataFrame([{**counts, "place": others, "names": others, "group": "unmatched"}])


def _geometry(rows: pd.DataFrame, at: list[int]) -> Geometry:
    events = rows["events"].astype(float)
    return {
        "y": at,
        "events": drawing.numbers(events),
        "undecided": drawing.numbers(rows["undecided"]),
        "outcome": drawing.numbers(rows["outcome"]),
        "missing": [0.0 if count == 0 else float("nan") for count in drawing.numbers(events)],
    }


def _draw_bars(plot: figure, rows: pd.DataFrame, bars: ColumnDataSource, group: str) -> None:
    parts = {group: "events", PARTS[group]: PARTS[group]}
    for name, counted in parts.items():
        if drawing.any_of(rows[counted]):
            plot.hbar(
                y="y", right=counted, height=BAR, fill_color=Coverage.series[name].color,
                line_color=None, hatch_pattern=HATCHES.get(name, "blank"), hatch_color=PAPER,
                hatch_alpha=0.7, hatch_scale=8, source=bars, name=name,
            )  # fmt: skip
    if group == "matched" and rows["events"].eq(0).any():
        plot.scatter(
            x="missing", y="y", marker="x", size=10, line_color=VERMILION, line_width=2.5,
            source=bars, name="missing",
        )  # fmt: skip
