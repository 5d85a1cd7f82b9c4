"""The commands, and what becomes of an error: one sentence and an exit code.

Exit codes: 0 all is well, 1 findings at or above `--fail-on`, 2 wrong use, 3 unreadable input.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Annotated

import typer

from cjm_notebooks import __version__
from cjm_notebooks.cli import (
    audits,
    batches,
    classes,
    comparing,
    doctor,
    erasing,
    intake,
    joining,
    maps,
    runs,
    shelves,
)
from cjm_notebooks.cli.terminal import UNREADABLE, WRONG_USE, complain, say_plainly
from cjm_notebooks.errors import JourneyError, ParameterError

DEBUG = "--debug"

app = typer.Typer(
    name="cjm",
    help="Customer-journey maps joined to what customers did and said.",
    epilog="Exit codes: 0 all is well, 1 findings at or above --fail-on, 2 wrong use, "
    "3 unreadable input.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)

for commands in (
    *(maps, intake, joining, audits, runs, batches, comparing, erasing, shelves, doctor),
):
    for command in commands.COMMANDS:
        app.command()(command)
app.command("import")(intake.import_file)
app.add_typer(classes.app)


@app.callback(invoke_without_command=True)
def cjm(
    version: Annotated[bool, typer.Option("--version", help="Say which version this is.")] = False,
    debug: Annotated[bool, typer.Option(DEBUG, help="Show where an error came from.")] = False,
) -> None:
    if version:
        say_plainly(f"cjm_notebooks {__version__}")
        raise typer.Exit


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command with these arguments, or with those of the command line; then exit."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        app([one for one in given if one != DEBUG], prog_name="cjm")
    except JourneyError as error:
        if DEBUG in given:
            raise
        complain(str(error))
        sys.exit(WRONG_USE if isinstance(error, ParameterError) else UNREADABLE)
