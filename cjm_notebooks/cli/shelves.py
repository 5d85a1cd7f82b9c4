"""Commands about what the kit can do: its metrics, checks, sources and views."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import Parameter, getdoc, signature
from pathlib import Path
from typing import Annotated

import typer

from cjm_notebooks.catalogue import entries, id_of
from cjm_notebooks.cli.options import Project
from cjm_notebooks.cli.terminal import heading, say_plainly, table
from cjm_notebooks.errors import ParameterError, did_you_mean

Entry = type[object]


def metrics(project: Project = "") -> None:
    """List the questions that journeys can be asked."""
    from cjm_notebooks.metrics import Metric

    found = entries("metrics", Metric, _folder(project))
    table(
        ["metric", "what it says", "unit"],
        [[slug, _first_line(kind), kind.unit] for slug, kind in found.items()],
    )


def checks(project: Project = "") -> None:
    """List what an audit checks."""
    from cjm_notebooks.checks import Check

    found = sorted((kind.id, kind) for kind in entries("checks", Check, _folder(project)).values())
    table(
        ["id", "check", "severity", "when it fails"],
        [[number, id_of(kind), kind.severity, kind.failed] for number, kind in found],
    )


def explain(
    entry: Annotated[str, typer.Argument(metavar="ID", help="Such as drop-off, C01 or waits.")],
    project: Project = "",
) -> None:
    """Explain a metric, check, source or view: definition, thresholds, origin and limits."""
    every = list(_shelves(_folder(project)))
    found = [(shelf, kind) for shelf, kind in every if entry.lower() in _names(kind)]
    if not found:
        near = did_you_mean(entry, dict.fromkeys(id_of(kind) for _, kind in every))
        msg = f"There is no metric, check, source or view `{entry}`. {near}"
        raise ParameterError(msg)
    for shelf, kind in found:
        _card(shelf, kind)


def _shelves(project: Path | None) -> Iterator[tuple[str, Entry]]:
    from cjm_notebooks.checks import Check
    from cjm_notebooks.metrics import Metric
    from cjm_notebooks.sources import Source
    from cjm_notebooks.views import View

    contracts: dict[str, Entry] = {
        "metric": Metric,
        "check": Check,
        "source": Source,
        "view": View,
    }
    for shelf, contract in contracts.items():
        for kind in entries(f"{shelf}s", contract, project).values():
            yield shelf, kind


def _names(kind: Entry) -> tuple[str, str]:
    return id_of(kind), _number(kind).lower()


def _number(kind: Entry) -> str:
    return str(getattr(kind, "id", ""))


def _card(shelf: str, kind: Entry) -> None:
    heading(f"{id_of(kind)}: {shelf} {_number(kind)}".rstrip())
    say_plainly(getdoc(kind) or "")
    facts = [
        [word, str(getattr(kind, word))]
        for word in ("why", "severity", "source", "limits")
        if hasattr(kind, word)
    ]
    parameters = [[name, _default(one)] for name, one in signature(kind).parameters.items()]
    for columns, rows in ((["", ""], facts), (["parameter", "default"], parameters)):
        if rows:
            say_plainly()
            table(columns, rows)


def _default(parameter: Parameter) -> str:
    return "to be given" if parameter.default is Parameter.empty else repr(parameter.default)


def _first_line(kind: Entry) -> str:
    return (getdoc(kind) or "").partition("\n")[0]


def _folder(project: str) -> Path | None:
    """The project's folder.

    Raises  ParameterError when there is none of that name
    """
    if not project:
        return None
    if not Path(project).is_dir():
        msg = f"`--project` is `{project}`, which is no folder. Check the path."
        raise ParameterError(msg)
    return Path(project)


COMMANDS = (metrics, checks, explain)
