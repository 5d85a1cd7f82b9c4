"""Many pages in one folder that any web server shows: what they have in common lies there once.

Adding a page writes that page and one line of `runs.js`, however many pages there are. The index
reads that file, and each page what it needs from `assets`, without a server too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path

from cjm_notebooks.audits.markup import markup
from cjm_notebooks.audits.running.record import Record
from cjm_notebooks.audits.sections.wording import SEVERITIES
from cjm_notebooks.errors import AuditError, MapError
from cjm_notebooks.language import language
from cjm_notebooks.maps.files import write_text

ASSETS, PAGES, INDEX, LIST = "assets", "pages", "index.html", "runs.js"
WORTH_SHARING = 10_000
SHARED = {
    "js": re.compile(r"<script>(.*?)</script>", re.DOTALL),
    "css": re.compile(r"<style>(.*?)</style>", re.DOTALL),
}
LINKED = {
    "js": '<script src="../{asset}"></script>',
    "css": '<link rel="stylesheet" href="../{asset}">',
}
POLICY = ("'unsafe-inline'", "'unsafe-inline' 'self' file:")


def add_to_site(site: Path, record: Record) -> Path:
    """Put the page of a run into the folder `site`, and name it in its index. Returns the page.

    A run that is there already is left as it is. The index is in the language of the first page.

    Raises  AuditError when the run has left no page, or the site cannot be written
    """
    html = record.path("page").read_text("utf-8")
    page = site / PAGES / f"{record.id}.html"
    if page.exists():
        return page
    try:
        for folder in (site / ASSETS, page.parent):
            folder.mkdir(parents=True, exist_ok=True)
        _write_once(site / INDEX, _index(str(record.parameters.get("language", "en"))))
        write_text(page, _light(html, site))
        with (site / LIST).open("a", encoding="utf-8") as entries:
            entries.write(f"cjmRuns.push({json.dumps(_entry(record, page))});\n")
    except (OSError, MapError) as cause:
        msg = f"`{site}` cannot be written: {cause}. Check the folder and its permissions."
        raise AuditError(msg) from cause
    return page


def _index(code: str) -> str:
    """The list of runs, before there are any."""
    words = language(code)
    environment = markup("cjm_notebooks.audits", "files", words)
    return environment.get_template("site.html.j2").render(
        language=words.code,
        severities={name: words.render(word) for name, (_, word) in SEVERITIES.items()},
    )


def _entry(record: Record, page: Path) -> Mapping[str, object]:
    return {
        "title": record.title,
        "template": record.template,
        "page": f"{PAGES}/{page.name}",
        "as_of": record.parameters.get("as_of", ""),
        "made": record.started_at.isoformat(timespec="minutes"),
        "worst": record.worst_severity,
        "counts": record.counts,
        "headline": [said.text for said in record.headline[:1]],
    }


def _light(html: str, site: Path) -> str:
    """The page with links to the scripts and styles that it shares with others."""
    for kind, pattern in SHARED.items():
        html = pattern.sub(partial(_shared, kind=kind, site=site), html)
    return html.replace(*POLICY)


def _shared(found: re.Match[str], kind: str, site: Path) -> str:
    content = found[1]
    if len(content) < WORTH_SHARING:
        return found[0]
    asset = f"{ASSETS}/{sha256(content.encode()).hexdigest()[:16]}.{kind}"
    _write_once(site / asset, content)
    return LINKED[kind].format(asset=asset)


def _write_once(file: Path, content: str) -> None:
    if not file.exists():
        write_text(file, content)
