"""One run of a batch, wherever it is carried out: in a thread here, or on another machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cjm_notebooks.audits.parameters import Value
from cjm_notebooks.audits.running.order import ordered
from cjm_notebooks.audits.running.record import Record
from cjm_notebooks.audits.running.recorded import run_and_record
from cjm_notebooks.audits.running.reins import Reins

WORTH_ANOTHER_TRY = frozenset({"DeadKernelError", "time_limit"})


@dataclass(frozen=True)
class Errand:
    """All that it takes to carry out a run; it can be sent to another machine."""

    template: Path
    given: Mapping[str, Value]
    out: Path
    name: str
    time_limit: float | None
    retries: int


@dataclass(frozen=True)
class Done:
    """How the last of its attempts ended."""

    record: Record
    attempts: int


def carry_out(errand: Errand, reins: Reins | None = None) -> Done:
    """Run it, and again if its kernel died or took too long, but not if a cell has an error.

    Raises  JourneyError when the run cannot even begin
    """
    given = {name: value for name, value in errand.given.items() if name not in ("folder", "name")}
    order = ordered(errand.template, given, errand.out, errand.name)
    held = reins or Reins()
    for attempt in range(1, errand.retries + 2):
        record = run_and_record(order, time_limit=errand.time_limit, reins=held)
        kind = record.error.kind if record.error else ""
        if kind not in WORTH_ANOTHER_TRY or attempt > errand.retries:
            break
        held.loosen()
    return Done(record, attempt)
