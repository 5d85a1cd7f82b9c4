"""The side panel in a real browser: what is typed there is a map that Python reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from cjm_notebooks.maps import JourneyMap
from tests.browser.chromium import axe
from tests.browser.component import Component, browser, component

__all__ = ["browser"]

pytestmark = pytest.mark.needs("chromium")

HOTEL = Path(__file__).parents[2] / "examples" / "hotel" / "hotel.cjm.json"
ENEMY = "<img src=x onerror=alert(1)> שלום \U0001f642"
SHOP: dict[str, Any] = {
    "id": "shop",
    "name": "Shop",
    "personas": [{"id": "ada", "name": "Ada"}],
    "evidence": [{"id": "calls", "name": "Ten calls", "strength": "C"}],
    "stages": [
        {
            "id": "browse",
            "name": "Browse",
            "touchpoints": [
                {"id": "home", "name": "Home page", "channel": "fax"},
                {"id": "search", "name": "Search", "match": {"where": {"is": "search"}}},
            ],
        }
    ],
    "flows": [{"from": "home", "to": "search"}],
}
LOST = {
    "place": "stages[0].touchpoints[0].channel",
    "value": "fax",
    "what": "No channel has that id.",
    "cure": "Known: `web`.",
}


def panel(shown: Component, selected: str) -> Locator:
    shown.set(selected=selected)
    found = shown.page.locator(".sheet.details")
    if not found.is_visible():
        shown.page.get_by_role("button", name="Details", exact=True).click()
    return found


def opened(sheet: Locator, *groups: str) -> None:
    for group in groups:
        sheet.locator("details.group:not([open]) > summary", has_text=group).click()


def as_python_reads(shown: Component) -> JourneyMap:
    shown.edits()
    return JourneyMap.from_fields(shown.fields)


def test_field_is_filled_by_keyboard_alone(browser: Browser) -> None:
    with component(browser, SHOP) as shown:
        sheet = panel(shown, "touchpoints/home")
        sheet.get_by_role("textbox", name="Doing").focus()
        shown.typed("Looks around.")
        shown.press("Tab")
        assert as_python_reads(shown).stages[0].touchpoints[0].doing == "Looks around."


def test_value_that_does_not_fit_stays_at_its_field_with_the_cure(browser: Browser) -> None:
    with component(browser, SHOP) as shown:
        sheet = panel(shown, "touchpoints/home")
        opened(sheet, "Experience")
        emotion = sheet.get_by_role("textbox", name="Emotion", exact=True)
        emotion.fill("3")
        shown.press("Enter")
        assert shown.edits() == []
        assert sheet.locator(".wrong:visible").all_inner_texts() == [
            "⚠ `emotion` is `3`. Give a number up to 2."
        ]
        assert axe(shown.page) == []
        shown.press("Escape")
        assert emotion.input_value() == ""


def test_keyboard_goes_back_to_the_button_of_a_panel_that_is_closed(browser: Browser) -> None:
    with component(browser, SHOP) as shown:
        sheet = panel(shown, "touchpoints/home")
        shown.page.get_by_role("button", name="Close").press("Enter")
        expect(sheet).to_have_count(0)
        expect(shown.page.get_by_role("button", name="Details", exact=True)).to_be_focused()


def test_keyboard_stays_on_undo_when_nothing_is_left_to_undo(browser: Browser) -> None:
    with component(browser, SHOP) as shown:
        shown.set(canUndo=True)
        undo = shown.page.get_by_role("button", name="Undo")
        undo.press("Enter")
        shown.set(canUndo=False)
        expect(undo).to_be_disabled()
        expect(undo).to_be_focused()


def test_map_and_panel_keep_room_where_the_page_is_zoomed(browser: Browser) -> None:
    with component(browser, SHOP) as shown:
        shown.page.set_viewport_size({"width": 640, "height": 400})
        sheet = panel(shown, "touchpoints/home")
        heights = [
            shown.page.locator(one).evaluate("one => one.clientHeight") for one in (".map", ".side")
        ]
        assert min(heights) >= 150
        sheet.get_by_role("textbox", name="Doing").scroll_into_view_if_needed()
        assert sheet.get_by_role("textbox", name="Doing").is_visible()


def test_problem_leads_to_its_field(browser: Browser) -> None:
    with component(browser, SHOP, problems=[LOST]) as shown:
        sheet = panel(shown, "touchpoints/home")
        sheet.get_by_role("button", name="No channel has that id").click()
        channel = sheet.get_by_role("combobox", name="Channel")
        assert shown.asked("select")[-1] == "touchpoints/home/channel"
        assert channel.evaluate("one => one === one.getRootNode().activeElement")
        assert channel.locator("option:checked").inner_text() == "⚠ fax (refers to nothing)"


def test_whatever_is_added_is_a_map_that_python_reads(browser: Browser) -> None:
    with component(browser, SHOP) as shown:
        sheet = panel(shown, "touchpoints/home")
        groups = ["Experience", "Behind the counter", "Recorded events", "Own fields"]
        opened(sheet, *groups)
        for words in ("Expectation", "Moment of truth", "Recorded events (rule)"):
            sheet.get_by_role("button", name=f"+ {words}").click()
            as_python_reads(shown)
        for words in ("pain point", "work step", "failure mode"):
            sheet.get_by_role("button", name=f"+ Add {words}").click()
            as_python_reads(shown)
        own = sheet.get_by_role("textbox", name="Add a field of your own")
        own.fill("board")
        own.press("Enter")
        home = as_python_reads(shown).stages[0].touchpoints[0]
        assert home.match is not None
        assert [len(home.pain_points), len(home.backstage), len(home.failure_modes)] == [1, 1, 1]
        assert home.model_extra == {"x_board": ""}


def test_whatever_is_added_to_the_map_itself_is_read_by_python(browser: Browser) -> None:
    with component(browser, SHOP) as shown:
        kinds = ["persona", "stage", "outcome", "opportunity", "evidence", "flow"]
        kinds += ["KPI", "hypothesis", "actor", "channel", "department"]
        for kind in kinds:
            sheet = panel(shown, "")
            sheet.get_by_role("button", name=f"+ Add {kind}", exact=True).click()
            as_python_reads(shown)
            shown.asked("select")
        assert [len(shown.fields[one]) for one in ("personas", "flows", "kpis")] == [2, 2, 1]


def test_rule_is_made_from_conditions(browser: Browser) -> None:
    with component(browser, SHOP) as shown:
        sheet = panel(shown, "touchpoints/search")
        opened(sheet, "Recorded events")
        condition = sheet.locator(".condition")
        condition.get_by_label("Test").select_option("any")
        shown.edits()
        condition.get_by_role("button", name="+ Add condition").click()
        shown.edits()
        value = condition.get_by_role("textbox", name="Value").last
        value.fill("5")
        value.press("Enter")
        rule = as_python_reads(shown).stages[0].touchpoints[1].match
        assert rule is not None
        assert rule.in_words() == "`event` is `search` or `event` is 5"


def test_length_of_time_is_typed_in_words(browser: Browser) -> None:
    with component(browser, SHOP) as shown:
        sheet = panel(shown, "touchpoints/home")
        opened(sheet, "Time")
        duration = sheet.get_by_role("textbox", name="Duration")
        duration.fill("1 hour and 30 min")
        duration.press("Enter")
        shown.edits()
        assert shown.fields["stages"][0]["touchpoints"][0]["duration"] == "PT1H30M"
        assert duration.input_value() == "1 hour 30 minutes"


def hostile(fields: Any) -> Any:
    """The fields with every text that is no id, choice, day or the like made hostile."""
    plain = {"name", "doing", "thinking", "feeling", "text", "objective", "goal", "quote", "system"}
    if isinstance(fields, list):
        return [hostile(one) for one in fields]
    if not isinstance(fields, dict):
        return fields
    return {name: ENEMY if name in plain else hostile(value) for name, value in fields.items()}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_hostile_text_is_text_in_every_panel(browser: Browser, dark: bool) -> None:
    fields = hostile(json.loads(HOTEL.read_text("utf-8")))
    touchpoint = fields["stages"][0]["touchpoints"][0]["id"]
    with component(browser, fields, dark=dark) as shown:
        shown.page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        for selected in ("personas/ines", f"touchpoints/{touchpoint}"):
            sheet = panel(shown, selected)
            assert sheet.locator("img").count() == 0
            assert axe(shown.page) == []
