"""What a page carries once so that its exhibits are drawn, with nothing fetched from anywhere."""

from __future__ import annotations

import re

from cjm_notebooks import palette
from cjm_notebooks.exhibits import bokehjs, head, load, script, style


def test_bokehjs_is_there_whole_and_without_its_widgets() -> None:
    assert 1_000_000 < len(bokehjs()) < 1_500_000
    assert "</script" not in bokehjs()


def test_nothing_is_fetched() -> None:
    assert re.findall(r"""(?:src|href|url\()\s*=?\s*["']?https?:""", style() + script()) == []
    assert re.search(r"<(link|img|script)[^>]*(src|href)=", head()) is None


def test_colours_of_the_page_take_the_place_of_those_that_python_writes() -> None:
    roles = dict(re.findall(r'"(#\w{6})": "--cjm-(\w+)"', script()))
    assert roles == {
        palette.INK: "ink",
        palette.MUTED: "muted",
        palette.LINE: "line",
        palette.PAPER: "paper",
    }
    light = dict(re.findall(r"--cjm-(\w+): (#\w{6});", style().partition("@media")[0]))
    assert light == {name: color for color, name in roles.items()}


def test_every_theme_sets_every_colour() -> None:
    blocks = re.findall(r"\{([^{}]*--cjm-ink[^{}]*)\}", style())
    *themes, forced = blocks
    assert len(themes) == 4
    assert all(len(re.findall(r"--cjm-\w+: #", block)) == 4 for block in themes)
    assert len(re.findall(r"--cjm-\w+: [A-Z][A-Za-z]+;", forced)) == 4


def test_notebook_that_loads_exhibits_carries_the_page_head() -> None:
    assert load()._repr_html_() == head()
