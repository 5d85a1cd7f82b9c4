"""Running the command `cjm`, as an analyst does, and a small shop for it to run on."""

from __future__ import annotations

import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from cjm_notebooks.cli import main

COLUMNS = ("--customer", "id", "--at", "time", "--event", "what")
SHOP = {
    "schema_version": "1.0",
    "id": "shop",
    "name": "Shop",
    "last_reviewed": "2025-01-02",
    "stages": [
        {
            "id": "browse",
            "name": "Browse",
            "touchpoints": [
                {"id": "home", "name": "Home", "match": {"where": {"is": "home"}}},
                {"id": "leaflet", "name": "Leaflet"},
            ],
        },
        {
            "id": "buy",
            "name": "Buy",
            "touchpoints": [
                {"id": "cart", "name": "Cart", "match": {"where": {"is": "cart"}}},
                {"id": "any-c", "name": "Any C", "match": {"where": {"starts_with": "c"}}},
            ],
        },
    ],
    "outcomes": [{"id": "paid", "name": "Paid", "match": {"where": {"is": "paid"}}}],
}
EVENTS = """\
id,time,what
ann,2025-03-01T10:00:00,home
ann,2025-03-01T10:05:00,cart
ann,2025-03-01T10:09:00,paid
bob,2025-03-02T09:00:00,home
bob,2025-03-02T09:01:00,help
bob,,home
,2025-03-02T09:02:00,home
cyd,2025-03-03T20:00:00,help
"""


@dataclass(frozen=True)
class Ran:
    """The exit code, and what stood on the screen."""

    code: int
    out: str
    err: str


def cjm(*arguments: str | Path) -> Ran:
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return Ran(int(ended.value.code or 0), out.getvalue(), err.getvalue())


def write(path: Path, content: str | object) -> Path:
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, "utf-8")
    return path


def files_in(folder: Path) -> set[str]:
    """All that is there, hidden or not."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
