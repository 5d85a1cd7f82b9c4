"""Where the runs of a batch are carried out, as an `Executor` of `concurrent.futures`.

A kernel is a program of its own, so that threads are enough to run many side by side.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from math import inf
from pathlib import Path

import psutil

from cjm_notebooks.errors import AuditError

USUAL_MEGABYTES = 450
CONTAINER = Path("/sys/fs/cgroup")


def kernels_at_once(megabytes: float | None = None, container: Path = CONTAINER) -> int:
    """How many kernels this machine can run side by side, each taking so much memory.

    As many as it has cores, fewer where their memory would not suffice, at least one. In a
    container whose cores or memory are limited (control groups, version 2), those count.
    """
    own = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    free = psutil.virtual_memory().available
    cores, memory = _limits(container)
    by_memory = min(free, memory) / 2**20 // (megabytes or USUAL_MEGABYTES)
    return int(max(1, min(own or 1, cores, by_memory)))


def _limits(container: Path) -> tuple[float, float]:
    """The cores and the bytes of memory that are left to this container; infinite if unlimited."""

    def read(name: str) -> list[str]:
        try:
            return (container / name).read_text("ascii").split()
        except OSError:
            return ["max"]

    quota, period = [*read("cpu.max"), "1"][:2]
    most, taken = read("memory.max")[0], read("memory.current")[0]
    cores = inf if quota == "max" else int(quota) / int(period)
    memory = inf if "max" in (most, taken) else int(most) - int(taken)
    return cores, memory


@contextmanager
def threads(at_once: int) -> Iterator[Executor]:
    """This machine."""
    with ThreadPoolExecutor(at_once, thread_name_prefix="cjm-run") as executor:
        yield executor


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The Dask cluster at that address, such as `tcp://10.0.0.5:8786`.

    Its machines see the same folders and have this kit installed; each of their threads runs one
    kernel at a time.

    Raises  AuditError when Dask is not installed, or nobody answers there
    """
    try:
        from distributed import Client
    except ImportError as cause:
        msg = "A cluster needs Dask. Install it with `pip install 'cjm_notebooks[dask]'`."
        raise AuditError(msg) from cause
    try:
        client = Client(address, timeout="10s")  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as cause:
        msg = f"No Dask scheduler answers at `{address}`. Give one such as `tcp://10.0.0.5:8786`."
        raise AuditError(msg) from cause
    with client:
        yield client.get_executor(pure=False)  # type: ignore[no-untyped-call]
