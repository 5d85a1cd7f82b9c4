"""Every text of a map full of attacks: text in the editor and in the output of a notebook.

The page is held to the same in `test_map_page.py`, the builder in `test_map_builder.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

import nbformat
import pytest
from nbformat import v4
from playwright.sync_api import Browser, Page

from cjm_notebooks.maps import JourneyMap
from tests.browser.lab import Lab, Person, person_at
from tests.maps.picture.hostile import ATTACKS, map_full_of

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.needs("jupyterlab")]

SHOWN = {name: attack for name, attack in ATTACKS.items() if name != "longest"}
IN_FRONT = "window.jupyterapp.shell.currentWidget"
IN_EVERY_SHADOW = """
() => [...document.querySelectorAll('.jp-Document:not(.lm-mod-hidden) *')]
    .filter(one => one.shadowRoot)
    .flatMap(one => [...one.shadowRoot.querySelectorAll('*')])
"""
DANGEROUS = f"""() => ({IN_EVERY_SHADOW})()
    .filter(one => ['SCRIPT', 'IMG', 'IFRAME'].includes(one.tagName)
        || [...one.attributes].some(({{ name, value }}) =>
            name.startsWith('on') || /^\\s*javascript:/i.test(name === 'href' ? value : '')))
    .map(one => one.outerHTML.slice(0, 200))"""
IS_DRAWN = "(wanted) => document.querySelector('.jp-Document:not(.lm-mod-hidden)')" + (
    "?.querySelector('journey-map')?.shadowRoot?.querySelector('[role=grid]')"
    "?.textContent.includes(wanted)"
)


@pytest.fixture(scope="module")
def reader(lab: Lab, browser: Browser) -> Iterator[Person]:
    """One page for all of it: each text is brought to the front."""
    with person_at(lab, browser, "reader") as somebody:
        somebody.open()
        yield somebody


def part_of(attack: str) -> str:
    """What of the text any cell shows: the start, without signs that a file cannot hold."""
    return attack.strip()[:12].split("\x00")[0].split("\r")[0]


def show(reader: Person, file: str, attack: str) -> None:
    page: Page = reader.page
    opening = "path => void window.jupyterapp.commands.execute('docmanager:open', { path })"
    page.evaluate(opening, file)
    page.wait_for_function(f"path => {IN_FRONT}?.context?.path === path", arg=file)
    page.wait_for_function(IS_DRAWN, arg=part_of(attack))


def is_harmless(reader: Person) -> None:
    page: Page = reader.page
    assert page.evaluate(DANGEROUS) == []
    assert "pwned" not in page.title()
    assert reader.asked_outside == []


@pytest.mark.parametrize("name", SHOWN)
def test_editor_shows_an_attack_as_text(reader: Person, name: str) -> None:
    assert reader.lab is not None
    journey_map = map_full_of(SHOWN[name])
    journey_map.save(reader.lab.root / f"{name}.cjm.json")
    show(reader, f"{name}.cjm.json", SHOWN[name])
    is_harmless(reader)


@pytest.mark.parametrize("name", ["element", "script", "link"])
def test_output_of_a_notebook_shows_an_attack_as_text(reader: Person, name: str) -> None:
    assert reader.lab is not None
    file = reader.lab.root / f"{name}.ipynb"
    nbformat.write(notebook_showing(map_full_of(SHOWN[name])), file)
    page = reader.open(file.name)
    page.wait_for_function(IS_DRAWN, arg=part_of(SHOWN[name]))
    is_harmless(reader)


def notebook_showing(journey_map: JourneyMap) -> nbformat.NotebookNode:
    shown = v4.new_output("display_data", data=journey_map._repr_mimebundle_())
    return v4.new_notebook(cells=[v4.new_code_cell("journey_map", outputs=[shown])])
