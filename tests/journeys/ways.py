"""Journeys read one by one in plain Python, to count again what the arrays counted."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from cjm_notebooks import Journeys

SECONDS = 1_000_000


@dataclass(frozen=True)
class Way:
    """One journey up to its outcome: the touchpoints and seconds of its events, and its end."""

    customer: int
    stops: tuple[str, ...]
    seconds: tuple[float, ...]
    end: str

    @property
    def is_open(self) -> bool:
        return self.end == "open"

    @property
    def arrivals(self) -> tuple[str, ...]:
        return tuple(stop for stop, _ in groupby(self.stops))


def ways(journeys: Journeys) -> list[Way]:
    outcomes, touchpoints = journeys.map.outcomes, journeys.map.touchpoints
    found = []
    for journey in range(journeys.n_journeys):
        outcome, until = int(journeys.outcome[journey]), int(journeys.outcome_at[journey])
        events = range(int(journeys.starts[journey]), int(journeys.starts[journey + 1]))
        way = [event for event in events if outcome < 0 or journeys.at[event] <= until]
        end = outcomes[outcome].kind if outcome >= 0 else "left"
        found.append(
            Way(
                customer=int(journeys.journey_customer[journey]),
                stops=tuple(touchpoints[int(journeys.touchpoint[event])].id for event in way),
                seconds=tuple(int(journeys.at[event]) / SECONDS for event in way),
                end="open" if journeys.is_open[journey] else end,
            )
        )
    return found
