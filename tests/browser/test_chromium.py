"""The browser that shows our pages reports what a page does wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.chromium import axe, open_page

PAGE = """<!doctype html>
<html lang="en">
<title>A stage</title>
<style>@media (prefers-color-scheme: dark) { p { color: #444 } body { background: #222 } }</style>
<main><h1>Check-in</h1><p>Guests wait.</p></main>
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "stage.html"
    file.write_text(PAGE, "utf-8")
    return file


@pytest.mark.needs("chromium")
def test_text_too_pale_to_read_at_night_is_found_only_at_night(page: Path) -> None:
    with open_page(page) as opened:
        assert axe(opened.page) == []
    with open_page(page, dark=True) as opened:
        assert "color-contrast: <p>Guests wait.</p>" in axe(opened.page)


@pytest.mark.needs("chromium")
def test_page_that_calls_home_or_stumbles_is_noticed(page: Path) -> None:
    with page.open("a", encoding="utf-8") as lines:
        lines.write('<script src="https://statistics.example/count.js"></script>')
        lines.write('<script>throw new Error("no such stage")</script>')
    with open_page(page) as opened:
        assert opened.asked_outside == ["https://statistics.example/count.js"]
        assert opened.errors == ["no such stage"]
