"""The program that runs one submission, shut in.

It is given a folder that holds `notebook.ipynb` and the `desk`, where the notebook's files are, and
leaves `executed.ipynb`. A cell that fails or takes too long does not keep the next from running, so
that what was answered is handed in.
"""

from __future__ import annotations

import sys
from pathlib import Path

from traitlets.config import Config

from cjm_notebooks.teaching.classroom import walls

NOTEBOOK, EXECUTED, DESK = "notebook.ipynb", "executed.ipynb", "desk"
SOCKETS = "sockets"
MOST_WRITTEN_BYTES = 500_000_000
DIED = 4
SPARE_ADDRESSES = 4
JUDGES_ADDRESSES = "rfc3987_syntax"


def main(folder: Path, seconds: float, megabytes: int) -> int:
    """Run it. A cell may take half of the seconds; memory far beyond the limit is denied."""
    # jsonschema would load a grammar for seconds, to judge addresses that no notebook holds
    sys.modules[JUDGES_ADDRESSES] = None  # type: ignore[assignment]
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import DeadKernelError

    _limit(seconds, megabytes)
    walls.build(folder)
    notebook = nbformat.read(folder / NOTEBOOK, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=max(1, int(seconds / 2)),
        interrupt_on_timeout=True,
        allow_errors=True,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder / DESK)}},
        config=_own_sockets(folder),
    )
    try:
        client.execute()
    except DeadKernelError:
        return DIED
    finally:
        nbformat.write(notebook, folder / EXECUTED)
    return 0


def _limit(seconds: float, megabytes: int) -> None:
    """Addresses are asked for in plenty by programs that never fill them, so they have more."""
    if sys.platform == "win32":
        return
    import resource

    addresses = SPARE_ADDRESSES * megabytes * 2**20
    for which, most in (
        (resource.RLIMIT_AS, addresses),
        (resource.RLIMIT_CPU, int(seconds) + 1),
        (resource.RLIMIT_FSIZE, MOST_WRITTEN_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(which, (most, most))


def _own_sockets(folder: Path) -> Config:
    if sys.platform == "win32":
        return Config()
    return Config({"KernelManager": {"transport": "ipc", "ip": str(folder / SOCKETS / "k")}})


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])))
