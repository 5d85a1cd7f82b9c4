"""A map and its numbers as one HTML file that opens anywhere and asks nobody for anything.

Without scripts it shows the table of the map. Where the component has been built, it is in the page
and takes the place of the table as soon as scripts run.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files

from cjm_notebooks.language import N_, say
from cjm_notebooks.maps.picture.lanes import Lanes
from cjm_notebooks.maps.picture.numbers import numbers_table
from cjm_notebooks.maps.picture.payload import payload, script_text
from cjm_notebooks.maps.picture.table import MapTable
from cjm_notebooks.maps.picture.texts import html, one_line

LONGEST_NAME, LONGEST_TEXT = 200, 2_000
MARGINS, COLUMN = 220, 200
LEAST_SHEET, MOST_SHEET, SIDES = 1_123, 14_400, 2**0.5


@cache
def component() -> str:
    """The script that defines `<journey-map>`; nothing in a source checkout without it."""
    script = files("cjm_notebooks").joinpath("static", "journey-map.js")
    if not script.is_file():
        return ""
    text = script.read_text("utf-8")
    return text.replace("</script", "<\\/script").replace("<!--", "\\x3c!--")


def page(source: Lanes, lanes: Sequence[str] | None) -> str:
    name = html(one_line(source.journey_map.name, LONGEST_NAME))
    return (
        f'<!doctype html>\n<html lang="{source.language.code}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy()}">\n'
        f"<title>{name}</title>\n<style>{_style()}{_sheet(source)}</style>\n</head>\n"
        f'<body>\n<main>\n<h1 dir="auto">{name}</h1>\n'
        f"{_origin(source)}{_drawn(source, lanes)}\n{_numbers(source)}</main>\n"
        f"{f'<script>{component()}</script>' if component() else ''}\n</body>\n</html>\n"
    )


def _drawn(source: Lanes, lanes: Sequence[str] | None) -> str:
    table = MapTable(source, lanes, LONGEST_TEXT, has_name=False).html()
    if not component():
        return table
    given = script_text(payload(source.journey_map, source.measured))
    return (
        f"<journey-map readonly>{table}"
        f'<script type="application/json">{given}</script></journey-map>'
    )


def _policy() -> str:
    """Nothing is fetched, and only the script that belongs to the page runs."""
    script = b64encode(sha256(component().encode()).digest()).decode()
    runs = f"'sha256-{script}'" if component() else "'none'"
    return f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src {runs}"


def _origin(source: Lanes) -> str:
    measured = source.measured
    if measured is None:
        return ""
    sentences = [say("Measured as of {day}.", day=str(measured.as_of))]
    if measured.map_hash != source.journey_map.content_hash():
        sentences.append(say("The map has been changed since then."))
    return f"<p>{html(' '.join(map(source.language.render, sentences)))}</p>\n"


def _numbers(source: Lanes) -> str:
    known, measured = source.journey_map, source.measured
    if measured is None or not measured.targets:
        return ""
    parts = (*known.stages, *known.touchpoints, *known.outcomes)
    names = {part.id: part.name for part in parts} | {known.id: known.name}
    title = html(source.language.render(N_("Everything that was measured")))
    return (
        f'<h2>{title}</h2>\n<div class="scroll" role="region" aria-label="{title}" tabindex="0">\n'
        f"{numbers_table(measured, names, source.language)}\n</div>\n"
    )


def _sheet(source: Lanes) -> str:
    """A sheet of paper as wide as the map; a printer makes it fit its own."""
    wide = min(max(MARGINS + COLUMN * len(source.columns()), LEAST_SHEET), MOST_SHEET)
    return f"@page {{ size: {wide}px {round(wide / SIDES)}px; margin: 40px; }}"


def _style() -> str:
    return files(__package__).joinpath("page.css").read_text("utf-8")
