"""The drawing of a map."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from cjm_notebooks.maps import JourneyMap, Stage, Touchpoint
from cjm_notebooks.maps.picture.typesetting import length_of, wrapped
from tests.maps.picture.shop import NUMBERS, SHOP

SVG = "{http://www.w3.org/2000/svg}"


def drawn(journey_map=SHOP, measured=NUMBERS, theme="auto", **options):
    return ElementTree.fromstring(journey_map.picture(measured, **options).svg(theme))


def texts(svg):
    return [element.text for element in svg.iter(f"{SVG}text")]


def one_stage(*touchpoints, **fields):
    return JourneyMap(
        id="m", name="M", stages=(Stage(id="s", name="S", touchpoints=touchpoints),), **fields
    )


def test_drawing_shows_stages_touchpoints_lanes_and_numbers():
    shown = texts(drawn())
    for words in ("A shop", "Browse", "Home page", "Search", "No touchpoint yet", "Channel"):
        assert words in shown
    assert "reached by 25.0%" in shown
    assert "measured, not typed by anybody" in shown


def test_drawing_says_to_a_screen_reader_what_it_is():
    svg = drawn()
    assert svg.get("role") == "img"
    assert svg.find(f"{SVG}title").text == "A shop"
    assert svg.find(f"{SVG}desc").text == "Stages: 2, touchpoints: 2."


def test_drawing_fetches_nothing_and_runs_nothing():
    svg = SHOP.picture(NUMBERS).svg()
    assert not re.search(r"<script|<image|<use|<foreignObject|href=|@import|url\(| on\w+=", svg)


def test_curve_has_a_band_for_the_interval_and_a_point_for_claim_and_number():
    """The claim at home is validated, and so one full circle; that of the key is hollow."""
    svg = drawn()
    circles = [one.get("class") for one in svg.iter(f"{SVG}circle")]
    assert circles == ["cjm-claimed", "cjm-paper", "cjm-claimed"]
    assert [one.get("class") for one in svg.iter(f"{SVG}path")].count("cjm-band") == 1


def test_drawing_follows_the_theme_of_its_reader_unless_one_is_asked_for():
    picture = SHOP.picture()
    assert "prefers-color-scheme:dark" in picture.svg()
    for theme, paper in (("light", "#ffffff"), ("dark", "#15181c")):
        assert "prefers-color-scheme" not in picture.svg(theme)
        assert f'class="cjm-paper" fill="{paper}"' in picture.svg(theme)


def test_only_the_lanes_asked_for_are_drawn():
    shown = texts(drawn(lanes=["department"]))
    assert "Department" in shown
    assert "Channel" not in shown


def test_text_from_right_to_left_begins_at_the_right():
    (line,) = (
        element
        for element in drawn(one_stage(Touchpoint(id="t", name="مسار")), None).iter(f"{SVG}text")
        if "مسار" in element.text
    )
    assert line.get("text-anchor") == "end"
    assert line.text == "\u2067مسار\u2069"


def test_contradictions_are_counted_below():
    wrong = one_stage(Touchpoint(id="t", name="T", department="moonshots"))
    assert "Contradictions in the map: 1" in texts(drawn(wrong, None))


def test_map_without_stages_is_drawn_and_says_so():
    assert "The map has no stage yet." in texts(drawn(JourneyMap(id="m", name="M"), None))


def test_map_of_40_stages_and_300_touchpoints_fits_on_one_wide_sheet():
    """300 columns of 188, 128 for the names of the lanes and 28 on either side."""
    stages = tuple(
        Stage(
            id=f"s{s}",
            name=f"Stage {s}",
            touchpoints=tuple(
                Touchpoint(id=f"t{s}-{t}", name="Touchpoint") for t in range(8 if s < 20 else 7)
            ),
        )
        for s in range(40)
    )
    big = JourneyMap(id="m", name="M", stages=stages)
    assert drawn(big, None).get("width") == "56584"


@pytest.mark.parametrize("text", ["word " * 100, "x" * 500, "日本" * 200, "👩🏽‍🚀" * 50, "", " \n"])
def test_text_is_set_in_lines_that_fit_and_ends_in_an_ellipsis(text):
    lines = wrapped(text, 100, 12, 3)
    assert len(lines) == (3 if text.strip() else 0)
    assert all(length_of(line, 12) <= 100 for line in lines)
    assert all(line.endswith("…") for line in lines[2:])


def test_short_text_stays_whole():
    assert wrapped("a short text", 100, 12, 3) == ("a short text",)
    assert wrapped("first line and second", 70, 12, 3) == ("first line", "and second")
