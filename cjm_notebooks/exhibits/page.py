"""What a page needs once so that its exhibits are drawn; nothing is fetched from anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bokeh.resources import Resources


@cache
def bokehjs() -> str:
    """The script of BokehJS without its widgets and tables, about 1.3 MB."""
    return "\n".join(Resources(mode="inline", components=["bokeh"], log_level="warn").js_raw)


@cache
def script() -> str:
    """The script that draws every exhibit of the page, to stand after BokehJS."""
    return _file("exhibits.js")


@cache
def style() -> str:
    """The style sheet of exhibits, light and dark."""
    return _file("exhibits.css")


def head() -> str:
    """Style and scripts in their elements, for the head of a page."""
    return f"<style>{style()}</style>\n<script>{bokehjs()}</script>\n<script>{script()}</script>\n"


@dataclass(frozen=True)
class Loaded:
    """An output of a notebook that lets it draw exhibits, above and below."""

    def _repr_html_(self) -> str:
        return head()


def load() -> Loaded:
    """Let this notebook draw exhibits: the output carries all that takes."""
    return Loaded()


def _file(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")
