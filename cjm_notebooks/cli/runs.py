"""Commands that run any template and keep a record of it."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cjm_notebooks.cli.options import Pictures
from cjm_notebooks.cli.progress import cells
from cjm_notebooks.cli.terminal import UNREADABLE, complain, heading, say_plainly
from cjm_notebooks.errors import ParameterError

if TYPE_CHECKING:
    from cjm_notebooks.audits.parameters import Parameter
    from cjm_notebooks.audits.running.record import Record
    from cjm_notebooks.audits.running.reins import Reins

ENDED_BY_SIGNAL = 128
SECONDS_PER_MINUTE = 60

Template = Annotated[
    str,
    typer.Argument(metavar="TEMPLATE", help="A template of the kit, or a notebook NAME.ipynb."),
]
TimeLimit = Annotated[
    float | None,
    typer.Option(metavar="MINUTES", help="End the run when it takes longer than this."),
]


def run(
    template: Template,
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the files go.")],
    parameter: Annotated[
        list[str] | None,
        typer.Option(
            "--parameter",
            "-p",
            metavar="NAME=VALUE",
            help="A parameter of the template, such as as_of=2025-03-31; may be repeated.",
        ),
    ] = None,
    parameters: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Parameters by name, in a .json file.")
    ] = None,
    name: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="How the files begin; if not given, like the template's."
        ),
    ] = "",
    time_limit: TimeLimit = None,
    pictures: Pictures = True,
) -> None:
    """Run any template and keep a record of how far it is, how it ended and what it found.

    The folder then holds run.json, the record, and what the template leaves.
    """
    from cjm_notebooks.audits.parameters import parameters_of
    from cjm_notebooks.audits.running.order import ordered
    from cjm_notebooks.audits.running.recorded import run_and_record
    from cjm_notebooks.audits.running.reins import Reins
    from cjm_notebooks.audits.templates import template_path

    source = template_path(template)
    given = _given(source, parameters_of(source), parameter or [], parameters)
    order = ordered(source, given, out, name or source.stem, pictures=pictures)
    reins = Reins()
    with _cancelled_by_signals(reins) as signals, cells() as progress:
        record = run_and_record(
            order, time_limit=seconds(time_limit), progress=progress, reins=reins
        )
    _say(record)
    if record.status == "cancelled":
        raise typer.Exit(ENDED_BY_SIGNAL + signals[0])
    if record.status != "done":
        raise typer.Exit(UNREADABLE)


def seconds(minutes: float | None) -> float | None:
    """Raises  ParameterError when it is no time at all"""
    if minutes is not None and not minutes > 0:
        msg = f"`--time-limit` is {minutes:g}. Give a number of minutes above 0."
        raise ParameterError(msg)
    return None if minutes is None else minutes * SECONDS_PER_MINUTE


def _given(
    source: Path, declared: tuple[Parameter, ...], texts: list[str], file: Path | None
) -> Mapping[str, object]:
    from cjm_notebooks.audits.running.texts import read_file, read_texts

    in_file = {} if file is None else read_file(file)
    return {**in_file, **read_texts(source, declared, [_named(text) for text in texts])}


def _named(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        msg = f"`-p {text}` has no `=`. Write it as `-p NAME=VALUE`, such as `as_of=2025-03-31`."
        raise ParameterError(msg)
    return name, value


@contextmanager
def _cancelled_by_signals(reins: Reins) -> Iterator[list[int]]:
    """Ctrl+C and a request to stop end the kernel, and let the record be written."""
    came: list[int] = []

    def cancel(number: int, frame: object) -> None:
        came.append(number)
        reins.end("cancelled")

    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, cancel) for number in numbers}
    try:
        yield came
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)


def _say(record: Record) -> None:
    if record.error is not None:
        complain(record.error.message)
        return
    if record.counts:
        by_severity = ", ".join(f"{number} {word}" for word, number in record.counts.items())
        heading(f"Findings: {sum(record.counts.values())} ({by_severity})")
    for sentence in record.headline:
        say_plainly(f"- {sentence.text}")
    left = record.files
    heading(f"The page: {record.folder / (left.page or '')}")
    for file in (left.notebook, left.findings, left.measured, left.tables, left.pdf):
        if file is not None:
            say_plainly(f"          {record.folder / file}")


COMMANDS = (run,)
