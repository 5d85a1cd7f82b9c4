"""How many reach an outcome in time, while others reach another one first or drop out of sight."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cjm_notebooks.statistics.intervals import Floats, Interval, normal_quantile, wilson

ROUNDING = 1e-12


@dataclass(frozen=True)
class Incidence:
    """The cumulative incidence of each outcome by each time.

    Attributes
    ----------
    at_risk
        int64, (times,): without an outcome and not lost from sight before that time.
    in_sight
        int64, (times,): not lost from sight before that time, whatever their outcome.
    cumulative
        float64, (outcomes, times): the share that has reached the outcome by then.
    variance
        float64, (outcomes, times): of that share.
    """

    at_risk: NDArray[np.int64]
    in_sight: NDArray[np.int64]
    cumulative: Floats
    variance: Floats

    def interval(self, design_effect: ArrayLike = 1.0, *, confidence: float = 0.95) -> Interval:
        """F^exp(+-z error / (F ln F)) around a share F, normal on the scale of log(-log F).

        `design_effect` may differ between outcomes. A share of 0 or 1 has no such logarithm;
        there Wilson's interval of those in sight stands in.

        Empty   NaN where nobody was in sight, or where the design effect is unknown
        Source  Kalbfleisch and Prentice 2002, The statistical analysis of failure time data, 1.4
        """
        effect = np.asarray(design_effect, np.float64).reshape(-1, 1)
        between = (self.cumulative > 0) & (self.cumulative < 1)
        share = np.where(between, self.cumulative, np.nan)
        reach = normal_quantile(confidence) * np.sqrt(self.variance * effect)
        with np.errstate(over="ignore"):
            power = np.exp(reach / (share * -np.log(share)))
        hits = self.cumulative * self.in_sight
        low, high = wilson(hits, self.in_sight, design_effect=effect, confidence=confidence)
        return np.where(between, share**power, low), np.where(between, share ** (1 / power), high)


def aalen_johansen(reached: ArrayLike, lost: ArrayLike) -> Incidence:
    """The cumulative incidence of outcomes that compete, from counts in order of time.

    `reached` (outcomes, times) counts who reached an outcome at each time, `lost` (times,) who was
    last seen then without one; these were still at risk of the outcomes of that time. Whoever
    reaches an outcome counts 1 / (n G), with G the Kaplan-Meier share that is not lost before
    then: the estimate of Aalen and Johansen, and exactly the count over n where nobody is lost.
    The variance is that of the delta method.

    Empty   NaN when nobody was seen
    Source  Aalen and Johansen 1978, An empirical transition matrix for non-homogeneous Markov
            chains based on censored observations
            Dinse and Larson 1986, A note on semi-Markov models for partially censored data
    """
    events, gone = np.asarray(reached, np.int64), np.asarray(lost, np.int64)
    ended = events.sum(axis=0)
    total = int(ended.sum() + gone.sum())
    in_sight = total - np.cumsum(gone) + gone
    at_risk = in_sight - np.cumsum(ended) + ended
    kept = np.cumprod(1 - gone / np.maximum(at_risk - ended, 1))
    before = np.concatenate([[1.0], kept])[: len(gone)]
    n = total if total else np.nan
    share = np.cumsum(events / np.where(at_risk > 0, before, 1), axis=1) / n
    cumulative = np.where(share > 1 - ROUNDING, 1.0, share)
    return Incidence(at_risk, in_sight, cumulative, _variance(events, at_risk, cumulative))


def _variance(events: NDArray[np.int64], at_risk: NDArray[np.int64], share: Floats) -> Floats:
    """The three sums of Dinse and Larson, whose differences F(t) - F(s) are multiplied out."""
    y = np.maximum(at_risk, 1).astype(np.float64)
    ended = events.sum(axis=0)
    free = np.concatenate([[1.0], 1 - share.sum(axis=0)])[: len(y)]
    hazard = np.where(y > ended, ended / y / np.maximum(y - ended, 1), 0)
    own = free**2 * (y - events) * events / y**3
    mixed = free * events / y**2
    spread = (
        share**2 * np.cumsum(hazard)
        - 2 * share * np.cumsum(hazard * share + mixed, axis=1)
        + np.cumsum(hazard * share**2 + own + 2 * mixed * share, axis=1)
    )
    return np.asarray(np.maximum(spread, 0), np.float64)
