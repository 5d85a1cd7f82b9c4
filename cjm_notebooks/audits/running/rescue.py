"""What is kept of a run that did not come to its end."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from glob import escape
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from cjm_notebooks.audits.parameters import NO_NOTEBOOK
from cjm_notebooks.audits.running.record import FILE, Left, Record, Stop
from cjm_notebooks.errors import AuditError

LEFT_BY_PAPERMILL = ("papermill", "execution")
FILLED_IN = "injected-parameters"


def tidy(notebook: NotebookNode, work: Path, out: Path) -> None:
    """Leave nothing that differs between two runs: times, chance ids, and where it worked."""
    for part in (notebook, *notebook.cells):
        for key in LEFT_BY_PAPERMILL:
            part.metadata.pop(key, None)
    worked_in, now_in = (json.dumps(str(folder))[1:-1] for folder in (work, out))
    for cell in notebook.cells:
        cell.source = cell.source.replace(worked_in, now_in)
        if FILLED_IN in cell.metadata.get("tags", ()):
            cell.id = FILLED_IN


def keep_failed(work: Path, out: Path, name: str) -> Path:
    """Keep the notebook so far as `NAME.failed.ipynb`, if there is one."""
    written, failed = work / f"{name}.ipynb", out / f"{name}.failed.ipynb"
    if written.exists():
        notebook = nbformat.read(written, as_version=4)
        tidy(notebook, work, out)
        nbformat.write(notebook, written)
        written.replace(failed)
    return failed


def workplaces(out: Path, name: str) -> Iterator[Path]:
    """Folders in which a run of that name has worked and which it has not cleared away."""
    for written in out.glob(f".{escape(name)}-*/{escape(name)}.ipynb"):
        yield written.parent


def rescued(record: Record) -> Record:
    """The record of a run whose program has gone, its finished cells kept beside it."""
    where = f" in cell {record.step.number} of {record.step.total}" if record.step else ""
    last_sign = (record.folder / FILE).stat().st_mtime
    with suppress(OSError, *NO_NOTEBOOK):
        for work in workplaces(record.folder, record.name):
            keep_failed(work, record.folder, record.name)
            shutil.rmtree(work)
    seen = record.model_copy(
        update={
            "status": "interrupted",
            "error": Stop(kind="interrupted", message=f"The program that ran it has gone{where}."),
            "ended_at": datetime.fromtimestamp(last_sign, UTC),
            "files": Left.found(record.folder, record.name, record.started_at),
        }
    )
    with suppress(AuditError):
        seen.save()
    return seen
