"""The shop with owners of its touchpoints, and their moves counted in plain Python."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from cjm_notebooks import JourneyMap, Journeys
from tests.journeys import ONE_EACH, UNTIL_OUTCOME
from tests.journeys.ways import DAY, SECONDS, Way, ways

CHANNELS = {"home": "web", "product": "web", "cart": "app", "help": "store"}
DEPARTMENTS = {"home": "marketing", "product": "sales", "cart": "sales", "help": "service"}


def owned(journey_map: JourneyMap) -> JourneyMap:
    """The same map with channels and departments; nobody owns `pay`."""
    stages = []
    for stage in journey_map.stages:
        touchpoints = tuple(
            touchpoint.model_copy(
                update={
                    "channel": CHANNELS.get(touchpoint.id),
                    "department": DEPARTMENTS.get(touchpoint.id),
                }
            )
            for touchpoint in stage.touchpoints
        )
        stages.append(stage.model_copy(update={"touchpoints": touchpoints}))
    return journey_map.model_copy(update={"stages": tuple(stages)})


OWNED = owned(ONE_EACH)
OWNED_UNTIL_OUTCOME = owned(UNTIL_OUTCOME)


def on_owned(journeys: Journeys) -> Journeys:
    return replace(journeys, map=owned(journeys.map))


@dataclass(frozen=True)
class Move:
    from_: str
    to: str
    seconds: float
    at: float
    left: bool


def moves(way: Way, owner: Mapping[str, str]) -> list[Move]:
    """Every move of one journey, those that stay with one owner too."""
    seen = [place for place, stop in enumerate(way.stops) if stop in owner]
    return [
        Move(
            from_=owner[way.stops[before]],
            to=owner[way.stops[after]],
            seconds=way.seconds[after] - way.seconds[before],
            at=way.seconds[after],
            left=way.end == "left" and after == len(way.stops) - 1,
        )
        for before, after in pairwise(seen)
    ]


def old_moves(journeys: Journeys, owner: Mapping[str, str]) -> list[Move]:
    """Every move of every journey; where one is open only those that are old enough."""
    every = ways(journeys)
    settled = journeys.end_of_data / SECONDS - journeys.map.journey.quiet_days * DAY
    until = settled if any(way.is_open for way in every) else math.inf
    return [move for way in every for move in moves(way, owner) if move.at <= until]
