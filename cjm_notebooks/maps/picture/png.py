"""An SVG drawing as a PNG image, without a browser."""

from __future__ import annotations

import re
from functools import cache
from math import sqrt

from cjm_notebooks.errors import MapError
from cjm_notebooks.maps.picture.sheet import FONTS

SHARP = 2.0
LONGEST_SIDE, MOST_PIXELS = 30_000, 60_000_000
SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')
BLANK = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">{}</svg>'


def png(svg: str) -> bytes:
    """Two pixels for each of the drawing's, and fewer where that would be more than 60 million.

    Raises  MapError when `resvg-py` is not installed, or when there is no font to draw letters with
    """
    if not draws_letters():
        msg = (
            "There is no font on this machine to draw letters with, so the image would show none. "
            "Install one, such as the package `fonts-dejavu-core` of Debian, or write an SVG."
        )
        raise MapError(msg)
    written = SIZE.search(svg)
    width, height = map(float, written.groups()) if written else (1.0, 1.0)
    zoom = min(SHARP, LONGEST_SIDE / max(width, height), sqrt(MOST_PIXELS / (width * height)))
    return _rendered(svg, zoom)


def _rendered(svg: str, zoom: float) -> bytes:
    try:
        import resvg_py
    except ImportError as cause:
        msg = "A PNG image needs the package `resvg-py`. Install it, or write an SVG."
        raise MapError(msg) from cause
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=zoom, languages=["en"]))


@cache
def draws_letters() -> bool:
    letter = f'<text y="15" font-family="{FONTS}">n</text>'
    return _rendered(BLANK.format(letter), 1) != _rendered(BLANK.format(""), 1)
