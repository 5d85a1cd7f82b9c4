"""The journal of a batch: `batch.jsonl`, one line for each run that has ended.

Each line is on the disk before the next run is counted, so that a batch that was killed knows what
it has done. A last line that was cut off is passed over.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from pydantic import BaseModel, ConfigDict, ValidationError

from cjm_notebooks.audits.running.record import Status
from cjm_notebooks.errors import AuditError

FILE = "batch.jsonl"


class Entry(BaseModel):
    """How one run ended. `attempts` counts how often it was begun, `own` is what its row said."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    name: str
    own: dict[str, str]
    status: Status
    attempts: int
    ended_at: datetime
    error: str | None = None


def entries_in(folder: Path) -> dict[str, Entry]:
    """The last word on each run, by its name."""
    found: dict[str, Entry] = {}
    with suppress(FileNotFoundError):
        for line in (folder / FILE).read_bytes().splitlines():
            with suppress(ValidationError):
                entry = Entry.model_validate_json(line)
                found[entry.name] = entry
    return found


@contextmanager
def journal(folder: Path) -> Iterator[Journal]:
    """Raises  AuditError when it cannot be written"""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / FILE).open("a+b") as file:
            _end_last_line(file)
            yield Journal(file)
    except OSError as cause:
        msg = f"`{folder}` cannot be written: {cause.strerror}. Check the folder and its rights."
        raise AuditError(msg) from cause


class Journal:
    """Open for writing."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file

    def write(self, entry: Entry) -> None:
        """On the disk when this returns."""
        self.file.write(entry.model_dump_json().encode() + b"\n")
        self.file.flush()
        os.fsync(self.file.fileno())


def _end_last_line(file: IO[bytes]) -> None:
    if file.tell() == 0:
        return
    file.seek(-1, os.SEEK_END)
    if file.read() != b"\n":
        file.write(b"\n")
