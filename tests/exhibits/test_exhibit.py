"""An exhibit says in words and in a table what its chart shows, whatever names it has to carry."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from bokeh.embed import json_item

from cjm_notebooks.catalogue import entries
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.exhibits import Exhibit, exhibit
from cjm_notebooks.language import language
from cjm_notebooks.maps import JourneyMap, Stage
from cjm_notebooks.views import View
from cjm_notebooks.views.coverage import Coverage
from cjm_notebooks.views.stage_funnel import StageFunnel
from cjm_notebooks.views.touchpoint_flow import TouchpointFlow
from tests.journeys import journeys, touchpoint
from tests.views import readings

IDS = ("id", "root_id")
THREE = journeys("home@1 cart@2 paid@3", "home@1 odd@2", "home@1 cart@2")


class Words(HTMLParser):
    """The words of a page by the element that holds them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.cells: list[list[str]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside.append(tag)
        self.elements.append((tag, dict(attrs)))
        if tag == "tr":
            self.cells.append([])

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "tr" in self.inside:
            self.cells[-1].append(data)


def named(home: str) -> JourneyMap:
    place = touchpoint("home").model_copy(update={"name": home})
    return JourneyMap(id="m", name="M", stages=(Stage(id="s", name="S", touchpoints=(place,)),))


def shown(view: Coverage | StageFunnel | TouchpointFlow, code: str = "en") -> Exhibit:
    return exhibit(view, readings(view, THREE), language(code))


def without_ids(item: object) -> object:
    """The JSON with its models in their order and without their numbers."""
    if isinstance(item, dict):
        return {key: without_ids(part) for key, part in item.items() if key not in IDS}
    return [without_ids(part) for part in item] if isinstance(item, list) else item


def test_table_says_what_the_view_says_in_the_numbers_of_the_language() -> None:
    english, german = (Words(shown(StageFunnel(), code).html()).cells for code in ("en", "de"))
    assert english[0][:4] == ["Stage", "Reached", "Of journeys", "Share"]
    assert english[2][:4] == ["Cart", "2", "3", "66.7%"]
    assert german[2][:4] == ["Cart", "2", "3", "66,7\N{NO-BREAK SPACE}%"]


def test_headings_of_the_table_say_what_they_head() -> None:
    elements = Words(shown(StageFunnel()).html()).elements
    scopes = [attrs.get("scope") for tag, attrs in elements if tag == "th"]
    assert scopes == ["col"] * 10 + ["row"] * 4


def test_summary_and_heading_stand_in_the_caption() -> None:
    html = shown(StageFunnel()).html(level=4)
    caption = html[html.index("<figcaption>") : html.index("</figcaption>")]
    assert "<h4>Journeys that reached each stage</h4>" in caption
    assert "0 of 3 journeys (0.0%, 95 % interval 0.0% to" in caption


def test_legend_has_a_button_for_each_series_that_is_drawn() -> None:
    elements = Words(shown(StageFunnel()).html()).elements
    buttons = [attrs for tag, attrs in elements if tag == "button"]
    assert [button["data-series"] for button in buttons] == ["reached", "left", "interval"]
    assert {button["aria-pressed"] for button in buttons} == {"true"}


def test_names_are_never_markup() -> None:
    evil = "</script><script>alert(1)</script>"
    html = exhibit(Coverage(), readings(Coverage(), journeys("home@1", on=named(evil)))).html()
    assert "<script>" not in html
    assert html.count("</script>") == 1
    assert "&lt;/script&gt;&lt;script&gt;alert(1)" in html


def test_name_read_from_the_right_stays_apart_from_the_sentence() -> None:
    arabic = "\N{ARABIC LETTER MEEM}\N{ARABIC LETTER REH}"
    moves = journeys("home@1 home@2", on=named(arabic))
    html = exhibit(TouchpointFlow(), readings(TouchpointFlow(), moves)).html()
    assert f"led from <bdi>{arabic}</bdi> to <bdi>{arabic}</bdi>:" in html


def test_name_cannot_break_out_of_its_isolation() -> None:
    tricky = "\u2069home\u2068"
    moves = journeys("home@1 home@2", on=named(tricky))
    html = exhibit(TouchpointFlow(), readings(TouchpointFlow(), moves)).html()
    assert "led from <bdi>home</bdi> to" in html


def test_same_readings_give_the_same_bytes() -> None:
    assert shown(TouchpointFlow()).html() == shown(TouchpointFlow()).html()


def test_chart_is_json_whose_every_reference_is_defined() -> None:
    item = json.loads(shown(StageFunnel()).chart)
    text = json.dumps(item["doc"])
    assert item["root_id"] == item["doc"]["roots"][0]["id"]
    defined = set(re.findall(r'"name": "\w+", "id": "(m\d+)"', text))
    assert set(re.findall(r'\{"id": "(m\d+)"\}', text)) <= defined


@pytest.mark.parametrize("id_", entries("views", View))
def test_chart_is_what_bokeh_itself_would_embed_but_for_notices_of_a_server(id_: str) -> None:
    for view in entries("views", View)[id_].examples():
        read = readings(view, THREE)
        theirs = json.loads(json.dumps(json_item(view.draw(**read))))
        assert theirs["doc"].pop("config")["name"] == "DocumentConfig"
        ours = json.loads(exhibit(view, read).chart)
        assert without_ids(ours) == without_ids(theirs)


def test_empty_table_is_left_out() -> None:
    silent = readings(TouchpointFlow(), journeys())
    html = exhibit(TouchpointFlow(), silent).html()
    assert "<table" not in html
    assert "<button" not in html
    assert "No journey moved from one touchpoint to another." in html


def test_dash_is_explained_only_where_one_stands() -> None:
    assert "stands where nothing was counted" in shown(StageFunnel()).html()
    assert "stands where nothing was counted" not in shown(Coverage()).html()


def test_notebook_without_a_browser_reads_the_summary() -> None:
    bundle = shown(Coverage())._repr_mimebundle_()
    assert bundle["text/html"].startswith('<figure class="cjm-exhibit"')
    assert bundle["text/plain"].startswith("Events on the map and events beside it\n5 of 7 events")


def test_missing_reading_is_named() -> None:
    with pytest.raises(
        ParameterError,
        match=r"The view `coverage` reads `coverage`, which is not among the readings\. "
        r"Did you mean `coverages`\?",
    ):
        exhibit(Coverage(), {"journey_map": THREE.map, "coverages": pd.DataFrame()})
