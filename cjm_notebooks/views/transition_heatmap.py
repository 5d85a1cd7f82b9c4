"""Where journeys went from each touchpoint, as a matrix."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
from bokeh.plotting import figure

from cjm_notebooks import drawing
from cjm_notebooks.drawing import ENGLISH, Geometry, moves, points
from cjm_notebooks.drawing.remembering import remembered
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.language import N_, Language, Sentence
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics.transitions import Transitions
from cjm_notebooks.views import View

CELL_WIDTH, CELL_HEIGHT = 40, 32
ROOM_FOR_NAMES, ROOM_FOR_COLUMN_NAMES = 160, 150


@dataclass(frozen=True)
class TransitionHeatmap(View):
    """A matrix of the moves out of each touchpoint, the stronger the more of them went that way.

    Each row adds up to all moves out of its touchpoint, but for those into journeys that are still
    open. Of a map with more than `touchpoints` the busiest are shown and the rest summed up.

    Reads  the report of `transitions`
    Draws  a cell a move: rows where it led from, columns where it led to, both in map order
    """

    title = N_("Moves out of each touchpoint")
    reads = {"journey_map": "journey_map", "transitions": Transitions()}
    series = {name: replace(kind, mark="bar") for name, kind in moves.SERIES.items()}
    columns = moves.COLUMNS

    touchpoints: int = 30

    def __post_init__(self) -> None:
        if self.touchpoints < 1:
            msg = f"`touchpoints` is {self.touchpoints}. Give the number of them to show, from 1."
            raise ParameterError(msg)

    @remembered
    def table(self, journey_map: JourneyMap, transitions: pd.DataFrame) -> pd.DataFrame:
        return moves.table_of(journey_map, self._cells(journey_map, transitions))

    def summary(self, journey_map: JourneyMap, transitions: pd.DataFrame) -> tuple[Sentence, ...]:
        return moves.summary_of(journey_map, transitions)

    def draw(
        self, journey_map: JourneyMap, transitions: pd.DataFrame, language: Language = ENGLISH
    ) -> figure:
        cells = self._cells(journey_map, transitions)
        if cells.empty:
            return drawing.nothing(language)
        names = {
            place: drawing.short(drawing.written(name, "", language), 24)
            for place, name in moves.places(journey_map).items()
        }
        rows, across = ([p for p in names if p in set(cells[end])] for end in ("source", "target"))
        plot = _frame(len(rows), len(across))
        drawing.labels_at(plot.yaxis[0], {at: names[place] for at, place in enumerate(rows)})
        drawing.labels_at(plot.xaxis[0], {at: names[place] for at, place in enumerate(across)})
        plot.xaxis[0].major_label_orientation = 0.9
        plot.xaxis[0].axis_label_align = "start"
        plot.yaxis[0].axis_label = language.render(N_("from"))
        plot.xaxis[0].axis_label = language.render(N_("share that went to"))
        table = self.table(journey_map, transitions)
        for kind, of_kind in cells.groupby("kind", sort=False):
            shares = of_kind["share"]
            geometry: Geometry = {
                "x": [across.index(place) for place in of_kind["target"]],
                "y": [rows.index(place) for place in of_kind["source"]],
                "label": points.whole_percents(shares, language),
                "alpha": points.strengths(shares),
            }
            words = table.loc[of_kind.index]
            rows_of_kind = drawing.source(words, self.columns, language, geometry)
            points.cells(plot, rows_of_kind, moves.SERIES[str(kind)].color, str(kind))
        drawing.hover(plot, self.series, self.columns, language)
        return plot

    @remembered
    def _cells(self, journey_map: JourneyMap, transitions: pd.DataFrame) -> pd.DataFrame:
        found = moves.moves_of(journey_map, transitions)
        found = found[found["target"] != "(open)"]
        among = drawing.names_of(journey_map.touchpoints)
        busy = pd.concat([found.groupby(end)["moves"].sum() for end in ("source", "target")])
        busiest = busy[busy.index.isin(among)].groupby(level=0).sum().nlargest(self.touchpoints)
        hidden = among.keys() - busiest.index
        shown = found[~found["source"].isin(hidden)]
        is_kept = ~shown["target"].isin(hidden)
        kept, rest = shown[is_kept], moves.summed(shown[~is_kept], set(shown["source"][is_kept]))
        return moves.with_kinds(journey_map, pd.concat([kept, rest], ignore_index=True))


def _frame(rows: int, columns: int) -> figure:
    return drawing.frame(
        ROOM_FOR_COLUMN_NAMES + CELL_HEIGHT * rows,
        (-0.5, columns - 0.5),
        (-0.5, rows - 0.5),
        least_width=ROOM_FOR_NAMES + CELL_WIDTH * columns,
        axes=("left", "above"),
    )
