"""The first events of an XES log."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pyarrow as pa

from cjm_notebooks.sources.xes_log import events_in

OF_TRACE = "trace "


def first_events(file: Path, rows: int) -> tuple[pa.Table, int | None]:
    """One row for each of the first events, and how many there are if all were read.

    An attribute of an event is a column of its own name, one of its trace `trace concept:name`.
    """
    read = [
        {**{OF_TRACE + name: value for name, value in of_trace.items()}, **of_event}
        for of_trace, of_event in islice(events_in(file), rows + 1)
    ]
    names = dict.fromkeys(name for row in read for name in row)
    columns = {
        name: pa.array([row.get(name) for row in read[:rows]], pa.string()) for name in names
    }
    return pa.table(columns), len(read) if len(read) <= rows else None
