"""What a file or table is: its columns, its period, its problems, and what could read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events import Table
from cjm_notebooks.events.glimpse import ColumnSeen, Glimpse
from cjm_notebooks.events.ledger import workspace
from cjm_notebooks.intake.clocks import clock_seen
from cjm_notebooks.intake.fitting import Fit, fits
from cjm_notebooks.intake.formats import formats
from cjm_notebooks.intake.measuring import Column, measured, personal_data, samples
from cjm_notebooks.intake.opening import Opened, open_first
from cjm_notebooks.intake.problems import problems
from cjm_notebooks.intake.roles import guessed
from cjm_notebooks.privacy.personal import PersonalData

FIRST = 5


@dataclass(frozen=True)
class Inspection:
    """What the first rows of a table tell of it.

    Attributes
    ----------
    called
        the name of the file, or the library the table comes from.
    format
        `csv`, `json`, `parquet`, `xlsx`, `xes` or `table`.
    rows, rows_seen
        how many there are, None where that is not known without reading on, and how many were
        looked at.
    columns
        in the order of the table.
    fits
        the sources that could read it, the best first.
    period
        the first and the last time met in the column of times, in UTC; without a zone where the
        times have none; None without times.
    zones
        each offset met in that column, the most frequent first: `UTC`, `+02:00`, `none`.
    problems
        sentences, each with its cure.
    """

    called: str
    format: str
    rows: int | None
    rows_seen: int
    columns: tuple[ColumnSeen, ...]
    fits: tuple[Fit, ...]
    period: tuple[datetime, datetime] | None
    zones: tuple[str, ...]
    problems: tuple[str, ...]


def inspect(table: Table, rows: int = 10_000, *, project: Path | None = None) -> Inspection:
    """Look at the first rows of a file or table: what it seems to be, and what could read it.

    Nothing here is taken for granted later: a source reads what its fields name. Roles and fits are
    guesses to confirm; a `project` may have sources of its own. A table that can be read only once,
    such as a reader of record batches, is spent.

    Memory  `rows` rows; a workbook, and whatever the table itself holds
    Raises  SourceError when there is no such file, it cannot be read, or holds no row
            ParameterError when `rows` is not positive
    """
    if rows < 1:
        msg = f"`rows` is {rows}. Look at one row at least."
        raise ParameterError(msg)
    with workspace() as connection:
        opened = open_first(connection, table, rows)
        columns = measured(opened)
        personal = {column.name: personal_data(column) for column in columns}
        glimpse = _glimpse(opened, columns, personal)
        found = problems(opened, columns, glimpse, personal)
    times = glimpse.with_role("time")
    clock = glimpse.clocks.get(times[0].name) if times else None
    return Inspection(
        called=opened.called,
        format=opened.format,
        rows=opened.rows,
        rows_seen=opened.seen,
        columns=glimpse.columns,
        fits=fits(glimpse, table, project),
        period=None if clock is None else (clock.first, clock.last),
        zones=() if clock is None else clock.zones,
        problems=found,
    )


def _glimpse(
    opened: Opened, columns: list[Column], personal: Mapping[str, tuple[PersonalData, ...]]
) -> Glimpse:
    written = {column.name: formats(opened, column) for column in columns}
    clocks = {column.name: clock_seen(opened, column, written[column.name]) for column in columns}
    return Glimpse(
        called=opened.called,
        format=opened.format,
        columns=tuple(
            ColumnSeen(
                name=column.name,
                type=column.type,
                filled=column.filled / column.rows,
                distinct=column.distinct,
                samples=samples(column),
                role=role,
                why=why,
                personal=next((one.kind for one in personal[column.name]), None),
                low=column.low if column.is_number else None,
                high=column.high if column.is_number else None,
                formats=written[column.name],
            )
            for column, (role, why) in zip(columns, guessed(columns), strict=True)
        ),
        first=_first(opened, columns),
        clocks={name: clock for name, clock in clocks.items() if clock is not None},
        opened_with=opened.settings,
    )


def _first(opened: Opened, columns: list[Column]) -> tuple[dict[str, str | None], ...]:
    texts = ", ".join(column.sql for column in columns)
    rows = opened.connection.execute(
        f"SELECT {texts} FROM first_rows ORDER BY row LIMIT {FIRST}"
    ).fetchall()
    names = [column.name for column in columns]
    return tuple(dict(zip(names, row, strict=True)) for row in rows)
