"""Commands about the designed map alone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cjm_notebooks.cli.options import (
    FailOn,
    Language,
    MapFile,
    MapName,
    NewMap,
    Project,
    severity_index,
)
from cjm_notebooks.cli.terminal import (
    FINDINGS,
    heading,
    outcome,
    said,
    say_plainly,
    severity,
    table,
)
from cjm_notebooks.errors import MapError, ParameterError
from cjm_notebooks.maps import JourneyMap, MeasuredMap
from cjm_notebooks.maps.files import write_bytes
from cjm_notebooks.maps.interchange import read_map, written_as
from cjm_notebooks.maps.naming import new_id
from cjm_notebooks.maps.reading_errors import shortened


def new(
    path: NewMap,
    preset: Annotated[
        str,
        typer.Option(
            metavar="PRESET",
            help="Stages to begin with: c5, d5, lv3, zmot4, saas, nng-ecommerce, aarrr or task.",
        ),
    ] = "",
    name: MapName = "",
) -> None:
    """Begin a map, empty or with the stages of a preset."""
    refuse_to_overwrite(path)
    title = name or title_of(path)
    journey_map = _preset(preset, title) if preset else JourneyMap(id=new_id(title), name=title)
    journey_map.save(path)
    say_plainly(f"Wrote {path}. Stages: {len(journey_map.stages)}.")


def lint(
    path: MapFile,
    fail_on: FailOn = "",
    as_of: Annotated[
        str, typer.Option(metavar="DAY", help="The day at which the map is judged, if not today.")
    ] = "",
    project: Project = "",
) -> None:
    """Check a map by itself: contradictions, age, gaps, untested assumptions, complexity."""
    from cjm_notebooks.inspection import checks_of_a_map, inspect_all

    least = severity_index(fail_on) if fail_on else None
    now = _moment(as_of) if as_of else datetime.now(UTC)
    journey_map = JourneyMap.load(path)
    checks = checks_of_a_map(Path(project) if project else None)
    checked = inspect_all(checks, {"journey_map": journey_map, "as_of": now})
    stages, touchpoints = len(journey_map.stages), len(journey_map.touchpoints)
    say_plainly(f"{shortened(journey_map.name)}. Touchpoints: {touchpoints}, in stages: {stages}.")
    table(
        ["check", "outcome", "severity", "what"],
        [
            [one.check_id, outcome(one.outcome), severity(one.severity), said(one.sentence)]
            for one in checked
        ],
    )
    for one in checked:
        for finding in one.verdict.findings:
            heading(f"{one.check_id} {said(finding.what)}")
            say_plainly(f"{said(finding.so_what)} {said(finding.advice)}")
    problems = journey_map.problems()
    if problems:
        heading("Contradictions")
    for problem in problems:
        say_plainly(f"- {problem}")
    found = [severity_index(one.severity) for one in checked if one.severity]
    broken = any(one.outcome == "error" for one in checked)
    if broken or (least is not None and max(found, default=-1) >= least):
        raise typer.Exit(FINDINGS)


def convert(
    source: Annotated[Path, typer.Argument(help="A map: .cjm.json, .mmd, .cjml, .xlsx or .csv.")],
    target: Annotated[Path, typer.Argument(help="The file to write; its ending says the kind.")],
) -> None:
    """Turn a map into a mermaid journey, CJML, a spreadsheet or JSON, and back."""
    write_bytes(target, written_as(read_map(source), target.name))
    say_plainly(f"Wrote {target}.")


def render(
    path: MapFile,
    picture: Annotated[
        Path,
        typer.Argument(metavar="PICTURE", help="What to write: NAME.html, NAME.svg or NAME.png."),
    ],
    measured: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What an audit has measured: NAME.measured.json."),
    ] = None,
    lane: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Show only this lane, such as emotion; may be repeated."),
    ] = None,
    language: Language = "en",
) -> None:
    """Write a map, with its numbers if there are any, as a page, a drawing or an image."""
    numbers = None if measured is None else MeasuredMap.load(measured)
    read_map(path).picture(numbers, lanes=lane, language=language).save(picture)
    say_plainly(f"Wrote {picture}.")


def refuse_to_overwrite(path: Path) -> None:
    if path.exists():
        msg = f"`{path}` is there already. Give another name, or delete it first."
        raise ParameterError(msg)


def title_of(path: Path) -> str:
    """`spring-sale.cjm.json` is called `Spring sale`."""
    words = path.name.partition(".")[0].replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or "Map"


def _preset(preset: str, title: str) -> JourneyMap:
    try:
        return JourneyMap.preset(preset, title)
    except MapError as cause:
        raise ParameterError(str(cause)) from cause


def _moment(as_of: str) -> datetime:
    from cjm_notebooks.audits.moment import moment

    return moment(as_of)


COMMANDS = (new, lint, convert, render)
