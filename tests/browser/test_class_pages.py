"""The pages of a class in a real Chromium: readable by all, light, dark and narrow."""

from __future__ import annotations

from pathlib import Path

import pytest

from cjm_notebooks.language import language
from cjm_notebooks.teaching.classroom.pages import write_pages
from tests.browser.chromium import axe, open_page
from tests.teaching.classroom import made_up

pytestmark = pytest.mark.needs("chromium")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", ["overview.html", "pages/bob.html"])
def test_pages_of_a_class_are_for_everybody(
    tmp_path: Path, name: str, width: int, dark: bool
) -> None:
    course = made_up.course(tmp_path)
    write_pages(course, made_up.finals(course), language("en"))
    with open_page(course.marks / name, dark=dark, width=width) as opened:
        assert axe(opened.page) == []
        assert opened.asked_outside == []
        assert opened.errors == []
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not opened.page.evaluate(wide)
