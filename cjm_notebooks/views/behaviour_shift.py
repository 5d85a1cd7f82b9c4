"""Where customers go in one period, beside where they went in another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import pandas as pd
from bokeh.plotting import figure

from cjm_notebooks import drawing
from cjm_notebooks.checks import Reading
from cjm_notebooks.drawing import ENGLISH, Column, Series, points
from cjm_notebooks.journeys.passes.sides import EVER, Days
from cjm_notebooks.language import N_, Language, Sentence, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import behaviour_shift as metric
from cjm_notebooks.palette import BLUE, INK
from cjm_notebooks.views import View


@dataclass(frozen=True)
class BehaviourShift(View):
    """Two marks a touchpoint: the share of active customers who came there before, and after.

    Unless `before` and `after` say others, the periods are the time since the map's last review,
    and as much time before it.

    Reads  the report of `behaviour-shift`
    Draws  one row a touchpoint, in map order, with the interval of the later share
    """

    title = N_("Where customers go, before and after")
    only_if_named = True
    series = {
        "before": Series(N_("in the first period"), INK, "circle"),
        "after": Series(N_("in the second period"), BLUE, "diamond"),
        "interval": Series(N_("95 % interval"), INK, "interval"),
    }
    columns = {
        "touchpoint": Column(N_("Touchpoint")),
        "before_customers": Column(N_("Before"), "count"),
        "before_n": Column(N_("Of"), "count"),
        "before_share": Column(N_("Share before"), "percent"),
        "after_customers": Column(N_("After"), "count"),
        "after_n": Column(N_("Of those then active"), "count"),
        "after_share": Column(N_("Share after"), "percent"),
        "difference": Column(N_("Difference"), "percent"),
        "interval": Column(N_("95 % interval of the difference"), "interval"),
    }

    before: Days = EVER
    after: Days = EVER

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return (cls(("1970-01-01", "1970-01-03"), ("1970-01-03", "1970-01-10")),)

    @property
    def reads(self) -> Mapping[str, Reading]:
        return {
            "journey_map": "journey_map",
            "shift": metric.BehaviourShift(self.before, self.after),
        }

    def table(self, journey_map: JourneyMap, shift: pd.DataFrame) -> pd.DataFrame:
        ends = zip(shift["difference_low"], shift["difference_high"], strict=True)
        return shift.assign(
            touchpoint=shift["touchpoint"].map(drawing.names_of(journey_map.touchpoints)),
            interval=drawing.column((drawing.interval(*end, "percent") for end in ends), shift),
        )[list(self.columns)]

    def summary(self, journey_map: JourneyMap, shift: pd.DataFrame) -> tuple[Sentence, ...]:
        known = shift[shift["difference"].notna()]
        if known.empty:
            return (say("There are no two periods with customers to compare."),)
        most = drawing.facts_of_largest(known, known["difference"].abs())
        most["name"] = drawing.names_of(journey_map.touchpoints)[str(most["touchpoint"])]
        return (
            say(
                "Most moved at {name}: {before_share:percent} of {before_n:count} active customers "
                "came there in {before}, {after_share:percent} of {after_n:count} in {after}; the "
                "difference is {difference:percent} (95 % interval {difference_low:percent} to "
                "{difference_high:percent}).",
                **most,
            ),
            say(
                "All moves together have a population stability index of {psi:decimal} and a "
                "divergence of {js:decimal} bits; below 0.1 the index is usually taken for no "
                "change.",
                psi=most["psi"],
                js=most["js"],
            ),
        )

    def draw(
        self, journey_map: JourneyMap, shift: pd.DataFrame, language: Language = ENGLISH
    ) -> figure:
        if not shift["difference"].notna().any():
            return drawing.nothing(language)
        table, at = self.table(journey_map, shift), list(range(len(shift)))
        plot = drawing.frame_of_rows(
            drawing.short_labels(table["touchpoint"]),
            len(at),
            (-0.02, points.reach(shift, "before_share", "after_high")),
        )
        title = language.render(N_("share of the active customers"))
        drawing.label_numbers(plot, title, "percent", language)
        places = points.geometry(
            shift, at, low="after_low", high="after_high", was="before_share", now="after_share"
        )
        rows = drawing.source(table, self.columns, language, places)
        drawing.whiskers(plot, rows, name="interval", across=True)
        points.marks(plot, rows, self.series, "before", "was")
        points.marks(plot, rows, self.series, "after", "now")
        labels = points.percents(shift["difference"], language)
        return points.finish(plot, labels, at, ["before", "after"], self.columns, language)
