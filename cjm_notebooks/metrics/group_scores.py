"""How groups of customers compare in what they answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from cjm_notebooks.events import Question
from cjm_notebooks.events.tables import FeedbackKind
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.asked import places_of, repeats, require_kinds
from cjm_notebooks.journeys.passes.scored import Scored, scale_of, scored
from cjm_notebooks.journeys.passes.sides import Days, Sides
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.comparisons import welch_interval, welch_p
from cjm_notebooks.statistics.partials import Additive, Scores
from cjm_notebooks.statistics.partials.scores import Moments


@dataclass(frozen=True)
class _Compared(Additive):
    questions: tuple[Question, ...]
    names: tuple[str | None, ...]
    scores: Scores  # cells: places x groups
    rest: Scores  # cells: places x groups


@dataclass(frozen=True)
class GroupScores(Metric[_Compared]):
    """Mean answer of each group beside that of all other groups together.

    Groups are the values of the customers' segment `split`, or the `periods` in which answers were
    given, each from a day to before another. An NPS is told in its points from -100 to 100. Answers
    are not weighted. `difference` is the mean less that of the rest, `standardised` the same in
    standard deviations, `p` that of Welch's test; answers of one customer count as far as they
    differ. Groups chose themselves: a difference is no effect.

    Unit    points of the scale, or of the NPS
    Shape   one row per question, touchpoint and group with answers, in the order of `csat`; groups
            in alphabetical order or as the periods are given, and last, without a name, customers
            whose segment is not known
    Empty   no rows without `split` and `periods`; a single group has nothing to compare with
    Raises  ParameterError when a kind is unknown, customers have no such segment, or both `split`
            and `periods` are given
    Source  Welch 1947, The generalization of Student's problem when several different population
            variances are involved
    """

    unit = "points of the scale, or of the NPS"
    reads = frozenset({"feedback"})
    published = Published(
        counts=("n", "rest_n", "all_n"),
        estimates={
            **dict.fromkeys(("mean", "low", "high"), ("n",)),
            "rest_mean": ("rest_n",),
            **dict.fromkeys(
                ("difference", "difference_low", "difference_high", "standardised", "p"),
                ("n", "rest_n", "all_n"),
            ),
        },
        sums=(("all_n", ("n", "rest_n")),),
        column_totals=False,
        within=("question", "touchpoint"),
    )
    tolerance = 1e-9
    kinds: tuple[FeedbackKind, ...] = ("nps", "csat", "stars")
    split: str = ""
    periods: tuple[Days, ...] = ()

    def __post_init__(self) -> None:
        require_kinds("kinds", self.kinds)
        Sides(self.split, self.periods)

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(periods=(("", "1970-03-02"), ("1970-03-02", "")))

    def observe(self, journeys: Journeys) -> _Compared:
        sides, answers = Sides(self.split, self.periods), scored(journeys, self.kinds)
        names = sides.names(journeys)
        group = sides.number(journeys, answers.customer, answers.at)
        rest = [(group != place) & (group >= 0) for place in range(len(names))]
        mine = [group == place for place in range(len(names))]
        return _Compared(answers.questions, names, _scores(answers, mine), _scores(answers, rest))

    def report(self, partial: _Compared, journey_map: JourneyMap) -> pd.DataFrame:
        groups = len(partial.names)
        questions, touchpoints = places_of(partial.questions, journey_map)
        scale = np.array([scale_of(one) for one in questions], np.float64).reshape(-1, 2)
        scale_low, scale_high = np.repeat(scale, groups, axis=0).T
        scores, rest = partial.scores, partial.rest
        low, high = np.clip(scores.interval(), scale_low, scale_high)
        table = pd.DataFrame(
            {
                "question": pd.Series(
                    np.repeat([one.id for one in questions], groups), dtype="str"
                ),
                "touchpoint": pd.Series(
                    np.repeat(np.array(touchpoints, object), groups), dtype="str"
                ),
                "kind": pd.Series(np.repeat([one.kind for one in questions], groups), dtype="str"),
                "scale_low": scale_low,
                "scale_high": scale_high,
                "group": pd.Series(
                    np.tile(np.array(partial.names, object), len(questions)), dtype="str"
                ),
                "n": scores.n,
                "rest_n": rest.n,
                "all_n": scores.n + rest.n,
                "mean": scores.mean,
                "low": low,
                "high": high,
                "rest_mean": rest.mean,
                **_differences(scores.raw, rest.raw),
            }
        )
        return table[table["n"] > 0].reset_index(drop=True)


def _scores(answers: Scored, chosen: list[np.ndarray]) -> Scores:
    """The answers chosen into each group, by place."""
    groups = max(len(chosen), 1)
    rows = [np.flatnonzero(one) for one in chosen]
    at = np.concatenate([np.zeros(0, np.int64), *rows])
    group = np.repeat(np.arange(len(rows)), [len(one) for one in rows])
    cells = answers.places * len(chosen)
    cell = answers.place[at] * groups + group
    again = [repeats(answers.place[one], answers.customer[one], answers.places) for one in rows]
    per_cell = np.stack(again, axis=1).ravel() if again else np.zeros(0, np.int64)
    return Scores.of(cell, answers.score[at], cells, repeats=per_cell)


def _differences(mine: Moments, rest: Moments) -> dict[str, np.ndarray]:
    sides = (mine.mean, mine.variance, mine.independent_n)
    others = (rest.mean, rest.variance, rest.independent_n)
    low, high = welch_interval(*sides, *others)
    deviation = np.sqrt((mine.variance + rest.variance) / 2)
    difference = mine.mean - rest.mean
    return {
        "difference": difference,
        "difference_low": low,
        "difference_high": high,
        "standardised": difference / np.where(deviation > 0, deviation, np.nan),
        "p": welch_p(*sides, *others),
    }
