"""Many pages share what they have in common, open without a server, and are listed in one index."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from cjm_notebooks import audit
from cjm_notebooks.audits.files.site import ASSETS, INDEX, LIST, add_to_site
from cjm_notebooks.audits.running.record import Left, Record, Runner
from cjm_notebooks.errors import AuditError
from tests.audits import AS_OF, BUYS, BUYS_LATER, LEAVES_CART, events, page_of
from tests.browser.chromium import open_page
from tests.journeys import ONE_EACH

EVIL = "</script><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def html() -> str:
    log = events(*[BUYS] * 39, BUYS_LATER, *[LEAVES_CART] * 20)
    return page_of(audit(ONE_EACH, log, as_of=AS_OF))


def run(folder: Path, html: str, number: int, title: str = "Shop", language: str = "en") -> Record:
    """The record of a run that has left its page."""
    home = folder / f"run-{number}"
    home.mkdir()
    (home / "shop.html").write_text(html, "utf-8")
    return Record(
        id=f"id{number}",
        name="shop",
        template="journey_audit",
        template_hash="0",
        title=title,
        parameters={"as_of": AS_OF, "language": language},
        status="done",
        started_at=datetime(2025, 4, number, tzinfo=UTC),
        runner=Runner.this(),
        counts={"high": 1},
        files=Left(page="shop.html"),
        folder=home,
    )


def test_scripts_and_styles_lie_once_however_many_pages_there_are(
    tmp_path: Path, html: str
) -> None:
    site = tmp_path / "site"
    pages = [add_to_site(site, run(tmp_path, html, number)) for number in (1, 2, 3)]
    assert max(page.stat().st_size for page in pages) < 400_000 < len(html)
    assert len(list((site / ASSETS).glob("*.js"))) == 1
    assert len((site / LIST).read_text("utf-8").splitlines()) == 3


def test_a_page_is_added_once_and_nothing_else_is_written_anew(tmp_path: Path, html: str) -> None:
    site = tmp_path / "site"
    add_to_site(site, run(tmp_path, html, 1))
    before = {file: file.stat().st_mtime_ns for file in site.rglob("*") if file.is_file()}
    add_to_site(site, run(tmp_path, html, 2))
    after = {file: file.stat().st_mtime_ns for file in before}
    assert [file.name for file in before if before[file] != after[file]] == [LIST]
    again = (site / LIST).read_text("utf-8")
    add_to_site(site, run(tmp_path, html, 3).model_copy(update={"id": "id2"}))
    assert (site / LIST).read_text("utf-8") == again


def test_a_run_without_a_page_is_refused(tmp_path: Path, html: str) -> None:
    record = run(tmp_path, html, 1).model_copy(update={"files": Left()})
    with pytest.raises(AuditError, match="has left no page"):
        add_to_site(tmp_path / "site", record)


@pytest.mark.needs("chromium")
def test_index_and_page_open_without_a_server_and_a_title_stays_a_text(
    tmp_path: Path, html: str
) -> None:
    site = tmp_path / "site"
    add_to_site(site, run(tmp_path, html, 1, title="First"))
    add_to_site(site, run(tmp_path, html, 2, title=EVIL))
    with open_page(site / INDEX) as opened:
        page = opened.page
        assert page.locator("tbody th").all_inner_texts() == [EVIL, "First"]
        page.get_by_label("Find").fill("first")
        assert page.get_by_role("status").inner_text() == "1 of 2 audits"
        page.get_by_role("link", name="First").click()
        page.locator("figure[data-drawn]").first.wait_for()
        assert opened.errors == []
        assert opened.asked_outside == []


@pytest.mark.needs("chromium")
def test_the_index_speaks_the_language_of_its_first_page(tmp_path: Path, html: str) -> None:
    site = tmp_path / "site"
    add_to_site(site, run(tmp_path, html, 1, language="de"))
    with open_page(site / INDEX) as opened:
        page = opened.page
        assert page.locator("html").get_attribute("lang") == "de"
        assert page.get_by_role("status").inner_text() == "1 von 1 Audits"
        assert page.get_by_role("cell", name="1 hoch").count() == 1
        page.get_by_label("Suchen").fill("gibt es nicht")
        assert page.get_by_role("status").inner_text() == "0 von 1 Audits"
        assert opened.errors == []
