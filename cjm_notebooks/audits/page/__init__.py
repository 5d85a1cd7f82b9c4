"""The page of a notebook: one HTML file that holds all it shows and asks nobody for anything."""

from __future__ import annotations

import re
from copy import deepcopy
from html import unescape
from pathlib import Path

from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode
from traitlets.config import Config

from cjm_notebooks import exhibits
from cjm_notebooks.language import N_, Language

HERE = Path(__file__).parent
ONLY_IN_NOTEBOOK = "only-in-notebook"
HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)
TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


def page(notebook: NotebookNode, language: Language) -> str:
    """The executed notebook as a page, its code folded away.

    Cells tagged `only-in-notebook` are left out. What draws exhibits stands on the page once,
    however often the notebook loads it, and not at all on a page without one.
    """
    shown = _without_loading(notebook)
    html = [text for cell in shown.cells for text in _html_of(cell)]
    has_exhibits = any('class="cjm-exhibit"' in text for text in html)
    titles = [_plain(found[1]) for text in html for found in TITLE.finditer(text)]
    exporter = TemplateExporter(
        config=Config({"TagRemovePreprocessor": {"remove_cell_tags": [ONLY_IN_NOTEBOOK]}}),
        template_name="report",
        template_file="index.html.j2",
        extra_template_basedirs=[str(HERE)],
    )
    resources = {
        "language": language.code,
        "title": titles[0] if titles else language.render(N_("Journey audit")),
        "contents": [
            {"id": found[1], "text": _plain(found[2])}
            for text in html
            for found in HEADING.finditer(text)
        ],
        "words": {
            "skip": language.render(N_("Skip to the audit")),
            "contents": language.render(N_("Contents")),
            "code": language.render(N_("How this was made")),
        },
        "style": (HERE / "page.css").read_text("utf-8") + exhibits.style(),
        "scripts": [exhibits.bokehjs(), exhibits.script()] if has_exhibits else [],
    }
    text, _ = exporter.from_notebook_node(shown, resources)
    return str(text)


def _without_loading(notebook: NotebookNode) -> NotebookNode:
    shown = deepcopy(notebook)
    for cell in shown.cells:
        if "outputs" in cell:
            cell.outputs = [one for one in cell.outputs if exhibits.script() not in _html(one)]
    return shown


def _html_of(cell: NotebookNode) -> list[str]:
    return [_html(output) for output in cell.get("outputs", ())]


def _html(output: NotebookNode) -> str:
    return str(output.get("data", {}).get("text/html", ""))


def _plain(html: str) -> str:
    return unescape(TAG.sub("", html)).strip()
