"""Commands that run the audit's template and say what it has left."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cjm_notebooks.cli.options import (
    AsOf,
    FailOn,
    Inputs,
    Language,
    MapFile,
    Pictures,
    asking_for,
    named,
    severity_index,
)
from cjm_notebooks.cli.progress import cells
from cjm_notebooks.cli.terminal import (
    FINDINGS,
    heading,
    said,
    say_plainly,
    severity,
    table,
)
from cjm_notebooks.errors import AuditError
from cjm_notebooks.language import Sentence
from cjm_notebooks.maps import JourneyMap

if TYPE_CHECKING:
    from cjm_notebooks.audits.running.run import RunFiles

CHECKOUT = Path(__file__).parent.parent.parent
HOTEL = Path("examples") / "hotel"
MOST_SHOWN = 10

Out = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Where the files go; if not given, NAME.audit."),
]


@asking_for(Inputs)
def audit(
    inputs: Inputs,
    path: MapFile,
    as_of: AsOf = "",
    out: Out = None,
    name: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="How the files begin; if not given, like that of the map."
        ),
    ] = "",
    language: Language = "en",
    audience: Annotated[
        str,
        typer.Option(
            metavar="WHO",
            help="Who reads the page: executive, owner or analyst. The numbers stay the same.",
        ),
    ] = "analyst",
    check: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Make only this check, such as C01; may be repeated."),
    ] = None,
    k_min: Annotated[
        int,
        typer.Option(
            metavar="NUMBER", help="Hide groups smaller than this; never fewer than the map says."
        ),
    ] = 0,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN=VALUE",
            help="Keep to the customers or events with this value; may be repeated.",
        ),
    ] = None,
    pictures: Pictures = True,
    fail_on: FailOn = "",
) -> None:
    """Ask a map and its tables everything at once, and leave a page to pass on.

    The folder then holds NAME.html, the page; NAME.ipynb, the notebook it comes from;
    findings.json, for machines; NAME.measured.json, for cjm render; and tables.xlsx. With a
    browser on this machine also NAME.pdf, and each chart in NAME.charts. Only complete files are
    put there.
    """
    JourneyMap.load(path)
    begins = name or path.name.partition(".")[0]
    given = {
        "map_file": str(path),
        "as_of": as_of,
        "language": language,
        "audience": audience,
        "checks": check or [],
        "k_min": k_min,
        "only": dict(named(text, "--only", "country=DEU") for text in only or ()),
        **inputs.named(),
    }
    _run(given, out or Path(f"{begins}.audit"), begins, language, fail_on, pictures)


def demo(
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the files go.")] = Path("demo"),
    language: Language = "en",
    pictures: Pictures = True,
) -> None:
    """Audit 79,330 real bookings of a city hotel."""
    hotel = CHECKOUT / HOTEL
    if not hotel.is_dir():
        msg = (
            f"There is no `{HOTEL}` here: examples come with the source of this kit and not with "
            "the installed package. Run `cjm demo` in a checkout of it."
        )
        raise AuditError(msg)
    given = {
        "map_file": str(hotel / "hotel.cjm.json"),
        "project": str(hotel),
        "source": "hotel-bookings",
        "settings": {"hotel": "H2"},
        "as_of": "2017-09-14",
        "language": language,
    }
    _run(given, out, "hotel", language, "", pictures)


def _run(
    parameters: Mapping[str, object],
    out: Path,
    name: str,
    code: str,
    fail_on: str,
    pictures: bool,
) -> None:
    from cjm_notebooks.audits.running.run import run_template

    least = severity_index(fail_on) if fail_on else None
    with cells() as progress:
        files = run_template(
            "journey_audit", parameters, out, name, progress=progress, pictures=pictures
        )
    findings = json.loads(files.findings.read_text("utf-8"))
    _sum_up(findings, code)
    _say_where(files)
    worst = findings["worst_severity"]
    broken = any(check["outcome"] == "error" for check in findings["checks"])
    if broken or (least is not None and worst and severity_index(worst) >= least):
        raise typer.Exit(FINDINGS)


def _sum_up(findings: Mapping[str, Any], code: str) -> None:
    found = findings["findings"]
    counts = Counter(one["severity"] for one in found)
    by_severity = ", ".join(f"{number} {word}" for word, number in counts.items())
    say_plainly(f"The data can answer: {findings['gate']['decision']}.")
    heading(f"Findings: {len(found)}{f' ({by_severity})' if found else ''}")
    table(
        ["severity", "check", "what"],
        [
            [severity(one["severity"]), one["check"], _what(one["what"], code)]
            for one in found[:MOST_SHOWN]
        ],
    )
    if len(found) > MOST_SHOWN:
        say_plainly(f"... and {len(found) - MOST_SHOWN} more on the page.")


def _what(sentence: Mapping[str, Any], code: str) -> str:
    return said(Sentence(sentence["english"], sentence["values"]), code)


def _say_where(files: RunFiles) -> None:
    heading(f"The page: {files.page}")
    left = (files.notebook, files.findings, files.measured, files.tables, files.pdf, files.charts)
    for file in filter(None, left):
        say_plainly(f"          {file}")


COMMANDS = (audit, demo)
