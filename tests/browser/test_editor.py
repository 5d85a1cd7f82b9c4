"""The editor of maps in a real JupyterLab: made, edited, saved, broken, mended, exported."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Response, expect

from cjm_notebooks.maps import JourneyMap, MeasuredMap
from tests.browser.lab import Lab, Person, axe_in, person_at

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.needs("jupyterlab")]

IN_FRONT = ".jp-Document:not(.lm-mod-hidden)"
SHOP = JourneyMap.from_fields(
    {
        "id": "shop",
        "name": "Shop",
        "stages": [
            {
                "id": "browse",
                "name": "Browse",
                "touchpoints": [{"id": "home", "name": "Home", "channel": "carrier-pigeon"}],
            },
            {"id": "buy", "name": "Buy", "touchpoints": [{"id": "pay", "name": "Pay"}]},
        ],
    }
).canonical_text()
BY_HAND = json.dumps(json.loads(SHOP), indent=1).replace('"Shop"', '"Sh\\u006fp"')


@pytest.fixture(scope="module")
def desk(lab: Lab, browser: Browser) -> Iterator[Person]:
    """One page for all tests here: each brings a file of its own to the front."""
    with person_at(lab, browser, "desk") as somebody:
        somebody.open()
        yield somebody
        assert somebody.asked_outside == []
        assert [error for error in somebody.errors if "404" not in error] == []


@pytest.fixture
def page(desk: Person) -> Page:
    return desk.page


def execute(page: Page, command: str, **args: object) -> Any:
    """Run a command of Lab; what it opens asks later, so it is not waited for."""
    asked = "([command, args]) => { void window.jupyterapp.commands.execute(command, args) }"
    return page.evaluate(asked, [command, args])


def front(page: Page) -> Locator:
    return page.locator(f"{IN_FRONT} .cjm-Editor")


def opened(desk: Person, name: str, text: str) -> Locator:
    """The editor with a new file in front."""
    assert desk.lab is not None
    (desk.lab.root / name).write_bytes(text.encode())
    execute(desk.page, "docmanager:open", path=name)
    expect(desk.page.locator(f"{IN_FRONT}#{tab_of(desk.page, name)}")).to_be_visible()
    return front(desk.page)


def tab_of(page: Page, name: str) -> str:
    return page.wait_for_function(
        """name => [...window.jupyterapp.shell.widgets('main')]
            .find(widget => widget.context?.path === name && widget.isVisible)?.id""",
        arg=name,
    ).json_value()


def state(page: Page) -> Locator:
    return page.locator(f"{IN_FRONT} .cjm-Status")


def saved(page: Page, file: Path) -> str:
    """The bytes on disk once Lab has saved them, and is ready to save again."""
    with page.expect_response(is_checkpoint):
        page.keyboard.press("Control+s")
    expect(state(page)).to_contain_text("Saved")
    return file.read_bytes().decode()


def is_checkpoint(response: Response) -> bool:
    """The last step of a save; until it is made Lab ignores another one."""
    path = urlsplit(response.url).path
    return response.request.method == "POST" and path.endswith("/checkpoints")


def names(file: Path) -> dict[str, list[str]]:
    return {
        stage.name: [touchpoint.name for touchpoint in stage.touchpoints]
        for stage in JourneyMap.load(file).stages
    }


def test_map_begun_at_the_launcher_is_made_by_mouse_and_found_again(person: Person) -> None:
    """On a page of its own: once Lab is loaded anew it goes on opening what was open."""
    page = person.open()
    assert person.lab is not None
    page.locator(".jp-LauncherCard[title='Begin an empty journey map']").click()
    editor = front(page)
    for stage in ("Browse", "Buy"):
        editor.get_by_role("button", name="+ Stage").click()
        page.keyboard.type(stage)
        page.keyboard.press("Enter")
        expect(editor.get_by_role("columnheader", name=stage).first).to_be_visible()
    file = person.lab.root / "untitled.cjm.json"
    text = saved(page, file)
    assert list(names(file)) == ["Browse", "Buy"]
    assert text == JourneyMap.load(file).canonical_text()
    page.reload()
    expect(front(page).get_by_role("columnheader", name="Buy").first).to_be_visible(timeout=30_000)
    expect(state(page)).to_contain_text("Saved")


def test_map_is_edited_by_keyboard_alone(desk: Person, page: Page) -> None:
    assert desk.lab is not None
    editor = opened(desk, "keys.cjm.json", SHOP)
    expect(editor.get_by_text("Home", exact=True).first).to_be_visible()
    expect(state(page)).to_contain_text("Saved")
    page.keyboard.press("F2")
    page.keyboard.press("Control+a")
    page.keyboard.type("Landing page")
    page.keyboard.press("Enter")
    page.keyboard.press("Alt+ArrowRight")
    expect(state(page)).to_contain_text("Unsaved changes")
    saved(page, file := desk.lab.root / "keys.cjm.json")
    assert names(file) == {"Browse": [], "Buy": ["Landing page", "Pay"]}
    page.keyboard.press("Control+z")
    expect(state(page)).to_contain_text("Unsaved changes")
    saved(page, file)
    assert names(file) == {"Browse": ["Landing page"], "Buy": ["Pay"]}


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["newline", "carriage return"])
def test_file_laid_out_by_hand_keeps_its_bytes_until_something_is_changed(
    desk: Person, page: Page, ending: str
) -> None:
    assert desk.lab is not None
    name = f"by-hand-{len(ending)}.cjm.json"
    text = BY_HAND.replace("\n", ending)
    editor = opened(desk, name, text)
    expect(editor.get_by_text("Home", exact=True).first).to_be_visible()
    assert saved(page, desk.lab.root / name) == text


def test_broken_file_opens_with_the_reason_and_stays_as_it_is_until_it_is_mended(
    desk: Person, page: Page
) -> None:
    assert desk.lab is not None
    broken = SHOP.replace('"name": "Buy"', '"title": "Buy"')
    editor = opened(desk, "broken.cjm.json", broken)
    notice = editor.get_by_role("status").filter(has_text="cannot be shown as a map")
    expect(notice).to_contain_text("`stages[1]` has no field `title`.")
    expect(state(page)).to_contain_text("Cannot be read as a map")
    file = desk.lab.root / "broken.cjm.json"
    assert saved(page, file) == broken
    write_later(file, SHOP)
    expect(editor.get_by_text("Pay", exact=True).first).to_be_visible()
    write_later(file, broken)
    notice.get_by_role("button", name="Open as Text").click()
    expect(page.locator(f"{IN_FRONT} .cm-content")).to_contain_text('"title": "Buy"')


def write_later(file: Path, text: str) -> None:
    """Write as somebody else does who comes two seconds later."""
    at = file.stat().st_mtime + 2
    file.write_text(text, "utf-8")
    os.utime(file, (at, at))


def test_change_on_disk_is_shown_and_never_overwritten_in_silence(desk: Person, page: Page) -> None:
    assert desk.lab is not None
    editor = opened(desk, "outside.cjm.json", SHOP)
    expect(editor.get_by_text("Home", exact=True).first).to_be_visible()
    file = desk.lab.root / "outside.cjm.json"
    write_later(file, SHOP.replace('"Home"', '"Start"'))
    expect(editor.get_by_text("Start", exact=True).first).to_be_visible()
    expect(state(page)).to_contain_text("Saved")
    rename(editor, "Start", "Mine")
    write_later(file, SHOP.replace('"Home"', '"Theirs"'))
    notice = editor.get_by_role("status").filter(has_text="has changed on disk")
    expect(notice).to_be_visible()
    page.keyboard.press("Control+s")
    dialog = page.get_by_role("dialog").filter(has_text="has changed on disk")
    dialog.get_by_role("button", name="Cancel").click()
    assert '"Theirs"' in file.read_text()
    notice.get_by_role("button", name="Load the File").click()
    expect(editor.get_by_text("Theirs", exact=True).first).to_be_visible()


def rename(editor: Locator, before: str, after: str) -> None:
    editor.get_by_text(before, exact=True).first.dblclick()
    editor.page.keyboard.press("Control+a")
    editor.page.keyboard.type(after)
    editor.page.keyboard.press("Enter")
    expect(state(editor.page)).to_contain_text("Unsaved changes")


def test_problems_and_numbers_beside_the_map_come_from_the_server(desk: Person, page: Page) -> None:
    assert desk.lab is not None
    editor = opened(desk, "checked.cjm.json", SHOP)
    expect(editor.get_by_role("button", name=re.compile("problem"))).to_be_visible()
    expect(state(page)).to_contain_text(re.compile(r"\d+ problems?"))
    MeasuredMap(map_id="shop", map_hash="0" * 64, as_of="2025-01-31").save(
        desk.lab.root / "checked.measured.json"
    )
    page.wait_for_function(
        f"document.querySelector('{IN_FRONT} journey-map').measured?.map_id === 'shop'"
    )
    assert page.evaluate(f"document.querySelector('{IN_FRONT} journey-map').outdated")


def test_map_is_exported_beside_its_file_and_asks_before_it_overwrites(
    desk: Person, page: Page
) -> None:
    assert desk.lab is not None
    opened(desk, "shown.cjm.json", SHOP)
    expect(state(page)).to_contain_text("Saved")
    page.get_by_role("button", name="Export…").last.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").select_option("Drawing (SVG)")
    dialog.get_by_role("button", name="Export").click()
    page.get_by_text("The map is in shown.svg.").first.wait_for()
    drawing = desk.lab.root / "shown.svg"
    assert "Home" in drawing.read_text()
    drawing.write_text("my own")
    execute(page, "cjm-notebooks:export", format="svg")
    page.get_by_role("dialog").filter(has_text="shown.svg").get_by_role(
        "button", name="Cancel"
    ).click()
    assert drawing.read_text() == "my own"
    for kind, begins in (("html", b"<!doctype"), ("png", b"\x89PNG"), ("xlsx", b"PK")):
        execute(page, "cjm-notebooks:export", format=kind)
        page.get_by_text(f"The map is in shown.{kind}.").first.wait_for()
        assert (desk.lab.root / f"shown.{kind}").read_bytes().lower().startswith(begins.lower())


def test_changes_against_the_file_and_against_another_map_are_shown(
    desk: Person, page: Page
) -> None:
    assert desk.lab is not None
    (desk.lab.root / "as-is.cjm.json").write_text(SHOP.replace('"Pay"', '"Queue"'))
    editor = opened(desk, "to-be.cjm.json", SHOP)
    rename(editor, "Home", "Landing page")
    page.get_by_role("button", name="Compare").last.click()
    notice = editor.get_by_role("status").filter(has_text="against the file on disk")
    expect(notice).to_be_visible()
    beside = f"document.querySelector('{IN_FRONT} journey-map').beside"
    assert page.evaluate(f"{beside}.stages[0].touchpoints[0].name") == "Home"
    notice.get_by_role("button", name="Stop Comparing").click()
    assert page.evaluate(beside) is None
    execute(page, "cjm-notebooks:compare-with-file", path="as-is.cjm.json")
    expect(editor.get_by_text("Changes against as-is.cjm.json are shown.")).to_be_visible()
    assert page.evaluate(f"{beside}.stages[1].touchpoints[0].name") == "Queue"


def test_table_of_contents_lists_stages_and_touchpoints_and_leads_to_them(
    desk: Person, page: Page
) -> None:
    opened(desk, "listed.cjm.json", SHOP)
    execute(page, "toc:show-panel")
    outline = page.locator(".jp-TableOfContents:visible")
    expect(outline.get_by_role("treeitem")).to_have_count(4)
    outline.get_by_text("Pay", exact=True).click()
    page.wait_for_function(
        f"document.querySelector('{IN_FRONT} journey-map').selected === 'touchpoints/pay'"
    )
    execute(page, "filebrowser:activate")


def test_lanes_chosen_on_one_map_are_chosen_for_the_next(desk: Person, page: Page) -> None:
    editor = opened(desk, "lanes.cjm.json", SHOP)
    expect(editor.get_by_role("rowheader", name="Thinking")).to_be_visible()
    editor.get_by_role("button", name="Lanes").click()
    editor.get_by_role("dialog", name="Lanes").get_by_label("Thinking", exact=True).uncheck()
    page.keyboard.press("Escape")
    editor = opened(desk, "lanes-too.cjm.json", SHOP)
    expect(editor.get_by_role("rowheader", name="Doing")).to_be_visible()
    expect(editor.get_by_role("rowheader", name="Thinking")).to_have_count(0)


def test_map_begins_from_a_preset(desk: Person, page: Page) -> None:
    execute(page, "cjm-notebooks:new-map-from-preset")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").select_option(index=0)
    dialog.get_by_role("button", name="Create").click()
    expect(front(page).get_by_role("columnheader", name="Acquisition").first).to_be_visible()


def test_map_is_drafted_from_a_file_of_events(desk: Person, page: Page) -> None:
    assert desk.lab is not None
    (desk.lab.root / "web.csv").write_text(
        "person,what,when\nann,landed,2025-01-01T10:00\nann,paid,2025-01-02T10:00\n"
    )
    execute(page, "filebrowser:refresh")
    page.locator(".jp-DirListing-item", has_text="web.csv").click(button="right")
    page.get_by_text("New Journey Map from Data File…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Event").select_option("what")
    expect(dialog.get_by_role("cell", name="landed")).to_be_visible()
    found = axe_in(page, ".jp-Dialog-content .cjm-DraftForm")
    assert found == []
    dialog.get_by_role("button", name="Draft").click()
    expect(front(page).get_by_text("Landed", exact=True).first).to_be_visible()
    drafted = desk.lab.root / "web.cjm.json"
    assert [one.name for one in JourneyMap.load(drafted).touchpoints] == ["Landed", "Paid"]


def test_editor_breaks_no_rule_of_accessibility(desk: Person, page: Page) -> None:
    opened(desk, "within-reach.cjm.json", SHOP)
    expect(state(page)).to_contain_text("Saved")
    assert axe_in(page, f"{IN_FRONT} .cjm-Editor") == []
    opened(desk, "within-reach-not.cjm.json", "{")
    expect(state(page)).to_contain_text("Cannot be read")
    assert axe_in(page, f"{IN_FRONT} .cjm-Editor") == []


def test_text_as_an_enemy_stays_text(desk: Person, page: Page) -> None:
    evil = '<img src=x onerror="window.hurt = 1">'
    text = SHOP.replace('"Home"', json.dumps(evil)).replace('"Shop"', json.dumps(evil))
    editor = opened(desk, "evil.cjm.json", text)
    expect(editor.get_by_text(evil).first).to_be_visible()
    execute(page, "toc:show-panel")
    page.locator(".jp-TableOfContents:visible").get_by_text(evil).wait_for()
    execute(page, "filebrowser:activate")
    assert page.evaluate("window.hurt") is None
