"""The runs of this server: a few at a time, the others wait; each is a program of its own.

What is known of a run stands in its folder (`run.json`), so that it survives the page, and the
server: a run goes on when the server ends, and is found again by the next one. A run that still
waited is then interrupted, and so is one whose program was killed.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Literal

import psutil

from cjm_notebooks.audits.running.order import Order
from cjm_notebooks.audits.running.record import Record, Runner, Stop, record_in, records_in
from cjm_notebooks.audits.running.recorded import record_of
from cjm_notebooks.errors import AuditError, TooManyError
from cjm_notebooks.maps.naming import new_id

CANCELLED = Stop(kind="cancelled", message="The run was cancelled before it began.")


@dataclass
class Program:
    """A run that has had its turn; `child` is None until the system has started it."""

    order: Order
    child: asyncio.subprocess.Process | None = None
    is_cancelled: bool = False

    def cancel(self) -> None:
        """Ask it to end, as Ctrl+C would; its record says so once it has."""
        self.is_cancelled = True
        if self.child is not None and self.child.returncode is None:
            self.child.terminate()


@dataclass
class Supervisor:
    """Starts the runs in `folder`, at most so many at once, and lets so many more wait."""

    folder: Path
    most_at_once: int
    most_waiting: int
    longest_minutes: float
    waiting: list[Order] = field(default_factory=list)
    running: dict[Path, Program] = field(default_factory=dict)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def refuse_if_full(self) -> None:
        """Raises  TooManyError when as many runs wait as may"""
        if len(self.waiting) >= self.most_waiting:
            msg = (
                f"{len(self.waiting)} runs are waiting already. Wait until one has begun, or "
                "cancel some."
            )
            raise TooManyError(msg)

    def start(self, order: Order) -> Record:
        """Begin the run, or let it wait for its turn.

        Raises  TooManyError when as many wait as may
        """
        self.refuse_if_full()
        record = record_of(order, "waiting")
        record.save()
        self.waiting.append(order)
        self._begin_next()
        return record

    def cancel(self, folder: Path) -> Record:
        """End the run in `folder`, or take it out of those that wait.

        Raises  AuditError when there is no run, or it is over
        """
        record = record_in(folder)
        if record is None or record.is_over:
            msg = "There is no run in that folder that could be cancelled."
            raise AuditError(msg)
        if folder in self.running:
            self.running[folder].cancel()
            return record
        if record.status == "running":
            _terminate(record.runner)
            return record
        self.waiting = [order for order in self.waiting if order.out != folder]
        return _over(record, "cancelled", CANCELLED)

    def records(self) -> list[Record]:
        """All that are known, the newest first."""
        return records_in(self.folder)

    def new_folder(self, name: str, template: str) -> Path:
        """A folder for one run that nobody else has, named so that people find it again."""
        day = date.today().isoformat()  # noqa: DTZ011 - the day on the wall of whoever looks
        begins = f"{new_id(name)[:40]}-{template}-{day}"
        for number in range(1, 10_000):
            folder = self.folder / f"{begins}-{number}"
            try:
                folder.mkdir(parents=True)
            except FileExistsError:
                continue
            except OSError as cause:
                msg = f"`{self.folder}` cannot be written: {cause.strerror}. Check its rights."
                raise AuditError(msg) from cause
            return folder
        msg = f"There is no free folder for `{begins}`. Take some away."
        raise AuditError(msg)

    def _begin_next(self) -> None:
        while self.waiting and len(self.running) < self.most_at_once:
            program = Program(self.waiting.pop(0))
            self.running[program.order.out] = program
            task = asyncio.get_running_loop().create_task(self._run(program))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def _run(self, program: Program) -> None:
        try:
            await _carried_out(program, self.longest_minutes)
        finally:
            del self.running[program.order.out]
            self._begin_next()


async def _carried_out(program: Program, longest_minutes: float) -> None:
    """Run it in a program of its own, and see that its record says how that ended."""
    order = program.order
    with NamedTemporaryFile("w", suffix=".json", encoding="utf-8", delete=False) as file:
        json.dump(order.given, file)
    command = [
        *(sys.executable, "-m", "cjm_notebooks", "run", str(order.template)),
        *("--out", str(order.out), "--name", order.name, "--parameters", file.name),
        *("--time-limit", f"{longest_minutes:g}"),
    ]
    try:
        program.child = await asyncio.create_subprocess_exec(
            *command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=order.out,
            start_new_session=True,
        )
        if program.is_cancelled:
            program.cancel()
        _, said = await program.child.communicate()
    finally:
        Path(file.name).unlink()
    record = record_in(order.out)
    if record is not None and record.status == "waiting":
        _never_begun(record, program.is_cancelled, said.decode("utf-8", "replace").strip())


def _never_begun(record: Record, is_cancelled: bool, said: str) -> None:
    """A run whose program has ended before it wrote a record of its own."""
    if is_cancelled:
        _over(record, "cancelled", CANCELLED)
    else:
        failed = Stop(kind="AuditError", message=said[-2_000:] or "It could not be started.")
        _over(record, "failed", failed)


def _over(record: Record, status: Literal["cancelled", "failed"], why: Stop) -> Record:
    update = {"status": status, "ended_at": datetime.now(UTC), "error": why}
    ended = record.model_copy(update=update)
    ended.save()
    return ended


def _terminate(runner: Runner) -> None:
    """End a run that an earlier server has started."""
    if runner.is_gone:
        return
    try:
        psutil.Process(runner.pid).terminate()
    except psutil.NoSuchProcess:
        return
