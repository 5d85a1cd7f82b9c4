"""How journeys flow from touchpoint to touchpoint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from bokeh.models import ColumnDataSource
from bokeh.models.glyphs import Patches, Quad
from bokeh.plotting import figure
from numpy.typing import NDArray

from cjm_notebooks import drawing
from cjm_notebooks.drawing import ENGLISH, moves
from cjm_notebooks.drawing.remembering import remembered
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.language import N_, Language, Sentence
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics.transitions import Transitions
from cjm_notebooks.palette import INK
from cjm_notebooks.views import View

FLOW_HEIGHT, NODE_GAP, AROUND = 300, 32, 60
NODE = 0.018
CURVE = np.linspace(0, 1, 25)
Outline = NDArray[np.float64]
Whole = NDArray[np.integer[Any]]


@dataclass(frozen=True)
class TouchpointFlow(View):
    """Bands from where moves began, on the left, to where they led, on the right.

    A band is as high as its number of moves, and so is each place on either side. A move back in
    the order of the map is a band like any other, in a colour and hatch of its own. The `links`
    most frequent moves have a band each; the rest is summed up.

    Reads  the report of `transitions`
    Draws  a band a move between two columns of places, each in map order
    """

    title = N_("Flow between touchpoints")
    reads = {"journey_map": "journey_map", "transitions": Transitions()}
    series = moves.SERIES
    columns = moves.COLUMNS

    links: int = 30

    def __post_init__(self) -> None:
        if self.links < 1:
            msg = f"`links` is {self.links}. Give the number of bands to draw, from 1."
            raise ParameterError(msg)

    @remembered
    def table(self, journey_map: JourneyMap, transitions: pd.DataFrame) -> pd.DataFrame:
        return moves.table_of(journey_map, self._bands(journey_map, transitions))

    def summary(self, journey_map: JourneyMap, transitions: pd.DataFrame) -> tuple[Sentence, ...]:
        return moves.summary_of(journey_map, transitions)

    def draw(
        self, journey_map: JourneyMap, transitions: pd.DataFrame, language: Language = ENGLISH
    ) -> figure:
        bands = self._bands(journey_map, transitions)
        if bands.empty:
            return drawing.nothing(language)
        names = {
            place: drawing.short(drawing.written(name, "", language))
            for place, name in moves.places(journey_map).items()
        }
        thickness = bands["moves"].to_numpy(np.int64)
        order = {place: at for at, place in enumerate(names)}
        source, target = (bands[end].map(order).to_numpy(np.int64) for end in ("source", "target"))
        left, right = _stacked(source, target, thickness), _stacked(target, source, thickness)
        plot = _frame(left, right, names, language)
        table = self.table(journey_map, transitions)
        kinds = bands["kind"].to_numpy(object)
        for kind in dict.fromkeys(kinds):
            rows = np.flatnonzero(kinds == kind)
            geometry = _curves(left.begin[rows], right.begin[rows], thickness[rows])
            words = table.iloc[rows]
            _draw_bands(plot, drawing.source(words, self.columns, language, geometry), kind)
        drawing.hover(plot, self.series, self.columns, language)
        _draw_places(plot, left, right)
        return plot

    @remembered
    def _bands(self, journey_map: JourneyMap, transitions: pd.DataFrame) -> pd.DataFrame:
        """The bands in the order in which they leave the left side."""
        found = moves.moves_of(journey_map, transitions)
        is_kept = np.zeros(len(found), bool)
        is_kept[np.argsort(-found["moves"].to_numpy(np.int64), kind="stable")[: self.links]] = True
        kept, rest = found[is_kept], moves.summed(found[~is_kept], set(found["source"][is_kept]))
        both = pd.concat([kept, rest], ignore_index=True)
        order = {place: at for at, place in enumerate(moves.places(journey_map))}
        first, second = ([order[place] for place in both[end]] for end in ("source", "target"))
        ordered = both.iloc[np.lexsort((second, first))].reset_index(drop=True)
        return moves.with_kinds(journey_map, ordered)


@dataclass(frozen=True)
class _Column:
    """One side of the flow: its places from the top down, and where each band begins there."""

    places: Whole  # (places,), by number
    top: NDArray[np.float64]  # (places,)
    bottom: NDArray[np.float64]  # (places,)
    moves: Whole  # (places,)
    begin: NDArray[np.float64]  # (bands,)


def _stacked(place: Whole, other_end: Whole, thickness: Whole) -> _Column:
    """The bands on one side, stacked by place, with a gap between places."""
    stack = np.lexsort((other_end, place))
    places, begins, gaps = np.unique(place[stack], return_index=True, return_inverse=True)
    moves = np.add.reduceat(thickness[stack], begins)
    bottom = np.cumsum(thickness[stack]) + gaps * thickness.sum() * NODE_GAP / FLOW_HEIGHT
    top = bottom - thickness[stack]
    begin = np.empty(len(stack))
    begin[stack] = top
    return _Column(places, top[begins], top[begins] + moves, moves, begin)


def _frame(left: _Column, right: _Column, names: Mapping[str, str], language: Language) -> figure:
    places = max(len(left.places), len(right.places))
    depth = max(column.bottom.max() for column in (left, right))
    height = AROUND + FLOW_HEIGHT + NODE_GAP * (places - 1)
    plot = drawing.frame(height, (0, 1), (0, depth), axes=("left", "right"))
    titles = (N_("from"), N_("to"))
    called = list(names.values())
    for axis, column, title in zip(plot.yaxis, (left, right), titles, strict=True):
        middles = ((column.top + column.bottom) / 2).tolist()
        counts = (language.number(moves, "count") for moves in column.moves.tolist())
        named = zip(column.places, counts, strict=True)
        texts = [f"{called[place]}\n{n}" for place, n in named]
        drawing.labels_at(axis, dict(zip(middles, texts, strict=True)))
        axis.axis_label = language.render(title)
    return plot


def _curves(
    begin: NDArray[np.float64], end: NDArray[np.float64], thickness: Whole
) -> dict[str, list[Outline]]:
    """The outlines of the bands, over the top from left to right and back below."""
    across = NODE + (1 - 2 * NODE) * CURVE
    fall = CURVE**2 * (3 - 2 * CURVE)
    over = begin[:, None] + (end - begin)[:, None] * fall
    below = over[:, ::-1] + thickness[:, None]
    there_and_back = np.concatenate([across, across[::-1]])
    return {"xs": [there_and_back] * len(begin), "ys": list(np.hstack([over, below]))}


def _draw_bands(plot: figure, bands: ColumnDataSource, kind: str) -> None:
    color = moves.SERIES[kind].color
    band, hovered = (
        Patches(
            xs="xs",
            ys="ys",
            fill_color=color,
            fill_alpha=alpha,
            line_color=color,
            line_width=0.8,
            hatch_pattern=moves.HATCHES.get(kind, "blank"),
            hatch_color=color,
            hatch_alpha=0.6,
        )
        for alpha in (0.45, 0.75)
    )
    drawing.mark(plot, bands, band, hover_glyph=hovered, name=kind)


def _draw_places(plot: figure, left: _Column, right: _Column) -> None:
    begin = np.repeat([0, 1 - NODE], [len(left.places), len(right.places)])
    places = {
        "left": begin.tolist(),
        "right": (begin + NODE).tolist(),
        "top": [*left.top.tolist(), *right.top.tolist()],
        "bottom": [*left.bottom.tolist(), *right.bottom.tolist()],
    }
    bars = Quad(
        left="left", right="right", top="top", bottom="bottom", line_color=INK, fill_color=INK
    )
    drawing.mark(plot, ColumnDataSource(places), bars)
