"""Whatever somebody typed into a map is shown as text, and does nothing."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.maps.picture import page as module
from tests.maps.any_map import maps
from tests.maps.picture.hostile import ATTACKS, map_full_of, numbers_full_of

every_attack = pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
OURS = {
    "a", "b", "bdi", "body", "circle", "colgroup", "div", "h1", "h2", "head", "html", "i",
    "journey-map", "li", "main", "meta", "p", "path", "script", "small", "span", "strong",
    "style", "svg", "table", "tbody", "td", "th", "thead", "title", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "aria-hidden", "aria-label", "charset", "class", "colspan", "content", "cx", "cy", "d", "dir",
    "fill", "height", "href", "http-equiv", "lang", "name", "overflow", "preserveaspectratio",
    "r", "readonly", "rel", "role", "scope", "span", "stroke", "style", "tabindex", "type",
    "viewbox", "width", "x", "y",
}  # fmt: skip
SVG = {"svg", "title", "desc", "style", "rect", "text", "path", "circle"}
UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Markup(HTMLParser):
    """The elements, attributes and links of a page."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.attributes, self.links = set(), set(), set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value for name, value in attrs if name in {"href", "src"}}


@every_attack
@pytest.mark.parametrize("script", ["", "'use strict'"], ids=["table", "component"])
def test_table_and_page_hold_no_element_attribute_or_link_but_ours(monkeypatch, script, attack):
    monkeypatch.setattr(module, "component", lambda: script)
    picture = map_full_of(attack[:10_000]).picture(numbers_full_of(attack[:10_000]))
    for page in (picture.html(), picture.page()):
        read = Markup(page)
        assert read.elements <= OURS
        assert read.attributes <= ATTRIBUTES
        assert read.links == set()
        assert not UNSHOWABLE.search(page)


@every_attack
def test_drawing_is_xml_that_holds_no_element_but_ours(attack):
    svg = map_full_of(attack).picture(numbers_full_of(attack)).svg()
    names = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(svg).iter()}
    assert names <= SVG
    assert " on" not in "".join(re.findall(r"<\w+([^>]*)>", svg))


@every_attack
def test_image_of_it_can_be_made(attack):
    assert map_full_of(attack).picture(numbers_full_of(attack)).png().startswith(b"\x89PNG")


@every_attack
def test_what_a_notebook_keeps_of_it_is_json_and_utf_8(attack):
    bundle = map_full_of(attack[:10_000])._repr_mimebundle_()
    kept = json.dumps(bundle, ensure_ascii=False).encode("utf-8")
    assert json.loads(kept) == bundle


def test_text_is_shown_and_not_taken_away():
    shown = map_full_of(ATTACKS["element"]).picture().html()
    assert "&lt;img src=x onerror=&quot;document.title=&#x27;pwned&#x27;&quot;&gt;" in shown


def test_a_million_characters_make_no_long_table_and_no_long_drawing():
    picture = map_full_of(ATTACKS["longest"]).picture()
    assert len(picture.html()) < 50_000
    assert len(picture.svg()) < 50_000


def test_half_a_character_in_a_field_of_ones_own_does_not_break_the_display():
    halved = JourneyMap.from_text(
        '{"schema_version": "1.0", "id": "m", "name": "M", "x_a": "\\ud800"}'
    )
    bundle = halved._repr_mimebundle_()
    json.dumps(bundle, ensure_ascii=False).encode("utf-8")
    assert bundle["application/vnd.cjm+json"]["journey_map"]["x_a"] == "\ufffd"


@given(journey_map=maps)
@settings(max_examples=100)
def test_any_map_at_all_shows_itself_and_can_be_drawn(journey_map):
    bundle = journey_map._repr_mimebundle_()
    assert json.loads(json.dumps(bundle)) == bundle
    assert Markup(bundle["text/html"]).elements <= OURS
    ElementTree.fromstring(journey_map.picture().svg())
