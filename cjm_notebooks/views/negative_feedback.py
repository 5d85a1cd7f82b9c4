"""Where customers have complained since somebody last looked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import pandas as pd
from bokeh.plotting import figure

from cjm_notebooks import drawing
from cjm_notebooks.checks import Reading
from cjm_notebooks.drawing import ENGLISH, Column, Series, points
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.language import N_, Language, Sentence, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics.feedback_since import FeedbackSince
from cjm_notebooks.palette import BLUE, INK, VERMILION
from cjm_notebooks.views import View

ON_THE_MAP, NOT_ON_THE_MAP = say("on the map"), say("not on the map")


@dataclass(frozen=True)
class NegativeFeedback(View):
    """Bars of the share of bad ones among new answers, hatched where the map knows of no pain.

    New are answers from the day `since` on, unless said that of the map's last review. Of more than
    `rows` questions and touchpoints those with most bad answers are shown.

    Reads  the report of `feedback-since`
    Draws  one bar a question and touchpoint, from 0, with its interval, and a mark for the share
           among earlier answers
    """

    title = N_("New answers that are bad")
    only_if_named = True
    series = {
        "known": Series(N_("the map knows of a pain point"), BLUE, "bar"),
        "unknown": Series(N_("the map shows no pain"), VERMILION, "hatched"),
        "interval": Series(N_("95 % interval"), INK, "interval"),
        "earlier": Series(N_("earlier answers"), INK, "diamond"),
    }
    columns = {
        "touchpoint": Column(N_("Touchpoint")),
        "question": Column(N_("Question")),
        "negative": Column(N_("Bad"), "count"),
        "n": Column(N_("New answers"), "count"),
        "share": Column(N_("Share"), "percent"),
        "interval": Column(N_("95 % interval"), "interval"),
        "earlier_share": Column(N_("Share before"), "percent"),
        "earlier_n": Column(N_("Answers before"), "count"),
        "commented": Column(N_("With a comment to read"), "count"),
        "pain": Column(N_("Pain point")),
    }

    since: str = ""
    rows: int = 20

    def __post_init__(self) -> None:
        if self.rows < 1:
            msg = f"`rows` is {self.rows}. Give the number of questions to show, from 1."
            raise ParameterError(msg)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return (cls("1970-01-01"),)

    @property
    def reads(self) -> Mapping[str, Reading]:
        return {"journey_map": "journey_map", "answered": FeedbackSince(self.since)}

    def table(self, journey_map: JourneyMap, answered: pd.DataFrame) -> pd.DataFrame:
        shown = self._shown(answered)
        ends = zip(shown["low"], shown["high"], strict=True)
        pain = (ON_THE_MAP if known else NOT_ON_THE_MAP for known in _is_known(journey_map, shown))
        return shown.assign(
            touchpoint=shown["touchpoint"].map(drawing.names_of(journey_map.touchpoints)),
            interval=drawing.column((drawing.interval(*end, "percent") for end in ends), shown),
            pain=drawing.column(pain, shown),
        )[list(self.columns)]

    def summary(self, journey_map: JourneyMap, answered: pd.DataFrame) -> tuple[Sentence, ...]:
        untimed = answered["untimed"].sum()
        known = answered[answered["share"].notna()]
        if known.empty:
            return (
                say(
                    "No answer is known to be new; {untimed:count} have no time.",
                    untimed=int(untimed),
                ),
            )
        worst = drawing.facts_of_largest(known, known["share"])
        names = drawing.names_of(journey_map.touchpoints)
        place = names.get(str(worst["touchpoint"]), str(worst["question"]))
        return (
            say(
                "{negative:count} of {n:count} new answers are bad, and {commented:count} of these "
                "come with a comment.",
                **{name: int(known[name].sum()) for name in ("negative", "n", "commented")},
            ),
            say(
                "The largest share is at {place}: {negative:count} of {n:count} ({share:percent}, "
                "95 % interval {low:percent} to {high:percent}).",
                **worst | {"place": place},
            ),
        )

    def draw(
        self, journey_map: JourneyMap, answered: pd.DataFrame, language: Language = ENGLISH
    ) -> figure:
        shown = self._shown(answered)
        if not shown["share"].notna().any():
            return drawing.nothing(language)
        table, at = self.table(journey_map, answered), list(range(len(shown)))
        names = [
            name if isinstance(name, str) else question
            for name, question in zip(table["touchpoint"], table["question"], strict=True)
        ]
        plot = drawing.frame_of_rows(
            drawing.short_labels(names),
            len(at),
            (0, points.reach(shown, "share", "high", "earlier_share")),
        )
        title = language.render(N_("share of the answers that are bad"))
        drawing.label_numbers(plot, title, "percent", language)
        is_known = _is_known(journey_map, shown)
        for name, chosen in (("known", is_known), ("unknown", ~is_known)):
            rows = [row for row, mine in zip(at, chosen, strict=True) if mine]
            places = points.geometry(
                shown[chosen], rows, here="share", low="low", high="high", was="earlier_share"
            )
            words = drawing.source(table[chosen], self.columns, language, places)
            points.bars(plot, words, self.series, name, "here")
            points.marks(plot, words, self.series, "earlier", "was")
        labels = points.percents(shown["share"], language)
        return points.finish(plot, labels, at, ["known", "unknown"], self.columns, language)

    def _shown(self, answered: pd.DataFrame) -> pd.DataFrame:
        new = answered[answered["n"].fillna(1) > 0]
        most = new["negative"].astype(float).fillna(0).nlargest(self.rows).index
        return new.loc[most].reset_index(drop=True)


def _is_known(journey_map: JourneyMap, shown: pd.DataFrame) -> pd.Series:
    """bool, (rows,). Whether the map has a pain point at the touchpoint."""
    known = {one.id for one in journey_map.touchpoints if one.pain_points}
    return shown["touchpoint"].isin(known)
