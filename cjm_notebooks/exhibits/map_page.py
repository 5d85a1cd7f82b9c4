"""A map and its numbers as one HTML file that opens anywhere and asks nobody for anything."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import pandas as pd

from cjm_notebooks import maps
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.exhibits.exhibit import exhibit
from cjm_notebooks.exhibits.page import head
from cjm_notebooks.language import N_, Language, say
from cjm_notebooks.maps import Measured, MeasuredMap
from cjm_notebooks.views.journey_map import JourneyMap

STYLE = """
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1f2328; --line: #d8dee4; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #15181c; --ink: #e6eaef; --line: #3a424b; }
}
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1, td, th { overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table.numbers { border-collapse: collapse; font-variant-numeric: tabular-nums; }
table.numbers th, table.numbers td { padding: 0.3rem 0.75rem; text-align: left;
  vertical-align: top; border-bottom: 1px solid var(--line); }
table.numbers .number { text-align: right; white-space: nowrap; }
"""
OF_CSAT = ("touchpoint", "n", "mean", "low", "high", "scale_low", "scale_high")
HEADINGS = (
    (N_("Part of the map"), ""),
    (N_("Measured"), ""),
    (N_("Estimate"), "number"),
    (N_("Interval"), "number"),
    (N_("Rests on"), "number"),
    (N_("Evidence"), ""),
    (N_("The map's claim is"), ""),
)


def map_page(journey_map: maps.JourneyMap, measured: MeasuredMap | None, language: Language) -> str:
    """The map drawn, with the numbers of `measured` on it and in a table below.

    Raises  ParameterError when the numbers are of another map
    """
    if measured is not None and measured.map_id != journey_map.id:
        msg = (
            f"The numbers are of the map `{measured.map_id}`, and this is `{journey_map.id}`. "
            "Give those of this map."
        )
        raise ParameterError(msg)
    numbers = () if measured is None else measured.targets
    drawn = exhibit(JourneyMap(), {"journey_map": journey_map, **_reports(numbers)}, language)
    name = escape(journey_map.name)
    return (
        f'<!doctype html>\n<html lang="{language.code}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{name}</title>\n{head()}<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n<h1><bdi>{name}</bdi></h1>\n{_origin(journey_map, measured, language)}"
        f"{drawn.html(level=2)}\n{_table(journey_map, numbers, language)}</main>\n"
        "</body>\n</html>\n"
    )


def _reports(numbers: Iterable[Measured]) -> dict[str, pd.DataFrame]:
    """The numbers as the view reads them. Scores have no scale here, and stay in the table."""
    rows = [
        {
            "target": one.target,
            "kind": one.kind,
            "share": one.estimate,
            "journeys": round((one.estimate or 0) * (one.n or 0)),
            "all_journeys": one.n,
            "low": one.low,
            "high": one.high,
        }
        for one in numbers
        if one.measure == "reach"
    ]
    names = ["target", "kind", "share", "journeys", "all_journeys", "low", "high"]
    reach = pd.DataFrame(rows, columns=names)
    stages, touchpoints = reach[reach["kind"] == "stage"], reach[reach["kind"] == "touchpoint"]
    return {
        "stage_reach": stages.rename(columns={"target": "stage"}),
        "touchpoint_summary": touchpoints.rename(columns={"target": "touchpoint"}),
        "csat": pd.DataFrame({name: pd.Series(dtype=float) for name in OF_CSAT}).astype(
            {"touchpoint": "str"}
        ),
    }


def _origin(journey_map: maps.JourneyMap, measured: MeasuredMap | None, language: Language) -> str:
    if measured is None:
        return ""
    sentences = [say("Measured as of {day}.", day=str(measured.as_of))]
    if measured.map_hash != journey_map.content_hash():
        sentences.append(say("The map has been changed since then."))
    return f"<p>{escape(' '.join(map(language.render, sentences)))}</p>\n"


def _table(journey_map: maps.JourneyMap, numbers: tuple[Measured, ...], language: Language) -> str:
    if not numbers:
        return ""
    parts = (*journey_map.stages, *journey_map.touchpoints, *journey_map.outcomes)
    names = {part.id: part.name for part in parts} | {journey_map.id: journey_map.name}
    title = escape(language.render(N_("Everything that was measured")))
    headings = "".join(
        f'<th scope="col" class="{kind}">{escape(language.render(text))}</th>'
        for text, kind in HEADINGS
    )
    rows = "\n".join(_row(one, names.get(one.target, one.target), language) for one in numbers)
    return (
        f'<h2>{title}</h2>\n<div class="scroll" role="region" aria-label="{title}" tabindex="0">\n'
        f'<table class="numbers"><thead><tr>{headings}</tr></thead>\n<tbody>\n{rows}\n'
        "</tbody></table>\n</div>\n"
    )


def _row(one: Measured, name: str, language: Language) -> str:
    form = "percent" if one.unit.startswith("share") else "decimal"
    estimate, low, high = (language.number(end, form) for end in (one.estimate, one.low, one.high))
    cells = (
        one.measure.replace("-", " "),
        estimate,
        f"{low} – {high}" if one.low is not None else "–",
        language.number(one.n, "count"),
        one.grade or "–",
        language.render(one.verdict or "–"),
    )
    written = "".join(
        f'<td class="{kind}"><bdi>{escape(cell)}</bdi></td>'
        for cell, (_, kind) in zip(cells, HEADINGS[1:], strict=True)
    )
    return f'<tr><th scope="row"><bdi>{escape(name)}</bdi></th>{written}</tr>'
