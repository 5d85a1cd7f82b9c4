"""The emotion that the map claims at a touchpoint, beside the one that was measured there."""

from __future__ import annotations

from dataclasses import dataclass

from cjm_notebooks.maps.evidence import ClaimStatus
from cjm_notebooks.maps.measured import Measured
from cjm_notebooks.maps.touchpoint import Touchpoint

WORST, BEST = -2.0, 2.0
SCORES = ("weighted-mean-score", "mean-score")


@dataclass(frozen=True)
class Felt:
    """Both on one scale from -2 to 2; `low` and `high` are the ends of the measured interval.

    `score` is the number that was measured, as it was measured.
    """

    claimed: float | None = None
    measured: float | None = None
    low: float | None = None
    high: float | None = None
    score: Measured | None = None
    status: ClaimStatus = "hypothesis"


def felt_at(touchpoint: Touchpoint, numbers: tuple[Measured, ...]) -> Felt:
    """The claim, and the mean score moved to its scale where it says on which one it was asked.

    A score that is weighted to speak for all comes first; of several questions the one with most
    answers counts.
    """
    scores = [one for one in numbers if one.measure.partition(":")[0] in SCORES]
    scores.sort(key=lambda one: (SCORES.index(one.measure.partition(":")[0]), -(one.n or 0)))
    scale = _scale_of(scores[0]) if scores else None
    if scale is None or scores[0].estimate is None:
        return Felt(touchpoint.emotion, status=touchpoint.emotion_status)
    score, (least, most) = scores[0], scale

    def moved(value: float | None) -> float | None:
        if value is None:
            return None
        share = (value - least) / (most - least)
        return min(max(WORST + share * (BEST - WORST), WORST), BEST)

    return Felt(
        touchpoint.emotion,
        moved(score.estimate),
        moved(score.low),
        moved(score.high),
        score,
        touchpoint.emotion_status,
    )


def _scale_of(score: Measured) -> tuple[float, float] | None:
    if score.scale_min is None or score.scale_max is None or score.scale_max <= score.scale_min:
        return None
    return score.scale_min, score.scale_max
