"""What customers said at each touchpoint, and how many of them said nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cjm_notebooks.engine import measure_all
from cjm_notebooks.journeys import join
from cjm_notebooks.metrics.csat import Csat
from cjm_notebooks.metrics.touchpoint_summary import TouchpointSummary
from cjm_notebooks.teaching.generators import Generated

RATING = "rating"


@dataclass(frozen=True)
class Heard:
    """What customers said at one touchpoint: how many came, how many answered, and what."""

    mean: float
    answers: int
    bad: int
    customers: int

    @property
    def felt(self) -> float:
        """The mean rating from 1 to 5, moved to the scale from -2 to 2."""
        return self.mean - 3


@lru_cache(maxsize=1)
def heard_at_each(given: Generated) -> Mapping[str, Heard]:
    csat, summary = Csat(), TouchpointSummary()
    journeys = join(given.draft_map, given.events, feedback=given.feedback)
    tables = measure_all([csat, summary], journeys)
    came = tables[summary].set_index("touchpoint")["customers"]
    ratings = tables[csat]
    ratings = ratings[(ratings["question"] == RATING) & ratings["touchpoint"].notna()]
    return {
        row["touchpoint"]: Heard(row["mean"], row["n"], row["bottom2"], came[row["touchpoint"]])
        for row in ratings.to_dict("records")
    }
