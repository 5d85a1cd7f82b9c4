"""The map builder in a notebook of a real JupyterLab: map, rules and numbers as Python has them."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.chromium import axe
from tests.browser.lab import Lab, Person, notebook_in, run_cell

pytestmark = pytest.mark.needs("chromium")

EVIL = '<img src=x onerror="document.title=1">'
SHOP = f"""
import json
import pandas as pd
import cjm_notebooks as cjm
from cjm_notebooks.builders.map_builder import MapBuilder
from cjm_notebooks.metrics.coverage import Coverage

shop = cjm.JourneyMap.from_fields({{
    "id": "shop", "name": "Shop",
    "stages": [
        {{"id": "browse", "name": "Browse", "touchpoints": [
            {{"id": "home", "name": "Home", "match": {{"where": {{"is": "home"}}}}}},
            {{"id": "product", "name": "Product page"}}]}},
        {{"id": "buy", "name": "Buy", "touchpoints": [{{"id": "cart", "name": "Cart"}}]}},
    ],
    "outcomes": [{{"id": "paid", "name": "Paid", "match": {{"where": {{"is": "paid"}}}}}}],
}}, "The shop")
first = pd.Timestamp("2025-03-01T08:00Z")
customers = [
    "home product_view add_to_cart add_to_cart_v2 paid",
    "home product_view add_to_cart:app",
    "home promo",
    "home product_view",
]
rows = [
    (f"customer {{n}}", *f"{{word}}:web".split(":")[:2], first + pd.Timedelta(days=day))
    for n, words in enumerate(customers) for day, word in enumerate(words.split())
]
rows += [("customer 9", {EVIL!r}, "web", first)] * with_evil
table = pd.DataFrame(rows, columns=["who", "event", "channel", "at"])
events = cjm.Events(table, customer="who", at="at")
builder = MapBuilder(shop, events, channel="channel")
"""
PLAIN = f"with_evil = 0\n{SHOP}"
JOINED = """
rows = cjm.measure(Coverage(), cjm.join(builder.map, events))
on_map = rows[rows.touchpoint.notna()]
told = {
    "claimed": int(on_map.events.sum() + rows[rows.touchpoint.isna()].outcome_events.sum()),
    "events": int(rows.events.sum()),
    "product": int(on_map[on_map.touchpoint == "product"].events.sum()),
}
print(json.dumps(told))
"""

Opened = Callable[..., Page]


@pytest.fixture
def opened(person: Person, lab: Lab) -> Opened:
    """`opened(*cells)`: a new notebook with these cells, the first of which was run."""

    def open_notebook(*cells: str) -> Page:
        page = person.open(notebook_in(lab, *cells))
        run_cell(page, 0)
        return page

    return open_notebook


def printed(page: Page, number: int) -> object:
    """What that cell prints as JSON when it is run now."""
    run_cell(page, number)
    output = page.locator(".jp-Notebook .jp-Cell").nth(number).locator(".jp-OutputArea-output pre")
    return json.loads(output.inner_text())


def pane(page: Page) -> Locator:
    return page.get_by_role("region", name="Rule builder")


def row(page: Page, event: str) -> Locator:
    put = page.get_by_role("button", name=f"Put {event}")
    return pane(page).locator(".row").filter(has=put).first


def expect_coverage(page: Page, share: str, counts: str) -> None:
    expect(pane(page).locator(".figure")).to_have_text(f"{share} {counts} on the map")
    expect(pane(page).get_by_role("meter")).to_have_attribute(
        "aria-valuetext", f"{share}, {counts}"
    )


def put_on(page: Page, event: str, words: str) -> None:
    """By keys alone: `Put on …`, the name of a touchpoint, Enter for the numbers."""
    row(page, event).get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name=f"Put {event}")).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Keep")).to_be_focused()


def edit(page: Page, *operations: dict[str, object]) -> None:
    """What the map asks for when somebody edits it."""
    page.locator("journey-map").evaluate(
        "(map, operations) => map.dispatchEvent(new CustomEvent('cjm-edit', "
        "{detail: {label: 'Edit', operations}, bubbles: true, composed: true}))",
        list(operations),
    )


def test_what_is_edited_on_the_screen_is_in_python_and_the_other_way_round(opened: Opened) -> None:
    page = opened(
        f"{PLAIN}\nbuilder",
        "print(json.dumps([one.name for one in builder.map.touchpoints]))",
        'builder.map = builder.map.model_copy(update={"name": "Set in Python"})',
        "print(json.dumps(builder.map.name))",
    )
    page.locator("th[data-at='touchpoints/cart']").click()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("Basket")
    page.keyboard.press("Enter")
    expect(page.locator("th[data-at='touchpoints/cart']")).to_contain_text("Basket")
    assert printed(page, 1) == ["Home", "Product page", "Basket"]
    run_cell(page, 2)
    expect(page.locator("journey-map")).to_contain_text("Set in Python")
    pane(page).get_by_role("tab").first.focus()
    page.keyboard.press("Control+z")
    expect(page.locator("journey-map")).not_to_contain_text("Set in Python")
    expect(page.locator("th[data-at='touchpoints/cart']")).to_contain_text("Basket")
    assert printed(page, 3) == "Shop"


def test_rules_by_drag_and_by_keys_raise_the_coverage_by_what_was_foretold(opened: Opened) -> None:
    page = opened(f"{PLAIN}\nbuilder", JOINED, JOINED)
    expect_coverage(page, "41.7%", "5 of 12 events")
    row(page, "product_view").drag_to(page.locator("th[data-at='touchpoints/product']"))
    proposal = page.get_by_role("region", name="Bind product_view to Product page")
    expect(proposal.locator(".arrow")).to_have_text("Coverage 41.7% → 66.7% (+3 of 12 events)")
    line = proposal.get_by_role("row").filter(has=page.get_by_role("rowheader"))
    expect(line).to_have_text("Product page 0 → 3 +3 0 → 3")
    expect_coverage(page, "41.7%", "5 of 12 events")
    proposal.get_by_role("button", name="Keep").click()
    expect_coverage(page, "66.7%", "8 of 12 events")
    assert printed(page, 1) == {"claimed": 8, "events": 12, "product": 3}
    put_on(page, "add_to_cart, channel app", "cart")
    only_app = page.get_by_role("checkbox", name="only where channel is app")
    expect(page.locator(".arrow")).to_have_text("Coverage 66.7% → 83.3% (+2 of 12 events)")
    only_app.focus()
    page.keyboard.press("Space")
    expect(page.locator(".arrow")).to_have_text("Coverage 66.7% → 75.0% (+1 of 12 events)")
    page.get_by_role("button", name="Keep").focus()
    page.keyboard.press("Enter")
    expect_coverage(page, "75.0%", "9 of 12 events")
    assert printed(page, 2) == {"claimed": 9, "events": 12, "product": 3}


def test_a_rule_is_changed_field_by_field_and_its_error_stands_at_the_field(opened: Opened) -> None:
    page = opened(
        f"{PLAIN}\nbuilder",
        "print(json.dumps(builder.map.fields()['stages'][1]['touchpoints'][0]['match']))",
    )
    pane(page).get_by_role("button", name="Cart no rule").click()
    pane(page).get_by_role("button", name="Change the rule of Cart").click()
    page.get_by_label("Test").select_option("matches")
    value = page.get_by_label("Value")
    value.fill("(")
    expect(page.locator(".condition .fault")).to_contain_text("which is no regular expression")
    expect(page.get_by_role("button", name="Keep")).to_be_disabled()
    value.fill("^add_")
    expect(page.locator(".arrow")).to_have_text("Coverage 41.7% → 66.7% (+3 of 12 events)")
    page.get_by_label("priority").fill("2")
    expect(page.locator(".proposal .rule")).to_have_text("event matches ^add_")
    page.get_by_role("button", name="Keep").click()
    expect_coverage(page, "66.7%", "8 of 12 events")
    assert printed(page, 1) == {"where": {"matches": "^add_"}, "priority": 2}


def test_conditions_come_and_go_by_keys_and_each_shows_what_it_says(opened: Opened) -> None:
    page = opened(f"{PLAIN}\nbuilder")
    pane(page).get_by_role("button", name="Cart no rule").click()
    pane(page).get_by_role("button", name="Change the rule of Cart").click()
    column = pane(page).get_by_label("Column", exact=True)
    pane(page).get_by_role("button", name="and …").press("Enter")
    expect(column.nth(1)).to_be_focused()
    column.nth(0).select_option("channel")
    column.nth(1).select_option("event")
    pane(page).get_by_label("Value").nth(1).fill("add_to_cart")
    pane(page).get_by_role("button", name="Take this condition away").first.press("Enter")
    expect(column).to_be_focused()
    expect(column).to_have_value("event")
    expect(page.locator(".arrow")).to_have_text("Coverage 41.7% → 58.3% (+2 of 12 events)")
    pane(page).get_by_role("button", name="or …").press("Enter")
    expect(column.nth(1)).to_be_focused()
    pane(page).get_by_role("button", name="Take this alternative away").last.press("Enter")
    expect(column).to_be_focused()
    add = pane(page).get_by_role("button", name="Name what it comes after")
    add.press("Enter")
    page.keyboard.type("Home")
    page.keyboard.press("Enter")
    pane(page).get_by_role("button", name="Not after Home any more").press("Enter")
    expect(add).to_be_focused()


def test_suggestions_are_accepted_and_refused_one_by_one_with_a_key(opened: Opened) -> None:
    page = opened(
        f"{PLAIN}\nbuilder",
        "print(json.dumps([sorted(builder.refused), builder.map.touchpoints[2].match.in_words()]))",
    )
    pane(page).get_by_role("tab", name="Suggestions").click()
    suggested = pane(page).locator(".suggestion")
    wanted = pane(page).get_by_role("listitem", name="add_to_cart on Cart")
    before = suggested.count()
    wanted.focus()
    page.keyboard.press("a")
    expect(suggested).to_have_count(before - 1)
    expect(wanted).to_have_count(0)
    expect_coverage(page, "58.3%", "7 of 12 events")
    expect(pane(page).locator(".suggestion:focus")).to_have_count(1)
    refused = pane(page).get_by_role("listitem", name="add_to_cart_v2 on Cart")
    refused.focus()
    page.keyboard.press("r")
    expect(refused).to_have_count(0)
    expect_coverage(page, "58.3%", "7 of 12 events")
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(2)
    assert printed(page, 1) == [[["add_to_cart_v2", "cart"]], "`event` is `add_to_cart`"]


def test_an_event_is_taken_off_and_the_days_that_count_are_chosen(opened: Opened) -> None:
    page = opened(f"{PLAIN}\nbuilder")
    pane(page).get_by_role("button", name="Home 4 events").click()
    pane(page).get_by_role("button", name="Take home, channel web off Home").click()
    expect(page.locator(".arrow")).to_have_text("Coverage 41.7% → 8.3% (−4 of 12 events)")
    page.keyboard.press("Escape")
    expect(page.locator(".proposal")).to_have_count(0)
    expect_coverage(page, "41.7%", "5 of 12 events")
    pane(page).get_by_label("From").fill("2025-03-01")
    pane(page).get_by_label("to", exact=True).fill("2025-03-01")
    expect_coverage(page, "100.0%", "4 of 4 events")
    expect(pane(page).locator(".inventory .row")).to_have_count(1)
    pane(page).get_by_role("button", name="All days").click()
    expect_coverage(page, "41.7%", "5 of 12 events")


def test_what_python_cannot_read_stays_on_the_screen_and_is_explained(opened: Opened) -> None:
    page = opened(f"{PLAIN}\nbuilder", "print(json.dumps(builder.map.touchpoints[2].name))")
    edit(page, {"op": "set", "at": "touchpoints/cart/doing", "value": "Pays"})
    edit(page, {"op": "set", "at": "touchpoints/cart/name", "value": None})
    expect(page.get_by_role("alert")).to_contain_text("has no name")
    expect(page.locator("td[data-at='touchpoints/cart']").get_by_text("Pays")).to_be_visible()
    assert printed(page, 1) == "Cart"
    edit(page, {"op": "set", "at": "touchpoints/cart/name", "value": "Trolley"})
    expect(page.get_by_role("alert")).to_have_count(0)


def test_readonly_shows_all_and_offers_no_change(opened: Opened) -> None:
    page = opened(f"{PLAIN}\nbuilder.readonly = True\nbuilder")
    expect_coverage(page, "41.7%", "5 of 12 events")
    expect(row(page, "product_view").get_by_role("button")).to_be_disabled()
    pane(page).get_by_role("button", name="Home 4 events").click()
    expect(pane(page).get_by_role("button", name="Change the rule of Home")).to_have_count(0)
    pane(page).get_by_role("tab", name="Suggestions").click()
    expect(pane(page).get_by_role("button", name="Accept")).to_have_count(0)


def test_texts_of_events_stay_texts_and_everybody_can_reach_all(
    opened: Opened, person: Person
) -> None:
    page = opened(f"with_evil = 1\n{SHOP}\nbuilder")
    put_on(page, EVIL, "cart")
    expect(page.get_by_role("region", name=f"Bind {EVIL} to Cart")).to_be_visible()
    page.get_by_role("button", name="Keep").click()
    expect_coverage(page, "46.2%", "6 of 13 events")
    pane(page).get_by_role("button", name="Cart 1 event").click()
    assert page.locator("img[src=x]").count() == 0
    assert page.title() != "1"
    assert [line for line in axe(page) if "journey-map" in line or "cjm-" in line] == []
