"""Exhibits in a real browser: drawn in the colours of the page, and within reach of everybody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page

from cjm_notebooks.catalogue import entries
from cjm_notebooks.exhibits import exhibit, head
from cjm_notebooks.views import View
from tests.browser.chromium import OpenPage, axe, open_page
from tests.journeys import journeys
from tests.views import claimed_shop, readings

CUSTOMERS = journeys(
    *["home@1 product@2 cart@3 pay@4 paid@4.5 csat:cart=2@5 csat:pay=4@5 csat:home=4@5"] * 3,
    "home@1 cart@2 home@3 odd@3.5 csat:cart=3@5 csat:pay=5@5 csat:home=5@5",
    "product@1 cart@2 cancelled@3",
    "home@95",
    *["click:img@1 rage_click:img@2 scroll:screen_2@3"] * 3,
    on=claimed_shop(),
)
PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Exhibits</title>
<style>
:root {{ color-scheme: light dark }}
body {{ background: #ffffff; color: #1f2328 }}
@media (prefers-color-scheme: dark) {{ body {{ background: #15181c; color: #e6eaef }} }}
</style>
{head}</head>
<body><main><h1>Exhibits</h1>{exhibits}</main></body>
</html>
"""
VIEWS = list(entries("views", View))
EVERY_ONE_IS_DRAWN = """
    document.querySelectorAll("figure[data-drawn]").length ===
    document.querySelectorAll("figure.cjm-exhibit").length
"""
CANVAS_HAS = """([view, colour]) => {
    const canvases = (root) => [...root.querySelectorAll("*")].flatMap((element) =>
        element.localName === "canvas" ? [element]
        : element.shadowRoot ? canvases(element.shadowRoot) : []);
    const [red, green, blue] = colour;
    const opaque = (255 << 24 | blue << 16 | green << 8 | red) >>> 0;
    return canvases(document.querySelector(`figure[data-view="${view}"]`)).some((canvas) => {
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return new Uint32Array(data.buffer).includes(opaque);
    });
}"""
BLUE, DARK_INK, LIGHT_INK = [0, 114, 178], [31, 35, 40], [230, 234, 239]
BLACK = [0, 0, 0]

needs_chromium = pytest.mark.needs("chromium")


@pytest.fixture(scope="module")
def page_of_exhibits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    drawn = [
        exhibit(view, readings(view, CUSTOMERS)).html(level=2)
        for view in (kind.examples()[0] for kind in entries("views", View).values())
    ]
    file = tmp_path_factory.mktemp("page") / "exhibits.html"
    file.write_text(PAGE.format(head=head(), exhibits="".join(drawn)), "utf-8")
    return file


@contextmanager
def exhibits_on(file: Path, *, dark: bool = False, width: int = 1280) -> Iterator[OpenPage]:
    """The page once every exhibit is drawn."""
    with open_page(file, dark=dark, width=width) as opened:
        opened.page.wait_for_function(EVERY_ONE_IS_DRAWN)
        yield opened


def wait_for(page: Page, view: str, colour: list[int], *, gone: bool = False) -> None:
    """Fails when the colour has not come, or gone, within half a minute."""
    there = "false" if gone else "true"
    page.wait_for_function(f"(wanted) => ({CANVAS_HAS})(wanted) === {there}", arg=[view, colour])


@needs_chromium
@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_view_is_drawn_in_the_colours_of_the_page_and_breaks_no_rule(
    page_of_exhibits: Path, dark: bool, width: int
) -> None:
    with exhibits_on(page_of_exhibits, dark=dark, width=width) as opened:
        for view in VIEWS:
            wait_for(opened.page, view, LIGHT_INK if dark else DARK_INK)
            wait_for(opened.page, view, DARK_INK if dark else LIGHT_INK, gone=True)
        assert (opened.asked_outside, opened.errors) == ([], [])
        assert axe(opened.page) == []
        assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@needs_chromium
def test_legend_hides_and_shows_a_series_by_keyboard(page_of_exhibits: Path) -> None:
    with exhibits_on(page_of_exhibits) as opened:
        wait_for(opened.page, "stage-funnel", BLUE)
        button = opened.page.locator('[data-view="stage-funnel"] [data-series="reached"]')
        button.press("Space")
        assert button.get_attribute("aria-pressed") == "false"
        wait_for(opened.page, "stage-funnel", BLUE, gone=True)
        button.press("Enter")
        assert button.get_attribute("aria-pressed") == "true"
        wait_for(opened.page, "stage-funnel", BLUE)


@needs_chromium
def test_nightfall_changes_the_ink_and_not_what_is_hidden(page_of_exhibits: Path) -> None:
    with exhibits_on(page_of_exhibits) as opened:
        opened.page.click('[data-view="stage-funnel"] [data-series="reached"]')
        opened.page.emulate_media(color_scheme="dark")
        wait_for(opened.page, "stage-funnel", LIGHT_INK)
        wait_for(opened.page, "stage-funnel", DARK_INK, gone=True)
        wait_for(opened.page, "stage-funnel", BLUE, gone=True)


@needs_chromium
def test_where_the_reader_sets_the_colours_the_ink_is_theirs(page_of_exhibits: Path) -> None:
    with exhibits_on(page_of_exhibits, dark=True) as opened:
        wait_for(opened.page, "stage-funnel", LIGHT_INK)
        opened.page.emulate_media(color_scheme="light", forced_colors="active")
        wait_for(opened.page, "stage-funnel", BLACK)
        wait_for(opened.page, "stage-funnel", LIGHT_INK, gone=True)


@needs_chromium
def test_exhibit_that_comes_later_is_drawn_too(page_of_exhibits: Path) -> None:
    with exhibits_on(page_of_exhibits) as opened:
        opened.page.evaluate("""() => {
            const later = document.querySelector("figure").cloneNode(true);
            later.querySelector(".cjm-chart").replaceChildren();
            later.removeAttribute("data-drawn");
            document.querySelector("main").append(later);
        }""")
        opened.page.wait_for_function(EVERY_ONE_IS_DRAWN)


@needs_chromium
def test_without_scripts_the_sentences_and_the_table_remain(page_of_exhibits: Path) -> None:
    with open_page(page_of_exhibits) as opened:
        quiet = page_of_exhibits.with_name("quiet.html")
        quiet.write_text(page_of_exhibits.read_text("utf-8").replace(head(), ""), "utf-8")
        opened.page.goto(quiet.as_uri())
        funnel = opened.page.locator('figure[data-view="stage-funnel"]')
        assert funnel.get_by_text("reached the last stage").is_visible()
        assert not funnel.get_by_role("button").first.is_visible()
        funnel.get_by_text("Table", exact=True).click()
        assert funnel.get_by_role("rowheader", name="Browse").is_visible()


@needs_chromium
def test_names_are_never_run_as_scripts(tmp_path: Path) -> None:
    evil = claimed_shop().model_copy(update={"id": "evil"})
    home = (
        evil.stages[0]
        .touchpoints[0]
        .model_copy(
            update={
                "name": "<img src=x onerror=\"document.title='run'\"><script>top.run=1</script>"
            }
        )
    )
    browse = evil.stages[0].model_copy(update={"touchpoints": (home,)})
    shop = evil.model_copy(update={"stages": (browse,)})
    view = entries("views", View)["coverage"]()
    drawn = exhibit(view, readings(view, journeys("home@1 home@2", on=shop))).html(level=2)
    file = tmp_path / "evil.html"
    file.write_text(PAGE.format(head=head(), exhibits=drawn), "utf-8")
    with exhibits_on(file) as opened:
        chart = opened.page.locator(".cjm-chart").bounding_box()
        assert chart is not None
        opened.page.mouse.move(chart["x"] + 400, chart["y"] + 50)
        opened.page.mouse.move(chart["x"] + 420, chart["y"] + 60, steps=5)
        opened.page.get_by_text("Names of the events").nth(1).wait_for()
        assert opened.page.title() == "Exhibits"
        assert opened.page.evaluate("top.run") is None
