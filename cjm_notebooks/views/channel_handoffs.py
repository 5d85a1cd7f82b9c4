"""Where journeys are passed on from one channel, or one department, to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd
from bokeh.plotting import figure

from cjm_notebooks import drawing
from cjm_notebooks.checks import Reading
from cjm_notebooks.drawing import ENGLISH, Column, Geometry, Series, points
from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.language import N_, Language, Sentence, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics.channel_switches import ChannelSwitches
from cjm_notebooks.metrics.hand_offs import HandOffs
from cjm_notebooks.palette import BLUE
from cjm_notebooks.views import View

Owner = Literal["channel", "department"]
FAINTEST, STRONGEST = 0.12, 0.6
CELL_HEIGHT, CELL_WIDTH, ROOM = 34, 92, 190


@dataclass(frozen=True)
class ChannelHandoffs(View):
    """A matrix of the hand-offs between channels, the stronger the more journeys took them.

    With `between="department"` the same between the departments of the map, and how many journeys
    ended right after.

    Reads  the report of `channel-switches` or `hand-offs`
    Draws  a cell a pair: rows where journeys came from, columns where they went
    """

    title = N_("Hand-offs between channels and departments")
    only_if_named = True
    series = {"cell": Series(N_("share of the journeys that were handed on so"), BLUE, "bar")}
    columns = {
        "source": Column(N_("From")),
        "target": Column(N_("To")),
        "journeys": Column(N_("Journeys"), "count"),
        "share": Column(N_("Share"), "percent"),
        "interval": Column(N_("95 % interval"), "interval"),
        "p50_seconds": Column(N_("Median wait"), "duration"),
        "left_share": Column(N_("Ended right after"), "percent"),
    }

    between: Owner = "channel"

    def __post_init__(self) -> None:
        if self.between not in get_args(Owner):
            near = did_you_mean(self.between, get_args(Owner))
            msg = f"`between` is `{self.between}`. Give `channel` or `department`. {near}"
            raise ParameterError(msg)

    @classmethod
    def examples(cls) -> tuple[ChannelHandoffs, ...]:
        return (cls("department"),)

    @property
    def reads(self) -> Mapping[str, Reading]:
        metric = ChannelSwitches() if self.between == "channel" else HandOffs()
        return {"journey_map": "journey_map", "moves": metric}

    def table(self, journey_map: JourneyMap, moves: pd.DataFrame) -> pd.DataFrame:
        pairs, names = self._pairs(moves), self._names(journey_map)
        ends = zip(pairs["low"], pairs["high"], strict=True)
        return pairs.assign(
            source=pairs["source"].map(lambda id_: names.get(id_, id_)),
            target=pairs["target"].map(lambda id_: names.get(id_, id_)),
            interval=drawing.column((drawing.interval(*end, "percent") for end in ends), pairs),
        )[list(self.columns)]

    def summary(self, journey_map: JourneyMap, moves: pd.DataFrame) -> tuple[Sentence, ...]:
        pairs, names = self._pairs(moves), self._names(journey_map)
        known = pairs[pairs["share"].notna()]
        if known.empty:
            return (say("No journey was handed on, or too few were to say how many."),)
        busiest = drawing.facts_of_largest(known, known["share"])
        ends = {
            end: names.get(str(busiest[end]), str(busiest[end])) for end in ("source", "target")
        }
        return (
            say(
                "Most often journeys went from {source} to {target}: {journeys:count} of "
                "{all_journeys:count} ({share:percent}, 95 % interval {low:percent} to "
                "{high:percent}); half of them within {p50_seconds:duration}.",
                **busiest | ends,
            ),
        )

    def draw(
        self, journey_map: JourneyMap, moves: pd.DataFrame, language: Language = ENGLISH
    ) -> figure:
        pairs, names = self._pairs(moves), self._names(journey_map)
        if not pairs["share"].notna().any():
            return drawing.nothing(language)
        order = [*names, *sorted({*pairs["source"], *pairs["target"]} - names.keys())]
        down, across = (
            [one for one in order if one in set(pairs[end])] for end in ("source", "target")
        )
        plot = _frame(
            [names.get(id_, id_) for id_ in down], [names.get(id_, id_) for id_ in across]
        )
        plot.yaxis[0].axis_label = language.render(N_("from"))
        plot.xaxis[0].axis_label = language.render(N_("share that went to"))
        shares = pairs["share"].astype(float)
        strength = (shares / (shares.max() or 1)).fillna(0)
        places: Geometry = {
            "x": [across.index(id_) for id_ in pairs["target"]],
            "y": [down.index(id_) for id_ in pairs["source"]],
            "label": [drawing.written(share, "percent", language) for share in pairs["share"]],
            "alpha": (FAINTEST + (STRONGEST - FAINTEST) * strength).tolist(),
        }
        table = self.table(journey_map, moves)
        cells = drawing.source(table, self.columns, language, places)
        points.cells(plot, cells, BLUE)
        drawing.hover(plot, ["cell"], self.columns, language)
        return plot

    def _pairs(self, moves: pd.DataFrame) -> pd.DataFrame:
        """Each pair, without the row of all; only departments say how many ended right after."""
        from_, to = f"from_{self.between}", f"to_{self.between}"
        pairs = moves[moves[from_].notna()].reset_index(drop=True)
        left = pairs["left_share"] if "left_share" in pairs else float("nan")
        return pairs.assign(source=pairs[from_], target=pairs[to], left_share=left)

    def _names(self, journey_map: JourneyMap) -> dict[str, str]:
        return drawing.names_of(
            journey_map.channels if self.between == "channel" else journey_map.departments
        )


def _frame(down: list[str], across: list[str]) -> figure:
    """A matrix with these names beside its rows and above its columns."""
    plot = drawing.frame(
        ROOM + CELL_HEIGHT * len(down),
        (-0.5, len(across) - 0.5),
        (-0.5, len(down) - 0.5),
        least_width=ROOM + CELL_WIDTH * len(across),
        axes=("left", "above"),
    )
    for axis, names in ((plot.yaxis[0], down), (plot.xaxis[0], across)):
        drawing.labels_at(axis, {at: drawing.short(name, 24) for at, name in enumerate(names)})
    plot.xaxis[0].major_label_orientation = 0.9
    return plot
