"""The page of a map, as `cjm render` writes it, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from cjm_notebooks.maps import JourneyMap, Measured, MeasuredMap
from cjm_notebooks.maps.picture import page as module
from tests.browser.chromium import OpenPage, axe, open_page
from tests.maps.picture.hostile import ATTACKS, map_full_of, numbers_full_of

HOTEL = JourneyMap.load(Path(__file__).parents[2] / "examples" / "hotel" / "hotel.cjm.json")
MEASURED = MeasuredMap(
    map_id=HOTEL.id,
    map_hash=HOTEL.content_hash(),
    as_of="2017-09-14",
    targets=(
        Measured(
            target="checks-in",
            kind="touchpoint",
            measure="reach",
            estimate=0.58,
            low=0.57,
            high=0.59,
            n=79330,
            unit="share of journeys, 0 to 1",
        ),
    ),
)
ELEMENT = """
customElements.define("journey-map", class extends HTMLElement {
  connectedCallback() {
    const given = JSON.parse(this.querySelector("script").textContent);
    const shown = document.createElement("p");
    shown.textContent = `The component shows ${given.journey_map.name}`;
    this.attachShadow({ mode: "open" }).append(shown);
  }
});
"""


def calm(opened: OpenPage) -> bool:
    """Nothing was asked of the network, nothing broke, no attack ran."""
    ran = opened.page.evaluate("document.title === 'pwned' || document.title == 1")
    return not (opened.asked_outside or opened.errors or ran)


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_map_page_asks_nobody_and_can_be_read_by_all(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, dark: bool
) -> None:
    monkeypatch.setattr(module, "component", lambda: "")
    file = tmp_path / "hotel.html"
    HOTEL.picture(MEASURED).save(file)
    with open_page(file, dark=dark, width=400) as opened:
        page = opened.page
        assert calm(opened)
        assert axe(page) == []
        assert page.locator("h1").inner_text() == HOTEL.name
        assert page.get_by_role("columnheader", name="Reserve").is_visible()
        assert page.get_by_role("rowheader", name="Emotion").is_visible()
        assert page.get_by_role("cell", name="57.0% – 59.0%", exact=True).is_visible()
        wider = "document.documentElement.scrollWidth > innerWidth"
        assert page.evaluate(wider) is False


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_component_takes_the_place_of_the_table_only_where_scripts_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, scripts: bool
) -> None:
    monkeypatch.setattr(module, "component", lambda: ELEMENT)
    file = tmp_path / "hotel.html"
    HOTEL.picture(MEASURED).save(file)
    with open_page(file, scripts=scripts) as opened:
        shown = opened.page.get_by_text(f"The component shows {HOTEL.name}")
        table = opened.page.get_by_role("columnheader", name="Reserve")
        assert shown.is_visible() is scripts
        assert table.is_visible() is not scripts
        assert (opened.asked_outside, opened.errors) == ([], [])


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_attack_in_every_field_is_shown_as_text_and_does_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, attack: str
) -> None:
    """Neither the page's own policy nor the absence of scripts is what protects it."""
    attack = attack[:10_000]
    monkeypatch.setattr(module, "component", lambda: ELEMENT)
    hostile = map_full_of(attack).picture(numbers_full_of(attack))
    page, fragment = tmp_path / "page.html", tmp_path / "fragment.html"
    page.write_text(hostile.page().replace("Content-Security-Policy", "x-nothing"), "utf-8")
    fragment.write_text(hostile.html(), "utf-8")
    with open_page(page) as opened:
        assert calm(opened)
        given = "JSON.parse(document.querySelector('journey-map > script').textContent)"
        assert opened.page.evaluate(f"{given}.journey_map.name") == attack
        opened.page.goto(fragment.as_uri())
        assert calm(opened)
        begins = attack.split()[0][:20].replace("\x00", "\ufffd")
        assert opened.page.get_by_role("table").count() == 1
        if begins.isprintable() and begins.isascii():
            assert begins in opened.page.locator("tbody").inner_text()


@pytest.mark.needs("chromium")
def test_drawing_opens_in_a_browser_and_stays_calm(tmp_path: Path) -> None:
    file = tmp_path / "hostile.svg"
    map_full_of(ATTACKS["style"]).picture().save(file)
    with open_page(file) as opened:
        assert (opened.asked_outside, opened.errors) == ([], [])
        assert opened.page.evaluate("document.documentElement.tagName") == "svg"
