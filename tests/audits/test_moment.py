"""The moment an audit stands at."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cjm_notebooks.audits.moment import moment
from cjm_notebooks.errors import ParameterError

END_OF_MARCH = datetime(2025, 3, 31, 23, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize("day", ["2025-03-31", " 2025-03-31 ", date(2025, 3, 31)])
def test_day_stands_for_its_end(day: str | date) -> None:
    assert moment(day) == END_OF_MARCH


@pytest.mark.parametrize("at", ["2025-03-31T18:00:00+02:00", "2025-03-31T16:00Z"])
def test_time_with_an_offset_is_that_time(at: str) -> None:
    assert moment(at) == datetime(2025, 3, 31, 16, tzinfo=UTC)


@pytest.mark.parametrize("at", ["2025-03-31T18:00:00", datetime(2025, 3, 31, 18)])  # noqa: DTZ001
def test_time_without_a_zone_is_refused_with_what_to_write(at: str | datetime) -> None:
    with pytest.raises(ParameterError, match=r"without a zone\. Add one, such as `.*\+00:00`"):
        moment(at)


@pytest.mark.parametrize("at", ["", "yesterday", "31.03.2025", "2025-02-30"])
def test_what_is_no_time_is_refused_with_an_example(at: str) -> None:
    with pytest.raises(ParameterError, match=r"which is no time\. Give the end of your data"):
        moment(at)
