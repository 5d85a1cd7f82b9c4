"""How times that do not begin with the year are written, as a `time_format`."""

from __future__ import annotations

from cjm_notebooks.events.clock import as_written
from cjm_notebooks.intake.measuring import Column
from cjm_notebooks.intake.opening import Opened

DAYS = (
    *("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y"),
    *("%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%d-%m-%y", "%m-%d-%y"),
)
HOURS = (
    *("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p"),
    *(", %H:%M", ", %H:%M:%S", ", %I:%M %p", ", %I:%M:%S %p", " %H:%M:%S %z"),
)
FORMATS = tuple(day + hour for day in DAYS for hour in HOURS)
MAKES = ("day_first", "slashed")


def formats(opened: Opened, column: Column) -> tuple[str, ...]:
    """The formats that read most of its values, none where they are as ISO 8601 writes them.

    Two of them read as many where no first or second number is above 12.
    """
    if column.declared != "VARCHAR" or not any(map(column.most_are, MAKES)):
        return ()
    counted = ", ".join(f"count({as_written('text', one)})" for one in FORMATS)
    counts = opened.one(f"SELECT {counted} FROM (SELECT {column.sql} AS text FROM first_rows)")
    read = {one: int(str(rows)) for one, rows in zip(FORMATS, counts, strict=True)}
    most = max(read.values())
    return tuple(one for one, rows in read.items() if rows == most > 0)
