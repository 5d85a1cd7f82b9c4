"""Where one department hands customers over to another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.journeys.passes.crossings import Crossings, Owners, from_and_to
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.metrics import Metric
from cjm_notebooks.privacy import Published


@dataclass(frozen=True)
class HandOffs(Metric[Crossings]):
    """Share of the journeys handed from one department to another, the wait, and who left then.

    The department is the one that the map gives to the touchpoint. Touchpoints without one are
    passed over. Only events on the way to the outcome count. `moves` are all hand-offs; a journey
    counts once in each pair, and it waited between the two events of its first such hand-off.

    After a move the journey `left` when the event moved to was its last one and it reached no
    outcome. `left_share` is of the hand-offs; `left_within_share` is of the moves from event to
    event within the receiving department, what leaving there costs without a hand-off. The last
    row holds all hand-offs beside all moves within one department.

    Where some journeys are open, a move counts when the event moved to is at least `quiet_days`
    old, whatever came of the journey. Where more than a few are, a journey counts when it is over
    and began at least twice `quiet_days` before the end of the data, otherwise when it is over. The
    `recent` others were handed over so too.

    Unit   share of the journeys that count, or of the moves, 0 to 1; seconds
    Shape  one row per pair of departments with a hand-off, in map order of their first touchpoints;
           all pairs together last, with both departments null
    Empty  no rows without a hand-off; where no journey or move counts its share is null; below six
           journeys the median has no interval
    """

    unit = "share of the journeys that count, or of the moves, 0 to 1; seconds"
    reads = frozenset({"events"})
    watches_the_end = True
    published = Published(
        counts=(
            *("moves", "journeys", "all_journeys", "recent"),
            *("left", "left_within", "moves_within"),
        ),
        estimates={
            **dict.fromkeys(("share", "low", "high"), ("journeys", "all_journeys")),
            **dict.fromkeys(
                ("p50_seconds", "p50_low", "p50_high", "p90_seconds", "mean_seconds"), ("journeys",)
            ),
            **dict.fromkeys(("left_share", "left_share_low", "left_share_high"), ("left", "moves")),
            **dict.fromkeys(
                ("left_within_share", "left_within_share_low", "left_within_share_high"),
                ("left_within", "moves_within"),
            ),
        },
    )

    def observe(self, journeys: Journeys) -> Crossings:
        return Crossings.of(journeys, _departments(journeys.map), staying=True)

    def report(self, partial: Crossings, journey_map: JourneyMap) -> pd.DataFrame:
        departments = _departments(journey_map)
        rows = partial.crossed(departments)
        receiving = rows % max(len(departments.ids), 1)
        whole = rows == departments.pairs
        within = np.where(whole, rows + 1, receiving * (len(departments.ids) + 1))
        left = partial.left.columns("left", "moves", "left_share")
        stayed = partial.left.columns("left_within", "moves_within", "left_within_share")
        from_, to = from_and_to(departments, rows)
        return pd.DataFrame(
            {
                "from_department": from_,
                "to_department": to,
                **partial.columns(rows),
                **{name: column[rows] for name, column in left.items()},
                **{name: column[within] for name, column in stayed.items()},
            }
        )


def _departments(journey_map: JourneyMap) -> Owners:
    return Owners.of(touchpoint.department for touchpoint in journey_map.touchpoints)
