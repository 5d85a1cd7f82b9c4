"""Groups of customers beside all others: what they answer."""

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
from cjm_notebooks.journeys.passes.sides import Days
from cjm_notebooks.language import N_, Language, Sentence, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import group_scores as metric
from cjm_notebooks.palette import BLUE, INK
from cjm_notebooks.views import View

UNKNOWN = say("not known")


@dataclass(frozen=True)
class GroupScores(View):
    """Marks of the mean answer of each group, and of all other groups, on the question's scale.

    Of more than `questions` questions and touchpoints those are shown where a group differs most,
    in standard deviations.

    Reads  the report of `group-scores`
    Draws  one row a group below its question, with the interval of its mean
    """

    title = N_("What groups answer, beside all others")
    only_if_named = True
    series = {
        "mean": Series(N_("mean of the group"), BLUE, "circle"),
        "interval": Series(N_("95 % interval"), INK, "interval"),
        "rest": Series(N_("all other groups"), INK, "diamond"),
    }
    columns = {
        "question": Column(N_("Question")),
        "touchpoint": Column(N_("Touchpoint")),
        "group": Column(N_("Group")),
        "n": Column(N_("Answers"), "count"),
        "mean": Column(N_("Mean"), "decimal"),
        "interval": Column(N_("95 % interval"), "interval"),
        "scale": Column(N_("Scale")),
        "rest_mean": Column(N_("All others"), "decimal"),
        "difference": Column(N_("Difference"), "signed"),
        "difference_interval": Column(N_("95 % interval of the difference"), "interval"),
    }

    split: str = ""
    periods: tuple[Days, ...] = ()
    questions: int = 12

    def __post_init__(self) -> None:
        if self.questions < 1:
            msg = f"`questions` is {self.questions}. Give the number of them to show, from 1."
            raise ParameterError(msg)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return (cls(periods=(("", "1970-01-04"), ("1970-01-04", ""))),)

    @property
    def reads(self) -> Mapping[str, Reading]:
        return {
            "journey_map": "journey_map",
            "scores": metric.GroupScores(split=self.split, periods=self.periods),
        }

    def table(self, journey_map: JourneyMap, scores: pd.DataFrame) -> pd.DataFrame:
        rows = self._shown(scores)
        names = drawing.names_of(journey_map.touchpoints)
        ends = zip(rows["low"], rows["high"], strict=True)
        apart = zip(rows["difference_low"], rows["difference_high"], strict=True)
        scales = zip(rows["scale_low"], rows["scale_high"], strict=True)
        return rows.assign(
            touchpoint=rows["touchpoint"].map(names),
            group=drawing.column(
                (UNKNOWN if pd.isna(name) else name for name in rows["group"]), rows
            ),
            scale=drawing.column((drawing.scale(*scale) for scale in scales), rows),
            interval=drawing.column((drawing.interval(*end, "decimal") for end in ends), rows),
            difference_interval=drawing.column(
                (drawing.interval(*end, "signed") for end in apart), rows
            ),
        )[list(self.columns)]

    def summary(self, journey_map: JourneyMap, scores: pd.DataFrame) -> tuple[Sentence, ...]:
        known = scores[scores["standardised"].notna()]
        if known.empty:
            return (say("There are no two groups with enough answers to compare."),)
        lowest = drawing.facts_of_largest(known, -known["standardised"])
        names = drawing.names_of(journey_map.touchpoints)
        place = names.get(str(lowest["touchpoint"]), str(lowest["question"]))
        return (
            say(
                "Furthest below all others is {group} at {place}: {mean:decimal} of {n:count} "
                "answers, elsewhere {rest_mean:decimal}; the difference is {difference:signed} "
                "(95 % interval {difference_low:signed} to {difference_high:signed}).",
                **lowest | {"group": lowest["group"] or "?", "place": place},
            ),
        )

    def draw(
        self, journey_map: JourneyMap, scores: pd.DataFrame, language: Language = ENGLISH
    ) -> figure:
        rows = self._shown(scores)
        if not rows["mean"].notna().any():
            return drawing.nothing(language)
        table = self.table(journey_map, scores)
        asked = [
            f"{question}: {place}" if isinstance(place, str) else question
            for question, place in zip(table["question"], table["touchpoint"], strict=True)
        ]
        at, headings = drawing.under_headings([drawing.short(one, 60) for one in asked])
        names = [drawing.written(name, "", language) for name in table["group"]]
        labels = {row: drawing.short(name) for row, name in zip(at, names, strict=True)}
        plot = drawing.frame_of_rows(labels, len(at) + len(headings), (-0.02, 1.02))
        title = language.render(N_("mean answer, from the lower to the upper end of the scale"))
        drawing.label_shares(plot, title, language)
        drawing.draw_headings(plot, headings, 0)
        places = points.geometry(
            _on_scale(rows), at, mean="mean", low="low", high="high", rest="rest_mean"
        )
        source = drawing.source(table, self.columns, language, places)
        drawing.whiskers(plot, source, name="interval", across=True)
        points.marks(plot, source, self.series, "rest", "rest")
        points.marks(plot, source, self.series, "mean", "mean")
        said = [drawing.written(mean, "decimal", language) for mean in rows["mean"]]
        return points.finish(plot, said, at, ["mean", "rest"], self.columns, language)

    def _shown(self, scores: pd.DataFrame) -> pd.DataFrame:
        asked = scores["question"] + "/" + scores["touchpoint"].fillna("")
        far = scores["standardised"].abs().fillna(0).groupby(asked).max()
        kept = far.nlargest(self.questions).index
        return scores[asked.isin(kept)].reset_index(drop=True)


def _on_scale(rows: pd.DataFrame) -> pd.DataFrame:
    """The means as shares of their scale."""
    means = rows[["mean", "low", "high", "rest_mean"]].astype(float)
    length = rows["scale_high"] - rows["scale_low"]
    return means.sub(rows["scale_low"], axis=0).div(length, axis=0)
