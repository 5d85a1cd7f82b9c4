"""The command that runs a template many times over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from cjm_notebooks.cli.options import FailOn, Language, severity_index
from cjm_notebooks.cli.progress import runs
from cjm_notebooks.cli.runs import (
    ENDED_BY_SIGNAL,
    GivenFile,
    GivenTexts,
    TimeLimit,
    cancelled_by_signals,
    given_in,
    seconds,
    texts_of,
)
from cjm_notebooks.cli.terminal import FINDINGS, UNREADABLE, heading, say_plainly, table
from cjm_notebooks.errors import ParameterError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from cjm_notebooks.audits.batches.batch import Standing
    from cjm_notebooks.audits.batches.rows import Row

COLUMN = "column="
MOST_SHOWN = 10


def batch(
    template: Annotated[
        str,
        typer.Option(metavar="TEMPLATE", help="A template of the kit, or a notebook NAME.ipynb."),
    ],
    out: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Where the runs go, each in a folder of its own.")
    ],
    runs_file: Annotated[
        Path | None,
        typer.Argument(metavar="TABLE", help="A .csv file: a row a run, a column a parameter."),
    ] = None,
    each: Annotated[
        str,
        typer.Option(
            metavar="column=NAME", help="Instead of a table: a run for each value of that column."
        ),
    ] = "",
    at_least: Annotated[
        int,
        typer.Option(metavar="NUMBER", help="With --each: leave out values of fewer customers."),
    ] = 1,
    most: Annotated[
        int | None,
        typer.Option(metavar="NUMBER", help="With --each: only so many, with the most customers."),
    ] = None,
    parameter: GivenTexts = None,
    parameters: GivenFile = None,
    at_once: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER", help="So many runs side by side; if not given, as many as fit."
        ),
    ] = None,
    cluster: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Run on the Dask cluster at this address.")
    ] = "",
    time_limit: TimeLimit = None,
    retries: Annotated[
        int,
        typer.Option(
            metavar="NUMBER", help="Try again so often if a kernel dies or takes too long."
        ),
    ] = 1,
    language: Language = "en",
    fail_on: FailOn = "",
) -> None:
    """Run a template many times side by side, go on where it stopped, and sum up on a page.

    The folder then holds a folder for each run, summary.html over all of them, and batch.jsonl,
    which says what is done. Give the same command again to go on: what is done is not repeated
    unless its template, its parameters or its files have changed.
    """
    from cjm_notebooks.audits.batches.plan import planned
    from cjm_notebooks.audits.batches.run import Batching, run_batch
    from cjm_notebooks.audits.batches.summary import NOTEBOOK
    from cjm_notebooks.audits.running.run import run_template

    least = severity_index(fail_on) if fail_on else None
    shared, given = texts_of(parameter), given_in(parameters)
    if "language" not in given and not any(name == "language" for name, _ in shared):
        given = {**given, **_language(template, language)}
    rows = _rows(template, runs_file, each, (at_least, most), shared, given)
    plan = planned(template, rows, out, shared, given)
    stop = Event()
    with (
        cancelled_by_signals(stop.set) as signals,
        _executor(cluster, at_once, out) as executor,
        runs() as progress,
    ):
        how = Batching(executor, not cluster, seconds(time_limit), retries, progress, stop)
        standings = run_batch(plan, how).standings()
    asked = {"batch": str(out), "language": language}
    page = run_template(NOTEBOOK, asked, out, "summary").page
    _say(standings, page)
    if signals:
        raise typer.Exit(ENDED_BY_SIGNAL + signals[0])
    if any(one.status != "done" for one in standings):
        raise typer.Exit(UNREADABLE)
    if least is not None and _worst(standings) >= least:
        raise typer.Exit(FINDINGS)


def _rows(
    template: str,
    runs_file: Path | None,
    each: str,
    limits: tuple[int, int | None],
    shared: list[tuple[str, str]],
    given: dict[str, object],
) -> tuple[Row, ...]:
    from cjm_notebooks.audits.batches.each import each_value
    from cjm_notebooks.audits.batches.rows import rows_of

    if (runs_file is None) == (not each):
        msg = "Say what to run: a TABLE with a row for each run, or `--each column=NAME`."
        raise ParameterError(msg)
    if runs_file is not None:
        return rows_of(runs_file)
    if not each.startswith(COLUMN):
        msg = f"`--each` is `{each}`. Write `--each column=NAME`, such as `--each column=country`."
        raise ParameterError(msg)
    at_least, most = limits
    column = each.removeprefix(COLUMN)
    found = each_value(template, column, shared, given, at_least=at_least, most=most)
    if found.left_out:
        say_plainly(
            f"Values of `{column}` left out, with fewer than {found.at_least} customers: "
            f"{found.left_out}."
        )
    return found.rows


def _language(template: str, code: str) -> dict[str, object]:
    from cjm_notebooks.audits.parameters import parameters_of
    from cjm_notebooks.audits.templates import template_path

    declared = {one.name for one in parameters_of(template_path(template))}
    return {"language": code} if "language" in declared and code != "en" else {}


@contextmanager
def _executor(address: str, at_once: int | None, out: Path) -> Iterator[Executor]:
    from cjm_notebooks.audits.batches.executors import cluster, kernels_at_once, threads
    from cjm_notebooks.audits.running.record import records_in

    if address:
        with cluster(address) as executor:
            yield executor
        return
    seen = [record.memory_mb for record in records_in(out) if record.memory_mb]
    with threads(at_once or kernels_at_once(max(seen, default=None))) as executor:
        yield executor


def _worst(standings: tuple[Standing, ...]) -> int:
    found = [one.record.worst_severity for one in standings if one.record]
    return max((severity_index(word) for word in found if word), default=-1)


def _say(standings: tuple[Standing, ...], page: Path) -> None:
    done = [one for one in standings if one.status == "done"]
    others = [one for one in standings if one.status != "done"]
    heading(f"Runs: {len(done)} of {len(standings)} done")
    if others:
        table(
            ["run", "status", "why"],
            [
                [one.planned.name, one.status, (one.error or "").partition("\n")[0]]
                for one in others[:MOST_SHOWN]
            ],
        )
    if len(others) > MOST_SHOWN:
        say_plainly(f"... and {len(others) - MOST_SHOWN} more on the page.")
    heading(f"The page: {page}")


COMMANDS = (batch,)
