"""Holding a running kernel: what memory it takes, and ending it from outside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, RLock, Thread
from time import monotonic
from typing import Literal

import psutil

Why = Literal["cancelled", "time_limit"]

LOOKS_EVERY_SECONDS = 0.5


class Reins:
    """Held from the start of a run to its end, also while there is no kernel yet.

    `ended` says why it was ended from outside, and `memory_mb` is the most memory that the kernel
    was seen to take. Where the system keeps that number itself (Linux), none is missed.
    """

    def __init__(self) -> None:
        self.ended: Why | None = None
        self.memory_mb: float | None = None
        self._kernel: psutil.Process | None = None
        self._lock = RLock()

    def take(self, pid: int | None) -> None:
        """A kernel has started. It is ended at once if the run has been."""
        with self._lock:
            self._kernel = None if pid is None else psutil.Process(pid)
            if self.ended:
                self._kill()

    def end(self, why: Why) -> None:
        """End the run: its kernel is gone when this returns, and none is started after it."""
        with self._lock:
            self.ended = self.ended or why
            self._kill()

    def loosen(self) -> None:
        """Let another attempt begin after a time limit; what was cancelled stays so."""
        with self._lock:
            self._kernel = None
            if self.ended == "time_limit":
                self.ended = None

    def look(self) -> None:
        """See how much memory the kernel takes."""
        if self._kernel is None:
            return
        try:
            taken = _most_megabytes(self._kernel)
        except (psutil.Error, OSError, ValueError):
            return
        self.memory_mb = max(taken, self.memory_mb or 0)

    @contextmanager
    def watched(self, time_limit: float | None) -> Iterator[None]:
        """Look now and then, and end the run after `time_limit` seconds."""
        over = Event()
        ends_at = None if time_limit is None else monotonic() + time_limit

        def watch() -> None:
            while not over.wait(LOOKS_EVERY_SECONDS):
                self.look()
                if ends_at is not None and monotonic() > ends_at and not self.ended:
                    self.end("time_limit")

        watcher = Thread(target=watch, name="cjm-watch", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()

    def _kill(self) -> None:
        """The kernel and all it has started."""
        if self._kernel is None:
            return
        try:
            family = [*self._kernel.children(recursive=True), self._kernel]
        except psutil.Error:
            return
        for one in family:
            try:
                one.kill()
            except psutil.Error:
                continue


def _most_megabytes(kernel: psutil.Process) -> float:
    status = Path(f"/proc/{kernel.pid}/status")
    if status.exists():
        lines = status.read_text().splitlines()
        (kilobytes,) = (line.split()[1] for line in lines if line.startswith("VmHWM"))
        return int(kilobytes) / 1024
    return float(kernel.memory_info().rss) / 2**20
