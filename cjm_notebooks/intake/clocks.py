"""How times are written in a column: their zones, their unit, the first and the last."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cjm_notebooks.events import TimeUnit
from cjm_notebooks.events.clock import OFFSET, as_written
from cjm_notebooks.events.glimpse import NO_ZONE, ClockSeen
from cjm_notebooks.intake.measuring import Column
from cjm_notebooks.intake.opening import Opened

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECONDS: dict[TimeUnit, float] = {"s": 1e6, "ms": 1e3, "us": 1, "ns": 1e-3}
EARLIEST, LATEST = 9.46e14, 4.1e15  # microseconds of 2000 and of 2100
OFFSET_OF = f"regexp_extract(text, '{OFFSET}', 1)"
IN_UTC = "UTC"


def unit_of(column: Column) -> TimeUnit | None:
    """What a column of numbers counts if all are times from 2000 to 2100, None if they are none."""
    if not column.is_number or column.low is None or column.high is None:
        return None
    for unit, factor in MICROSECONDS.items():
        if column.low * factor >= EARLIEST and column.high * factor <= LATEST:
            return unit
    return None


def clock_seen(opened: Opened, column: Column, formats: tuple[str, ...]) -> ClockSeen | None:
    """How its times are written; None where none can be read, or several `formats` read them."""
    if formats:
        return _formatted(opened, column, formats[0]) if len(formats) == 1 else None
    unit = unit_of(column)
    if unit is not None and column.low is not None and column.high is not None:
        scale = MICROSECONDS[unit]
        return ClockSeen((IN_UTC,), _moment(column.low * scale), _moment(column.high * scale), unit)
    if column.is_number or not column.counts["time"]:
        return None
    texts = f"SELECT {column.sql} AS text FROM first_rows"
    found = opened.connection.execute(
        f"SELECT CASE WHEN length(text) > 10 THEN {OFFSET_OF} ELSE '' END AS zone, "
        "min(epoch_us(TRY_CAST(text AS TIMESTAMPTZ))), "
        f"max(epoch_us(TRY_CAST(text AS TIMESTAMPTZ))) FROM ({texts}) "
        "WHERE TRY_CAST(text AS TIMESTAMPTZ) IS NOT NULL GROUP BY zone ORDER BY count(*) DESC, zone"
    ).fetchall()
    if not found:
        return None
    zones = tuple(dict.fromkeys(_zone(str(zone)) for zone, *_ in found))
    first, last = _moment(min(row[1] for row in found)), _moment(max(row[2] for row in found))
    if zones == (NO_ZONE,):
        first, last = first.replace(tzinfo=None), last.replace(tzinfo=None)
    return ClockSeen(zones, first, last, unreadable=column.filled - column.counts["time"])


def _formatted(opened: Opened, column: Column, time_format: str) -> ClockSeen:
    time = as_written(column.sql, time_format)
    has_zone = "%z" in time_format
    low, high, unreadable = opened.one(
        f"SELECT min(epoch_us({time})), max(epoch_us({time})), "
        f"count(*) FILTER ({column.sql} IS NOT NULL AND {time} IS NULL) FROM first_rows"
    )
    first, last = (_moment(float(str(end))) for end in (low, high))
    if not has_zone:
        first, last = first.replace(tzinfo=None), last.replace(tzinfo=None)
    zones = (IN_UTC if has_zone else NO_ZONE,)
    missing = int(str(unreadable))
    return ClockSeen(zones, first, last, unreadable=missing, time_format=time_format)


def _moment(microseconds: float) -> datetime:
    return EPOCH + timedelta(microseconds=int(microseconds))


def _zone(written: str) -> str:
    """`Z`, `+00` and `UTC` are one zone, and so are `+0200` and `+02:00`."""
    if not written:
        return NO_ZONE
    sign, digits = written[0], "".join(filter(str.isdigit, written))
    if not digits.strip("0"):
        return IN_UTC
    return f"{sign}{digits[:2]}:{digits[2:] or '00'}"
