"""Executing a notebook cell by cell: the only place of papermill and of kernels."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import current_thread, main_thread
from typing import Any

import papermill
from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_event_loop
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from cjm_notebooks.audits.parameters import Value
from cjm_notebooks.audits.running.reins import Reins

logging.getLogger("papermill").setLevel(logging.CRITICAL)


class ThisPython(AsyncKernelManager):
    """A kernel of the running interpreter, whatever kernels are installed."""

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(**get_kernel_dict())


def _held_by(reins: Reins) -> type[ThisPython]:
    class Held(ThisPython):
        async def _async_launch_kernel(self, kernel_cmd: list[str], **kw: Any) -> None:
            await super()._async_launch_kernel(kernel_cmd, **kw)
            assert self.provisioner is not None
            reins.take(getattr(self.provisioner, "pid", None))

    return Held


class StoppedError(Exception):
    """A cell that did not come to its end: the name of the error, and what it says."""

    def __init__(self, error: str, message: str) -> None:
        super().__init__(f"{error}: {message}")
        self.error, self.message = error, message


def execute(
    notebook: Path,
    executed: Path,
    parameters: Mapping[str, Value],
    on_cell: Callable[[NotebookNode], None],
    reins: Reins | None = None,
) -> NotebookNode:
    """Run `notebook` with `parameters`; `executed` is written after every cell.

    Whoever holds the `reins` can end the kernel from another thread.

    Raises StoppedError when a cell fails, or the kernel dies
    """
    held = reins or Reins()
    with TemporaryDirectory(prefix="cjm-") as sockets, _loop_of_this_thread():
        try:
            done: NotebookNode = papermill.execute_notebook(
                _literal(notebook),
                _literal(executed),
                dict(parameters),
                kernel_name="python3",
                language="python",
                progress_bar=False,
                kernel_manager_class=_held_by(held),
                config=_own_sockets(Path(sockets)),
                on_cell_execute=lambda cell, cell_index: on_cell(cell),
                on_cell_executed=lambda cell, cell_index, execute_reply: held.look(),
            )
            return done
        except PapermillExecutionError as cause:
            raise StoppedError(cause.ename, cause.evalue) from cause
        except DeadKernelError as cause:
            raise StoppedError(type(cause).__name__, str(cause)) from cause
        except RuntimeError as cause:
            raise StoppedError(DeadKernelError.__name__, str(cause)) from cause


@contextmanager
def _loop_of_this_thread() -> Iterator[None]:
    """A thread leaves no event loop behind; that of the main thread is used again."""
    try:
        yield
    finally:
        if current_thread() is not main_thread():
            ensure_event_loop().close()
            asyncio.set_event_loop(None)


def _literal(path: Path) -> str:
    """papermill fills in `{names}` in paths; a folder may be called that."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _own_sockets(folder: Path) -> Config:
    """Without an address of its own each kernel of a folder would use the same sockets."""
    if sys.platform == "win32":
        return Config()
    return Config({"KernelManager": {"transport": "ipc", "ip": str(folder / "kernel")}})
