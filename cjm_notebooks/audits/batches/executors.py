"""Where the runs of a batch are carried out, as an `Executor` of `concurrent.futures`.

A kernel is a program of its own, so that threads are enough to run many side by side.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager

import psutil

from cjm_notebooks.errors import AuditError

USUAL_MEGABYTES = 450


def kernels_at_once(megabytes: float | None = None) -> int:
    """How many kernels this machine can run side by side, each taking so much memory.

    As many as it has cores, fewer where their memory would not suffice, at least one.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    free = psutil.virtual_memory().available / 2**20
    return max(1, min(cores or 1, int(free // (megabytes or USUAL_MEGABYTES))))


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
