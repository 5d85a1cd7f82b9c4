"""The record of a run: `run.json` in its folder says how far it is, or how it ended.

It is written whole after every cell, so that whoever reads it sees where the run stands, even when
nobody watched it. What the notebook says of itself is never asked: after a time limit or the death
of a kernel it calls cells done that never began.
"""

from __future__ import annotations

import os
import platform
from datetime import datetime
from pathlib import Path
from typing import Literal, Self

import psutil
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cjm_notebooks.audits.findings import Said
from cjm_notebooks.audits.parameters import Value
from cjm_notebooks.checks import Severity
from cjm_notebooks.errors import AuditError, MapError
from cjm_notebooks.maps.files import write_text

Status = Literal["waiting", "running", "done", "failed", "cancelled", "interrupted"]

FileOfRun = Literal["notebook", "page", "findings", "measured", "tables", "pdf", "failed"]

SCHEMA_VERSION: Literal["1.0"] = "1.0"
FILE = "run.json"
SAME_START_SECONDS = 2
CLOCK_OF_FILES_SECONDS = 2


class _Fixed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Step(_Fixed):
    """How far a run has come: the cell that is running, counted from 1, and what it does."""

    number: int
    total: int
    heading: str


class Stop(_Fixed):
    """Why a run did not come to its end.

    `kind` is `cancelled`, `time_limit`, or the name of the error: of ours, such as `SourceError`,
    of the cell's own, such as `ZeroDivisionError`, or `DeadKernelError`.
    """

    kind: str
    message: str


class Runner(_Fixed):
    """Who runs it: a number that other programs get later, so that its start counts too."""

    machine: str
    pid: int
    started: float

    @classmethod
    def this(cls) -> Self:
        mine = psutil.Process()
        return cls(machine=platform.node(), pid=mine.pid, started=mine.create_time())

    @property
    def is_gone(self) -> bool:
        """Whether it has ended; of another machine nothing is known."""
        if self.machine != platform.node():
            return False
        try:
            found = psutil.Process(self.pid)
            is_another = abs(found.create_time() - self.started) > SAME_START_SECONDS
            return is_another or bool(found.status() == psutil.STATUS_ZOMBIE)
        except psutil.NoSuchProcess:
            return True


class Left(_Fixed):
    """What a run has left in its folder, by name; None where there is no such file."""

    notebook: str | None = None
    page: str | None = None
    findings: str | None = None
    measured: str | None = None
    tables: str | None = None
    pdf: str | None = None
    failed: str | None = None

    @classmethod
    def found(cls, folder: Path, name: str, since: datetime) -> Self:
        """What was written since then; older files are of an earlier run."""
        names = {
            "notebook": f"{name}.ipynb",
            "page": f"{name}.html",
            "findings": "findings.json",
            "measured": f"{name}.measured.json",
            "tables": "tables.xlsx",
            "pdf": f"{name}.pdf",
            "failed": f"{name}.failed.ipynb",
        }
        begun = since.timestamp() - CLOCK_OF_FILES_SECONDS
        found = {what: folder / file for what, file in names.items()}
        return cls(
            **{
                what: file.name
                for what, file in found.items()
                if file.is_file() and file.stat().st_mtime >= begun
            }
        )


class Record(_Fixed):
    """One run. `folder` is where it lies and not part of the file."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    id: str
    name: str
    template: str
    template_hash: str
    title: str
    parameters: dict[str, Value]
    status: Status
    started_at: datetime
    ended_at: datetime | None = None
    step: Step | None = None
    runner: Runner
    memory_mb: float | None = None
    error: Stop | None = None
    worst_severity: Severity | None = None
    counts: dict[str, int] = {}
    headline: tuple[Said, ...] = ()
    files: Left = Left()
    folder: Path = Field(default=Path(), exclude=True)

    @property
    def is_over(self) -> bool:
        return self.status not in ("waiting", "running")

    @property
    def seconds(self) -> float | None:
        if self.ended_at is None:
            return None
        return (self.ended_at - self.started_at).total_seconds()

    def path(self, file: FileOfRun) -> Path:
        """Where that file lies.

        Raises  AuditError when the run has left no such file
        """
        name = getattr(self.files, file)
        if name is None:
            msg = f"The run in `{self.folder}` is {self.status} and has left no {file}."
            raise AuditError(msg)
        return self.folder / str(name)

    def save(self) -> None:
        """Put the record into its folder in one step.

        Raises  AuditError when it cannot be written
        """
        try:
            write_text(self.folder / FILE, self.model_dump_json(indent=2) + "\n")
        except MapError as cause:
            raise AuditError(str(cause)) from cause


def as_written(folder: Path) -> Record | None:
    """The record in `folder` as it stands there, whether or not its program has gone since."""
    try:
        record = Record.model_validate_json((folder / FILE).read_bytes())
    except (OSError, ValidationError):
        return None
    return record.model_copy(update={"folder": folder})


def record_in(folder: Path) -> Record | None:
    """The record that lies in `folder` itself; None where there is none that can be read.

    A run whose program has gone is interrupted, and its finished cells are kept.
    """
    record = as_written(folder)
    if record is None or record.is_over or not record.runner.is_gone:
        return record
    from cjm_notebooks.audits.running.rescue import rescued

    return rescued(record)


def records_in(folder: str | os.PathLike[str]) -> list[Record]:
    """The records in `folder` and below it, the newest first; what cannot be read is passed over.

    Runs whose program has gone are interrupted, and their finished cells are kept.
    """
    found = (record_in(file.parent) for file in Path(folder).rglob(FILE))
    records = [record for record in found if record is not None]
    return sorted(records, key=lambda record: record.started_at, reverse=True)
