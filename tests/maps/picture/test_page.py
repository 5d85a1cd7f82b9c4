"""The page of a map: one file, with or without the component in it."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256

import pytest

from cjm_notebooks.maps import JourneyMap, Stage
from cjm_notebooks.maps.picture import page as module
from cjm_notebooks.maps.picture.payload import script_text
from tests.maps.picture.shop import NUMBERS, SHOP


@pytest.fixture
def built(monkeypatch):
    script = "customElements.define('journey-map', class extends HTMLElement {})"
    monkeypatch.setattr(module, "component", lambda: script)
    return script


@pytest.fixture
def not_built(monkeypatch):
    monkeypatch.setattr(module, "component", lambda: "")


@pytest.mark.usefixtures("not_built")
def test_page_without_the_component_holds_no_script_and_allows_none():
    page = SHOP.picture(NUMBERS).page()
    assert "<script" not in page
    assert "<journey-map" not in page
    assert "script-src 'none'" in page


def test_page_with_the_component_gives_it_the_payload_and_the_table_to_begin_with(built):
    page = SHOP.picture(NUMBERS).page()
    inside = re.search(r"<journey-map readonly>(.*)</journey-map>", page, re.DOTALL)[1]
    table, given = inside.split('<script type="application/json">')
    assert "<table aria-label" in table
    assert json.loads(given.removesuffix("</script>")) == SHOP.picture(NUMBERS).payload()
    assert f"<script>{built}</script>" in page


def test_page_allows_only_its_own_script_and_no_network(built):
    allowed = b64encode(sha256(built.encode()).digest()).decode()
    page = SHOP.picture().page()
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:; " in page
    assert f"script-src 'sha256-{allowed}'" in page


def test_json_in_a_page_cannot_end_its_script_element():
    attack = {"a": "</script><!--<script>\u2028"}
    text = script_text(attack)
    assert "<" not in text
    assert "\u2028" not in text
    assert json.loads(text) == attack


@pytest.mark.usefixtures("not_built")
def test_page_says_of_which_day_the_numbers_are_and_lists_them_all():
    page = SHOP.picture(NUMBERS).page()
    assert "<p>Measured as of 2025-03-31.</p>" in page
    assert page.count('<tr><th scope="row"><bdi>') == len(NUMBERS.targets)
    assert "<bdi>39.84</bdi>" in page
    assert "Measured as of" not in SHOP.picture().page()


@pytest.mark.usefixtures("not_built")
def test_page_says_that_the_map_changed_since_it_was_measured():
    changed = SHOP.model_copy(update={"objective": "Sell more"})
    assert "The map has been changed since then." in changed.picture(NUMBERS).page()


@pytest.mark.usefixtures("not_built")
def test_page_is_printed_on_a_sheet_as_wide_as_the_map():
    """Three columns need less than a sheet of A4 across, and sixty need 60 * 200 + 220."""
    stages = tuple(Stage(id=f"s{number}", name="S") for number in range(60))
    wide = JourneyMap(id="m", name="M", stages=stages)
    assert "@page { size: 1123px 794px;" in SHOP.picture().page()
    assert "@page { size: 12220px 8641px;" in wide.picture().page()
