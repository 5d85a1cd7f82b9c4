"""The page of an audit in a real browser, with no network behind it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from cjm_notebooks import audit
from tests.audits import AS_OF, BUYS, BUYS_LATER, LEAVES_CART, answers, claiming, events, page_of
from tests.browser.chromium import axe, open_page

pytestmark = pytest.mark.needs("chromium")

DRAWN = "document.querySelectorAll('figure.cjm-exhibit[data-drawn]').length"
EXHIBITS = "document.querySelectorAll('figure.cjm-exhibit').length"
LACKING = """
[...document.querySelectorAll('figure.cjm-exhibit')]
  .filter(one => !one.querySelector('figcaption p') || !one.querySelector('table tbody td'))
  .map(one => one.dataset.view)
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    recorded = events(
        *[BUYS] * 39, BUYS_LATER, *[LEAVES_CART] * 20, *["home@1 <script>alert(1)</script>@2"] * 40
    )
    said = answers(*["csat:cart=2@60", "csat:cart=4@60", "nps:pay=9@60"] * 20)
    evil = claiming(emotion=1, expected=4).model_copy(
        update={"name": "<script>document.title='broken'</script>"}
    )
    result = audit(evil, recorded, feedback=said, as_of=AS_OF)
    path = tmp_path_factory.mktemp("page") / "audit.html"
    path.write_text(page_of(result), "utf-8")
    return path


def wait_until_drawn(page: Page) -> None:
    page.wait_for_function(f"{DRAWN} === {EXHIBITS}", timeout=20_000)


@pytest.mark.parametrize(
    ("dark", "width"), [(False, 1280), (True, 1280), (False, 400), (True, 400)]
)
def test_page_is_drawn_whole_fits_and_is_accessible(path: Path, dark: bool, width: int) -> None:
    with open_page(path, dark=dark, width=width) as opened:
        wait_until_drawn(opened.page)
        assert opened.page.evaluate(EXHIBITS) == 8
        assert opened.asked_outside == []
        assert opened.errors == []
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
        opened.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert axe(opened.page) == []


def test_every_chart_has_a_summary_and_a_table(path: Path) -> None:
    with open_page(path) as opened:
        wait_until_drawn(opened.page)
        assert opened.page.evaluate(LACKING) == []


def test_texts_and_tables_are_read_without_any_script(path: Path) -> None:
    with open_page(path) as opened:
        browser = opened.page.context.browser
        assert browser is not None
        plain = browser.new_context(java_script_enabled=False).new_page()
        plain.goto(path.as_uri())
        assert plain.get_by_role("heading", level=1).is_visible()
        assert plain.get_by_text("of the decided journeys that reached").first.is_visible()
        assert plain.locator("figure.cjm-exhibit figcaption p").first.is_visible()
        plain.locator("figure.cjm-exhibit summary").first.click()
        assert plain.locator("figure.cjm-exhibit table").first.is_visible()
        assert not plain.locator(".cjm-legend").first.is_visible()


def test_page_is_small_and_names_on_it_are_no_script(path: Path) -> None:
    assert path.stat().st_size < 2_000_000
    with open_page(path) as opened:
        assert opened.page.title() == "<script>document.title='broken'</script>"
        assert opened.page.locator("h1").count() == 1


def test_contents_lead_to_their_sections_and_the_first_tab_skips_to_the_audit(path: Path) -> None:
    with open_page(path) as opened:
        links = opened.page.locator("nav a").all()
        assert len(links) == 9
        for link in links:
            assert opened.page.locator(link.get_attribute("href") or "").count() == 1
        opened.page.keyboard.press("Tab")
        assert opened.page.locator(":focus").get_attribute("href") == "#main"
