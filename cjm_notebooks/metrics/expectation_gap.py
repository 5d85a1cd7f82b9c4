"""Whether the experience meets what customers expect."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events.tables import FeedbackKind
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.asked import asked, repeats, require_kinds
from cjm_notebooks.journeys.passes.visits import by_place, changes
from cjm_notebooks.maps import JourneyMap, Touchpoint
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.comparisons import paired_p, welch_interval, welch_p
from cjm_notebooks.statistics.intervals import Floats, mean_interval
from cjm_notebooks.statistics.partials import Additive, Scores

Scale = tuple[float, float]
# Three names, since of two the first would be read as part of the second.
BOTH = ("expected_n", "perceived_n", "perceived_n")


@dataclass(frozen=True)
class _Compared(Additive):
    """Cells are (touchpoints, scales)."""

    scales: tuple[Scale, ...]
    expected: Scores
    perceived: Scores
    difference: Scores  # of the customers who answered both just once


@dataclass(frozen=True, eq=False)
class _Answers:
    """Answers about touchpoints: the cell of each, its customer (ascending), score and side."""

    cells: int
    cell: np.ndarray
    customer: np.ndarray
    score: np.ndarray
    expects: np.ndarray

    def scores(self, side: np.ndarray) -> Scores:
        cell = self.cell[side]
        again = repeats(cell, self.customer[side], self.cells)
        return Scores.of(cell, self.score[side], self.cells, repeats=again)

    def differences(self) -> Scores:
        """Perceived less expected, of each customer who answered both just once in a cell."""
        order = by_place(self.cell, self.cells)
        first = np.flatnonzero(changes(self.cell[order], self.customer[order]))
        answers = np.diff(np.append(first, len(order)))
        expectations = np.add.reduceat(self.expects[order], first, dtype=np.int64)
        signed = np.where(self.expects, -self.score, self.score)[order]
        pair = (answers == 2) & (expectations == 1)
        cell = self.cell[order][first[pair]]
        return Scores.of(cell, np.add.reduceat(signed, first)[pair], self.cells)


@dataclass(frozen=True)
class ExpectationGap(Metric[_Compared]):
    """How far the perceived experience of a touchpoint lies from what customers expect of it.

    Perceived are the answers to questions of the kinds in `perceived`. Expected are the answers of
    kind `expectation` on the same scale or, without any, the value that the map claims for the
    touchpoint: on its stated scale, without one on any that holds the value. The gap is the mean
    perceived less the expected; a negative gap is a disappointment.

    The test is Student's of one sample against a claim, of pairs when every respondent answered
    both just once, and else Welch's. `standardised` is the gap over the standard deviation of the
    differences of pairs, or else of the perceived answers. Weights are left aside.

    Unit    points of the scale, perceived less expected
    Shape   one row per touchpoint with both, in map order; one per scale where there are several
    Empty   no rows without both; interval and p are null where too few or only equal answers stand
    Raises  ParameterError when `perceived` is empty, names an unknown kind or `expectation`
    Source  Parasuraman, Zeithaml and Berry 1988, SERVQUAL
    """

    unit = "points of the scale, perceived less expected"
    reads = frozenset({"feedback"})
    published = Published(
        counts=("expected_n", "perceived_n"),
        estimates={"expected": ("expected_n",), "perceived": ("perceived_n",)}
        | dict.fromkeys(("gap", "low", "high", "p", "standardised"), BOTH),
        column_totals=False,
    )
    tolerance = 1e-9
    perceived: tuple[FeedbackKind, ...] = ("csat", "stars")

    def __post_init__(self) -> None:
        require_kinds("perceived", self.perceived)
        if "expectation" in self.perceived:
            msg = (
                "`perceived` names `expectation`, which is what customers expect. "
                "Name kinds of question about what they met, such as `csat`."
            )
            raise ParameterError(msg)

    def observe(self, journeys: Journeys) -> _Compared:
        answers = asked(journeys, (*self.perceived, "expectation"))
        scale_of = [(float(q.scale[0]), float(q.scale[1])) for q in answers.questions]
        scales = tuple(sorted(set(scale_of)))
        scale = np.array([scales.index(each) for each in scale_of], np.int64)
        expects = np.array([q.kind == "expectation" for q in answers.questions], bool)
        here = answers.touchpoint < answers.touchpoints
        question = answers.question[here]
        compared = _Answers(
            cells=answers.touchpoints * len(scales),
            cell=answers.touchpoint[here] * len(scales) + scale[question],
            customer=answers.customer[here],
            score=answers.score[here],
            expects=expects[question],
        )
        return _Compared(
            scales,
            expected=compared.scores(compared.expects),
            perceived=compared.scores(~compared.expects),
            difference=compared.differences(),
        )

    def report(self, partial: _Compared, journey_map: JourneyMap) -> pd.DataFrame:
        expected, perceived, difference = partial.expected, partial.perceived, partial.difference
        rows = [(place, scale) for place in journey_map.touchpoints for scale in partial.scales]
        asked_for = expected.n > 0
        claims = np.array([_claim(place, scale) for place, scale in rows], np.float64)
        level = np.where(asked_for, expected.mean, claims)
        gap = perceived.mean - level
        paired = asked_for & (difference.n == expected.n) & (difference.n == perceived.n)
        variance = np.where(paired, difference.variance, perceived.variance)
        low, high, p = _test(partial, gap, variance, paired)
        table = pd.DataFrame(
            {
                "touchpoint": pd.Series([place.id for place, _ in rows], dtype="str"),
                "department": pd.Series([place.department for place, _ in rows], dtype="str"),
                "expected": level,
                "expected_source": np.where(asked_for, "answers", "claim"),
                "expected_n": expected.n,
                "perceived": perceived.mean,
                "perceived_n": perceived.n,
                "gap": gap,
                "low": low,
                "high": high,
                "p": p,
                "paired": paired,
                "scale_low": np.array([scale[0] for _, scale in rows], np.float64),
                "scale_high": np.array([scale[1] for _, scale in rows], np.float64),
                "standardised": gap / np.sqrt(np.where(variance > 0, variance, np.nan)),
            }
        )
        both = table["perceived_n"].gt(0) & table["expected"].notna()
        return table[both].reset_index(drop=True)


def _test(
    partial: _Compared, gap: Floats, variance: Floats, paired: np.ndarray
) -> tuple[Floats, Floats, Floats]:
    """The interval of each gap and its p-value, from one sample or pairs, or from two samples."""
    expected, perceived = partial.expected, partial.perceived
    n = perceived.raw.normal_n()
    answers = (perceived.mean, perceived.variance, n)
    two = (*answers, expected.mean, expected.variance, expected.raw.normal_n())
    one = (gap, variance, np.where(paired, partial.difference.n, n))
    welch = (expected.n > 0) & ~paired
    low, high = np.where(welch, welch_interval(*two), mean_interval(*one))
    return low, high, np.where(welch, welch_p(*two), paired_p(*one))


def _claim(touchpoint: Touchpoint, scale: Scale) -> float:
    """What the map says is expected, if it is meant on this scale; else NaN."""
    claim = touchpoint.expectation
    if claim is None or claim.value is None:
        return np.nan
    low, high = scale
    stated = (
        low if claim.scale_min is None else claim.scale_min,
        high if claim.scale_max is None else claim.scale_max,
    )
    return claim.value if stated == scale and low <= claim.value <= high else np.nan
