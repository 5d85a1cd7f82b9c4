"""What a choice of journeys means: a period in microseconds, a place in touchpoints."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.maps import JourneyMap

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def period(start: datetime | date, end: datetime | date) -> tuple[int, int]:
    """Both in UTC microseconds.

    Raises  ParameterError when `start` is not before `end`, or a time has no zone
    """
    low, high = microseconds(start, "start"), microseconds(end, "end")
    if not low < high:
        msg = f"The period runs from {start} to {end}. Give a start that is before the end."
        raise ParameterError(msg)
    return low, high


def microseconds(moment: datetime | date, name: str) -> int:
    """UTC microseconds; a date is the start of that day in UTC.

    Raises  ParameterError when a time has no zone
    """
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    if moment.tzinfo is None:
        given = moment.isoformat()
        msg = f"`{name}` is {given} without a zone. Add one, such as `tzinfo=UTC`."
        raise ParameterError(msg)
    since = moment - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def touchpoints_of(journey_map: JourneyMap, place: str) -> np.ndarray:
    """bool, (touchpoints,). The touchpoint of that id, or those of the stage.

    Raises  ParameterError when the map has no such place
    """
    here = [
        place in (stage.id, touchpoint.id)
        for stage in journey_map.stages
        for touchpoint in stage.touchpoints
    ]
    stages = [stage.id for stage in journey_map.stages]
    if not any(here) and place not in stages:
        known = [*stages, *(touchpoint.id for touchpoint in journey_map.touchpoints)]
        near = did_you_mean(place, known)
        msg = f"Map `{journey_map.id}` has no stage or touchpoint `{place}`. {near}"
        raise ParameterError(msg)
    return np.array(here, dtype=bool)
