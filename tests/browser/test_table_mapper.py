"""The mapper in a notebook with a live kernel: guesses confirmed, counted, and taken as code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from cjm_notebooks.builders.scripts import STATIC
from tests.browser.lab import Lab, axe_in, notebook_in, person_at, run_cell

pytestmark = [
    pytest.mark.needs("chromium", "jupyterlab"),
    pytest.mark.skipif(not (STATIC / "mapper.js").exists(), reason="needs `make extension`"),
]
GO = "theme => jupyterapp.commands.execute('apputils:change-theme', {theme})"
TABLES = Path(__file__).with_name("tables_to_map.py").read_text("utf-8")
ALL = "150 events with 4 names, of 60 customers; 2 of 152 rows set aside."


@contextmanager
def mapped(
    lab: Lab, browser: Browser, table: str, *cells: str, dark: bool = False, width: int = 1400
) -> Iterator[tuple[Page, Locator]]:
    """The mapper of one of the tables, once its first rows are there."""
    with person_at(lab, browser, dark=dark, width=width) as person:
        show = f"import cjm_notebooks as cjm\n\nmapper = cjm.TableMapper({table})\nmapper"
        page = person.open(notebook_in(lab, TABLES, show, *cells))
        page.evaluate(GO, "JupyterLab Dark" if dark else "JupyterLab Light")
        light = "false" if dark else "true"
        page.wait_for_selector(f"body[data-jp-theme-light={light}]", state="attached")
        run_cell(page, 0)
        run_cell(page, 1)
        mapper = page.locator(".cjm-mapper")
        mapper.locator("table.rows").wait_for()
        yield page, mapper
        assert person.asked_outside == []
        assert person.errors == []


def says(mapper: Locator) -> Locator:
    return mapper.locator(".status [role=status]")


def output(page: Page, number: int) -> str:
    run_cell(page, number)
    return page.locator(".jp-Cell").nth(number).locator(".jp-OutputArea-output").inner_text()


def role_of(mapper: Locator, column: str) -> Locator:
    return mapper.get_by_label(column, exact=True)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label')"))


def test_a_table_becomes_code_by_keyboard_alone(lab: Lab, browser: Browser) -> None:
    with mapped(lab, browser, "orders", "print(mapper.layout.zone, mapper.guessed)") as (
        page,
        mapper,
    ):
        expect(says(mapper)).to_contain_text("Say where the clock stood")
        mapper.get_by_role("radio", name="an event", exact=True).focus()
        page.keyboard.press("Tab")
        page.keyboard.type("Europe/Berlin")
        page.keyboard.press("Enter")
        expect(says(mapper)).to_have_text(ALL)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(mapper.get_by_role("button", name="All are confirmed")).to_be_focused()
        page.keyboard.press("Tab")
        expect(role_of(mapper, "Kundennummer")).to_be_focused()
        page.keyboard.press("Tab")
        assert focused(page) == "Confirmed: Kundennummer"
        page.keyboard.press("Space")
        expect(mapper.locator(".code pre")).to_contain_text('customer="Kundennummer",  # a guess')
        page.keyboard.press("Space")
        expect(mapper.locator(".code pre")).not_to_contain_text("a guess")
        mapper.get_by_role("button", name="Give me the code").focus()
        page.keyboard.press("Enter")
        cell = page.locator(".jp-Notebook .jp-Cell").nth(2)
        expect(cell).to_contain_text("found = EventTable(")
        expect(cell).to_contain_text("orders,")
        assert output(page, 3).strip() == "Europe/Berlin ()"


def test_the_code_in_its_cell_gives_the_numbers_on_the_screen(lab: Lab, browser: Browser) -> None:
    count = (
        "journeys = cjm.join(cjm.draft(events, name='Orders'), events)\n"
        "print(journeys.quality[0].kept, journeys.quality[0].read)"
    )
    with mapped(lab, browser, "orders", count) as (page, mapper):
        role_of(mapper, "Betrag").select_option(label="Rules can use it")
        mapper.get_by_role("button", name="UTC").click()
        expect(says(mapper)).to_have_text(ALL)
        mapper.get_by_role("button", name="Give me the code").click()
        expect(page.locator(".jp-Notebook .jp-Cell").nth(2)).to_contain_text("EventTable(")
        run_cell(page, 2)
        assert output(page, 3).strip() == "150 152"


def test_what_a_column_is_can_be_changed_and_is_counted_anew(lab: Lab, browser: Browser) -> None:
    with mapped(lab, browser, "orders", "print(mapper.reader)") as (page, mapper):
        mapper.get_by_role("button", name="UTC").click()
        expect(says(mapper)).to_have_text(ALL)
        role_of(mapper, "Kanal").select_option(label="Event")
        expect(role_of(mapper, "Vorgang")).to_have_value("")
        expect(says(mapper)).to_contain_text("150 events with 3 names")
        role_of(mapper, "Kundennummer").select_option(label="Rules can use it")
        expect(says(mapper)).to_contain_text("No column is Customer yet.")
        expect(mapper.locator(".code, .rules")).to_have_count(0)
        role_of(mapper, "Kundennummer").select_option(label="Customer")
        expect(says(mapper)).to_contain_text("of 60 customers")
        assert "event='Kanal'" in output(page, 2)


def test_the_rows_of_a_rule_are_shown(lab: Lab, browser: Browser) -> None:
    with mapped(lab, browser, "orders") as (page, mapper):
        mapper.get_by_role("button", name="UTC").click()
        rule = mapper.locator(".rules li", has_text="Unreadable time")
        rule.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(rule.locator("tbody")).to_contain_text("31.02.2025")
        expect(rule.locator("thead")).to_contain_text("Zeitpunkt")
        role_of(mapper, "Kanal").select_option(label="Rules can use it")
        expect(rule.locator("thead")).not_to_contain_text("Kanal")
        expect(rule.locator("tbody")).to_contain_text("31.02.2025")


def test_a_survey_is_described_question_by_question(lab: Lab, browser: Browser) -> None:
    with mapped(lab, browser, "survey") as (_, mapper):
        expect(says(mapper)).to_contain_text("60 answers to 2 questions, of 30 respondents")
        mapper.get_by_label("to, scale of ease").fill("4")
        mapper.get_by_label("to, scale of ease").press("Enter")
        expect(says(mapper)).to_contain_text("6 of 60 cells set aside")
        expect(mapper.locator(".rules")).to_contain_text("Off the scale")
        mapper.get_by_label("What ease asks for").select_option(label="Effort (CES)")
        mapper.get_by_label("What recommend asks for").select_option(label="Something else")
        expect(mapper.locator(".code pre")).to_contain_text('cjm.Question("recommend", "other"')


def test_another_kind_of_row_starts_with_a_guess_of_its_own(lab: Lab, browser: Browser) -> None:
    with mapped(lab, browser, "bookings") as (page, mapper):
        expect(says(mapper)).to_contain_text("60 events with 2 names, of 40 customers")
        mapper.get_by_label("Event of paid_at").fill("Paid")
        mapper.get_by_label("Event of paid_at").press("Tab")
        expect(mapper.locator(".code pre")).to_contain_text('"Paid": "paid_at"')
        mapper.get_by_role("radio", name="a customer with several times").focus()
        for _ in range(3):
            page.keyboard.press("ArrowDown")
        expect(mapper.get_by_role("radio", name="a customer", exact=True)).to_be_checked()
        expect(says(mapper)).to_have_text("40 customers; no row set aside.")
        expect(mapper.locator(".code pre")).to_contain_text("cjm.Customers(")


def test_personal_data_is_masked_and_names_stay_texts(lab: Lab, browser: Browser) -> None:
    with mapped(lab, browser, "orders") as (_, mapper):
        expect(mapper.locator(".personal")).to_have_text("Personal data: e-mail addresses")
        assert "example.org" not in mapper.inner_text()
        expect(mapper.locator("b, img")).to_have_count(0)


@pytest.mark.parametrize(
    ("dark", "width"), [(False, 1400), (True, 1400), (False, 600)], ids=["light", "dark", "narrow"]
)
def test_nothing_keeps_anybody_out(
    lab: Lab, browser: Browser, tmp_path: Path, dark: bool, width: int
) -> None:
    with mapped(lab, browser, "survey", dark=dark, width=width) as (page, mapper):
        expect(says(mapper)).to_contain_text("60 answers")
        mapper.screenshot(path=tmp_path / "mapper.png")
        assert axe_in(page, ".cjm-mapper") == []
        wider = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).length"
        assert mapper.locator(".desk, .columns, .settings").evaluate_all(wider) == 0
        page.emulate_media(forced_colors="active")
        assert axe_in(page, ".cjm-mapper") == []


def test_day_or_month_first_is_chosen_by_keyboard(lab: Lab, browser: Browser) -> None:
    with mapped(lab, browser, "visits") as (page, mapper):
        expect(says(mapper)).to_contain_text("Times in at may begin with day or month.")
        mapper.get_by_label("How times are written, if not as 2025-12-31 14:05").focus()
        page.keyboard.press("Tab")
        expect(mapper.get_by_role("button", name="31/12/2025: day first")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(mapper.get_by_role("button", name="12/31/2025: month first")).to_have_attribute(
            "aria-pressed", "true"
        )
        mapper.get_by_role("button", name="UTC").click()
        expect(mapper.locator(".outcome")).to_contain_text("From 2025-01-02 00:00 to 2025-03-04")
        expect(mapper.locator(".code pre")).to_contain_text('time_format="%m/%d/%Y"')
        assert axe_in(page, ".cjm-mapper") == []
