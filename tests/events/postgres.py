"""A PostgreSQL that a test starts in a temporary folder, and stops."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from tests.conftest import found_tool

ACCOUNT = "postgres"  # of Debian's package; the server refuses to run as root
SETTINGS = "-c listen_addresses='' -c fsync=off -c shared_buffers=16MB -c max_connections=10"


@contextmanager
def running() -> Iterator[Path]:
    """The folder of the server's socket; its database and its superuser are called `postgres`."""
    folder = Path(mkdtemp(prefix="cjm-postgres-"))
    account = ACCOUNT if os.getuid() == 0 else None
    if account is not None:
        shutil.chown(folder, account)

    def ran(tool: str, *arguments: str) -> None:
        program = found_tool(tool)
        assert program is not None
        subprocess.run(
            [program, "-D", f"{folder}/data", *arguments],
            user=account,
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    try:
        ran("initdb", "--auth=trust", "--no-sync", "--username=postgres", "--locale=C.UTF-8")
        ran("pg_ctl", "-w", "-l", f"{folder}/log", "-o", f"-k {folder} {SETTINGS}", "start")
        try:
            yield folder
        finally:
            ran("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)
