"""Days, weeks and months of a wall calendar, in UTC and where clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.passes.calendar import Calendar, Period

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ZONES = ("UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Apia")
calendars = st.builds(Calendar, st.sampled_from(("day", "week", "month")), st.sampled_from(ZONES))
moments = st.integers(-300_000_000, 2_500_000_000).map(lambda s: EPOCH + timedelta(seconds=s))


def microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)


def first_day(period: Period, zone: str, *moment: int) -> str:
    calendar = Calendar(period, zone)
    at = microseconds(datetime(*moment, tzinfo=UTC))  # type: ignore[arg-type]
    return str(calendar.first_day(calendar.number([at]))[0])


def test_sunday_night_belongs_to_the_week_of_the_monday_before() -> None:
    assert first_day("week", "UTC", 2024, 3, 3, 23, 59) == "2024-02-26"
    assert first_day("week", "UTC", 2024, 3, 4) == "2024-03-04"


def test_days_before_1970_are_counted_backwards() -> None:
    assert first_day("day", "UTC", 1969, 12, 31, 23) == "1969-12-31"
    assert first_day("week", "UTC", 1969, 12, 28) == "1969-12-22"
    assert first_day("month", "UTC", 1969, 12, 31) == "1969-12-01"


def test_late_evening_in_utc_is_already_the_next_day_in_berlin() -> None:
    assert first_day("day", "Europe/Berlin", 2024, 1, 31, 23, 30) == "2024-02-01"
    assert first_day("month", "Europe/Berlin", 2024, 1, 31, 23, 30) == "2024-02-01"
    assert first_day("month", "Europe/Berlin", 2024, 1, 31, 22, 30) == "2024-01-01"


def test_day_on_which_the_clocks_go_forward_has_23_hours() -> None:
    calendar = Calendar("day", "Europe/Berlin")
    number = calendar.number([microseconds(datetime(2024, 3, 31, 12, tzinfo=UTC))])
    begins, ends = calendar.begins(np.array([number[0], number[0] + 1]))
    assert ends - begins == 23 * 3_600_000_000


def test_day_without_a_midnight_begins_at_one() -> None:
    # Brazil's clocks went from 23:59:59 to 01:00 on 4 November 2018.
    calendar = Calendar("day", "America/Sao_Paulo")
    noon = microseconds(datetime(2018, 11, 4, 12, tzinfo=UTC))
    assert calendar.begins(calendar.number([noon])) == microseconds(
        datetime(2018, 11, 4, 3, tzinfo=UTC)
    )


def test_no_moment_falls_on_a_day_that_a_zone_left_out() -> None:
    # Samoa went from 29 to 31 December 2011.
    assert first_day("day", "Pacific/Apia", 2011, 12, 30, 9, 59) == "2011-12-29"
    assert first_day("day", "Pacific/Apia", 2011, 12, 30, 10) == "2011-12-31"


@given(calendars, st.lists(moments, min_size=1, max_size=5))
def test_the_wall_calendar_of_the_zone_says_the_same(
    calendar: Calendar, times: list[datetime]
) -> None:
    numbers = calendar.number([microseconds(moment) for moment in times])
    for first, moment in zip(calendar.first_day(numbers).tolist(), times, strict=True):
        day = moment.astimezone(ZoneInfo(calendar.zone)).date()
        expected = {
            "day": day,
            "week": day - timedelta(days=day.weekday()),
            "month": day.replace(day=1),
        }
        assert first == expected[calendar.period]


@given(calendars, moments)
def test_every_moment_lies_between_the_beginnings_of_its_period_and_the_next(
    calendar: Calendar, moment: datetime
) -> None:
    at = microseconds(moment)
    (number,) = calendar.number([at])
    begins, ends = calendar.begins([number, number + 1])
    assert begins <= at < ends


def test_no_times_have_no_periods() -> None:
    assert Calendar("month", "Europe/Berlin").number(np.array([], np.int64)).shape == (0,)


def test_unknown_period_and_zone_are_named_with_the_nearest() -> None:
    with pytest.raises(ParameterError, match=r"`period` is `weak`, .* Did you mean `week`\?"):
        Calendar("weak")  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match=r"`zone` is `Europe/Berln`, .*`Europe/Berlin`"):
        Calendar(zone="Europe/Berln")
