"""What customers expected against what they perceived, by the department that owns it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from bokeh.models import ColumnDataSource
from bokeh.plotting import figure

from cjm_notebooks import drawing
from cjm_notebooks.drawing import BAR, ENGLISH, Column, Geometry, Series
from cjm_notebooks.language import N_, Language, Sentence, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import expectation_gap as metric
from cjm_notebooks.palette import GREEN, INK, PAPER, VERMILION
from cjm_notebooks.views import View

SOURCES = {"claim": say("the map"), "answers": say("customers' answers")}
NO_DEPARTMENT = say("no department")


@dataclass(frozen=True)
class ExpectationGap(View):
    """Bars of what customers perceived less what they expected, below 0 where it fell short.

    Where the touchpoints were rated on different scales, a gap is drawn as a share of its scale.

    Reads  the report of `expectation-gap`
    Draws  one bar a touchpoint, from 0, with its interval; touchpoints in map order below the
           department that owns them
    """

    title = N_("Expected and perceived, by department")
    reads = {"journey_map": "journey_map", "expectation_gap": metric.ExpectationGap()}
    series = {
        "short": Series(N_("less than expected"), VERMILION, "hatched"),
        "met": Series(N_("as expected or better"), GREEN, "bar"),
        "interval": Series(N_("95 % interval"), INK, "interval"),
    }
    columns = {
        "department": Column(N_("Department")),
        "touchpoint": Column(N_("Touchpoint")),
        "expected": Column(N_("Expected"), "decimal"),
        "expected_source": Column(N_("According to")),
        "perceived": Column(N_("Perceived"), "decimal"),
        "perceived_n": Column(N_("Answers"), "count"),
        "scale": Column(N_("Scale")),
        "gap": Column(N_("Gap"), "signed"),
        "interval": Column(N_("95 % interval"), "interval"),
    }

    def table(self, journey_map: JourneyMap, expectation_gap: pd.DataFrame) -> pd.DataFrame:
        rows = _by_department(expectation_gap)
        departments = drawing.names_of(journey_map.departments)
        ends = zip(rows["low"], rows["high"], strict=True)
        scales = zip(rows["scale_low"], rows["scale_high"], strict=True)
        return rows.assign(
            department=drawing.column(
                (
                    NO_DEPARTMENT if pd.isna(id_) else departments.get(id_, id_)
                    for id_ in rows["department"]
                ),
                rows,
            ),
            touchpoint=rows["touchpoint"].map(drawing.names_of(journey_map.touchpoints)),
            expected_source=drawing.column(map(SOURCES.get, rows["expected_source"]), rows),
            scale=drawing.column((drawing.scale(*scale) for scale in scales), rows),
            interval=drawing.column((drawing.interval(*end, "signed") for end in ends), rows),
        )[list(self.columns)]

    def summary(
        self, journey_map: JourneyMap, expectation_gap: pd.DataFrame
    ) -> tuple[Sentence, ...]:
        known = expectation_gap[expectation_gap["low"].notna()]
        if known.empty:
            return (say("No touchpoint has an expectation and enough answers on the same scale."),)
        names = drawing.names_of(journey_map.touchpoints)
        worst = drawing.facts_of_largest(known, -_drawn_gaps(known)["gap"])
        return (
            say(
                "At {short:count} of {all:count} touchpoints the whole interval lies below what "
                "customers expected.",
                short=int((known["high"] < 0).sum()),
                all=len(known),
            ),
            say(
                "The lowest gap is {gap:signed} at {name}: expected {expected:decimal}, perceived "
                "{perceived:decimal} (95 % interval of the gap {low:signed} to {high:signed}, "
                "{perceived_n:count} answers).",
                **worst,
                name=names[str(worst["touchpoint"])],
            ),
        )

    def draw(
        self, journey_map: JourneyMap, expectation_gap: pd.DataFrame, language: Language = ENGLISH
    ) -> figure:
        rows = _by_department(expectation_gap)
        if not rows["gap"].notna().any():
            return drawing.nothing(language)
        table = self.table(journey_map, expectation_gap)
        departments = [drawing.written(cell, "", language) for cell in table["department"]]
        at, headings = drawing.under_headings(departments)
        gaps = _drawn_gaps(rows)
        start, end = min(gaps.min().min(), 0), max(gaps.max().max(), 0)
        width = end - start or 1
        plot = drawing.frame_of_rows(
            dict(zip(at, map(drawing.short, table["touchpoint"]), strict=True)),
            len(at) + len(headings),
            (start - 0.04 * width, end + 0.04 * width),
        )
        title, form = _axis(rows)
        drawing.label_numbers(plot, language.render(title), form, language)
        drawing.draw_headings(plot, headings, start - 0.04 * width)
        for name, chosen in (("short", rows["gap"] < 0), ("met", rows["gap"] >= 0)):
            geometry: Geometry = {
                "y": [row for row, is_chosen in zip(at, chosen, strict=True) if is_chosen],
                **{edge: drawing.numbers(gaps[chosen][edge]) for edge in ("gap", "low", "high")},
            }
            words = drawing.source(table[chosen], self.columns, language, geometry)
            _draw_bars(plot, words, name)
        labels = (drawing.written(gap, "signed", language) for gap in rows["gap"])
        drawing.label_row_ends(plot, labels, at)
        drawing.hover(plot, ["short", "met"], self.columns, language)
        return plot


def _by_department(expectation_gap: pd.DataFrame) -> pd.DataFrame:
    """The departments in the order in which the map first names them, each with all its rows."""
    owner = expectation_gap["department"].fillna("")
    first = {department: at for at, department in enumerate(owner.unique())}
    order = owner.map(first).sort_values(kind="stable").index
    return expectation_gap.loc[order].reset_index(drop=True)


def _is_one_scale(rows: pd.DataFrame) -> bool:
    return len(rows[["scale_low", "scale_high"]].drop_duplicates()) == 1


def _drawn_gaps(rows: pd.DataFrame) -> pd.DataFrame:
    """Gaps with their intervals: in points, or as shares of the scale where scales differ."""
    points = rows[["gap", "low", "high"]].astype(float)
    if _is_one_scale(rows):
        return points
    return points.div(rows["scale_high"] - rows["scale_low"], axis=0)


def _axis(rows: pd.DataFrame) -> tuple[Sentence, str]:
    if not _is_one_scale(rows):
        return say("perceived less expected, as a share of the scale"), "whole_percent"
    title = say(
        "perceived less expected, in points of a scale from {low:days} to {high:days}",
        low=float(rows["scale_low"].iloc[0]),
        high=float(rows["scale_high"].iloc[0]),
    )
    return title, "signed"


def _draw_bars(plot: figure, rows: ColumnDataSource, name: str) -> None:
    plot.hbar(
        y="y", right="gap", height=BAR, color=ExpectationGap.series[name].color,
        hatch_pattern="right_diagonal_line" if name == "short" else "blank",
        hatch_color=PAPER, hatch_alpha=0.7, source=rows, name=name,
    )  # fmt: skip
    drawing.whiskers(plot, rows, name="interval", across=True)
