"""Carrying out a batch: many runs side by side, of which none stops another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from cjm_notebooks.audits.batches.batch import Batch
from cjm_notebooks.audits.batches.errands import Done, Errand, carry_out
from cjm_notebooks.audits.batches.journal import Entry, Journal, journal
from cjm_notebooks.audits.batches.plan import Plan, Planned
from cjm_notebooks.audits.parameters import Value, parameters_of
from cjm_notebooks.audits.running.record import Status, Step, as_written
from cjm_notebooks.audits.running.reins import Reins
from cjm_notebooks.errors import JourneyError

LOOKS_EVERY_SECONDS = 0.5


@dataclass(frozen=True)
class Progress:
    """How far a batch is: `kept` runs were done before, `ended` now; `running` names the others."""

    total: int
    kept: int
    ended: tuple[Entry, ...]
    running: tuple[tuple[str, Step | None], ...]


@dataclass
class Batching:
    """How a batch is to be carried out.

    `here` says that the executor's threads are of this program, whose runs `stop` ends at once; on
    a cluster those that have not begun are withdrawn.
    """

    executor: Executor
    here: bool = True
    time_limit: float | None = None
    retries: int = 1
    progress: Callable[[Progress], None] = lambda progress: None
    stop: Event = field(default_factory=Event)


def run_batch(plan: Plan, how: Batching) -> Batch:
    """Carry out what of the plan is left to do, and leave a journal of it in its folder.

    A run that ended well on the same template, parameters and files is not begun again. However a
    run ends, the others go on.

    Raises  AuditError when the folder cannot be written
    """
    batch = Batch.begun(plan)
    todo = batch.left_to_do(plan)
    with journal(plan.out) as written:
        _Round(plan, todo, how, written).go()
    return batch


class _Round:
    def __init__(self, plan: Plan, todo: list[Planned], how: Batching, written: Journal) -> None:
        self.plan, self.how, self.written = plan, how, written
        self.kept = len(plan.runs) - len(todo)
        self.ended: list[Entry] = []
        self.reins: dict[str, Reins] = {}
        self.waiting = {self._submitted(one): one for one in todo}

    def go(self) -> None:
        self._tell()
        while self.waiting:
            done, _ = wait(self.waiting, LOOKS_EVERY_SECONDS, FIRST_COMPLETED)
            for future in done:
                self._note(self.waiting.pop(future), future)
            if self.how.stop.is_set():
                self._stop()
            self._tell()

    def _submitted(self, one: Planned) -> Future[Done]:
        errand = Errand(
            template=self.plan.template.resolve(),
            given=one.given if self.how.here else _found_anywhere(self.plan, one),
            out=(self.plan.out / one.name).resolve(),
            name=one.name,
            time_limit=self.how.time_limit,
            retries=self.how.retries,
        )
        if not self.how.here:
            return self.how.executor.submit(carry_out, errand)
        self.reins[one.name] = Reins()
        return self.how.executor.submit(carry_out, errand, self.reins[one.name])

    def _stop(self) -> None:
        for future in self.waiting:
            future.cancel()
        for reins in self.reins.values():
            reins.end("cancelled")

    def _note(self, one: Planned, future: Future[Done]) -> None:
        entry = _entry(one, future)
        self.written.write(entry)
        self.ended.append(entry)

    def _tell(self) -> None:
        names = (one.name for one in self.waiting.values())
        running = tuple(_running(self.plan.out, names))
        ended = tuple(self.ended)
        self.how.progress(Progress(len(self.plan.runs), self.kept, ended, running))


def _found_anywhere(plan: Plan, one: Planned) -> dict[str, Value]:
    """The values with whole paths, since a program elsewhere works in another folder."""
    paths = {
        parameter.name: str(Path(str(one.given[parameter.name])).resolve())
        for parameter in parameters_of(plan.template)
        if parameter.kind in ("file", "folder") and one.given.get(parameter.name)
    }
    return {**one.given, **paths}


def _entry(one: Planned, future: Future[Done]) -> Entry:
    status, attempts, error = _end(future)
    return Entry(
        key=one.key,
        name=one.name,
        own=dict(one.own),
        status=status,
        attempts=attempts,
        ended_at=datetime.now(UTC),
        error=error,
    )


def _end(future: Future[Done]) -> tuple[Status, int, str | None]:
    """How the run ended, how often it was begun, and why it stopped."""
    if future.cancelled():
        return "cancelled", 0, "The run was never begun."
    error = future.exception()
    if error is not None:
        said = str(error) if isinstance(error, JourneyError) else f"{type(error).__name__}: {error}"
        return "failed", 1, said
    done = future.result()
    stop = done.record.error
    return done.record.status, done.attempts, None if stop is None else stop.message


def _running(out: Path, names: Iterable[str]) -> Iterator[tuple[str, Step | None]]:
    for name in names:
        record = as_written(out / name)
        if record is not None and record.status == "running" and not record.runner.is_gone:
            yield name, record.step
