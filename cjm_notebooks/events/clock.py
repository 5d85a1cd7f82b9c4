"""Reading a column of times as UTC microseconds, without guessing a zone or a unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import duckdb

from cjm_notebooks.errors import SourceError, did_you_mean
from cjm_notebooks.events.ledger import Ledger, literal
from cjm_notebooks.events.tables import Clock

MICROSECONDS = {"s": "1000000", "ms": "1000", "us": "1", "ns": "0.001"}
WITH_ZONE = ("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ", "TIMESTAMPTZ_NS")
WRITTEN = ("VARCHAR", "BIGINT", "INTEGER", "DOUBLE")
YEAR = re.compile("%-?[Yy]")
OFFSET = r"(Z|z|UTC|[+-]\d{2}(:?\d{2})?)$"


@dataclass(frozen=True)
class Times:
    """SQL over a ledger's view: the time in UTC microseconds, and what is to be counted."""

    utc: str
    noticed: dict[str, str]


def times(ledger: Ledger, clock: Clock) -> Times:
    """How to read `clock.column` of the ledger.

    A time that an autumn night shows twice is read as the first of the two and counted as
    `clock_shown_twice`; one that a spring night leaves out is moved on by the gap and counted as
    `clock_left_out`; text that mixes times with and without an offset is counted as `mixed_zones`.
    What does not fit `clock.time_format` is no time.

    Raises  SourceError when a zone, unit or format is missing, unknown or not wanted
    """
    column = ledger.column(clock.column, "at")
    kind = ledger.types[clock.column]
    _known_zone(clock)
    if clock.time_format is not None:
        return _formatted(ledger, clock, column, clock.time_format)
    if kind in WITH_ZONE:
        return Times(f"epoch_us({column}::TIMESTAMPTZ)", {})
    if kind.startswith("TIMESTAMP") or kind == "DATE":
        return _local(f"CAST({column} AS TIMESTAMP)", _zone(ledger, clock, "no zone"))
    if kind.endswith("INT") or kind in ("BIGINT", "INTEGER", "HUGEINT", "DOUBLE", "FLOAT"):
        return _number(ledger, clock, column)
    if kind == "VARCHAR":
        return _text(ledger, clock, column)
    msg = f"The column `{clock.column}` of `{ledger.called}` is {kind}, which is no time."
    raise SourceError(msg)


def _known_zone(clock: Clock) -> None:
    if clock.zone is None:
        return
    try:
        ZoneInfo(clock.zone)
    except (ZoneInfoNotFoundError, ValueError) as cause:
        near = did_you_mean(clock.zone, sorted(available_timezones()))
        msg = f"`zone` is `{clock.zone}`, which is no IANA time zone. {near}"
        raise SourceError(msg) from cause


def _zone(ledger: Ledger, clock: Clock, lack: str) -> str:
    if clock.zone is None:
        msg = (
            f"Times in `{clock.column}` of `{ledger.called}` have {lack}. "
            'Say where the clock stood, such as `zone="Europe/Berlin"` or `zone="UTC"`.'
        )
        raise SourceError(msg)
    return clock.zone


def _local(local: str, zone: str, only: str = "true") -> Times:
    if zone == "UTC":
        return Times(f"epoch_us({local})", {})
    utc = f"({local} AT TIME ZONE '{zone}')"
    earlier = f"({utc} - INTERVAL 1 HOUR)"
    twice = f"(({utc} + INTERVAL 1 HOUR) AT TIME ZONE '{zone}') = {local}"
    before = f"({earlier} AT TIME ZONE '{zone}') = {local}"
    return Times(
        f"epoch_us(CASE WHEN {before} THEN {earlier} ELSE {utc} END)",
        {
            "clock_shown_twice": f"{only} AND ({twice} OR {before})",
            "clock_left_out": f"{only} AND ({utc} AT TIME ZONE '{zone}') <> {local}",
        },
    )


def _number(ledger: Ledger, clock: Clock, column: str) -> Times:
    if clock.unit is None:
        msg = (
            f"`{clock.column}` of `{ledger.called}` holds numbers, and their unit is not stated. "
            'Say `unit="s"`, `"ms"`, `"us"` or `"ns"` since 1970-01-01 UTC.'
        )
        raise SourceError(msg)
    scale = MICROSECONDS[clock.unit]
    is_whole = ledger.types[clock.column].endswith(("INT", "INTEGER"))
    if is_whole and clock.unit != "ns":
        return Times(f"TRY_CAST({column}::HUGEINT * {scale} AS BIGINT)", {})
    return Times(f"TRY_CAST(floor({column} * {scale}) AS BIGINT)", {})


def _formatted(ledger: Ledger, clock: Clock, column: str, time_format: str) -> Times:
    has_zone = _names_zone(ledger, clock.column, time_format)
    kind = ledger.types[clock.column]
    if kind not in WRITTEN or clock.unit is not None:
        odd, cure = ("are no texts", "time_format") if clock.unit is None else ("a `unit`", "unit")
        msg = (
            f"Times in `{clock.column}` of `{ledger.called}` have a `time_format` and {odd}. "
            f"Leave out `{cure}`."
        )
        raise SourceError(msg)
    digits = f"TRY_CAST({column} AS BIGINT)" if kind == "DOUBLE" else column
    time = as_written(f"CAST({digits} AS VARCHAR)", time_format)
    if has_zone:
        return Times(f"epoch_us({time})", {})
    return _local(time, _zone(ledger, clock, "no zone"))


def as_written(text: str, time_format: str) -> str:
    """SQL for the time that a text is in that format, NULL where it is none.

    `%Y` alone would take 25 for the year 25.
    """
    time = f"try_strptime({text}, {literal(time_format)})"
    return f"CASE WHEN year({time}) > 999 THEN {time} END"


def _names_zone(ledger: Ledger, column: str, time_format: str) -> bool:
    """Whether the format says where the zone stands in the text."""
    msg = (
        f"`time_format` is `{time_format}` for `{column}`, which is no format of days. Write it in "
        "the signs of `strptime`, such as `%d.%m.%Y %H:%M` for `31.12.2025 14:05`."
    )
    if not YEAR.search(time_format):
        raise SourceError(msg)
    try:
        (kind,) = ledger.query(f"SELECT try_strptime('', {literal(time_format)})").types
    except duckdb.Error as cause:
        raise SourceError(msg) from cause
    return str(kind) in WITH_ZONE


def _text(ledger: Ledger, clock: Clock, column: str) -> Times:
    if clock.unit is not None:
        return _number(ledger, clock, f"TRY_CAST({column} AS DOUBLE)")
    has_offset = f"regexp_matches(trim({column}), '\\d{OFFSET}') AND length(trim({column})) > 10"
    with_offset, bare = ledger.numbers(
        f"SELECT count(*) FILTER ({has_offset}), count(*) FILTER (NOT ({has_offset}) AND "
        f"TRY_CAST(trim({column}) AS TIMESTAMP) IS NOT NULL) FROM {ledger.view}"
    )
    absolute = f"epoch_us(TRY_CAST(trim({column}) AS TIMESTAMPTZ))"
    if not bare:
        return Times(absolute, {})
    lack = "no zone" if not with_offset else f"no zone in {bare} rows and one in {with_offset}"
    plain = _local(
        f"TRY_CAST(trim({column}) AS TIMESTAMP)",
        _zone(ledger, clock, lack),
        only=f"NOT ({has_offset})",
    )
    mixed = {"mixed_zones": f"NOT ({has_offset})"} if with_offset else {}
    return Times(
        f"CASE WHEN {has_offset} THEN {absolute} ELSE {plain.utc} END", plain.noticed | mixed
    )
