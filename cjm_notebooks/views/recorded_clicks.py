"""What recorded customers did at each touchpoint: where they clicked, in anger or in vain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

import pandas as pd
from bokeh.plotting import figure

from cjm_notebooks import drawing
from cjm_notebooks.drawing import ENGLISH, Column, Geometry, Series, points
from cjm_notebooks.drawing.remembering import remembered
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.language import N_, Language, Sentence, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics.recorded_signs import RecordedSigns
from cjm_notebooks.palette import BLUE, VERMILION
from cjm_notebooks.views import View

DONE = {
    "click": say("clicked"),
    "rage_click": say("clicked in anger"),
    "dead_click": say("clicked in vain"),
    "quick_back": say("clicked, came straight back"),
    "field_filled": say("filled in a field with ease"),
    "field_struggle": say("struggled with a field"),
    "script_error": say("met a script error"),
    "scroll": say("scrolled"),
}
WORST = {
    "rage_click": N_(
        "Most clicked in anger on {element} ({touchpoint}): {customers:count} of the "
        "{recorded:count} customers recorded there ({share:percent}, 95 % interval {low:percent} "
        "to {high:percent})."
    ),
    "dead_click": N_(
        "Most clicked in vain on {element} ({touchpoint}): {customers:count} of the "
        "{recorded:count} customers recorded there ({share:percent}, 95 % interval {low:percent} "
        "to {high:percent})."
    ),
    "quick_back": N_(
        "Most were led astray by {element} ({touchpoint}): {customers:count} of the "
        "{recorded:count} customers recorded there came straight back ({share:percent}, 95 % "
        "interval {low:percent} to {high:percent})."
    ),
    "field_struggle": N_(
        "Most struggled with {element} ({touchpoint}): {customers:count} of the "
        "{recorded:count} customers recorded there ({share:percent}, 95 % interval {low:percent} "
        "to {high:percent})."
    ),
}
TROUBLE = frozenset({*WORST, "script_error"})
ANYWHERE = say("anywhere")
ORDER = {sign: place for place, sign in enumerate(DONE)}
CELL_WIDTH, CELL_HEIGHT = 48, 30
ROOM_FOR_NAMES, ROOM_FOR_COLUMN_NAMES = 240, 180


@dataclass(frozen=True)
class RecordedClicks(View):
    """A heat map of what recorded customers did at each touchpoint, and on which element.

    Each touchpoint has a row for all its elements, and one for each of the `elements` that gave
    most trouble or, after these, were clicked and filled in most. Elements and not positions:
    positions differ from window to window, and an element is what can be mended.

    Reads  the report of `recorded-signs`
    Draws  a cell per element and sign, the stronger the larger the share of the customers recorded
           at the touchpoint; on the right how far down they came
    """

    title = N_("What recorded customers did")
    only_if_named = True
    reads = {"journey_map": "journey_map", "signs": RecordedSigns()}
    series = {
        "trouble": Series(N_("trouble"), VERMILION, "bar"),
        "use": Series(N_("use"), BLUE, "bar"),
    }
    columns = {
        "touchpoint": Column(N_("Touchpoint")),
        "element": Column(N_("Element")),
        "sign": Column(N_("What they did")),
        "customers": Column(N_("Customers"), "count"),
        "recorded": Column(N_("Of those recorded there"), "count"),
        "share": Column(N_("Share"), "percent"),
        "interval": Column(N_("95 % interval"), "interval"),
    }

    elements: int = 6

    def __post_init__(self) -> None:
        if self.elements < 0:
            msg = f"`elements` is {self.elements}. Give how many to show a touchpoint, from 0."
            raise ParameterError(msg)

    def table(self, journey_map: JourneyMap, signs: pd.DataFrame) -> pd.DataFrame:
        cells, names = self._cells(signs), drawing.names_of(journey_map.touchpoints)
        ends = zip(cells["low"], cells["high"], strict=True)
        return cells.assign(
            touchpoint=drawing.column((names[id_] for id_ in cells["touchpoint"]), cells),
            element=drawing.column((one or ANYWHERE for one in cells["element"]), cells),
            sign=drawing.column(map(_done, cells["sign"], cells["screen"]), cells),
            interval=drawing.column((drawing.interval(*end, "percent") for end in ends), cells),
        )[list(self.columns)]

    def summary(self, journey_map: JourneyMap, signs: pd.DataFrame) -> tuple[Sentence, ...]:
        if signs.empty:
            return (say("No recorded event belongs to a touchpoint of the map."),)
        names = drawing.names_of(journey_map.touchpoints)
        known = signs[signs["share"].notna() & signs["element"].notna()]
        trouble = known[known["sign"].isin(WORST)].sort_values("share", kind="stable")
        worst = trouble[::-1].drop_duplicates("sign")
        found = [
            Sentence(
                WORST[row["sign"]], drawing.facts(row) | {"touchpoint": names[row["touchpoint"]]}
            )
            for _, row in worst.iterrows()
        ]
        if not found:
            found = [say("No element is known to have given trouble.")]
        if signs["share"].isna().any():
            found.append(say("What very few people did is neither drawn nor counted here."))
        return tuple(found)

    def draw(
        self, journey_map: JourneyMap, signs: pd.DataFrame, language: Language = ENGLISH
    ) -> figure:
        cells = self._cells(signs)
        if cells.empty:
            return drawing.nothing(language)
        grid = _Grid.of(cells, drawing.names_of(journey_map.touchpoints))
        plot, table = grid.frame(language), self.table(journey_map, signs)
        for kind, some in cells.groupby("kind", sort=False):
            geometry: Geometry = {
                "x": [grid.columns[one] for one in _pairs(some, "sign", "screen")],
                "y": [grid.rows[one] for one in _pairs(some, "touchpoint", "element")],
                "label": points.whole_percents(some["share"], language),
                "alpha": points.strengths(some["share"]),
            }
            words = drawing.source(table.loc[some.index], self.columns, language, geometry)
            points.cells(plot, words, self.series[str(kind)].color, str(kind))
        drawing.hover(plot, self.series, self.columns, language)
        return plot

    @remembered
    def _cells(self, signs: pd.DataFrame) -> pd.DataFrame:
        """The rows of the report to draw; `element` is empty for all of them, `screen` mostly 0."""
        shown = signs[signs["share"].notna()]
        is_screen = (shown["sign"] == "scroll") & shown["element"].notna()
        screen = shown["element"].where(is_screen).str.extract(r"(\d+)$", expand=False)
        cells = shown.assign(
            screen=screen.astype(float).fillna(0).astype(int),
            element=shown["element"].where(~is_screen).fillna(""),
            kind=shown["sign"].isin(TROUBLE).map({True: "trouble", False: "use"}),
            place=pd.factorize(shown["touchpoint"])[0],
            order=shown["sign"].map(ORDER),
        )
        cells["rank"] = _ranks(cells)
        order = ["place", "rank", "order", "screen"]
        return cells[cells["rank"] < self.elements].sort_values(order).reset_index(drop=True)


@dataclass(frozen=True)
class _Grid:
    """Where the cells are: `y` of each touchpoint and element, `x` of each sign and screen."""

    rows: Mapping[tuple[str, str], int]
    columns: Mapping[tuple[str, int], int]
    headings: Mapping[int, str]

    @classmethod
    def of(cls, cells: pd.DataFrame, names: Mapping[str, str]) -> Self:
        rows = list(dict.fromkeys(_pairs(cells, "touchpoint", "element")))
        columns = dict.fromkeys(_pairs(cells.sort_values(["order", "screen"]), "sign", "screen"))
        at, headings = drawing.under_headings([names[touchpoint] for touchpoint, _ in rows])
        return cls(
            dict(zip(rows, at, strict=True)),
            {column: place for place, column in enumerate(columns)},
            headings,
        )

    def frame(self, language: Language) -> figure:
        rows, columns = len(self.rows) + len(self.headings), len(self.columns)
        plot = drawing.frame(
            ROOM_FOR_COLUMN_NAMES + CELL_HEIGHT * rows,
            (-0.5, columns - 0.5),
            (-0.5, rows - 0.5),
            least_width=ROOM_FOR_NAMES + CELL_WIDTH * columns,
            axes=("left", "above"),
        )
        where = ((at, element or ANYWHERE) for (_, element), at in self.rows.items())
        drawing.labels_at(
            plot.yaxis[0],
            {at: drawing.short(drawing.written(one, "", language)) for at, one in where},
        )
        done = (language.render(_done(*column)) for column in self.columns)
        drawing.labels_at(plot.xaxis[0], drawing.short_labels(done))
        plot.xaxis[0].major_label_orientation = 0.9
        plot.xaxis[0].axis_label = language.render(N_("share of the customers recorded there"))
        drawing.draw_headings(plot, self.headings, -0.5)
        return plot


def _pairs(cells: pd.DataFrame, one: str, other: str) -> Iterable[tuple[Any, Any]]:
    return zip(cells[one], cells[other], strict=True)


def _done(sign: str, screen: int) -> Sentence:
    return say("screen {screen:count} at most", screen=screen) if screen else DONE[sign]


def _ranks(cells: pd.DataFrame) -> list[int]:
    """The rank of each element at its touchpoint by trouble, then by use; -1 for all together."""
    customers = cells["customers"].astype(float)
    counted = cells.assign(trouble=customers.where(cells["kind"] == "trouble", 0), all=customers)
    named = counted[counted["element"] != ""]
    summed = named.groupby(["touchpoint", "element"], sort=False)[["trouble", "all"]].sum()
    ordered = summed.sort_values(["trouble", "all"], ascending=False, kind="stable")
    rank = dict(zip(ordered.index, ordered.groupby("touchpoint").cumcount(), strict=True))
    return [rank.get(one, -1) for one in _pairs(cells, "touchpoint", "element")]
