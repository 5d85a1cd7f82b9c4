"""The moment an audit is as of: nothing below it reads the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from cjm_notebooks.errors import ParameterError


def moment(as_of: datetime | date | str) -> datetime:
    """`as_of` in UTC; a day alone stands for its end, so that all of it counts.

    Raises  ParameterError when it cannot be read, or is a time without a zone
    """
    if isinstance(as_of, datetime):
        return _with_zone(as_of)
    if isinstance(as_of, date):
        return datetime.combine(as_of, time.max, UTC)
    try:
        if len(as_of.strip()) <= len("2025-03-31"):
            return moment(date.fromisoformat(as_of.strip()))
        return _with_zone(datetime.fromisoformat(as_of.strip()))
    except ParameterError:
        raise
    except ValueError as cause:
        msg = (
            f"`as_of` is `{as_of[:80]}`, which is no time. Give the end of your data in ISO 8601, "
            "such as `2025-03-31` or `2025-03-31T18:00:00+02:00`."
        )
        raise ParameterError(msg) from cause


def _with_zone(at: datetime) -> datetime:
    if at.tzinfo is None:
        msg = (
            f"`as_of` is {at.isoformat()} without a zone. Add one, such as "
            f"`{at.isoformat()}+00:00`, or give the day alone."
        )
        raise ParameterError(msg)
    return at.astimezone(UTC)
