"""`<journey-map>` as built, alone on a page whose script holds the map and applies its edits."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.maps.editing import edited_fields
from tests.browser.chromium import FLAGS, OpenPage

SCRIPT = Path(__file__).parents[2] / "cjm_notebooks" / "static" / "journey-map.js"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Map</title>
<meta name="viewport" content="width=device-width"><style>body {{ margin: 0 }}</style>
<main><journey-map style="height: 100vh"></journey-map></main>
<script>{script}</script>
<script>
  const element = document.querySelector('journey-map');
  const edits = [], asked = [];
  Object.assign(element, {properties});
  element.addEventListener('cjm-edit', event => edits.push(event.detail));
  for (const name of ['undo', 'redo', 'select', 'lanes'])
    element.addEventListener(`cjm-${{name}}`, event => asked.push([name, event.detail]));
</script></html>"""


def component_script() -> str:
    """The script of static pages, as `npm run build:bundles` writes it."""
    if not SCRIPT.exists():
        pytest.skip(f"`{SCRIPT.name}` is not built: run `npm run build:bundles` in `extension`.")
    return SCRIPT.read_text("utf-8")


@dataclass
class Component:
    """The element on a page, and the map that whoever holds it has after the edits so far."""

    opened: OpenPage
    fields: dict[str, Any]

    @property
    def page(self) -> Page:
        return self.opened.page

    def cell(self, row: str, at: str) -> Locator:
        return self.page.locator(f'tr[data-row="{row}"] > [data-at="{at}"]')

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def typed(self, text: str) -> None:
        self.page.keyboard.type(text)

    def edits(self) -> list[dict[str, Any]]:
        """The edits since the last time, applied to the map by Python and shown again."""
        new: list[dict[str, Any]] = self.page.evaluate("edits.splice(0)")
        for edit in new:
            self.fields = edited_fields(self.fields, edit["operations"])
        if new:
            self.set(journeyMap=self.fields)
        return new

    def asked(self, name: str) -> list[Any]:
        found = self.page.evaluate("asked.splice(0)")
        return [detail for kind, detail in found if kind == name]

    def set(self, **properties: Any) -> None:
        self.page.evaluate(
            """async properties => {
                Object.assign(element, properties);
                await element.updateComplete;
            }""",
            properties,
        )

    def said(self) -> str:
        return self.page.locator("[role=status].unseen").inner_text()

    def focused(self) -> list[str | None]:
        """Row and place of the cell that has the focus."""
        found: list[str | None] = self.page.evaluate(
            """() => { const cell = element.shadowRoot.activeElement?.closest('[data-at]');
            return cell ? [cell.closest('tr').dataset.row, cell.dataset.at] : [null, null] }"""
        )
        return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file of tests; each test has a page of its own."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=which("chromium"), args=FLAGS)
        yield chromium
        chromium.close()


@contextmanager
def component(
    browser: Browser,
    journey_map: JourneyMap | Mapping[str, Any],
    *,
    dark: bool = False,
    width: int = 1280,
    **properties: Any,
) -> Iterator[Component]:
    """Show the element with a map; needs Chromium and the built script."""
    fields = (
        json.loads(journey_map.canonical_text())
        if isinstance(journey_map, JourneyMap)
        else dict(journey_map)
    )
    given = json.dumps({"journeyMap": fields, **properties}).replace("<", "\\u003c")
    page = browser.new_page(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    opened = OpenPage(page)
    page.set_content(PAGE.format(script=component_script(), properties=given))
    page.wait_for_function("element.hasUpdated")
    yield Component(opened, fields)
    page.close()
    assert opened.errors == []
