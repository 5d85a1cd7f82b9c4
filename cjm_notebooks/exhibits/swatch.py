"""The little picture of a series in the legend."""

from __future__ import annotations

from cjm_notebooks.drawing import Mark, Series
from cjm_notebooks.palette import INK

PAPER = "var(--cjm-paper)"
BAR = '<rect x="1" y="2" width="22" height="10" fill="{color}"/>'
ON_BAR = f'<path d="{{lines}}" stroke="{PAPER}" fill="none"/>'
SLASHES = "M1 12 11 2M7 12 17 2M13 12 23 2"
BACKSLASHES = "M1 2 11 12M7 2 17 12M13 2 23 12"
DOTS = "M4 5h2M11 5h2M18 5h2M7 9h2M14 9h2"
LINE = '<path d="M0 7h24" stroke="{color}" stroke-width="2" {more}/>'
SHAPE = '<path d="{outline}" fill="{fill}" stroke="{color}" stroke-width="2"/>'
DIAMOND = "M12 2 17 7 12 12 7 7Z"

PICTURES: dict[Mark, str] = {
    "bar": BAR,
    "hatched": BAR + ON_BAR.replace("{lines}", SLASHES),
    "crossed": BAR + ON_BAR.replace("{lines}", SLASHES + BACKSLASHES),
    "dotted": BAR + ON_BAR.replace("{lines}", DOTS),
    "line": LINE.replace("{more}", "") + '<circle cx="12" cy="7" r="4" fill="{color}"/>',
    "dashed": LINE.replace("{more}", 'stroke-dasharray="4 3"')
    + SHAPE.replace("{outline}", DIAMOND).replace("{fill}", PAPER),
    "interval": '<path d="M2 7h20M2 3v8M22 3v8" stroke="{color}" stroke-width="2"/>',
    "diamond": SHAPE.replace("{outline}", DIAMOND).replace("{fill}", PAPER),
    "circle": '<circle cx="12" cy="7" r="5" fill="{color}"/>',
    "star": SHAPE.replace(
        "{outline}",
        "M12 1 13.6 5.2 18 5.4 14.5 8.1 15.7 12.5 12 10 8.3 12.5 9.5 8.1 6 5.4 10.4 5.2Z",
    ).replace("{fill}", PAPER),
    "triangle": SHAPE.replace("{outline}", "M12 2 18 12H6Z").replace("{fill}", PAPER),
    "cross": '<path d="M8 3 16 11M16 3 8 11" stroke="{color}" stroke-width="2.5"/>',
}


def swatch(series: Series) -> str:
    color = "currentColor" if series.color == INK else series.color
    picture = PICTURES[series.mark].replace("{color}", color)
    return f'<svg width="24" height="14" viewBox="0 0 24 14" aria-hidden="true">{picture}</svg>'
