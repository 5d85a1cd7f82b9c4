"""`<journey-map>` in a real browser: what people do with mouse and keys, and the edits it makes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from cjm_notebooks.maps import JourneyMap
from tests.browser.chromium import axe
from tests.browser.component import browser, component

__all__ = ["browser"]

pytestmark = pytest.mark.needs("chromium")

HOTEL = Path(__file__).parents[2] / "examples" / "hotel" / "hotel.cjm.json"
SHOP: dict[str, Any] = {
    "id": "shop",
    "name": "Shop",
    "personas": [
        {"id": "ada", "name": "Ada", "quote": "Quickly.", "preferred_channels": ["web"]},
    ],
    "evidence": [
        {"id": "calls", "name": "Ten calls", "strength": "C", "url": "https://example.org/calls"},
        {"id": "log", "name": "The log", "strength": "A", "url": "javascript:alert(1)"},
    ],
    "stages": [
        {
            "id": "browse",
            "name": "Browse",
            "touchpoints": [
                {
                    "id": "home",
                    "name": "Home page",
                    "channel": "web",
                    "doing": "Looks around.",
                    "emotion": 1,
                    "emotion_status": "validated",
                    "evidence": ["calls", "log"],
                    "expectation": {"text": "I see prices.", "scale_min": 1, "scale_max": 5},
                    "pain_points": [{"text": "Slow."}, {"text": "Loud.", "severity": "high"}],
                },
                {"id": "search", "name": "Search", "channel": "app"},
            ],
        },
        {"id": "buy", "name": "Buy", "touchpoints": [{"id": "cart", "name": "Cart"}]},
        {"id": "after", "name": "After"},
    ],
}
MEASURED: dict[str, Any] = {
    "map_id": "shop",
    "map_hash": "0",
    "as_of": "2025-06-01",
    "targets": [
        {
            "target": "home",
            "kind": "touchpoint",
            "measure": "reach",
            "estimate": 0.25,
            "low": 0.2,
            "high": 0.3,
            "n": 4000,
            "unit": "share of journeys, 0 to 1",
            "grade": "A",
        },
        {
            "target": "home",
            "kind": "touchpoint",
            "measure": "mean-score",
            "scale_min": 1,
            "scale_max": 5,
            "estimate": 4.5,
            "low": 4,
            "high": 5,
            "n": 120,
            "unit": "points of the scale",
            "grade": "B",
            "verdict": "contradicted",
        },
    ],
}


def operations(edits: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [operation for edit in edits for operation in edit["operations"]]


def test_click_edits_a_text_and_enter_keeps_it_as_one_edit(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        map_.cell("doing", "touchpoints/home").click()
        map_.press("End")
        map_.typed(" Compares.")
        map_.press("Enter")
        assert map_.edits() == [
            {
                "label": "Edit doing",
                "operations": [
                    {
                        "op": "set",
                        "at": "touchpoints/home/doing",
                        "value": "Looks around. Compares.",
                    }
                ],
            }
        ]
        assert map_.focused() == ["doing", "touchpoints/home"]
        assert map_.cell("doing", "touchpoints/home").inner_text() == "Looks around. Compares."


def test_escape_gives_up_and_an_unchanged_text_is_no_edit(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        map_.cell("doing", "touchpoints/home").click()
        map_.typed("x")
        map_.press("Escape", "Enter", "Enter")
        assert map_.edits() == []
        assert map_.cell("doing", "touchpoints/home").inner_text() == "Looks around."


def test_a_touchpoint_needs_a_name_and_the_cell_says_so(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        map_.cell("touchpoint", "touchpoints/home").click()
        map_.press("Enter", "Control+a", "Delete", "Enter")
        assert map_.edits() == []
        assert map_.page.get_by_role("alert").inner_text().startswith("A name is needed.")
        map_.typed("Start page")
        map_.press("Enter")
        [operation] = operations(map_.edits())
        assert operation == {"op": "set", "at": "touchpoints/home/name", "value": "Start page"}


def test_keyboard_alone_reaches_every_cell_from_one_tab_stop(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        map_.page.locator("table").evaluate("e => e.querySelector('[tabindex=\"0\"]').focus()")
        assert map_.page.locator('[data-at][tabindex="0"]').count() == 1
        assert map_.focused() == ["touchpoint", "touchpoints/home"]
        map_.press("ArrowRight", "ArrowDown")
        assert map_.focused() == ["channel", "touchpoints/search"]
        map_.press("Home")
        assert map_.focused() == ["channel", ""]
        map_.press("Control+End")
        assert map_.focused() == ["backstage", "stages/after"]
        map_.press("Control+Home")
        assert map_.focused() == ["stage", "stages/browse"]
        map_.press("ArrowRight", "ArrowDown")
        assert map_.focused() == ["touchpoint", "touchpoints/cart"]


def test_typing_begins_a_text_anew_and_adds_to_a_list(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        map_.cell("touchpoint", "touchpoints/search").click()
        map_.press("ArrowDown", "ArrowDown", "ArrowDown")
        assert map_.focused() == ["doing", "touchpoints/search"]
        map_.typed("Types a word")
        map_.press("Tab")
        assert map_.focused() == ["doing", "touchpoints/cart"]
        assert operations(map_.edits()) == [
            {"op": "set", "at": "touchpoints/search/doing", "value": "Types a word"}
        ]
        map_.cell("pain_points", "touchpoints/home").click()
        map_.press("Escape")
        map_.typed("Dear.")
        map_.press("Enter")
        assert operations(map_.edits()) == [
            {"op": "insert", "into": "touchpoints/home/pain_points", "value": {"text": "Dear."}}
        ]


def test_emptied_entry_of_a_list_goes_and_the_others_stay(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        map_.cell("pain_points", "touchpoints/home").click()
        map_.press("Control+a", "Delete", "Enter")
        map_.edits()
        assert map_.fields["stages"][0]["touchpoints"][0]["pain_points"] == [
            {"text": "Loud.", "severity": "high"}
        ]


def test_channel_is_chosen_by_a_few_letters_or_made_new(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        map_.cell("channel", "touchpoints/home").click()
        map_.press("Escape")
        map_.typed("ema")
        map_.press("Enter")
        assert operations(map_.edits()) == [
            {"op": "set", "at": "touchpoints/home/channel", "value": "email"}
        ]
        map_.typed("Shop window")
        map_.press("Enter")
        assert operations(map_.edits()) == [
            {
                "op": "insert",
                "into": "channels",
                "value": {"id": "shop-window", "name": "Shop window"},
            },
            {"op": "set", "at": "touchpoints/home/channel", "value": "shop-window"},
        ]
        assert map_.cell("channel", "touchpoints/home").inner_text() == "Shop window"


def test_emotion_is_set_by_signs_and_digits_and_never_leaves_the_scale(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        map_.cell("emotion", "touchpoints/home").click()
        map_.press("Escape", "+")
        assert operations(map_.edits()) == [
            {"op": "set", "at": "touchpoints/home/emotion", "value": 2}
        ]
        map_.press("+")
        assert map_.edits() == []
        map_.press("Enter", "ArrowDown", "Enter")
        assert operations(map_.edits()) == [
            {"op": "set", "at": "touchpoints/home/emotion", "value": 1}
        ]


def test_digit_beyond_the_emotions_is_answered_with_what_to_press(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        map_.cell("emotion", "touchpoints/home").click()
        map_.press("Escape", "7")
        assert map_.edits() == []
        assert map_.said() == "An emotion goes from \u22122 to +2. Press 0, 1, 2, + or \u2212."


def test_space_marks_a_moment_of_truth_and_takes_the_mark_away(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        map_.cell("moments_of_truth", "touchpoints/home").click()
        map_.press("Escape", "Space")
        map_.edits()
        assert map_.fields["stages"][0]["touchpoints"][0]["moment_of_truth"] == {}
        map_.press("Space")
        map_.edits()
        assert "moment_of_truth" not in map_.fields["stages"][0]["touchpoints"][0]


def test_moved_touchpoint_crosses_the_border_of_its_stage_and_keeps_the_focus(
    browser: Browser,
) -> None:
    with component(browser, SHOP) as map_:
        map_.cell("touchpoint", "touchpoints/search").click()
        map_.press("Alt+ArrowRight")
        map_.edits()
        assert [[t["id"] for t in s.get("touchpoints", [])] for s in map_.fields["stages"]] == [
            ["home"],
            ["search", "cart"],
            [],
        ]
        assert map_.focused() == ["touchpoint", "touchpoints/search"]
        assert map_.said() == "“Search” moved: touchpoint 1 of 2 in stage “Buy”."


def test_touchpoint_is_dragged_into_an_empty_stage(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        start = map_.cell("touchpoint", "touchpoints/home").bounding_box()
        end = map_.cell("touchpoint", "stages/after").bounding_box()
        assert start
        assert end
        mouse = map_.page.mouse
        mouse.move(start["x"] + 30, start["y"] + 12)
        mouse.down()
        mouse.move(start["x"] + 90, start["y"] + 12, steps=3)
        mouse.move(end["x"] + 40, end["y"] + 12, steps=3)
        assert map_.page.locator(".drop-line").is_visible()
        mouse.up()
        assert operations(map_.edits()) == [
            {
                "op": "move",
                "at": "touchpoints/home",
                "into": "stages/after/touchpoints",
                "before": None,
            }
        ]
        assert map_.focused() == ["touchpoint", "touchpoints/home"]


def test_escape_lets_go_of_what_is_dragged(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        start = map_.cell("stage", "stages/browse").bounding_box()
        assert start
        mouse = map_.page.mouse
        mouse.move(start["x"] + 30, start["y"] + 12)
        mouse.down()
        mouse.move(start["x"] + 600, start["y"] + 12, steps=4)
        map_.press("Escape")
        mouse.up()
        assert map_.edits() == []


def test_map_without_stages_invites_to_begin_and_names_its_first_stage(browser: Browser) -> None:
    with component(browser, {"id": "new", "name": "New"}) as map_:
        assert axe(map_.page) == []
        assert map_.page.get_by_role("grid").count() == 0
        map_.page.get_by_role("button", name="Add the first stage").click()
        map_.edits()
        map_.typed("Browse")
        map_.press("Enter")
        map_.edits()
        assert map_.fields["stages"] == [{"id": "new-stage", "name": "Browse"}]


def test_added_touchpoint_is_named_at_once(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        map_.page.get_by_role("button", name="Add touchpoint", exact=True).click()
        map_.edits()
        map_.typed("Parcel")
        map_.press("Enter")
        map_.edits()
        assert map_.fields["stages"][2]["touchpoints"] == [
            {"id": "new-touchpoint", "name": "Parcel"}
        ]


def test_duplicate_stands_behind_and_delete_goes_to_the_neighbour(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        map_.cell("touchpoint", "touchpoints/search").click()
        map_.press("Control+d")
        map_.edits()
        assert map_.focused() == ["touchpoint", "touchpoints/search-copy"]
        map_.press("Delete")
        assert operations(map_.edits()) == [{"op": "remove", "at": "touchpoints/search-copy"}]
        assert map_.focused() == ["touchpoint", "touchpoints/cart"]


def test_menu_of_a_column_opens_by_key_and_gives_the_focus_back(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        map_.cell("touchpoint", "touchpoints/cart").click()
        map_.press("Shift+F10")
        items = map_.page.get_by_role("menuitem").all_inner_texts()
        assert [item.split("\n")[0] for item in items] == [
            "Rename",
            "Large view",
            "Add touchpoint before",
            "Add touchpoint after",
            "Duplicate",
            "Move left",
            "Move right",
            "Delete",
        ]
        map_.press("Escape")
        assert map_.focused() == ["touchpoint", "touchpoints/cart"]
        map_.press("Shift+F10", "End", "Enter")
        assert operations(map_.edits()) == [{"op": "remove", "at": "touchpoints/cart"}]


def test_undo_and_redo_are_asked_of_whoever_holds_the_map(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        map_.cell("touchpoint", "touchpoints/home").click()
        map_.page.evaluate("asked.splice(0)")
        map_.press("Control+z", "Control+Shift+z", "Control+y")
        assert [name for name, _ in map_.page.evaluate("asked")] == ["undo", "redo", "redo"]


def test_find_counts_goes_on_and_comes_back(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        map_.cell("touchpoint", "touchpoints/home").click()
        map_.press("Control+f")
        map_.typed("ou")
        count = map_.page.locator(".find .count")
        assert count.inner_text() == "1 of 2"
        map_.press("Enter")
        assert count.inner_text() == "2 of 2"
        map_.press("Enter", "Escape")
        assert map_.focused() == ["doing", "touchpoints/home"]


def test_lanes_are_hidden_and_ordered_by_key(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        map_.cell("channel", "").click()
        map_.press("Alt+ArrowDown")
        assert map_.asked("lanes")[-1][:3] == ["touchpoint", "department", "channel"]
        map_.press("Delete")
        assert "channel" not in map_.asked("lanes")[-1]


def test_problem_is_marked_where_it_is_and_told_in_words(browser: Browser) -> None:
    problem = {
        "place": "stages[0].touchpoints[1].channel",
        "value": "app",
        "what": "No channel has that id.",
        "cure": "Did you mean `web`?",
    }
    with component(browser, SHOP, problems=[problem]) as map_:
        assert map_.cell("channel", "touchpoints/search").locator(".flaw").is_visible()
        map_.page.get_by_role("button", name="1 problem").click()
        assert map_.asked("select")[-1] == "touchpoints/search/channel"
        assert (
            "No channel has that id. Did you mean `web`?"
            in map_.page.locator("#about").inner_text()
        )


def test_measured_numbers_show_interval_and_size_beside_the_claim(
    browser: Browser,
) -> None:
    with component(browser, SHOP, measured=MEASURED, outdated=True) as map_:
        reach = map_.cell("measured", "touchpoints/home").inner_text()
        for part in ("25.0%", "20.0% – 30.0%", "n 4,000"):
            assert part in reach
        felt = map_.cell("emotion", "touchpoints/home").inner_text()
        for part in ("+1 good", "validated · evidence A", "+1.5", "n 120", "contradicted"):
            assert part in felt
        map_.cell("measured", "touchpoints/home").click()
        map_.typed("x")
        assert map_.edits() == []
        assert map_.page.get_by_text("The map has changed since").is_visible()


def test_evidence_links_only_to_addresses_that_cannot_run(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        links = map_.cell("evidence", "touchpoints/home").locator("a")
        assert [link.get_attribute("href") for link in links.all()] == ["https://example.org/calls"]
        assert links.first.get_attribute("rel") == "noopener noreferrer"


def test_persona_sets_back_what_runs_through_other_channels(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        map_.page.get_by_label("Persona").select_option("ada")
        assert "dim" in (map_.cell("channel", "touchpoints/search").get_attribute("class") or "")
        assert "dim" not in (map_.cell("channel", "touchpoints/home").get_attribute("class") or "")
        assert "1 of 3 touchpoints" in map_.page.get_by_label("Persona").last.inner_text()


def test_what_changed_since_the_other_map_is_marked_with_a_word(browser: Browser) -> None:
    beside = json.loads(json.dumps(SHOP))
    browse, buy = beside["stages"][:2]
    browse["touchpoints"][0]["doing"] = "Waits."
    buy["touchpoints"] = [{"id": "phone", "name": "Phone call"}]
    with component(browser, SHOP, beside=beside) as map_:
        changed = map_.cell("doing", "touchpoints/home").locator(".difference")
        assert changed.inner_text().split() == ["Δ", "changed"]
        assert "added" in map_.cell("touchpoint", "touchpoints/cart").inner_text()
        assert "Phone call" in map_.cell("stage", "stages/buy").inner_text()
        map_.cell("doing", "touchpoints/home").click()
        map_.press("Escape")
        assert "was: Waits." in map_.page.locator("#about").inner_text()


def test_peer_is_named_at_the_cell_where_they_are(browser: Browser) -> None:
    peers = [{"name": "Grace", "color": "#b3005e", "place": "touchpoints/cart/doing"}]
    with component(browser, SHOP, peers=peers) as map_:
        assert map_.cell("doing", "touchpoints/cart").locator(".flag").inner_text() == "Grace"


def test_readonly_map_can_be_walked_and_not_changed(browser: Browser) -> None:
    with component(browser, SHOP, readonly=True) as map_:
        map_.cell("doing", "touchpoints/home").click()
        map_.typed("x")
        map_.press("Enter", "Delete", "Control+d", "Alt+ArrowRight")
        assert map_.edits() == []
        assert map_.page.locator(".map textarea").count() == 0
        assert map_.focused() == ["doing", "touchpoints/home"]


def test_large_view_shows_one_touchpoint_and_reaches_its_neighbours(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        map_.cell("touchpoint", "touchpoints/home").dblclick()
        assert map_.page.locator('tr[data-row="touchpoint"] > th[scope=col]').count() == 1
        map_.page.get_by_role("button", name="Search").click()
        assert map_.cell("touchpoint", "touchpoints/search").is_visible()
        map_.press("ArrowRight")
        assert map_.focused() == ["touchpoint", "touchpoints/cart"]
        map_.press("Escape")
        assert map_.page.locator('tr[data-row="touchpoint"] > th[scope=col]').count() == 4


def test_overview_keeps_the_focus_of_a_lane_that_it_does_not_show(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        map_.cell("doing", "touchpoints/search").click()
        map_.press("Escape", "Control+-")
        assert map_.focused() == ["touchpoint", "touchpoints/search"]


def test_first_stage_is_made_by_key_and_escape_leads_back_from_the_panel(browser: Browser) -> None:
    with component(browser, {"id": "new", "name": "New"}) as map_:
        map_.page.get_by_role("button", name="Add the first stage").focus()
        map_.press("Enter")
        assert [edit["label"] for edit in map_.edits()] == ["Add stage"]
        map_.press("Enter")
        map_.page.get_by_role("button", name="Details", exact=True).focus()
        map_.press("Enter")
        map_.page.get_by_role("textbox", name="Customer goal").focus()
        map_.press("Escape")
        assert map_.focused() == ["stage", "stages/new-stage"]


def test_peer_who_deletes_the_touchpoint_does_not_take_the_grid_away(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        map_.cell("doing", "touchpoints/search").click()
        map_.typed("half a sen")
        fields = json.loads(json.dumps(SHOP))
        del fields["stages"][0]["touchpoints"][1]
        map_.set(journeyMap=fields)
        assert map_.said() == "What you were writing in is not there any more."
        assert map_.page.locator('[data-at][tabindex="0"]').count() == 1
        assert map_.edits() == []


def test_what_a_peer_writes_does_not_disturb_the_draft(browser: Browser) -> None:
    with component(browser, SHOP) as map_:
        map_.cell("doing", "touchpoints/home").click()
        map_.typed(" And I write.")
        fields = json.loads(json.dumps(SHOP))
        fields["stages"][0]["touchpoints"][0]["doing"] = "They wrote."
        map_.set(journeyMap=fields)
        assert map_.page.locator(".editor textarea").input_value() == "Looks around. And I write."


@pytest.mark.parametrize(
    "text",
    ["<img src=x onerror=alert(1)>", "שלום <b>", "🙂" * 50, "a" * 10_000, "${1+1} {{x}} &amp;"],
    ids=["markup", "right to left", "emoji", "long", "templates"],
)
def test_any_text_is_shown_as_text(browser: Browser, text: str) -> None:
    fields = json.loads(json.dumps(SHOP))
    touchpoint = fields["stages"][0]["touchpoints"][0]
    for field in ("name", "channel", "department", "doing", "thinking", "feeling"):
        touchpoint[field] = text
    touchpoint["expectation"]["text"] = text
    touchpoint["pain_points"][0]["text"] = text
    touchpoint["moment_of_truth"] = {"rationale": text}
    touchpoint["backstage"] = [{"action": text, "system": text}]
    fields["name"] = fields["stages"][0]["name"] = fields["evidence"][0]["name"] = text
    with component(browser, fields, zoom="large") as map_:
        assert map_.page.locator("journey-map img, journey-map b:has(*)").count() == 0
        assert map_.cell("doing", "touchpoints/home").locator(".said").text_content() == text
        assert map_.opened.asked_outside == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("zoom", ["overview", "normal", "large"])
def test_nobody_is_shut_out(browser: Browser, dark: bool, zoom: str) -> None:
    hotel = JourneyMap.load(HOTEL)
    with component(browser, hotel, dark=dark, zoom=zoom, measured=MEASURED) as map_:
        assert axe(map_.page) == []
        map_.cell("touchpoint", "touchpoints/books-online").click()
        map_.press("Enter")
        assert axe(map_.page) == []


def test_map_stays_within_a_narrow_screen(browser: Browser) -> None:
    with component(browser, JourneyMap.load(HOTEL), width=400) as map_:
        wider = "document.documentElement.scrollWidth > innerWidth"
        assert map_.page.evaluate(wider) is False


def test_narrow_screen_shows_the_map_and_its_details_at_once(browser: Browser) -> None:
    with component(browser, SHOP, width=400) as map_:
        map_.cell("touchpoint", "touchpoints/cart").click()
        map_.page.get_by_role("button", name="Details", exact=True).click()
        grid, side = map_.page.locator(".scroller"), map_.page.locator(".side")
        boxes = [box for box in (grid.bounding_box(), side.bounding_box()) if box]
        assert [box["height"] > 200 for box in boxes] == [True, True]
        assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"]
        assert boxes[1]["y"] + boxes[1]["height"] <= 800


def test_map_in_a_static_page_comes_from_its_script(browser: Browser) -> None:
    with component(browser, {"id": "none", "name": "None"}) as map_:
        name = map_.page.evaluate(
            """async payload => {
                const other = document.createElement('journey-map');
                other.innerHTML = '<table></table>';
                const script = document.createElement('script');
                script.type = 'application/json';
                script.textContent = JSON.stringify(payload);
                other.append(script);
                document.body.append(other);
                await other.updateComplete;
                return other.shadowRoot.querySelector('table').getAttribute('aria-label');
            }""",
            {"journey_map": SHOP, "measured": None, "problems": []},
        )
        assert name == "Shop"
