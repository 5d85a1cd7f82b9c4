"""Who is credited with success, and how far models disagree on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from bokeh.plotting import figure

from cjm_notebooks import drawing
from cjm_notebooks.checks import Reading
from cjm_notebooks.drawing import ENGLISH, Column, Series, points
from cjm_notebooks.journeys.passes.touches import By
from cjm_notebooks.language import N_, Language, Sentence, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics.attribution_disagreement import AttributionDisagreement
from cjm_notebooks.palette import BLUE, GREEN, GREY, PURPLE, VERMILION
from cjm_notebooks.views import View

NO_CHANNEL = say("no channel")
SHOWN = ("first", "last", "linear", "markov", "shapley")


@dataclass(frozen=True)
class AttributionModels(View):
    """Marks of the share of the successes that each model credits to a stage, and their spread.

    `by` says whether places are stages, touchpoints or channels.

    Reads  the report of `attribution-disagreement`
    Draws  one row a place in map order: a line from the lowest to the highest share, and a mark
           for each of five models on it
    """

    title = N_("Credit for success, by model of attribution")
    only_if_named = True
    series = {
        "spread": Series(N_("from the lowest to the highest of seven models"), GREY, "line"),
        "first": Series(N_("to the first touch"), BLUE, "triangle"),
        "last": Series(N_("to the last touch"), VERMILION, "diamond"),
        "linear": Series(N_("to all alike"), GREY, "circle"),
        "markov": Series(N_("Markov chain"), GREEN, "star"),
        "shapley": Series(N_("Shapley value"), PURPLE, "cross"),
    }
    columns = {
        "place": Column(N_("Place")),
        "journeys": Column(N_("Successful journeys there"), "count"),
        "credited": Column(N_("Of"), "count"),
        "first": Column(N_("First"), "percent"),
        "last": Column(N_("Last"), "percent"),
        "linear": Column(N_("Linear"), "percent"),
        "markov": Column(N_("Markov"), "percent"),
        "shapley": Column(N_("Shapley"), "percent"),
        "spread": Column(N_("Spread"), "percent"),
        "interval": Column(N_("95 % interval"), "interval"),
    }

    by: By = "stage"

    @property
    def reads(self) -> Mapping[str, Reading]:
        return {"journey_map": "journey_map", "models": AttributionDisagreement(by=self.by)}

    def table(self, journey_map: JourneyMap, models: pd.DataFrame) -> pd.DataFrame:
        names = self._names(journey_map)
        ends = zip(models["spread_low"], models["spread_high"], strict=True)
        places = (NO_CHANNEL if pd.isna(id_) else names.get(id_, id_) for id_ in models[self.by])
        return models.assign(
            place=drawing.column(places, models),
            interval=drawing.column((drawing.interval(*end, "percent") for end in ends), models),
        )[list(self.columns)]

    def summary(self, journey_map: JourneyMap, models: pd.DataFrame) -> tuple[Sentence, ...]:
        known = models[models["spread"].notna()]
        if known.empty:
            return (say("No success can be credited."),)
        table = self.table(journey_map, models)
        ahead = drawing.facts_of_largest(known, known["shapley"])
        widest = drawing.facts_of_largest(known, known["spread"])
        place = dict(zip(models[self.by], table["place"], strict=True))
        return (
            say(
                "By the Shapley value most of {credited:count} successes are credited to {place}: "
                "{shapley:percent}; to the first touch alone {first:percent}, to the last "
                "{last:percent}.",
                **ahead | {"place": str(place[ahead[self.by]])},
            ),
            say(
                "Models differ most about {place}: from {lowest:percent} to {highest:percent}, a "
                "spread of {spread:percent} (95 % interval {spread_low:percent} to "
                "{spread_high:percent}).",
                **widest | {"place": str(place[widest[self.by]])},
            ),
        )

    def draw(
        self, journey_map: JourneyMap, models: pd.DataFrame, language: Language = ENGLISH
    ) -> figure:
        if not models["spread"].notna().any():
            return drawing.nothing(language)
        table, at = self.table(journey_map, models), list(range(len(models)))
        names = [drawing.written(name, "", language) for name in table["place"]]
        end = points.reach(models, "highest")
        plot = drawing.frame_of_rows(drawing.short_labels(names), len(at), (-0.02, end))
        title = language.render(N_("share of the credited successes"))
        drawing.label_numbers(plot, title, "percent", language)
        columns = {f"at_{name}": name for name in (*SHOWN, "lowest", "highest")}
        rows = drawing.source(table, self.columns, language, points.geometry(models, at, **columns))
        plot.segment(
            x0="at_lowest", x1="at_highest", y0="y", y1="y", line_width=4,
            line_color=self.series["spread"].color, source=rows, name="spread",
        )  # fmt: skip
        for name in SHOWN:
            points.marks(plot, rows, self.series, name, f"at_{name}")
        labels = points.percents(models["shapley"], language)
        return points.finish(plot, labels, at, [*SHOWN], self.columns, language)

    def _names(self, journey_map: JourneyMap) -> dict[str, str]:
        parts = {
            "stage": journey_map.stages,
            "touchpoint": journey_map.touchpoints,
            "channel": journey_map.channels,
        }
        return drawing.names_of(parts[self.by])
