"""Running a program within limits of time, memory and number, and ending all it has started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Literal
from uuid import uuid4

import psutil

Why = Literal["time", "memory", "processes", "cancelled"]

LOOKS_EVERY_SECONDS = 0.1
MARK = "CJM_SITTING"
PASSED_ON = ("LANG", "LC_ALL", "LC_CTYPE", "PATH", "PYTHONPATH", "SYSTEMROOT", "VIRTUAL_ENV")
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
ROUNDS_OF_ENDING = 50


@dataclass(frozen=True)
class Limits:
    """What one submission may take."""

    seconds: float = 120
    megabytes: int = 2_000
    processes: int = 32


@dataclass(frozen=True)
class Ended:
    """How it came out: `why` says which limit ended it, if one did."""

    code: int | None
    why: Why | None
    seconds: float
    megabytes: float


@dataclass
class _Family:
    """A program and all it has started, even what has left its group or lost its parent."""

    first: psutil.Process
    mark: str
    seen: dict[int, psutil.Process] = field(default_factory=dict)

    def alive(self) -> list[psutil.Process]:
        with suppress(psutil.Error):
            for one in (self.first, *self.first.children(recursive=True)):
                self.seen.setdefault(one.pid, one)
        living = [one for one in self.seen.values() if _is_alive(one)]
        self.seen = {one.pid: one for one in living}
        return living

    def end(self) -> None:
        """Nothing of it is left when this returns."""
        for _ in range(ROUNDS_OF_ENDING):
            living = self.alive()
            for one in living:
                _kill(one)
            if not living and not self._strays():
                return

    def _strays(self) -> bool:
        """Those that went their own way and still carry the mark."""
        found = False
        for one in psutil.process_iter():
            with suppress(psutil.Error, OSError):
                if one.environ().get(MARK) == self.mark and _is_alive(one):
                    self.seen[one.pid] = one
                    found = True
        return found


def run_within(
    limits: Limits, command: list[str], folder: Path, stop: Event | None = None
) -> Ended:
    """Run `command` in `folder`, with nothing of this program's surroundings but what it needs.

    When this returns, nothing that it has started is left.
    """
    mark = uuid4().hex
    begun, most, why = monotonic(), 0.0, None
    with (folder / "said.txt").open("wb") as said:
        program = subprocess.Popen(
            command,
            cwd=folder,
            env=_surroundings(folder, mark),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        family = _Family(psutil.Process(program.pid), mark)
        try:
            while program.poll() is None and why is None:
                living = family.alive()
                megabytes = _megabytes(living, limits)
                most = max(most, megabytes)
                why = _over(limits, monotonic() - begun, megabytes, len(living), stop)
                with suppress(subprocess.TimeoutExpired):
                    program.wait(LOOKS_EVERY_SECONDS if why is None else 0)
        finally:
            family.end()
            program.wait()
    return Ended(program.returncode, why, monotonic() - begun, most)


def _over(
    limits: Limits, seconds: float, megabytes: float, processes: int, stop: Event | None
) -> Why | None:
    if stop is not None and stop.is_set():
        return "cancelled"
    if seconds > limits.seconds:
        return "time"
    if processes > limits.processes:
        return "processes"
    return "memory" if megabytes > limits.megabytes else None


def _surroundings(folder: Path, mark: str) -> dict[str, str]:
    own = {"HOME": "home", "TMPDIR": "tmp", "TEMP": "tmp", "TMP": "tmp", "IPYTHONDIR": "ipython"}
    own |= {f"JUPYTER_{name}_DIR": name.lower() for name in ("CONFIG", "DATA", "RUNTIME")}
    for name in own.values():
        (folder / name).mkdir(exist_ok=True)
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    apart = {name: str(folder / place) for name, place in own.items()}
    return {**passed_on, **apart, **dict.fromkeys(ONE_THREAD, "1"), MARK: mark}


def _megabytes(living: list[psutil.Process], limits: Limits) -> float:
    """Memory of all of them; shared pages are told apart only where they could decide."""
    taken = sum(_taken(one, "rss") for one in living) / 2**20
    if taken > limits.megabytes and len(living) > 1 and sys.platform.startswith("linux"):
        taken = sum(_taken(one, "pss") for one in living) / 2**20
    return taken


def _taken(one: psutil.Process, what: str) -> int:
    try:
        memory = one.memory_info() if what == "rss" else one.memory_full_info()
    except (psutil.Error, OSError):
        return 0
    return int(getattr(memory, what))


def _is_alive(one: psutil.Process) -> bool:
    try:
        return bool(one.is_running() and one.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def _kill(one: psutil.Process) -> None:
    """It and its group, if that is not ours: a group ends at once, faster than it can fork."""
    with suppress(psutil.Error, OSError):
        if hasattr(os, "killpg"):
            group = os.getpgid(one.pid)
            if group != os.getpgrp():
                os.killpg(group, signal.SIGKILL)
        one.kill()
