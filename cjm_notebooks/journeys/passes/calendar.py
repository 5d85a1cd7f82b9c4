"""Days, weeks and months as the calendar on the wall shows them, numbered to be counted in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.journeys.tables import MICROSECONDS_PER_DAY

Period = Literal["day", "week", "month"]
MONDAY_BEFORE_1970 = 3
BLOCK = 512


@dataclass(frozen=True)
class Calendar:
    """The periods of one calendar, numbered from the one that holds 1970-01-01 in `zone`.

    Weeks begin on Monday. In a zone whose clocks change a day has 23 or 25 hours twice a year; one
    without a midnight begins with its first moment.

    Raises  ParameterError when `period` is none of the three or `zone` is no IANA time zone
    Source  ISO 8601-1:2019, Date and time: representations for information interchange
    """

    period: Period = "week"
    zone: str = "UTC"

    def __post_init__(self) -> None:
        if self.period not in get_args(Period):
            near = did_you_mean(self.period, get_args(Period))
            msg = f"`period` is `{self.period}`, which is no period of the calendar. {near}"
            raise ParameterError(msg)
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError) as cause:
            near = did_you_mean(self.zone, sorted(available_timezones()))
            msg = f"`zone` is `{self.zone}`, which is no IANA time zone. {near}"
            raise ParameterError(msg) from cause

    def number(self, at: ArrayLike) -> NDArray[np.int64]:
        """int64, (times,). The period of each time, given in UTC microseconds."""
        times = np.asarray(at, np.int64)
        if self.zone == "UTC" or not times.size:
            return self._utc_number(times)
        low = int(self._utc_number(times.min()) - 1) // BLOCK
        high = int(self._utc_number(times.max()) + 1) // BLOCK
        starts = np.concatenate([_starts(self, block) for block in range(low, high + 1)])
        place: NDArray[np.int64] = np.searchsorted(starts, times, side="right")
        return place + (low * BLOCK - 1)

    def first_day(self, number: ArrayLike) -> NDArray[np.datetime64]:
        """datetime64[D], (periods,). The date on which each period begins."""
        numbers = np.asarray(number, np.int64)
        if self.period == "month":
            return numbers.astype("datetime64[M]").astype("datetime64[D]")
        days = numbers if self.period == "day" else numbers * 7 - MONDAY_BEFORE_1970
        return days.astype("datetime64[D]")

    def begins(self, number: ArrayLike) -> NDArray[np.int64]:
        """int64, (periods,). UTC microseconds of the first moment of each period."""
        days = self.first_day(number)
        if self.zone == "UTC":
            return days.astype(np.int64) * MICROSECONDS_PER_DAY
        dates: list[date] = days.astype(object).ravel().tolist()
        return np.array([_midnight(day, self.zone) for day in dates], np.int64)

    def _utc_number(self, times: NDArray[np.int64]) -> NDArray[np.int64]:
        if self.period == "month":
            return times.astype("datetime64[us]").astype("datetime64[M]").astype(np.int64)
        if self.period == "day":
            return np.asarray(times // MICROSECONDS_PER_DAY)
        return np.asarray(
            (times + MONDAY_BEFORE_1970 * MICROSECONDS_PER_DAY) // (7 * MICROSECONDS_PER_DAY)
        )


@lru_cache(maxsize=64)
def _starts(calendar: Calendar, block: int) -> NDArray[np.int64]:
    """When the periods of one block of `BLOCK` begin."""
    starts = calendar.begins(np.arange(block * BLOCK, (block + 1) * BLOCK))
    starts.flags.writeable = False
    return starts


def _midnight(day: date, zone: str) -> int:
    """The first moment of a day; Python moves a midnight that is left out to the clock's change."""
    since = datetime.combine(day, time(), ZoneInfo(zone)) - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000
