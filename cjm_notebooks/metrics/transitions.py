"""From touchpoint to touchpoint."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.endings import next_names
from cjm_notebooks.journeys.passes.moves import moves_of
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published
from cjm_notebooks.statistics.partials import Additive, Rate


@dataclass(frozen=True)
class _Moves(Additive):
    rate: Rate  # cells (1 + touchpoints, touchpoints + endings but open): from the start first
    open: np.ndarray  # int64, (1 + touchpoints,)


@dataclass(frozen=True)
class Transitions(Metric[_Moves]):
    """Where journeys go next from each touchpoint, and where they begin and end.

    A move leads from the start of the journey to its first event, from each event to the next, and
    from the last to the `end`, after which nothing counts: events after an outcome are no moves. A
    journey whose outcome came before every event moves from the start to the end. `share` is of
    the decided moves out of the same touchpoint. A move into `open` is undecided: it is not among
    them and has no share.

    Unit   share of the decided moves out of a touchpoint, 0 to 1
    Shape  one row per move seen: the start of the journey first, then in map order, ends last
    Empty  no rows without journeys
    """

    unit = "share of the decided moves out of a touchpoint, 0 to 1"
    reads = frozenset({"events"})
    published = Published(
        counts=("moves", "moves_from", "open"),
        estimates=dict.fromkeys(("share", "low", "high"), ("moves", "moves_from")),
        within=("from_touchpoint",),
    )

    def observe(self, journeys: Journeys) -> _Moves:
        moved = moves_of(journeys)
        moves = np.vstack([np.bincount(moved.begin, minlength=moved.width), moved.out])
        decided, open_ = moves[:, :-1], moves[:, -1]
        moves_from = decided.sum(axis=1, keepdims=True)
        customers = np.append(journeys.n_journeys - journeys.repeats, moved.movers)
        repeats = moves_from - customers[:, None]
        return _Moves(Rate.of(decided, np.broadcast_to(moves_from, decided.shape), repeats), open_)

    def report(self, partial: _Moves, journey_map: JourneyMap) -> pd.DataFrame:
        touchpoint, ending = next_names(journey_map)
        begin = np.array([None, *touchpoint], object)
        moves = np.column_stack([partial.rate.hits, partial.open])
        from_, to = np.nonzero(moves)
        low, high = partial.rate.interval()
        open_has_none = np.full(len(moves), np.nan)
        estimates = {"share": partial.rate.share, "low": low, "high": high}
        return pd.DataFrame(
            {
                "from_touchpoint": pd.Series(begin[from_], dtype="str"),
                "to_touchpoint": pd.Series(touchpoint[to], dtype="str"),
                "end": pd.Series(ending[to], dtype="str"),
                "moves": moves[from_, to],
                "moves_from": partial.rate.trials[from_, 0],
                **{
                    name: np.column_stack([cells, open_has_none])[from_, to]
                    for name, cells in estimates.items()
                },
                "open": partial.open[from_],
            }
        )
