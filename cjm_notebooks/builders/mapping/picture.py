"""How a table is read, without any script, for whoever reads the notebook later."""

from __future__ import annotations

from collections.abc import Collection
from html import escape

from cjm_notebooks.builders.mapping.layout import Layout

CELL = "padding:0.25rem 0.75rem 0.25rem 0;border-bottom:1px solid #8886;text-align:left"


def picture(
    called: str, layout: Layout, guessed: Collection[str], sentences: Collection[str], code: str
) -> str:
    """What row and columns are, what comes of them, and the code; nothing of what they hold."""
    rows = "".join(
        f'<tr><th scope="row" style="{CELL};font-weight:400"><bdi>{escape(column)}</bdi></th>'
        f'<td style="{CELL}">{escape(layout.one_row.role(role).says)}'
        f"{' (a guess)' if column in guessed else ''}</td></tr>"
        for column, role in layout.roles.items()
    )
    said = "".join(f"<p>{escape(line)}</p>" for line in sentences if line)
    written = f"<pre>{escape(code)}</pre>" if code else ""
    return (
        '<section class="cjm-mapper-picture" lang="en">'
        f"<p><bdi>{escape(called)}</bdi>: one row is {layout.one_row.says}.</p>"
        f'<table style="border-collapse:collapse"><thead><tr><th scope="col" style="{CELL}">'
        f'Column</th><th scope="col" style="{CELL}">What it is</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>{said}{written}</section>"
    )
