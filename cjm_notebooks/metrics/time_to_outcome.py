"""How journeys come out, and when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.tables import NONE
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.matching.labels import MICROSECONDS_PER_SECOND
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published, Running
from cjm_notebooks.statistics.incidence import aalen_johansen
from cjm_notebooks.statistics.partials import Additive, Durations, Rate
from cjm_notebooks.statistics.partials.durations import BINS_PER_DOUBLING, MIDDLES

SECONDS_PER_DAY = 86_400
BIN_ENDS = 2.0 ** (np.arange(len(MIDDLES)) / BINS_PER_DOUBLING)


@dataclass(frozen=True)
class _Ends(Additive):
    times: Durations  # a cell per outcome, and a last one for journeys without an outcome
    rate: Rate  # cells (outcomes,)
    open: int


@dataclass(frozen=True)
class TimeToOutcome(Metric[_Ends]):
    """Share of the journeys that reach each outcome within so many days of their first event.

    The first outcome of a journey ends it, so that outcomes compete: the share is the cumulative
    incidence of Aalen and Johansen, in which a journey without an outcome counts for as long as it
    was seen. The shares of all outcomes never exceed 1 together, and without such journeys they are
    the plain shares. An outcome that came before the first event took no time. Journeys with
    several of one customer widen the interval by the design effect of the outcome's plain share.

    `reached` counts up to that day and `at_risk` before it. `days` is the upper end of a bin that
    is 1.1 % wide (one second at the least), so that an outcome came at most that much earlier; a
    journey last seen in the same bin was still at risk. `open` is the number of journeys that may
    reach an outcome yet, the same in each row.

    Unit    share of journeys, 0 to 1, by days since the first event
    Shape   per outcome, in map order, one row per bin in which any outcome was reached; an outcome
            that was never reached has one row, at 0 days
    Empty   a map without outcomes has no rows; without journeys the share is null; a share never
            reached has a null interval
    Source  Aalen and Johansen 1978, An empirical transition matrix for non-homogeneous Markov
            chains based on censored observations
    """

    unit = "share of journeys, 0 to 1, by days since the first event"
    reads = frozenset({"events"})
    watches_the_end = True
    published = Published(
        counts=("reached", "journeys", "open"),
        estimates=dict.fromkeys(("cumulative", "low", "high"), ("reached", "journeys")),
        column_totals=False,
        running=Running(counts=("reached",), along="days", by="outcome"),
        withheld=("at_risk",),
    )

    def observe(self, journeys: Journeys) -> _Ends:
        outcomes = len(journeys.map.outcomes)
        reached = journeys.outcome != NONE
        until = np.where(reached, journeys.outcome_at, journeys.seen_until)
        seconds = np.maximum(until - journeys.at[journeys.first], 0) / MICROSECONDS_PER_SECOND
        times = Durations.of(np.where(reached, journeys.outcome, outcomes), seconds, outcomes + 1)
        everyone = np.full(outcomes, journeys.n_journeys)
        return _Ends(
            times=times,
            rate=Rate.of(times.count[:-1], everyone, journeys.repeats),
            open=int(np.count_nonzero(journeys.is_open)),
        )

    def report(self, partial: _Ends, journey_map: JourneyMap) -> pd.DataFrame:
        counts = partial.times.counts.astype(np.int64)
        reached, lost = counts[:-1], counts[-1]
        journeys = int(counts.sum())
        curve = aalen_johansen(reached, lost)
        low, high = curve.interval(partial.rate.interval_effect())
        ever = reached.any(axis=1)
        outcome, place = np.nonzero(np.column_stack([~ever, np.outer(ever, reached.any(axis=0))]))
        ends = journey_map.outcomes
        return pd.DataFrame(
            {
                "outcome": pd.Series([ends[i].id for i in outcome], dtype="str"),
                "kind": pd.Series([ends[i].kind for i in outcome], dtype="str"),
                "days": _with_start(BIN_ENDS / SECONDS_PER_DAY, 0.0)[place],
                "reached": _with_start(np.cumsum(reached, axis=1), 0)[outcome, place],
                "at_risk": _with_start(curve.at_risk, journeys)[place],
                "cumulative": _with_start(curve.cumulative, 0.0 if journeys else np.nan)[
                    outcome, place
                ],
                "low": _with_start(low, np.nan)[outcome, place],
                "high": _with_start(high, np.nan)[outcome, place],
                "journeys": journeys,
                "open": partial.open,
            }
        )


def _with_start(values: np.ndarray, start: float) -> np.ndarray:
    """The values at the end of each bin, after the one at 0 days."""
    return np.insert(values, 0, start, axis=-1)
