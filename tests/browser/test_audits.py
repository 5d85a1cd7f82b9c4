"""The panel of audits in a real JupyterLab: chosen, filled in, watched, ended, found again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Browser, Locator, Page, expect

from cjm_notebooks.audits.running.record import records_in
from tests.browser.lab import Lab, Person, axe_in, notebook_in, person_at
from tests.browser.test_editor import execute

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.needs("jupyterlab")]

PARAMETERS = """\
# Parameters
text: str = ""  # what to write down
number: int = 1  # how often
map_file: str = ""  # the map
place: str = ""  # a touchpoint of the map
table: str = ""  # a table of events
customer: str = ""  # its column that says whose event it is
day: str = ""  # the last day
tone: str = "kind"  # how it is said
is_loud: bool = False  # whether it is said loudly
words: list[str] = []  # what else is said
settings: dict[str, str] = {}  # more, by name
seconds: float = 0.0  # how long it takes
folder: str = "."  # where the results go
name: str = "audit"  # how their files begin
"""
WORK = """\
# Write down what was given
import time
from pathlib import Path

said = [text, number, place, table and Path(table).name, customer, day, tone, is_loud, words]
Path(folder, "given.json").write_text(__import__("json").dumps([*said, settings]))
"""
FOCUSED = """() => {
    let found = document.activeElement;
    while (found.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
    return found.textContent;
}"""
WAIT = "# Take some time\ntime.sleep(seconds)"
ABOUT = {
    "title": "Short",
    "answers": "Does it run?",
    "needs": ["map"],
    "parameters": {
        "text": {"label": "Text", "required": True, "group": "What"},
        "number": {"label": "Number", "group": "What"},
        "map_file": {"kind": "file", "label": "Map", "suffixes": [".json"], "group": "What"},
        "place": {"kind": "touchpoint", "of": "map_file", "label": "Touchpoint", "group": "What"},
        "table": {"kind": "file", "label": "Table", "suffixes": [".csv"], "group": "What"},
        "customer": {"kind": "column", "of": "table", "label": "Customer", "group": "What"},
        "day": {"kind": "moment", "label": "Last day", "group": "What"},
        "tone": {"label": "Tone", "choices": ["kind", "stern"], "group": "How"},
        "is_loud": {"label": "Loud", "group": "How"},
        "words": {"label": "Words", "group": "How"},
        "settings": {"label": "Settings", "group": "How"},
        "seconds": {"label": "Seconds", "group": "How"},
    },
}
SHOP = {
    "schema_version": "1.0",
    "id": "shop",
    "name": "Shop",
    "stages": [
        {
            "id": "browse",
            "name": "Browse",
            "touchpoints": [
                {"id": "home", "name": "Home", "match": {"where": {"is": "home"}}},
                {"id": "cart", "name": "Cart", "match": {"where": {"is": "cart"}}},
            ],
        },
        {
            "id": "buy",
            "name": "Buy",
            "touchpoints": [{"id": "pay", "name": "Pay", "match": {"where": {"is": "pay"}}}],
        },
    ],
    "outcomes": [{"id": "paid", "name": "Paid", "match": {"where": {"is": "pay"}}}],
}


@pytest.fixture(scope="module")
def root(lab: Lab) -> Path:
    """The folder of the server: a quick template, a map and a table of visits."""
    cells = [new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})]
    cells += [new_code_cell(WORK), new_code_cell(WAIT)]
    (lab.root / "templates").mkdir()
    nbformat.write(
        new_notebook(cells=cells, metadata={"cjm": ABOUT}), lab.root / "templates" / "short.ipynb"
    )
    (lab.root / "shop.cjm.json").write_text(json.dumps(SHOP))
    visits = [
        f"g{who},{event},2025-03-{1 + who % 20:02}T1{hour}:00:00"
        for who in range(60)
        for hour, event in enumerate(["home", "cart", "pay"][: 1 + who % 3])
    ]
    (lab.root / "visits.csv").write_text("\n".join(["guest_id,event,when", *visits]) + "\n")
    return lab.root


@pytest.fixture(scope="module")
def desk(lab: Lab, browser: Browser, root: Path) -> Iterator[Person]:
    """One page for all tests here."""
    with person_at(lab, browser, "desk") as somebody:
        somebody.open()
        yield somebody
        assert somebody.asked_outside == []
        assert [error for error in somebody.errors if "404" not in error] == []


@pytest.fixture
def page(desk: Person) -> Page:
    return desk.page


def gallery(page: Page) -> Locator:
    """The panel with all audits to choose from, in front."""
    execute(page, "cjm-notebooks:audits")
    panel = page.locator(".cjm-Audits")
    panel.get_by_role("button", name="New audit").click()
    back = panel.get_by_role("button", name="← All audits")
    if back.is_visible():
        back.click()
    expect(panel.get_by_role("heading", name="What do you want to know?")).to_be_visible()
    return panel


def form(page: Page, title: str = "Short") -> Locator:
    panel = gallery(page)
    panel.locator(".card").filter(has_text=title).click()
    expect(panel.get_by_role("heading", name=title)).to_be_focused()
    return panel


def unfold(panel: Locator, title: str) -> None:
    """Show the fields of that group; some are shown at once."""
    group = panel.locator("details").filter(has=panel.page.locator("h3", has_text=title))
    if group.get_attribute("open") is None:
        group.locator("summary").click()


def started(page: Page, text: str, seconds: str) -> Locator:
    """The panel with a new run of the quick template."""
    panel = form(page)
    panel.get_by_label("Text (required)").fill(text)
    unfold(panel, "How")
    panel.get_by_label("Seconds").fill(seconds)
    panel.get_by_role("button", name="Start").click()
    expect(panel.get_by_role("button", name="← All runs")).to_be_visible()
    return panel


def badge(panel: Locator) -> Locator:
    return panel.locator(".badge").first


def last_given(root: Path) -> list[object]:
    found: list[object] = json.loads(
        (records_in(root / "audits")[0].folder / "given.json").read_text()
    )
    return found


def test_the_gallery_says_what_each_audit_answers_and_needs(page: Page) -> None:
    panel = gallery(page)
    card = panel.locator(".card").filter(has_text="Short")
    expect(card).to_contain_text("Does it run?")
    expect(card).to_contain_text("Needs a journey map.")
    expect(panel.locator(".card").filter(has_text="Journey audit")).to_be_visible()
    assert axe_in(page, ".cjm-Audits") == []


def test_an_audit_is_filled_in_with_the_mouse_and_leaves_its_files(page: Page, root: Path) -> None:
    panel = form(page)
    panel.get_by_label("Text (required)").fill("hello")
    panel.get_by_role("button", name="Choose Map").click()
    dialog = page.locator(".jp-Dialog")
    dialog.get_by_text("shop.cjm.json").click()
    dialog.locator(".jp-mod-accept").click()
    panel.get_by_label("Touchpoint").select_option("cart")
    panel.get_by_role("button", name="Choose Table").click()
    dialog.get_by_text("visits.csv").click()
    dialog.locator(".jp-mod-accept").click()
    customer = panel.get_by_label("Customer")
    expect(customer).to_have_value("guest_id")
    expect(panel.get_by_text("Chosen by the column’s name")).to_be_visible()
    panel.get_by_label("Last day").fill("2025-03-31")
    unfold(panel, "How")
    panel.get_by_label("Tone").select_option("stern")
    panel.get_by_label("Loud").check()
    panel.get_by_label("Words").fill("one\ntwo")
    panel.get_by_label("Name 1 of Settings").fill("a")
    panel.get_by_label("Value 1 of Settings").fill("b")
    assert axe_in(page, ".cjm-Audits") == []
    panel.get_by_role("button", name="Start").click()
    expect(badge(panel)).to_contain_text("Done", timeout=60_000)
    assert last_given(root) == [
        *("hello", 1, "cart", "visits.csv", "guest_id", "2025-03-31", "stern", True),
        *(["one", "two"], {"a": "b"}),
    ]
    assert axe_in(page, ".cjm-Audits") == []
    panel.get_by_role("button", name="Preview Page").click()
    expect(page.locator(".jp-HTMLViewer:not(.lm-mod-hidden)")).to_be_visible()


def test_an_audit_is_chosen_and_started_with_keys_alone(page: Page, root: Path) -> None:
    panel = gallery(page)
    panel.locator("h2").focus()
    while "Short" not in page.evaluate(FOCUSED):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("heading", name="Short")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(panel.get_by_label("Text (required)")).to_be_focused()
    page.keyboard.type("by keys")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(badge(panel)).to_contain_text("Done", timeout=60_000)
    assert last_given(root)[:2] == ["by keys", 3]


def test_a_wrong_parameter_is_explained_at_its_field(page: Page, root: Path) -> None:
    panel = form(page)
    number = panel.get_by_label("Number")
    number.fill("many")
    number.blur()
    said = panel.locator("#asked-number-wrong")
    expect(said).to_contain_text("Give a whole number")
    expect(number).to_have_attribute("aria-invalid", "true")
    panel.get_by_label("Text (required)").fill("")
    before = len(records_in(root / "audits"))
    panel.get_by_role("button", name="Start").click()
    expect(panel.locator("#asked-text-wrong")).to_contain_text("`text` is missing")
    expect(panel.get_by_label("Text (required)")).to_be_focused()
    assert axe_in(page, ".cjm-Audits") == []
    number.fill("2")
    expect(said).to_have_count(0)
    assert len(records_in(root / "audits")) == before


def test_progress_is_seen_and_a_run_is_cancelled(page: Page) -> None:
    panel = started(page, "slow", "60")
    expect(panel.locator(".progress")).to_contain_text(
        "Cell 4 of 5: Take some time", timeout=60_000
    )
    assert axe_in(page, ".cjm-Audits") == []
    panel.get_by_role("button", name="Cancel").click()
    expect(badge(panel)).to_contain_text("Cancelled", timeout=30_000)
    expect(panel.locator(".why")).to_contain_text("cancelled at cell 4")
    expect(panel.locator("[role=status]").first).to_have_text("Short: Cancelled.")
    expect(panel.get_by_role("button", name="Notebook as far as it came")).to_be_visible()


def test_a_run_goes_on_while_the_page_is_loaded_anew(page: Page) -> None:
    panel = started(page, "patient", "6")
    expect(panel.locator(".progress")).to_be_visible()
    page.wait_for_timeout(1500)
    page.reload()
    expect(badge(panel)).to_contain_text("Running", timeout=30_000)
    expect(badge(panel)).to_contain_text("Done", timeout=60_000)
    panel.get_by_role("button", name="Use Again").click()
    expect(panel.get_by_label("Text (required)")).to_have_value("patient")
    page.wait_for_timeout(1500)
    page.reload()
    expect(panel.get_by_label("Text (required)")).to_have_value("patient")


def test_a_real_audit_begins_at_a_map_and_its_calls_go_into_a_notebook(
    desk: Person, page: Page, root: Path
) -> None:
    assert desk.lab is not None
    (root / "work").mkdir()
    execute(page, "docmanager:open", path="shop.cjm.json")
    page.locator(".jp-Document .cjm-Editor").wait_for()
    page.get_by_role("button", name="Audit", exact=True).click()
    panel = page.locator(".cjm-Audits")
    expect(panel.get_by_label("Journey map (required)")).to_have_value("shop.cjm.json")
    panel.get_by_label("As of (required)").fill("2025-03-31")
    unfold(panel, "Events")
    events = panel.get_by_label("Events", exact=True)
    events.fill("visits.csv")
    events.blur()
    expect(panel.get_by_label("Customer").first).to_have_value("guest_id")
    expect(panel.get_by_label("Time", exact=True)).to_have_value("when")
    panel.get_by_label("Time zone").fill("UTC")
    panel.get_by_role("button", name="Start").click()
    expect(badge(panel)).to_contain_text("Done", timeout=180_000)
    expect(panel.locator(".findings li").first).to_be_visible()
    assert axe_in(page, ".cjm-Audits") == []
    with page.context.expect_page() as opened:
        panel.get_by_role("button", name="Open Page in New Tab").click()
    expect(opened.value.locator("h1")).to_contain_text("Shop")
    opened.value.close()
    execute(page, "docmanager:open", path=notebook_in(desk.lab, "1 + 1"))
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(1)
    execute(page, "cjm-notebooks:audits")
    panel.get_by_role("button", name="Insert into Notebook").click()
    cell = page.locator(".jp-Notebook .jp-Cell").nth(1)
    expect(cell).to_contain_text("JourneyMap.load('shop.cjm.json')")
    expect(cell).to_contain_text("cjm.audit(")


def test_two_runs_are_compared_and_a_finding_is_decided_on(page: Page, root: Path) -> None:
    """After the real audit above: the map is reviewed, and the audit is used again."""
    reviewed = {**SHOP, "last_reviewed": "2025-03-20"}
    (root / "shop.cjm.json").write_text(json.dumps(reviewed))
    execute(page, "cjm-notebooks:audits")
    panel = page.locator(".cjm-Audits")
    panel.get_by_role("button", name="Use Again").click()
    expect(panel.get_by_label("Journey map (required)")).to_have_value("shop.cjm.json")
    expect(panel.get_by_label("Time", exact=True)).to_have_value("when")
    panel.get_by_role("button", name="Start").click()
    expect(badge(panel)).to_contain_text("Done", timeout=180_000)
    finding = panel.locator(".findings > li").first
    finding.locator("summary").click()
    finding.get_by_label("Decision").select_option("fix")
    finding.get_by_label("Who decides").fill("Anna")
    finding.get_by_label("What is done").fill("Ask more people")
    assert axe_in(page, ".cjm-Audits") == []
    finding.get_by_role("button", name="Write Down").click()
    expect(finding.locator(".decided")).to_contain_text("Fix it: decided by Anna")
    decided = json.loads((root / "shop.decisions.json").read_text())["decisions"]
    assert [one["what"] for one in decided] == ["Ask more people"]
    panel.get_by_role("button", name="← All runs").click()
    ticks = panel.get_by_role("checkbox", name="Compare journey-audit")
    for number in range(2):
        ticks.nth(number).check()
    panel.get_by_role("button", name="Compare Two Runs").click()
    row = panel.locator("tr").filter(has_text="M01/map/never-reviewed")
    expect(row).to_contain_text("fixed")
    assert axe_in(page, ".cjm-Audits") == []


def test_a_run_that_ends_behind_other_work_says_so_and_is_one_click_away(page: Page) -> None:
    panel = started(page, "meanwhile", "4")
    expect(panel.locator(".progress")).to_be_visible()
    execute(page, "docmanager:open", path="visits.csv")
    expect(panel).to_be_hidden()
    notice = page.locator(".Toastify__toast").filter(has_text="Short: Done.")
    notice.get_by_role("button", name="Show").click(timeout=60_000)
    expect(panel).to_be_visible()
    expect(badge(panel)).to_contain_text("Done")


def test_a_table_and_a_map_are_audited_from_the_menu_of_the_file_browser(page: Page) -> None:
    panel = page.locator(".cjm-Audits")
    for file, entry, label in (
        ("visits.csv", "Audit with This", "Events"),
        ("shop.cjm.json", "Audit This Map", "Journey map (required)"),
    ):
        gallery(page)
        execute(page, "filebrowser:go-to-path", path="/")
        page.locator(".jp-DirListing-item").filter(has_text=file).click(button="right")
        page.get_by_role("menuitem", name=entry).click()
        expect(panel.get_by_role("heading", name="Journey audit")).to_be_visible()
        expect(panel.get_by_label(label, exact=True)).to_have_value(file)
