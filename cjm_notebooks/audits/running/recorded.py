"""Running a template and keeping its record true from the first cell to the last."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from re import DOTALL, search, sub
from typing import Any, Literal
from uuid import uuid4

from pydantic import TypeAdapter

from cjm_notebooks.audits.findings import Said
from cjm_notebooks.audits.running.order import Order
from cjm_notebooks.audits.running.record import Left, Record, Runner, Status, Step, Stop, record_in
from cjm_notebooks.audits.running.reins import Reins
from cjm_notebooks.errors import AuditError, JourneyError

HEADLINES = 3


def run_and_record(
    order: Order,
    *,
    time_limit: float | None = None,
    progress: Callable[[Step], None] = lambda step: None,
    reins: Reins | None = None,
) -> Record:
    """Run what was ordered and keep `run.json` in its folder; how the run ended stands there.

    After `time_limit` seconds it is ended, and whenever whoever holds the `reins` ends it.

    Raises  AuditError when the record cannot be written, or the folder is in use
    """
    held = reins or Reins()
    keeper = _Keeper(_begun(order), held)

    def step(reached: Step) -> None:
        keeper.note(step=reached)
        progress(reached)

    with held.watched(time_limit):
        try:
            from cjm_notebooks.audits.running.run import carry_out

            carry_out(order, progress=step, reins=held)
        except JourneyError as error:
            status: Status = "cancelled" if held.ended == "cancelled" else "failed"
            return keeper.end(status, error=_stop(error, held))
    return keeper.end("done", **_found(order, keeper.record))


def record_of(order: Order, status: Literal["waiting", "running"]) -> Record:
    """The record with which a run of this program begins."""
    return Record(
        id=uuid4().hex,
        name=order.name,
        template=order.template.stem,
        template_hash=order.template_hash,
        title=order.title,
        parameters=order.given,
        status=status,
        started_at=datetime.now(UTC),
        runner=Runner.this(),
        folder=order.out,
    )


class _Keeper:
    """Writes the record whenever something in it changes."""

    def __init__(self, record: Record, reins: Reins) -> None:
        self.record, self.reins = record, reins
        self.note()

    def note(self, **changes: object) -> None:
        self.reins.look()
        update = {**changes, "memory_mb": self.reins.memory_mb}
        self.record = self.record.model_copy(update=update)
        self.record.save()

    def end(self, status: Status, **changes: object) -> Record:
        left = Left.found(self.record.folder, self.record.name, self.record.started_at)
        self.note(status=status, ended_at=datetime.now(UTC), files=left, **changes)
        return self.record


def _begun(order: Order) -> Record:
    before = record_in(order.out)
    if before is not None and before.status == "running":
        msg = (
            f"A run of `{before.template}` is under way in `{order.out}`. Wait for its end, cancel "
            "it, or give another folder."
        )
        raise AuditError(msg)
    try:
        order.out.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        msg = f"`{order.out}` cannot be made: {cause.strerror}. Check the path."
        raise AuditError(msg) from cause
    begun = record_of(order, "running")
    if before is not None and before.status == "waiting":
        return begun.model_copy(update={"id": before.id})
    return begun


def _stop(error: JourneyError, reins: Reins) -> Stop:
    own = type(error).__name__
    of_the_cell = getattr(error.__cause__, "error", own) if own == "AuditError" else own
    return Stop(kind=reins.ended or of_the_cell, message=str(error))


def _found(order: Order, record: Record) -> dict[str, object]:
    """What stands on the page and in the findings, if the template has left any."""
    left = Left.found(order.out, order.name, record.started_at)
    heading = search(r"<h1[^>]*>(.*?)<(?:/h1|a )", _text(order.out, left.page), DOTALL)
    found: dict[str, Any] = json.loads(_text(order.out, left.findings) or "{}")
    findings = found.get("findings", [])
    counts = Counter(one["severity"] for one in findings if one["severity"])
    said = TypeAdapter(tuple[Said, ...])
    return {
        "title": unescape(sub(r"<[^>]+>", "", heading[1])).strip() if heading else order.title,
        "worst_severity": found.get("worst_severity"),
        "counts": dict(counts),
        "headline": said.validate_python(tuple(one["what"] for one in findings[:HEADLINES])),
    }


def _text(folder: Path, name: str | None) -> str:
    return "" if name is None else (folder / name).read_text("utf-8")
