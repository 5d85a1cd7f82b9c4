"""Whether customers would recommend us."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cjm_notebooks.events import Question
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.asked import asked, places_of
from cjm_notebooks.journeys.passes.scored import DETRACTOR, PROMOTER
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.intervals import Floats, Interval, adjusted_wald_nps
from cjm_notebooks.statistics.partials import Additive, Scores
from cjm_notebooks.statistics.partials.scores import SCALE, Moments

GROUPS = ("promoters", "passives", "detractors")


@dataclass(frozen=True)
class _Groups(Additive):
    questions: tuple[Question, ...]
    standing: Scores  # 1 for a promoter, 0 for a passive, -1 for a detractor
    weighted_answers: int


@dataclass(frozen=True)
class Nps(Metric[_Groups]):
    """Net Promoter Score: the percentage of promoters less the percentage of detractors.

    Promoters answer 9 or more from 0 to 10, detractors 6 or less, passives in between. Every answer
    counts; the interval takes those of one customer as alike as they are. It lies around the
    adjusted score, which is nearer to 0, and is cut at -100 and 100. Weighted figures stand beside
    the raw ones when the answers have weights, and `effective_n` is Kish's.

    Unit    points, -100 to 100
    Shape   one row per question and touchpoint with answers, as declared and in map order; the
            journey as a whole has no touchpoint and comes last
    Empty   no rows without answers
    Source  Reichheld 2003, The one number you need to grow
            Rocks 2016, Interval estimation for the Net Promoter Score
    """

    unit = "points, -100 to 100"
    reads = frozenset({"feedback"})
    published = Published(
        counts=("n", *GROUPS),
        estimates=dict.fromkeys(
            ("nps", "low", "high", "weighted_nps", "weighted_low", "weighted_high"), ("n", *GROUPS)
        )
        | {"effective_n": ("n",)},
        sums=(("n", GROUPS),),
        column_totals=False,
    )
    tolerance = 1e-9

    def observe(self, journeys: Journeys) -> _Groups:
        answers = asked(journeys, ("nps",))
        promotes, detracts = answers.score >= PROMOTER, answers.score <= DETRACTOR
        standing = Scores.of(
            answers.place,
            promotes.astype(np.float64) - detracts,
            answers.places,
            weight=answers.weight,
            repeats=answers.repeats(),
        )
        return _Groups(answers.questions, standing, answers.weighted_answers)

    def report(self, partial: _Groups, journey_map: JourneyMap) -> pd.DataFrame:
        raw, weighted = partial.standing.raw, partial.standing.weighted
        low, high = _interval(raw)
        weighted_low, weighted_high = _interval(weighted)
        if_weighted = 1.0 if partial.weighted_answers else np.nan
        counts = {name: count.astype(np.int64) for name, count in _groups(raw).items()}
        questions, touchpoints = places_of(partial.questions, journey_map)
        table = pd.DataFrame(
            {
                "question": pd.Series([question.id for question in questions], dtype="str"),
                "touchpoint": pd.Series(touchpoints, dtype="str"),
                "n": partial.standing.n,
                **counts,
                "nps": 100 * raw.mean,
                "low": low,
                "high": high,
                "effective_n": weighted.effective_n,
                "weighted_nps": 100 * weighted.mean * if_weighted,
                "weighted_low": weighted_low * if_weighted,
                "weighted_high": weighted_high * if_weighted,
            }
        )
        return table[table["n"] > 0].reset_index(drop=True)


def _groups(standing: Moments) -> dict[str, Floats]:
    """The weight of each group: the sum is promoters less detractors, that of squares both."""
    total, both = standing.total / SCALE, standing.squares / SCALE**2
    groups = ((both + total) / 2, standing.weight - both, (both - total) / 2)
    return {name: np.asarray(group) for name, group in zip(GROUPS, groups, strict=True)}


def _interval(standing: Moments) -> Interval:
    per_weight = standing.normal_n() / np.where(standing.weight > 0, standing.weight, np.nan)
    return adjusted_wald_nps(*(group * per_weight for group in _groups(standing).values()))
