"""The table of a map, which needs neither scripts nor its own style to be read."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from cjm_notebooks.language import language
from cjm_notebooks.maps import JourneyMap, Stage, Touchpoint
from cjm_notebooks.maps.picture.curve import pieces
from cjm_notebooks.maps.picture.emotion import Felt
from cjm_notebooks.maps.picture.lanes import Lanes
from cjm_notebooks.maps.picture.table import MapTable
from tests.maps.picture.shop import NUMBERS, SHOP


class Words(HTMLParser):
    """The text of a page whose style was taken away, one line for each row of its table."""

    def __init__(self, page):
        super().__init__()
        self.rows, self.attributes = [[]], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.attributes.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])

    def handle_data(self, text):
        if self.lasttag != "style" and text.strip():
            self.rows[-1].append(text.strip())


def table(journey_map=SHOP, measured=NUMBERS, **options):
    return MapTable(Lanes(journey_map, measured, language("en")), **options).html()


def test_table_reads_well_without_its_style():
    opening, stages, touchpoints, *lanes = Words(table()).rows
    assert opening[:2] == ["A shop", "to be"]
    assert stages[:3] == ["Stage", "Browse", "Find a coat."]
    assert stages[-1] == "Buy"
    assert touchpoints == [
        "Touchpoint",
        "Home page",
        "message",
        "·",
        "optional",
        "Search",
        "No touchpoint yet",
    ]
    assert ["Channel", "web mobile", "The desk"] in lanes
    assert lanes[0][:3] == ["Measured", "◆ measured", "reached by 25.0%"]


def test_each_heading_says_what_it_heads():
    read = Words(table(lanes=("channel",))).attributes
    scopes = [(one["scope"], one.get("colspan")) for tag, one in read if tag == "th"]
    assert scopes == [
        ("row", None),
        ("colgroup", "2"),
        ("colgroup", "1"),
        ("row", None),
        ("col", None),
        ("col", None),
        ("col", None),
        ("row", None),
    ]


def test_table_holds_no_script_and_fetches_nothing():
    shown = table()
    assert not re.search(r"<script|<link|<img|@import|url\(", shown)
    assert re.findall(r'href="([^"]*)"', shown) == ["https://example.org/log?a=1&amp;b=2"]


def test_what_was_measured_says_so_in_words_wherever_it_stands():
    shown = table()
    assert shown.count("◆ measured</span>") == 7
    assert "measured, not typed by anybody" in shown
    assert "measured, not typed by anybody" not in table(measured=None)


def test_contradictions_are_listed_below():
    twice = JourneyMap(id="m", name="M", stages=(Stage(id="s", name="S"), Stage(id="s", name="S")))
    assert "Contradictions in the map: 1" in table(twice, None)
    assert "`stages[0].id` has the same id." in table(twice, None)
    assert "Contradictions" not in table()


def test_many_contradictions_are_counted_and_twenty_shown():
    stages = tuple(Stage(id="s", name="S") for _ in range(30))
    shown = table(JourneyMap(id="m", name="M", stages=stages), None)
    assert "Contradictions in the map: 29" in shown
    assert shown.count("<li ") == 20
    assert "<li>and 9 more</li>" in shown


def test_map_without_stages_says_so():
    assert "The map has no stage yet." in table(JourneyMap(id="m", name="M"), None)


def test_long_text_is_cut():
    wordy = Touchpoint(id="t", name="T", doing="a" * 500)
    stage = Stage(id="s", name="S", touchpoints=(wordy,))
    shown = table(JourneyMap(id="m", name="M", stages=(stage,)), None, longest=100)
    assert f"{'a' * 99}…<" in shown
    assert "a" * 100 not in shown


def test_table_of_300_touchpoints_stays_below_a_megabyte():
    home = SHOP.stages[0].touchpoints[0]
    stages = tuple(
        Stage(
            id=f"s{s}",
            name="Stage",
            touchpoints=tuple(
                home.model_copy(update={"id": f"t{s}-{t}", "thinking": "x" * 200})
                for t in range(10)
            ),
        )
        for s in range(30)
    )
    big = SHOP.model_copy(update={"stages": stages, "opportunities": (), "evidence": ()})
    assert len(table(big, None).encode()) < 1_000_000


def test_pieces_of_the_curve_meet_on_the_border_between_two_cells():
    """-2 is drawn at 56, 0 at 30 and 2 at 4; halfway between 0 and 2 lies 17.

    A cell is 84 high where the box is 60, so that 56 becomes 78.4.
    """
    left, right, nothing, alone = pieces([Felt(0), Felt(2), Felt(), Felt(-2)])
    assert 'class="claimed hypothesis" d="M50 30L100 17"' in left
    assert 'class="claimed hypothesis" d="M0 17L50 4"' in right
    assert nothing == ""
    assert '<path class="claimed' not in alone
    assert '<circle class="claimed hypothesis" cx="50%" cy="78.4" r="5"/>' in alone


def test_measured_emotion_is_drawn_with_its_interval():
    (piece,) = pieces([Felt(measured=1, low=0, high=2)])
    assert 'class="whisker" d="M50 30V4"' in piece
    assert '<svg x="50%" y="23.8" overflow="visible"><path class="diamond"' in piece


@pytest.mark.parametrize(
    ("url", "is_shown"),
    [
        ("https://example.org", True),
        ("HTTP://example.org/ä", True),
        ("mailto:ann@example.org", True),
        (" https://example.org ", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("//example.org", False),
        ("file:///etc/passwd", False),
        ("https://exa\u202emple.org", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_only_addresses_of_pages_and_mails_become_links(url, is_shown):
    (evidence,) = (one for one in SHOP.evidence if one.id == "log")
    linked = SHOP.model_copy(update={"evidence": (evidence.model_copy(update={"url": url}),)})
    assert ("<a " in table(linked, None)) is is_shown
