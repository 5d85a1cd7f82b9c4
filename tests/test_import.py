"""Importing the package is light, and neither it nor a test leaves the machine."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
HEAVY = {
    "bokeh",
    "ipywidgets",
    "jupyter_server",
    "nbconvert",
    "papermill",
    "pyspark",
    "tornado",
}
COMPILED = {"duckdb", "numpy", "pandas", "polars", "pyarrow", "scipy"}


def printed_by(script: str) -> set[str]:
    """The words that `script` prints in an interpreter of its own."""
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True, check=True
    )
    return set(ran.stdout.split())


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert not printed_by("import sys, cjm_notebooks; print(*sys.modules)") & HEAVY


def test_importing_the_package_opens_no_socket() -> None:
    script = """
import sys
opened = []
sys.addaudithook(lambda event, args: event.startswith("socket.") and opened.append(event))
import cjm_notebooks
print(*opened)
"""
    assert printed_by(script) == set()


def test_an_audit_reads_no_notebooks() -> None:
    """To load their formats takes as long as all else together, in the kernel of every run."""
    loaded = printed_by("import sys, cjm_notebooks as cjm; cjm.audit; print(*sys.modules)")
    assert not loaded & {"jsonschema", "nbclient", "nbconvert", "nbformat", "papermill"}


def test_maps_load_where_no_table_library_is_installed() -> None:
    assert not printed_by("import sys, cjm_notebooks.maps; print(*sys.modules)") & COMPILED


@pytest.mark.parametrize("host", ["203.0.113.1", "journeys.example"])
def test_test_that_reaches_for_another_machine_fails(host: str) -> None:
    with pytest.raises(pytest.fail.Exception, match=f"This test reaches for `{host}`"):
        socket.create_connection((host, 9), timeout=1)
