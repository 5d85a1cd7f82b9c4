"""The page of a map, as `cjm render` writes it, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from cjm_notebooks.exhibits.map_page import map_page
from cjm_notebooks.language import language
from cjm_notebooks.maps import JourneyMap, Measured, MeasuredMap
from tests.browser.chromium import axe, open_page

HOTEL = Path(__file__).parents[2] / "examples" / "hotel" / "hotel.cjm.json"


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_map_page_is_drawn_asks_nobody_and_can_be_read_by_all(tmp_path: Path, dark: bool) -> None:
    hotel = JourneyMap.load(HOTEL)
    number = Measured(
        target="checks-in",
        kind="touchpoint",
        measure="reach",
        estimate=0.58,
        low=0.57,
        high=0.59,
        n=79330,
        unit="share of journeys, 0 to 1",
    )
    measured = MeasuredMap(
        map_id=hotel.id, map_hash=hotel.content_hash(), as_of="2017-09-14", targets=(number,)
    )
    file = tmp_path / "hotel.html"
    file.write_text(map_page(hotel, measured, language("en")), "utf-8")
    with open_page(file, dark=dark, width=400) as opened:
        opened.page.wait_for_selector(".cjm-chart canvas")
        assert (opened.asked_outside, opened.errors) == ([], [])
        assert axe(opened.page) == []
        assert opened.page.locator("h1").inner_text() == hotel.name
        assert opened.page.get_by_text("57.0% – 59.0%").is_visible()
        wider = "document.documentElement.scrollWidth > innerWidth"
        assert opened.page.evaluate(wider) is False
