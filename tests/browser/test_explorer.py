"""The Explorer in a notebook with a live kernel: picked from, answered, and taken as code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from cjm_notebooks.builders.scripts import STATIC
from tests.browser.chromium import axe
from tests.browser.lab import Lab, notebook_in, person_at, run_cell

needs_lab = [
    pytest.mark.needs("chromium", "jupyterlab"),
    pytest.mark.skipif(not (STATIC / "explorer.js").exists(), reason="needs `make extension`"),
]
pytestmark = needs_lab
GO_DARK = "jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})"
DRAWN_DARK = "document.querySelector('.cjm-explorer figure').cjmLook?.includes('#e6eaef')"
DRAWN = "document.querySelectorAll('.cjm-explorer figure[data-drawn]').length >= 2"
SHOP = Path(__file__).with_name("shop_to_explore.py").read_text("utf-8")


@contextmanager
def explored(
    lab: Lab, browser: Browser, *cells: str, dark: bool = False, width: int = 1400
) -> Iterator[tuple[Page, Locator]]:
    """The Explorer of the shop in a notebook, once its views are drawn."""
    with person_at(lab, browser, dark=dark, width=width) as person:
        page = person.open(notebook_in(lab, SHOP, "explorer", *cells))
        run_cell(page, 0)
        run_cell(page, 1)
        page.wait_for_function(DRAWN)
        yield page, page.locator(".cjm-explorer")
        assert person.asked_outside == []
        assert person.errors == []


def journeys(explorer: Locator) -> Locator:
    return explorer.locator(".status [role=status]")


def output(page: Page, number: int) -> str:
    run_cell(page, number)
    return page.locator(".jp-Cell").nth(number).locator(".jp-OutputArea-output").inner_text()


def test_what_is_picked_reaches_numbers_views_quotes_and_the_kernel(
    lab: Lab, browser: Browser
) -> None:
    with explored(lab, browser, "print(explorer.choice.place, explorer.journeys.n_journeys)") as (
        page,
        explorer,
    ):
        expect(journeys(explorer)).to_have_text("60 journeys of 60 customers; 0 still open.")
        explorer.get_by_label("Came through").select_option(label="Help desk")
        expect(journeys(explorer)).to_contain_text("15 journeys of 15 customers")
        expect(explorer.locator("blockquote")).to_have_text("Nobody answered.")
        figure = explorer.locator("figure[data-view=stage-funnel]")
        expect(figure).to_contain_text("15 of 15 journeys")
        assert output(page, 2).strip() == "help 15"


def test_the_map_is_picked_from_by_keyboard(lab: Lab, browser: Browser) -> None:
    with explored(lab, browser) as (page, explorer):
        grid = explorer.locator("journey-map")
        grid.get_by_text("Cart", exact=True).first.click()
        expect(journeys(explorer)).to_contain_text("40 journeys")
        page.keyboard.press("ArrowRight")
        expect(explorer.get_by_label("Came through")).to_have_value("pay")
        expect(journeys(explorer)).to_contain_text("20 journeys")
        expect(grid.get_by_text("Nobody typed them")).to_be_visible()


def test_a_choice_of_few_customers_shows_nothing_about_them(lab: Lab, browser: Browser) -> None:
    with explored(lab, browser) as (_, explorer):
        explorer.get_by_label("Segment").select_option(label="country: MT")
        expect(journeys(explorer)).to_contain_text("Fewer than 5 customers fit this choice")
        expect(explorer.locator("table.numbers, figure, .story")).to_have_count(0)
        explorer.get_by_label("Segment").select_option(label="All customers")
        explorer.get_by_label("Holds the steps").fill("home ->")
        explorer.get_by_label("Holds the steps").press("Enter")
        expect(explorer.locator(".problem")).to_contain_text("An event is missing")
        explorer.get_by_role("button", name="All journeys").click()
        expect(journeys(explorer)).to_contain_text("60 journeys")


def test_the_code_becomes_a_cell_that_gives_the_same_numbers(lab: Lab, browser: Browser) -> None:
    with explored(lab, browser) as (page, explorer):
        explorer.get_by_label("Segment").select_option(label="country: FR")
        expect(journeys(explorer)).to_contain_text("28 journeys")
        explorer.get_by_role("button", name="Give me the code").click()
        cell = page.locator(".jp-Notebook .jp-Cell").nth(2)
        expect(cell).to_contain_text('.where("country", "FR")')
        expect(cell).to_contain_text("mine")
        assert "28" in output(page, 2)


def test_one_customer_is_told_without_who_it_is(lab: Lab, browser: Browser) -> None:
    with explored(lab, browser) as (_, explorer):
        explorer.get_by_label("Came through").select_option(label="Payment")
        explorer.get_by_text("One customer").click()
        story = explorer.locator(".story")
        expect(story).to_contain_text("Outcome: Paid")
        first = explorer.locator(".turns p").inner_text()
        explorer.get_by_role("button", name="Next customer").click()
        expect(explorer.locator(".turns p")).to_contain_text("2 of 20")
        assert explorer.locator(".turns p").inner_text() != first
        assert "c0" not in story.inner_text()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_keeps_anybody_out(lab: Lab, browser: Browser, tmp_path: Path, dark: bool) -> None:
    with explored(lab, browser, dark=dark, width=900 if dark else 1400) as (page, explorer):
        if dark:
            page.evaluate(
                "jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})"
            )
            page.wait_for_selector("body[data-jp-theme-light=false]", state="attached")
            page.wait_for_function(DRAWN_DARK)
        explorer.get_by_text("One customer").click()
        explorer.locator(".story").wait_for()
        explorer.screenshot(path=tmp_path / "explorer.png")
        found = axe(page)
        here = [line for line in found if "jp-" not in line and "cm-" not in line]
        assert here == []
