"""A first look into a file of events, and the map drafted from it."""

from __future__ import annotations

from pathlib import Path

import duckdb
from pydantic import JsonValue

from cjm_notebooks.errors import SourceError
from cjm_notebooks.events import Events
from cjm_notebooks.events.ledger import scanned, workspace
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.matching import draft
from cjm_notebooks.server.bodies import Draft

ROWS = 5
LONGEST_CELL = 80


def first_rows(file: Path) -> dict[str, JsonValue]:
    """The names of the columns and the first rows, as text."""
    first = f"{scanned(file, 'preview')} LIMIT {ROWS}"
    with workspace() as connection:
        try:
            found = connection.execute(first)
            names = [name for name, *_ in found.description or ()]
            rows = found.fetchall()
        except duckdb.Error as cause:
            first_line = str(cause).partition("\n")[0]
            msg = f"`{file.name}` cannot be read. {first_line}"
            raise SourceError(msg) from cause
    cells: list[JsonValue] = [[_shown(value) for value in row] for row in rows]
    columns: list[JsonValue] = [*names]
    return {"columns": columns, "rows": cells}


def drafted(file: Path, wanted: Draft) -> JourneyMap:
    """A map with a touchpoint for each event name in `file`."""
    events = Events(
        file,
        customer=wanted.customer,
        at=wanted.at,
        event=wanted.event,
        zone=wanted.zone or None,
    )
    return draft(events, name=wanted.name)


def _shown(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"
