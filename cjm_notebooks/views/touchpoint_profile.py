"""What journeys did just before and just after they came to one touchpoint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import pandas as pd
from bokeh.plotting import figure

from cjm_notebooks import drawing
from cjm_notebooks.checks import Reading
from cjm_notebooks.drawing import ENGLISH, Column, Series, points
from cjm_notebooks.language import N_, Language, Sentence, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics.anchored_steps import AnchoredSteps
from cjm_notebooks.palette import BLUE, INK, VERMILION
from cjm_notebooks.views import View

BEFORE, AFTER = -1, 1
STEPS = {BEFORE: say("just before"), AFTER: say("just after")}
OUTSIDE = {
    "start": say("the journey began here"),
    "success": say("success"),
    "failure": say("failure"),
    "left": say("left"),
    "open": say("still open"),
}
LOST = ("failure", "left")


@dataclass(frozen=True)
class TouchpointProfile(View):
    """Bars of where journeys were just before and just after they first came to a touchpoint.

    Reads  the report of `anchored-steps`, one step either way
    Draws  one bar a place below `just before` and `just after`, from 0, with its interval
    """

    title = N_("Before and after one touchpoint")
    only_if_named = True
    series = {
        "share": Series(N_("went on, or came from here"), BLUE, "bar"),
        "lost": Series(N_("failed or left"), VERMILION, "hatched"),
        "interval": Series(N_("95 % interval"), INK, "interval"),
    }
    columns = {
        "step": Column(N_("When")),
        "place": Column(N_("Place")),
        "journeys": Column(N_("Journeys"), "count"),
        "anchored": Column(N_("Of those that came"), "count"),
        "share": Column(N_("Share"), "percent"),
        "interval": Column(N_("95 % interval"), "interval"),
    }

    touchpoint: str = ""

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return (cls("."),)

    @property
    def reads(self) -> Mapping[str, Reading]:
        return {
            "journey_map": "journey_map",
            "steps": AnchoredSteps(self.touchpoint, before=1, after=1),
        }

    def table(self, journey_map: JourneyMap, steps: pd.DataFrame) -> pd.DataFrame:
        around, names = _around(steps), drawing.names_of(journey_map.touchpoints)
        ends = zip(around["low"], around["high"], strict=True)
        places = zip(around["touchpoint"], around["outside"], strict=True)
        return around.assign(
            step=drawing.column(map(STEPS.get, around["step"]), around),
            place=drawing.column(
                (OUTSIDE[out] if pd.isna(id_) else names[id_] for id_, out in places), around
            ),
            interval=drawing.column((drawing.interval(*end, "percent") for end in ends), around),
        )[list(self.columns)]

    def summary(self, journey_map: JourneyMap, steps: pd.DataFrame) -> tuple[Sentence, ...]:
        around = _around(steps)
        if not around["share"].notna().any():
            return (say("No journey came here, or too few did to say from where."),)
        lost = around[(around["step"] == AFTER) & around["outside"].isin(LOST)]
        came = drawing.facts_of_largest(around, around["anchored"].astype(float))
        if lost["journeys"].isna().any():
            return (say("{anchored:count} journeys came here.", anchored=came["anchored"]),)
        return (
            say(
                "{anchored:count} journeys came here; for {lost:count} of them it was the last "
                "place before they failed or left.",
                anchored=came["anchored"],
                lost=int(lost["journeys"].sum()),
            ),
        )

    def draw(
        self, journey_map: JourneyMap, steps: pd.DataFrame, language: Language = ENGLISH
    ) -> figure:
        around = _around(steps)
        if not around["share"].notna().any():
            return drawing.nothing(language)
        table = self.table(journey_map, steps)
        sides = [drawing.written(side, "", language) for side in table["step"]]
        at, headings = drawing.under_headings(sides)
        names = [drawing.written(place, "", language) for place in table["place"]]
        labels = {row: drawing.short(name) for row, name in zip(at, names, strict=True)}
        plot = drawing.frame_of_rows(
            labels, len(at) + len(headings), (0, points.reach(around, "share", "high"))
        )
        title = language.render(N_("share of the journeys that came here"))
        drawing.label_numbers(plot, title, "percent", language)
        drawing.draw_headings(plot, headings, 0)
        is_lost = around["outside"].isin(LOST).to_numpy()
        for name, chosen in (("share", ~is_lost), ("lost", is_lost)):
            rows = [row for row, mine in zip(at, chosen, strict=True) if mine]
            places = points.geometry(around[chosen], rows, here="share", low="low", high="high")
            words = drawing.source(table[chosen], self.columns, language, places)
            points.bars(plot, words, self.series, name, "here")
        shares = points.percents(around["share"], language)
        return points.finish(plot, shares, at, ["share", "lost"], self.columns, language)


def _around(steps: pd.DataFrame) -> pd.DataFrame:
    """The step before and the step after, the most frequent places first."""
    around = steps[steps["step"].isin(STEPS)]
    often = around.assign(often=-around["journeys"].astype(float).fillna(0))
    ordered = often.sort_values(["step", "often"], kind="stable").drop(columns="often")
    return ordered.reset_index(drop=True)
