"""What a browser makes of a page: a document to print, and each chart for a slide."""

from __future__ import annotations

from pathlib import Path

from cjm_notebooks.audits.files.browser import printed
from cjm_notebooks.audits.files.charts import charts_of
from cjm_notebooks.maps.files import write_bytes, write_text
from cjm_notebooks.maps.picture.png import draws_letters, png

CHARTS = ".charts"


def leave_pictures(page: Path) -> None:
    """Write `NAME.pdf` beside `NAME.html`, and each chart as SVG and PNG into `NAME.charts`.

    Without a font on this machine there are no PNG images, which would show no letter.

    Raises  AuditError when there is no browser on this machine, or it cannot draw the page
    """
    write_bytes(page.with_suffix(".pdf"), printed(page))
    folder = page.with_suffix(CHARTS)
    folder.mkdir(exist_ok=True)
    for view, svg in charts_of(page.read_text("utf-8")).items():
        write_text(folder / f"{view}.svg", svg)
        if draws_letters():
            write_bytes(folder / f"{view}.png", png(svg))
