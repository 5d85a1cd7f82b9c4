"""What stands in the way of reading a table as it is: sentences, each with its cure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cjm_notebooks.events.glimpse import NO_ZONE, ClockSeen, Glimpse, plain
from cjm_notebooks.intake.measuring import Column
from cjm_notebooks.intake.opening import Opened
from cjm_notebooks.privacy.personal import PersonalData

NOTHING = frozenset({"null", "n/a", "na", "nan", "none", "undefined", "(not set)", "(none)"})
MANY = 20  # different customers
AT_MOST = 5  # columns named in one sentence
BY_NAME = "column name"
STATE_IT = 'Say where the clock stood, such as `zone="Europe/Berlin"`.'
SAY_HOW = "Say how they are written:"
IDS_OF_ROWS = frozenset(map(plain, ("event_id", "message_id", "response_id", "uuid", "row_id")))


def problems(
    opened: Opened,
    columns: Sequence[Column],
    glimpse: Glimpse,
    personal: Mapping[str, tuple[PersonalData, ...]],
) -> tuple[str, ...]:
    """Every problem found in the first rows, what loses rows first."""
    return (
        *_of_lines(opened),
        *_of_times(columns, glimpse),
        *_of_customers(columns, glimpse),
        *_of_nobody(columns, glimpse),
        *_of_repetition(opened, columns),
        *_of_columns(columns),
        *_of_people(columns, personal),
    )


def _of_lines(opened: Opened) -> Iterator[str]:
    if opened.misfits:
        be = "is no JSON object" if opened.format == "json" else "does not fit the header"
        if opened.misfits > 1:
            be = be.replace("is no JSON object", "are no JSON objects").replace("does", "do")
        lines = "One line" if opened.misfits == 1 else f"{opened.misfits:,} lines"
        yield f"{lines} looked at {be}: set aside as `unreadable_row`. Export it anew if it counts."


def _of_times(columns: Sequence[Column], glimpse: Glimpse) -> Iterator[str]:
    roles = ("time", "milestone")
    names = {seen.name for role in roles for seen in glimpse.with_role(role)}
    times = [column for column in columns if column.name in names]
    yield from _of_formats(times, glimpse)
    clocks = glimpse.clocks
    bare = [one for one in times if one.name in clocks and clocks[one.name].zones == (NO_ZONE,)]
    if bare:
        yield f"Times in {_named(bare)} have no zone. {STATE_IT} `UTC` in a call is a placeholder."
    for column in times:
        yield from _of_clock(column, clocks.get(column.name))


def _of_formats(times: Sequence[Column], glimpse: Glimpse) -> Iterator[str]:
    """How times are written that do not begin with the year, and how to say so."""
    formats = {column.name: column.formats for column in glimpse.columns}
    written: dict[tuple[str, ...], list[Column]] = {}
    for column in times:
        if column.most_are("day_first") or column.most_are("slashed"):
            written.setdefault(formats[column.name], []).append(column)
    for known, found in written.items():
        how = "do not say which number is the day"
        if len(known) < 2:
            how = f"begin with the {'month' if known and known[0][1] == 'm' else 'day'}"
        say = " or ".join(f'`time_format="{one}"`' for one in known or ("%d.%m.%Y",))
        yield f"Times in {_named(found)} {how}, such as `{found[0].values[0]}`. {SAY_HOW} {say}."


def _of_clock(column: Column, clock: ClockSeen | None) -> Iterator[str]:
    if clock is None:
        return
    if clock.lacks_zone and len(clock.zones) > 1:
        others = ", ".join(zone for zone in clock.zones if zone != NO_ZONE)
        what = f"have no zone in some rows and one in others ({others})"
        yield f"Times in `{column.name}` {what}. {STATE_IT}"
    if clock.unreadable:
        yield (
            f"What stands in `{column.name}` is no time in {_rows(clock.unreadable)}: set aside as "
            "`unreadable_time`. Write times as `2024-07-15T09:00:00+02:00`."
        )


def _of_customers(columns: Sequence[Column], glimpse: Glimpse) -> Iterator[str]:
    for role, rule in (("customer", "no_customer"), ("time", "no_time")):
        names = [seen.name for seen in glimpse.with_role(role)]
        for column in columns:
            empty = column.rows - column.filled
            if column.name in names and empty:
                yield (
                    f"`{column.name}` is empty in {_rows(empty)} of {column.rows:,}: set aside as "
                    f"`{rule}` where events are read. Take another column if that is too many."
                )


def _of_nobody(columns: Sequence[Column], glimpse: Glimpse) -> Iterator[str]:
    """Ids and texts that stand for nobody and nothing."""
    names = {seen.name for seen in glimpse.with_role("customer")}
    for column in columns:
        if column.name in names and column.distinct >= MANY and column.most > column.filled / 10:
            yield (
                f"One id in `{column.name}` has {_rows(column.most)} of {column.filled:,}. If it "
                "stands for nobody, or for a test, leave these rows out."
            )
    words = [
        column
        for column in columns
        if not column.is_nested and NOTHING & {one.casefold() for one in column.values}
    ]
    if words:
        word = next(one for one in words[0].values if one.casefold() in NOTHING)
        yield (
            f"In {_named(words)} a word such as `{word}` stands for nothing, and counts as a "
            "value. Leave such cells empty."
        )


def _of_repetition(opened: Opened, columns: Sequence[Column]) -> Iterator[str]:
    texts = ", ".join(column.sql for column in columns)
    (different,) = opened.one(f"SELECT count(*) FROM (SELECT DISTINCT {texts} FROM first_rows)")
    repeated = opened.seen - int(str(different))
    if repeated:
        repeat = "One row repeats" if repeated == 1 else f"{repeated:,} rows repeat"
        yield (
            f"{repeat} an earlier one in every column. If that happened once only, say "
            '`duplicates="set_aside"`.'
        )
    for column in columns:
        again = column.filled - column.distinct
        if plain(column.name) in IDS_OF_ROWS and again > repeated:
            have = "one row has" if again == 1 else f"{again:,} rows have"
            yield (
                f"`{column.name}` looks like the id of a row, and {have} one met before. See "
                "whether the export holds them twice."
            )


def _of_columns(columns: Sequence[Column]) -> Iterator[str]:
    if empty := [column for column in columns if not column.filled]:
        yield f"Nothing stands in {_named(empty)} so far. Name no column that stays empty."
    if blank := [column for column in columns if column.name != column.name.strip()]:
        yield f"The header {_named(blank)} begins or ends with a blank. Name it with the blank."
    if commas := [column for column in columns if column.most_are("comma")]:
        yield f"Numbers in {_named(commas)} have decimal commas. Write `59.90` for `59,90`."


def _of_people(
    columns: Sequence[Column], personal: Mapping[str, tuple[PersonalData, ...]]
) -> Iterator[str]:
    kinds = {kind: None for found in personal.values() for kind in (one.kind for one in found)}
    for kind in kinds:
        named = [
            column
            for column in columns
            if kind in {one.kind for one in personal[column.name]}
            and (kind != BY_NAME or len(personal[column.name]) == 1)
        ]
        if named:
            what = "Named like personal data" if kind == BY_NAME else f"Personal data ({kind})"
            yield f"{what}: {_named(named)}. Leave it out, or let the import mask it."


def _rows(number: int) -> str:
    return "one row" if number == 1 else f"{number:,} rows"


def _named(columns: Sequence[Column]) -> str:
    some = ", ".join(f"`{column.name}`" for column in columns[:AT_MOST])
    further = len(columns) - AT_MOST
    return f"{some} and {further} more columns" if further > 0 else some
