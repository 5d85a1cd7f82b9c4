"""Journeys read one by one in plain Python, to count again what the arrays counted."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from cjm_notebooks import Journeys

SECONDS = 1_000_000
DAY = 86_400


@dataclass(frozen=True)
class Way:
    """One journey up to its outcome: the touchpoints and seconds of its events, and its end."""

    customer: int
    stops: tuple[str, ...]
    seconds: tuple[float, ...]
    end: str
    began_early: bool

    @property
    def is_open(self) -> bool:
        return self.end == "open"

    @property
    def arrivals(self) -> tuple[str, ...]:
        return tuple(stop for stop, _ in groupby(self.stops))


def ways(journeys: Journeys) -> list[Way]:
    outcomes, touchpoints = journeys.map.outcomes, journeys.map.touchpoints
    early = journeys.end_of_data - 2 * journeys.map.journey.quiet_days * DAY * SECONDS
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
                began_early=int(journeys.at[events[0]]) <= early,
            )
        )
    return found


def counted(journeys: Journeys) -> list[Way]:
    """Those that are over and, where many are open, began twice the days of quiet before the end.

    Many are more than a quarter of the root of all; early ones that are fewer than half are none.
    """
    all_ = ways(journeys)
    over = [way for way in all_ if not way.is_open]
    early = [way for way in over if way.began_early]
    few_are_open = 16 * (len(all_) - len(over)) ** 2 <= len(all_)
    return over if few_are_open or 2 * len(early) < len(over) else early
