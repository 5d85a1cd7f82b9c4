"""A browser prints the page and draws its charts, as large as a slide and without a network."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cjm_notebooks.audits.files import browser as browsers
from cjm_notebooks.audits.files.pictures import leave_pictures
from cjm_notebooks.errors import AuditError
from cjm_notebooks.exhibits import Exhibit, head
from tests.audits import AS_OF, BUYS, BUYS_LATER, LEAVES_CART, events
from tests.journeys import ONE_EACH

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def exhibit() -> Exhibit:
    from cjm_notebooks import audit

    log = events(*[BUYS] * 39, BUYS_LATER, *[LEAVES_CART] * 20)
    return audit(ONE_EACH, log, as_of=AS_OF, views=["stage-funnel"]).exhibit("stage-funnel")


@pytest.fixture(scope="module")
def folder(exhibit: Exhibit, tmp_path_factory: pytest.TempPathFactory) -> Path:
    page = tmp_path_factory.mktemp("page") / "spring.html"
    page.write_text(
        f'<!doctype html><html lang="en"><title>Spring</title>{head()}'
        f"<body><h1>Spring</h1>{exhibit.html(2)}</body></html>",
        "utf-8",
    )
    leave_pictures(page)
    return page.parent


@pytest.mark.needs("chromium")
def test_a_chart_is_a_drawing_with_its_heading_its_sentence_and_its_legend(
    folder: Path, exhibit: Exhibit
) -> None:
    drawing = ElementTree.parse(folder / "spring.charts" / "stage-funnel.svg").getroot()
    assert (drawing.get("width"), drawing.get("height")) == ("960", "540")
    words = " ".join("".join(text.itertext()) for text in drawing.iter(f"{SVG}text"))
    assert "Journeys that reached each stage" in words
    assert str(exhibit.summary[0]).split(",")[0] in words
    assert "reached" in words
    assert len(list(drawing.iter(f"{SVG}path"))) > 6
    says = drawing.find(f"{SVG}desc")
    assert says is not None
    assert says.text == str(exhibit.summary[0])


@pytest.mark.needs("chromium")
def test_a_chart_is_an_image_of_the_size_of_a_slide(folder: Path) -> None:
    image = (folder / "spring.charts" / "stage-funnel.png").read_bytes()
    assert image.startswith(b"\x89PNG")
    width, height = (int.from_bytes(image[at : at + 4], "big") for at in (16, 20))
    assert (width, height) == (1920, 1080)


@pytest.mark.needs("chromium")
def test_the_printed_page_is_tagged_for_screen_readers_and_says_its_language(folder: Path) -> None:
    document = (folder / "spring.pdf").read_bytes()
    assert document.startswith(b"%PDF")
    assert b"/StructTreeRoot" in document
    assert re.search(rb"/Lang \(en\)", document)


def test_without_a_browser_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CJM_BROWSER", "no-such-program")
    browsers.browser.cache_clear()
    try:
        with pytest.raises(AuditError, match="Install one, or name it in `CJM_BROWSER`"):
            leave_pictures(tmp_path / "spring.html")
    finally:
        monkeypatch.undo()
        browsers.browser.cache_clear()
