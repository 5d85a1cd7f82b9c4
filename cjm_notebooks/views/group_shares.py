"""Groups of customers beside all others: how many succeed, or come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import pandas as pd
from bokeh.plotting import figure

from cjm_notebooks import drawing
from cjm_notebooks.checks import Reading
from cjm_notebooks.drawing import ENGLISH, Column, Series, points
from cjm_notebooks.journeys.passes.sides import Days
from cjm_notebooks.language import N_, Language, Sentence, say
from cjm_notebooks.metrics import group_shares as metric
from cjm_notebooks.palette import BLUE, INK
from cjm_notebooks.views import View

AXES = {
    "success": N_("share of the decided journeys that came to success"),
    "return": N_("share of the customers who came back"),
}
UNKNOWN = say("not known")


@dataclass(frozen=True)
class GroupShares(View):
    """Bars of the share of each group, and a mark where all other groups together are.

    Reads  the report of `group-shares`
    Draws  one bar a group, from 0, with its interval
    """

    title = N_("Groups beside all others")
    only_if_named = True
    series = {
        "share": Series(N_("share of the group"), BLUE, "bar"),
        "interval": Series(N_("95 % interval"), INK, "interval"),
        "rest": Series(N_("all other groups"), INK, "diamond"),
    }
    columns = {
        "group": Column(N_("Group")),
        "reached": Column(N_("Came that far"), "count"),
        "n": Column(N_("Of"), "count"),
        "share": Column(N_("Share"), "percent"),
        "interval": Column(N_("95 % interval"), "interval"),
        "rest_share": Column(N_("All others"), "percent"),
        "difference": Column(N_("Difference"), "percent"),
        "difference_interval": Column(N_("95 % interval of the difference"), "interval"),
        "open": Column(N_("Still open"), "count"),
    }

    of: metric.Of = "success"
    split: str = ""
    periods: tuple[Days, ...] = ()
    days: int = 30

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return (cls(periods=(("", "1970-01-03"), ("1970-01-03", ""))),)

    @property
    def reads(self) -> Mapping[str, Reading]:
        return {"shares": metric.GroupShares(self.of, self.split, self.periods, self.days)}

    def table(self, shares: pd.DataFrame) -> pd.DataFrame:
        ends = zip(shares["low"], shares["high"], strict=True)
        apart = zip(shares["difference_low"], shares["difference_high"], strict=True)
        names = (UNKNOWN if pd.isna(name) else name for name in shares["group"])
        return shares.assign(
            group=drawing.column(names, shares),
            interval=drawing.column((drawing.interval(*end, "percent") for end in ends), shares),
            difference_interval=drawing.column(
                (drawing.interval(*end, "percent") for end in apart), shares
            ),
        )[list(self.columns)]

    def summary(self, shares: pd.DataFrame) -> tuple[Sentence, ...]:
        known = shares[shares["difference_low"].notna()]
        if known.empty:
            return (say("There are no two groups with enough customers to compare."),)
        lowest = drawing.facts_of_largest(known, -known["difference"])
        return (
            say(
                "Furthest below all others is {group}: {reached:count} of {n:count} "
                "({share:percent}), elsewhere {rest_share:percent}; the difference is "
                "{difference:percent} (95 % interval {difference_low:percent} to "
                "{difference_high:percent}).",
                **lowest | {"group": lowest["group"] or "?"},
            ),
        )

    def draw(self, shares: pd.DataFrame, language: Language = ENGLISH) -> figure:
        if not shares["share"].notna().any():
            return drawing.nothing(language)
        table, at = self.table(shares), list(range(len(shares)))
        names = [drawing.written(name, "", language) for name in table["group"]]
        plot = drawing.frame_of_rows(
            drawing.short_labels(names),
            len(at),
            (0, points.reach(shares, "share", "high", "rest_share")),
        )
        drawing.label_numbers(plot, language.render(AXES[self.of]), "percent", language)
        places = points.geometry(
            shares, at, share="share", low="low", high="high", rest="rest_share"
        )
        rows = drawing.source(table, self.columns, language, places)
        points.bars(plot, rows, self.series, "share", "share")
        points.marks(plot, rows, self.series, "rest", "rest")
        labels = points.percents(shares["share"], language)
        return points.finish(plot, labels, at, ["share", "rest"], self.columns, language)
