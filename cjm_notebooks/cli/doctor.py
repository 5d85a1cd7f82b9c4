"""The command that says what this machine can do, and how to get what it lacks."""

from __future__ import annotations

import json
import platform
import re
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

import typer
from rich.text import Text

from cjm_notebooks import __version__
from cjm_notebooks.cli.terminal import FINDINGS, outcome, say_plainly, table

OPTIONAL = {
    "jupyterlab": ("to edit maps and run notebooks", "pip install 'cjm_notebooks[lab]'"),
    "pyspark": ("to measure on Spark", "pip install 'cjm_notebooks[spark]'"),
    "distributed": ("to audit on several machines", "pip install 'cjm_notebooks[dask]'"),
}
PROGRAMS = {"java": ("to measure on Spark", "install a Java runtime, 17 or newer")}
ONE_CELL = {
    "cells": [
        {
            "cell_type": "code",
            "id": "one",
            "execution_count": None,
            "metadata": {},
            "outputs": [],
            "source": "1 + 1",
        }
    ],
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python", "language": "python"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}

Row = list[str | Text]


def doctor() -> None:
    """Say what is installed, whether a kernel starts, and how to get what is missing."""
    say_plainly(f"cjm_notebooks {__version__}, Python {platform.python_version()}")
    if _version("cjm_notebooks") is None:
        say_plainly("The kit is not installed: run `pip install --editable .` in its checkout.")
        raise typer.Exit(FINDINGS)
    needed = {name: _version(name) for name in _required()}
    table(["", "part", "version", ""], [*map(_needed_row, needed.items()), *_optional_rows()])
    in_the_way = _what_stops_a_kernel() if all(needed.values()) else "parts are missing"
    if in_the_way:
        say_plainly(f"No notebook can be run: {in_the_way}")
        raise typer.Exit(FINDINGS)
    say_plainly("A notebook can be run.")


def _needed_row(part: tuple[str, str | None]) -> Row:
    name, found = part
    if found:
        return [outcome("pass"), name, found, ""]
    return [outcome("fail"), name, "missing", f"pip install {name}"]


def _optional_rows() -> list[Row]:
    found = {name: _version(name) for name in OPTIONAL}
    found |= {name: "there" if which(name) else None for name in PROGRAMS}
    return [
        [
            outcome("pass" if found[name] else "not_applicable"),
            name,
            found[name] or "not there",
            purpose if found[name] else f"{purpose}: {cure}",
        ]
        for name, (purpose, cure) in {**OPTIONAL, **PROGRAMS}.items()
    ]


def _required() -> list[str]:
    wanted = [line for line in requires("cjm_notebooks") or () if "extra ==" not in line]
    return sorted(re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in wanted)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _what_stops_a_kernel() -> str | None:
    """Why a notebook of one cell cannot be run; None when it can."""
    from cjm_notebooks.audits.running.kernel import StoppedError, execute

    with TemporaryDirectory(prefix="cjm-") as folder:
        notebook = Path(folder) / "one.ipynb"
        notebook.write_text(json.dumps(ONE_CELL), "utf-8")
        try:
            execute(notebook, notebook, {}, on_cell=lambda cell: None)
        except (StoppedError, OSError, RuntimeError) as error:
            return str(error)
    return None


COMMANDS = (doctor,)
