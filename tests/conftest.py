"""What holds for every test: examples that repeat, no network, nothing left out in silence."""

from __future__ import annotations

import os
import sys
from collections import Counter
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from shutil import which

import pytest
from hypothesis import settings

INSTALLED_BY = {
    "chromium": "apt-get install chromium",
    "initdb": "apt-get install postgresql",
    "java": "apt-get install default-jre-headless",
    "node": "apt-get install nodejs npm",
    "dask": "pip install -c requirements/lock.txt -e '.[dask]'",
    "dagstermill": "make companions",
    "jupyter_collaboration": "pip install -c requirements/lock.txt -e '.[collaboration]'",
    "jupyter_scheduler": "make companions",
    "jupyterlab": "pip install -c requirements/lock.txt -e '.[lab]'",
    "nbgrader": "make companions",
    "pyspark": "pip install -c requirements/lock.txt -e '.[spark]'",
}
NOTHING_MAY_BE_LEFT_OUT = os.environ.get("CJM_TEST_EVERYTHING") == "1"

settings.register_profile("every run alike", derandomize=True, deadline=None)
settings.load_profile("every run alike")


def found_tool(name: str) -> str | None:
    """The program of that name; Debian keeps those of PostgreSQL off the search path."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return which(name) or which(name, path=os.pathsep.join(map(str, folders)))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out a test marked `needs("chromium")` where there is no Chromium."""
    for tool in [tool for marker in item.iter_markers("needs") for tool in marker.args]:
        reason = f"needs {tool}, which is not installed: {INSTALLED_BY[tool]}"
        if found_tool(tool) or find_spec(tool):
            continue
        if NOTHING_MAY_BE_LEFT_OUT:
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.getreports("skipped")
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in skipped)
    if reasons:
        terminalreporter.section("left out on this machine")
    for reason, tests in sorted(reasons.items()):
        terminalreporter.line(f"{tests:>4} × {reason}")


def stay_on_this_machine(event: str, args: tuple[object, ...]) -> None:
    match event, args:
        case "socket.connect" | "socket.sendto", (_, (host, *_)):
            pass
        case "socket.getaddrinfo" | "socket.gethostbyname", (host, *_):
            pass
        case _:
            return
    if not _is_loopback(host):
        pytest.fail(f"This test reaches for `{host}`. Tests stay on their own machine.")


def _is_loopback(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ip_address(str(name)).is_loopback
    except ValueError:
        return False


sys.addaudithook(stay_on_this_machine)
