"""How satisfied customers are, and where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cjm_notebooks.events import Question
from cjm_notebooks.events.tables import FeedbackKind
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.asked import Asked, asked, places_of, require_kinds
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import Additive, Rate, Scores

FEWEST_POINTS = 4
MEANS = ("mean", "low", "high", "weighted_mean", "weighted_low", "weighted_high")


@dataclass(frozen=True)
class _Answers(Additive):
    questions: tuple[Question, ...]
    scores: Scores
    top2: Rate
    bottom2: Rate
    weighted_answers: int


@dataclass(frozen=True)
class Csat(Metric[_Answers]):
    """Mean answer, and the shares of answers in the two best and the two worst points of a scale.

    Questions of these `kinds` are taken, each on its own scale, where more is better. `top2` are
    the answers at most 1 below the upper end, `bottom2` those at most 1 above the lower end; a
    scale of fewer than four points has neither. Every answer counts; intervals take those of one
    customer as alike as they are, and those of means are cut at the ends of the scale. Weighted
    figures stand beside the raw ones when the answers have weights, and `effective_n` is Kish's.

    Unit    points of the scale; shares of answers, 0 to 1
    Shape   one row per question and touchpoint with answers, as declared and in map order; the
            journey as a whole has no touchpoint and comes last
    Empty   no rows without answers; answers that are all equal have no interval of their mean
    Raises  ParameterError when `kinds` is empty or names an unknown kind
    """

    unit = "points of the scale; shares of answers, 0 to 1"
    reads = frozenset({"feedback"})
    published = Published(
        counts=("n", "top2", "bottom2"),
        estimates=dict.fromkeys(
            (
                "mean",
                "low",
                "high",
                "effective_n",
                "weighted_mean",
                "weighted_low",
                "weighted_high",
            ),
            ("n",),
        )
        | dict.fromkeys(("top2_share", "top2_low", "top2_high"), ("top2", "n"))
        | dict.fromkeys(("bottom2_share", "bottom2_low", "bottom2_high"), ("bottom2", "n")),
        column_totals=False,
    )
    tolerance = 1e-9
    kinds: tuple[FeedbackKind, ...] = ("csat", "stars")

    def __post_init__(self) -> None:
        require_kinds("kinds", self.kinds)

    def observe(self, journeys: Journeys) -> _Answers:
        answers = asked(journeys, self.kinds)
        scales = np.array([question.scale for question in answers.questions], dtype=np.float64)
        low, high = scales.reshape(-1, 2)[answers.question].T
        repeats = answers.repeats()
        told_apart = high - low + 1 >= FEWEST_POINTS
        return _Answers(
            questions=answers.questions,
            scores=Scores.of(
                answers.place,
                answers.score,
                answers.places,
                weight=answers.weight,
                repeats=repeats,
            ),
            top2=_rate(answers, answers.score >= high - 1, told_apart, repeats),
            bottom2=_rate(answers, answers.score <= low + 1, told_apart, repeats),
            weighted_answers=answers.weighted_answers,
        )

    def report(self, partial: _Answers, journey_map: JourneyMap) -> pd.DataFrame:
        scores = partial.scores
        questions, touchpoints = places_of(partial.questions, journey_map)
        scale = np.array([question.scale for question in questions], np.float64).reshape(-1, 2).T
        low, high = np.clip(scores.interval(), *scale)
        weighted_low, weighted_high = np.clip(scores.weighted_interval(), *scale)
        if_weighted = 1.0 if partial.weighted_answers else np.nan
        table = pd.DataFrame(
            {
                "question": pd.Series([question.id for question in questions], dtype="str"),
                "touchpoint": pd.Series(touchpoints, dtype="str"),
                "kind": pd.Series([question.kind for question in questions], dtype="str"),
                "scale_low": scale[0],
                "scale_high": scale[1],
                "n": scores.n,
                "mean": scores.mean,
                "low": low,
                "high": high,
                **_columns("top2", partial.top2),
                **_columns("bottom2", partial.bottom2),
                "effective_n": scores.effective_n,
                "weighted_mean": scores.weighted_mean * if_weighted,
                "weighted_low": weighted_low * if_weighted,
                "weighted_high": weighted_high * if_weighted,
            }
        )
        return table[table["n"] > 0].reset_index(drop=True)


def _rate(answers: Asked, hits: np.ndarray, counted: np.ndarray, repeats: np.ndarray) -> Rate:
    trials = np.bincount(answers.place[counted], minlength=answers.places)
    found = np.bincount(answers.place[counted & hits], minlength=answers.places)
    return Rate.of(found, trials, repeats)


def _columns(name: str, rate: Rate) -> dict[str, object]:
    low, high = rate.interval()
    count = pd.Series(rate.hits, dtype="Int64").where(rate.trials > 0)
    return {name: count, f"{name}_share": rate.share, f"{name}_low": low, f"{name}_high": high}
