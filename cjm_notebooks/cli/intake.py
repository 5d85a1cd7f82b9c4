"""Commands about files from outside: what one is, and keeping what may be kept of it."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cjm_notebooks.catalogue import entry, id_of
from cjm_notebooks.cli.joining import account, count
from cjm_notebooks.cli.maps import refuse_to_overwrite
from cjm_notebooks.cli.options import A_PROJECT, asked, asking_for, named
from cjm_notebooks.cli.progress import importing
from cjm_notebooks.cli.terminal import heading, say_plainly, table
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.maps import JourneyMap

if TYPE_CHECKING:
    from cjm_notebooks.intake import ColumnSeen, Fit, Inspection, Protection
    from cjm_notebooks.sources import Source

File = Annotated[
    str, typer.Argument(metavar="FILE", help="A file; several of one kind with a `*` in the name.")
]
READ, COLUMNS, PRIVACY = "What reads it", "Any table of events, by its columns", "Privacy"
NESTED = ("STRUCT", "MAP", "JSON", "UNION")
LONGEST = 40  # letters of samples in a row
COLUMN_OPTIONS = ("customer", "at", "event", "sequence", "unit", "time_format")


def inspect(
    file: File,
    rows: Annotated[int, typer.Option(metavar="NUMBER", help="Look at so many rows.")] = 10_000,
    project: Annotated[str, typer.Option(metavar="FOLDER", help=A_PROJECT)] = "",
) -> None:
    """Say what a file is: which importer fits and why, its columns, period, zones and problems."""
    from cjm_notebooks.intake import inspect

    found = inspect(file, rows, project=Path(project) if project else None)
    _facts(found)
    heading("Columns")
    table(
        ["column", "type", ">filled", ">different", "seems to be", "such as"],
        [_column(one) for one in found.columns],
    )
    heading("What could read it" if found.fits else "No importer reads it as it is.")
    for fit in found.fits:
        say_plainly(f"{fit.call}\n  {fit.why}")
    heading("Mind" if found.problems else "No problem was found.")
    for problem in found.problems:
        say_plainly(f"- {problem}")


def _column(seen: ColumnSeen) -> list[str]:
    is_nested = seen.type.startswith(NESTED) or seen.type.endswith("]")
    personal = seen.personal and f"({seen.personal})"
    return [
        seen.name,
        "nested" if is_nested else seen.type.replace(" WITH TIME ZONE", "TZ"),
        f"{seen.filled:.0%}",
        count(seen.distinct),
        " ".join(filter(None, [seen.role, personal])),
        "" if is_nested else shorten(", ".join(seen.samples), LONGEST, placeholder="…"),
    ]


def _facts(found: Inspection) -> None:
    seen = f"{count(found.rows_seen)} looked at"
    every = "a number not known" if found.rows is None else count(found.rows)
    facts = {"file": found.called, "format": found.format, "rows": f"{every}, {seen}"}
    if found.period is not None:
        first, last = (at.isoformat(" ", "seconds") for at in found.period)
        facts |= {"first time seen": first, "last time seen": last}
        facts["zones seen"] = ", ".join(found.zones)
    table(["", ""], [[what, value] for what, value in facts.items()])


@dataclass(frozen=True, kw_only=True)
class ImportInputs:
    """What reads the file, and what may be kept of it."""

    source: Annotated[str, asked("The importer, if not the one that fits best.", READ, "ID")] = ""
    settings: Annotated[
        list[str],
        asked("A setting of it; may be repeated.", READ, "NAME=VALUE", "--set"),
    ] = field(default_factory=list)
    zone: Annotated[
        str, asked("Where the clock stood if times have no offset: Europe/Berlin.", READ, "ZONE")
    ] = ""
    project: Annotated[str, asked(A_PROJECT, READ, "FOLDER")] = ""
    customer: Annotated[str, asked("The column that says whose event it is.", COLUMNS)] = ""
    at: Annotated[str, asked("The column of times.", COLUMNS)] = ""
    event: Annotated[str, asked("The column that says what happened.", COLUMNS)] = "event"
    sequence: Annotated[str, asked("The column that orders events of one time.", COLUMNS)] = ""
    unit: Annotated[
        Literal["", "s", "ms", "us", "ns"],
        asked("What times count, since 1970, if they are numbers.", COLUMNS, "s|ms|us|ns"),
    ] = ""
    time_format: Annotated[
        str,
        asked(
            "How times are written that do not begin with the year: %d.%m.%Y.", COLUMNS, "FORMAT"
        ),
    ] = ""
    map_file: Annotated[
        str, asked("Protect as the privacy section of this map says.", PRIVACY, "MAP", "--map")
    ] = ""
    key: Annotated[
        str,
        asked(
            "The key of pseudonyms, kept outside the project; else CJM_PSEUDONYM_KEY.",
            PRIVACY,
            "FILE",
        ),
    ] = ""
    as_of: Annotated[
        str, asked("The end of the data, from which retention counts.", PRIVACY, "DAY")
    ] = ""

    def protection(self) -> Protection:
        """What the import must keep to.

        Raises  ParameterError when the key or the day cannot be read
                MapError when the map cannot be read
        """
        from cjm_notebooks.audits.moment import moment
        from cjm_notebooks.intake import Protection
        from cjm_notebooks.maps.settings import Privacy
        from cjm_notebooks.privacy.pseudonyms import VARIABLE, Key

        key = None
        if self.key or os.environ.get(VARIABLE):
            key = Key.read(self.key) if self.key else Key.of_environment()
        return Protection(
            privacy=JourneyMap.load(Path(self.map_file)).privacy if self.map_file else Privacy(),
            key=key,
            as_of=moment(self.as_of).date() if self.as_of else None,
        )

    def reader(self, file: str) -> Source:
        """The source that reads the file: columns that are named, else a source, else what fits.

        Raises  ParameterError when nothing fits for certain, or what is named does not go together
                SourceError when the file cannot be looked at
        """
        if not self.customer and not self.at:
            return self._fitting(file)
        if self.source or self.settings:
            msg = "A source knows its columns, and some are named. Leave out one or the other."
            raise ParameterError(msg)
        return self._of_columns(file)

    def _of_columns(self, file: str) -> Source:
        from cjm_notebooks.sources.event_table import EventTable

        given = {name: getattr(self, name) for name in (*COLUMN_OPTIONS, "zone")}
        for name in ("customer", "at"):
            if not given[name]:
                msg = f"Columns are named, and `--{name}` is not among them. Name it too."
                raise ParameterError(msg)
        return EventTable(file, **{name: value for name, value in given.items() if value})

    def _fitting(self, file: str) -> Source:
        from cjm_notebooks.audits.tables import typed
        from cjm_notebooks.intake import inspect

        project = Path(self.project) if self.project else None
        fits = inspect(file, project=project).fits
        fit = self._named(fits, project) if self.source else _certain(fits, file)
        told = dict(named(text, "--set", "hotel=H2") for text in self.settings)
        settings = {**fit.settings, **typed(fit.source, id_of(fit.source), told)}
        if self.zone:
            settings["zone"] = self.zone
        elif "zone" in fit.settings and "zone" not in told:
            msg = (
                f"Times in `{Path(file).name}` have no zone. Say where the clock stood, such as "
                "`--zone Europe/Berlin` or `--zone UTC`."
            )
            raise ParameterError(msg)
        return replace(fit, settings=settings).made(file)

    def _named(self, fits: tuple[Fit, ...], project: Path | None) -> Fit:
        """The source asked for, with what the file told of its settings."""
        from cjm_notebooks.intake import Fit
        from cjm_notebooks.sources import Source

        kind = entry("sources", Source, self.source, project)
        takes = fields(kind)[0].name  # type: ignore[arg-type]
        otherwise = Fit(kind, 0, "", "", table=takes)
        return next((fit for fit in fits if fit.source is kind), otherwise)


def _certain(fits: tuple[Fit, ...], file: str) -> Fit:
    if fits and fits[0].is_certain:
        return fits[0]
    name = Path(file).name
    if not fits:
        msg = (
            f"No importer knows `{name}`. Name the columns of its events: `--customer`, `--at` and "
            f"`--event`. `cjm inspect {name}` shows what there is."
        )
        raise ParameterError(msg)
    called = " ".join(
        f"--{option.replace('_', '-')} {shlex.quote(str(fits[0].settings[option]))}"
        for option in COLUMN_OPTIONS
        if option in fits[0].settings
    )
    told = f"`{called}`" if called else f"`--source {id_of(fits[0].source)}` and its settings"
    msg = (
        f"`{name}` is no export that an importer knows for certain. It looks like what {told} "
        f"would read: say so, or something else. `cjm inspect {name}` shows what there is."
    )
    raise ParameterError(msg)


@asking_for(ImportInputs)
def import_file(
    inputs: ImportInputs,
    file: File,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="What to write: NAME.parquet.")
    ],
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace what an earlier import has written.")
    ] = False,
) -> None:
    """Import a file: read it, protect it, and keep it as Parquet for joins and audits.

    Personal data is left out, masked or given pseudonyms before anything is written. Maps, joins
    and audits take what is written as `--source imported-file --set file=NAME.parquet`.
    """
    from cjm_notebooks.intake import import_file

    if not overwrite:
        refuse_to_overwrite(output)
    reader, protection = inputs.reader(file), inputs.protection()
    with importing() as progress:
        written = import_file(reader, output, protection, progress)
    for part, path in written.files.items():
        say_plainly(f"Wrote {path}: {part}, {count(written.rows[part])} rows.")
    for one in written.quality:
        account(one)
    if written.found:
        heading("Personal data that was found")
        table(
            ["column", "kind", ">texts", "such as"],
            [[one.column, one.kind, count(one.count), one.sample_masked] for one in written.found],
        )
    heading("To use it")
    say_plainly(f"cjm draft MAP --source imported-file --set file={output}")


COMMANDS = (inspect,)
