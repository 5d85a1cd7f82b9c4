"""Commands that run any template and keep a record of it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cjm_notebooks.cli.options import Pictures, named
from cjm_notebooks.cli.progress import cells
from cjm_notebooks.cli.terminal import UNREADABLE, complain, heading, say_plainly
from cjm_notebooks.errors import AuditError, ParameterError

if TYPE_CHECKING:
    from cjm_notebooks.audits.running.record import Record

ENDED_BY_SIGNAL = 128
SECONDS_PER_MINUTE = 60

Template = Annotated[
    str,
    typer.Argument(metavar="TEMPLATE", help="A template of the kit, or a notebook NAME.ipynb."),
]
GivenTexts = Annotated[
    list[str] | None,
    typer.Option(
        "--parameter",
        "-p",
        metavar="NAME=VALUE",
        help="A parameter of the template, such as as_of=2025-03-31; may be repeated.",
    ),
]
GivenFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Parameters by name, in a .json file.")
]
TimeLimit = Annotated[
    float | None,
    typer.Option(metavar="MINUTES", help="End a run that takes longer than this."),
]


def run(
    template: Template,
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the files go.")],
    parameter: GivenTexts = None,
    parameters: GivenFile = None,
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
    from cjm_notebooks.audits.running.texts import read_texts
    from cjm_notebooks.audits.templates import template_path

    source = template_path(template)
    texts = read_texts(source, parameters_of(source), texts_of(parameter))
    given = {**given_in(parameters), **texts}
    order = ordered(source, given, out, name or source.stem, pictures=pictures)
    reins = Reins()
    with cancelled_by_signals(lambda: reins.end("cancelled")) as signals, cells() as progress:
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


def texts_of(parameter: list[str] | None) -> list[tuple[str, str]]:
    """Raises  ParameterError when one has no `=`"""
    return [named(text, "-p", "as_of=2025-03-31") for text in parameter or ()]


def given_in(file: Path | None) -> dict[str, object]:
    """Raises  SourceError when the file cannot be read, or holds no parameters"""
    from cjm_notebooks.audits.running.texts import read_file

    return {} if file is None else dict(read_file(file))


@contextmanager
def cancelled_by_signals(cancel: Callable[[], None]) -> Iterator[list[int]]:
    """Ctrl+C and a request to stop cancel what runs, and let its record be written."""
    came: list[int] = []

    def note(number: int, frame: object) -> None:
        came.append(number)
        cancel()

    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, note) for number in numbers}
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


def site(
    folder: Annotated[Path, typer.Argument(metavar="SITE", help="The folder of the site.")],
    runs: Annotated[
        list[Path],
        typer.Argument(metavar="RUN...", help="Folders with the record of a run, or above some."),
    ],
) -> None:
    """Add the pages of runs to a site, where scripts and styles lie once for all of them.

    A page then has under 0.4 MB. Runs that are there already are left as they are.
    """
    from cjm_notebooks.audits.files.site import INDEX, add_to_site
    from cjm_notebooks.audits.running.record import records_in

    done = [one for place in runs for one in reversed(records_in(place)) if one.status == "done"]
    if not done:
        msg = f"There is no run that has ended well in {', '.join(f'`{one}`' for one in runs)}."
        raise AuditError(msg)
    for record in done:
        say_plainly(str(add_to_site(folder, record)))
    heading(f"The index: {folder / INDEX}")


COMMANDS = (run, site)
