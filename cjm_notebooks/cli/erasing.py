"""The command that takes a customer out of what was built."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cjm_notebooks.cli.terminal import heading, say_plainly, table

if TYPE_CHECKING:
    from cjm_notebooks.audits.erasing import Erasure
    from cjm_notebooks.privacy.pseudonyms import Key

KeyFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="The key of pseudonyms; without it that in the environment, CJM_PSEUDONYM_KEY.",
    ),
]


def key_of(file: Path | None) -> Key | None:
    """The key in that file, or else in the environment, if there is one.

    Raises  ParameterError when it lies in the project, cannot be read or is too short
    """
    import os

    from cjm_notebooks.privacy.pseudonyms import VARIABLE, Key

    if file is not None:
        return Key.read(file)
    return Key.of_environment() if os.environ.get(VARIABLE) else None


def erase(
    customer: Annotated[str, typer.Argument(metavar="CUSTOMER", help="The id, or its pseudonym.")],
    places: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PLACE...",
            help="Folders to look into, or files; if not given, the current folder.",
        ),
    ] = None,
    key: KeyFile = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be erased.")
    ] = False,
) -> None:
    """Take a customer out of imported tables and saved journeys, and say what to make again.

    Runs, pages and batches that were made of them are named: they change when they are made again.
    So is every other file that names the customer, such as an export: that one is yours to change.
    """
    from cjm_notebooks.audits.erasing import erase

    found = erase(customer, places or [Path()], key=key_of(key), dry_run=dry_run)
    _say(found, dry_run=dry_run)


def _say(found: Erasure, *, dry_run: bool) -> None:
    if not found.erased:
        say_plainly("No built file holds this customer.")
    else:
        heading("Would be erased" if dry_run else "Erased")
        rows = [[str(o.file), f"{o.rows:,}", f"{o.mentions:,}"] for o in found.erased]
        table(["file", ">events and answers", ">mentions elsewhere"], rows)
    if found.remade:
        heading("To be made again")
        table(["what", "folder", "by"], [[o.kind, str(o.folder), o.command] for o in found.remade])
    if found.elsewhere:
        heading("Also named in, and not changed")
        for file in found.elsewhere:
            say_plainly(str(file))


COMMANDS = (erase,)
