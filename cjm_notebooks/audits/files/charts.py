"""The charts of a page as SVG drawings of the size of a slide."""

from __future__ import annotations

import re
from base64 import b64decode
from pathlib import Path
from tempfile import TemporaryDirectory

from cjm_notebooks.audits.files.browser import as_drawn
from cjm_notebooks.maps.picture.sheet import FONTS

HERE = Path(__file__).parent
SLIDE = re.compile(r'<script [^>]*class="cjm-slide" data-view="([^"]+)"[^>]*>([^<]*)</script>')
FAMILY = re.compile(r'font-family="[^"]*"')


def charts_of(page: str) -> dict[str, str]:
    """View -> its SVG, 960 by 540 on white, with the heading and the legend that the page gives it.

    Raises  AuditError when there is no browser on this machine, or it cannot draw the page
    """
    script = (HERE / "charts.js").read_text("utf-8")
    before, end, after = page.rpartition("</body>")
    with TemporaryDirectory(prefix="cjm-") as work:
        file = Path(work) / "page.html"
        file.write_text(f"{before}<script>{script}</script>{end}{after}", "utf-8")
        document = as_drawn(file)
    slides = {view: b64decode(text).decode("utf-8") for view, text in SLIDE.findall(document)}
    return {view: FAMILY.sub(f'font-family="{FONTS}"', svg) for view, svg in slides.items()}
