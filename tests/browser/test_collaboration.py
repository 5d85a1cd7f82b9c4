"""Two people at browsers of their own edit one map at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cjm_notebooks.maps import JourneyMap
from tests.browser.conftest import People
from tests.browser.lab import Lab, Person

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.needs("jupyterlab")]

SHOP = JourneyMap.from_fields(
    {
        "id": "shop",
        "name": "Shop",
        "stages": [
            {
                "id": "browse",
                "name": "Browse",
                "touchpoints": [{"id": "home", "name": "Home"}, {"id": "search", "name": "Search"}],
            },
            {"id": "buy", "name": "Buy", "touchpoints": [{"id": "pay", "name": "Pay"}]},
        ],
    }
).canonical_text()
MAP = "document.querySelector('journey-map')"
NAMES = f"""{MAP}.journeyMap.stages.map(stage =>
    [stage.name, ...(stage.touchpoints ?? []).map(one => one.name)].join(' '))"""


def both_see(*pages: Page, stages: list[str]) -> None:
    for page in pages:
        page.wait_for_function(
            f"wanted => JSON.stringify({NAMES}) === JSON.stringify(wanted)", arg=stages
        )


def ask(page: Page, *operations: dict[str, Any]) -> None:
    """An edit, as the component asks for it."""
    page.evaluate(
        f"""operations => {MAP}.dispatchEvent(new CustomEvent('cjm-edit',
            {{ detail: {{ label: 'Edit', operations }}, bubbles: true, composed: true }}))""",
        list(operations),
    )


def rename(page: Page, place: str, name: str) -> None:
    ask(page, {"op": "set", "at": f"{place}/name", "value": name})


def write(page: Page, before: str, after: str) -> None:
    page.locator("journey-map").get_by_text(before, exact=True).first.dblclick()
    page.keyboard.press("Control+a")
    page.keyboard.type(after)
    page.keyboard.press("Enter")


def on_disk(file: Path, page: Page, stages: list[str]) -> None:
    """Wait until the file says it, since nobody presses Save here."""
    found: list[str] = []
    for _ in range(100):
        found = said(file)
        if found == stages:
            return
        page.wait_for_timeout(100)
    assert found == stages


def said(file: Path) -> list[str]:
    """The names in a file; none while the server is writing it."""
    try:
        stages = json.loads(file.read_text())["stages"]
    except json.JSONDecodeError:
        return []
    return [
        " ".join([stage["name"], *(one["name"] for one in stage.get("touchpoints", []))])
        for stage in stages
    ]


@pytest.fixture
def two(people: People, shared_lab: Lab) -> tuple[Person, Person, Path]:
    file = shared_lab.root / "shop.cjm.json"
    file.write_text(SHOP)
    anna, ben = people("anna"), people("ben")
    for person in (anna, ben):
        page = person.open("shop.cjm.json")
        page.locator("journey-map").get_by_text("Search", exact=True).first.wait_for()
    return anna, ben, file


def test_two_edit_one_map_see_each_other_and_lose_nothing(
    two: tuple[Person, Person, Path],
) -> None:
    anna, ben, file = two
    a, b = anna.page, ben.page

    write(a, "Home", "Landing page")
    both_see(a, b, stages=["Browse Landing page Search", "Buy Pay"])
    write(b, "Pay", "Checkout")
    both_see(a, b, stages=["Browse Landing page Search", "Buy Checkout"])

    b.locator("journey-map").get_by_text("Checkout", exact=True).first.click()
    a.wait_for_function(f"{MAP}.peers.some(peer => peer.place?.startsWith('touchpoints/pay'))")
    expect(a.locator(".cjm-Status")).to_contain_text("With ")

    on_disk(file, a, ["Browse Landing page Search", "Buy Checkout"])
    assert file.read_text() == JourneyMap.load(file).canonical_text()

    a.context.set_offline(True)
    ask(a, {"op": "move", "at": "touchpoints/home", "into": "stages/buy/touchpoints"})
    rename(b, "touchpoints/home", "Front page")
    both_see(b, stages=["Browse Front page Search", "Buy Checkout"])
    both_see(a, stages=["Browse Search", "Buy Checkout Landing page"])
    a.context.set_offline(False)
    both_see(a, b, stages=["Browse Search", "Buy Checkout Front page"])

    rename(a, "stages/browse", "Look")
    both_see(b, stages=["Look Search", "Buy Checkout Front page"])
    rename(b, "touchpoints/search", "Find")
    both_see(a, stages=["Look Find", "Buy Checkout Front page"])
    a.evaluate("window.jupyterapp.commands.execute('cjm-notebooks:undo')")
    both_see(a, b, stages=["Browse Find", "Buy Checkout Front page"])

    on_disk(file, a, ["Browse Find", "Buy Checkout Front page"])
    file.write_text(file.read_text().replace('"Find"', '"Search box"'))
    both_see(a, b, stages=["Browse Search box", "Buy Checkout Front page"])

    b.reload()
    b.locator("journey-map").get_by_text("Search box", exact=True).first.wait_for()
    both_see(b, stages=["Browse Search box", "Buy Checkout Front page"])
    assert (anna.asked_outside, ben.asked_outside) == ([], [])


def test_file_laid_out_by_hand_or_broken_is_not_rewritten_by_being_opened(
    people: People, shared_lab: Lab
) -> None:
    by_hand = json.dumps(json.loads(SHOP), indent=1)
    broken = SHOP.replace('"name": "Buy"', '"title": "Buy"')
    (shared_lab.root / "by-hand.cjm.json").write_text(by_hand)
    (shared_lab.root / "broken.cjm.json").write_text(broken)
    page = people("carla").open("by-hand.cjm.json")
    page.locator("journey-map").get_by_text("Search", exact=True).first.wait_for()
    page.keyboard.press("Control+s")
    asked = "window.jupyterapp.commands.execute('docmanager:open', { path: 'broken.cjm.json' })"
    page.evaluate(f"() => void {asked}")
    page.get_by_text("`stages[1]` has no field `title`.").first.wait_for()
    page.keyboard.press("Control+s")
    page.wait_for_timeout(2_000)
    assert (shared_lab.root / "by-hand.cjm.json").read_text() == by_hand
    assert (shared_lab.root / "broken.cjm.json").read_text() == broken
    (shared_lab.root / "broken.cjm.json").write_text(SHOP)
    page.locator(".jp-Document:not(.lm-mod-hidden)").get_by_text("Pay").first.wait_for()
