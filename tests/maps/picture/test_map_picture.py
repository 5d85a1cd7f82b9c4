"""A map that shows itself in a notebook, and files of it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from subprocess import run

import pytest

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.maps import JourneyMap, Stage
from tests.maps.picture.shop import NUMBERS, SHOP

ROOT = Path(__file__).parents[3]
OURS = "application/vnd.cjm+json"


def test_map_shows_itself_to_our_renderer_to_other_pages_and_as_plain_text():
    bundle = SHOP._repr_mimebundle_()
    assert list(bundle) == [OURS, "text/html", "text/plain"]
    assert bundle["text/plain"] == "\u2068A shop\u2069. Stages: 2, touchpoints: 2."
    assert bundle["text/html"] == SHOP.picture().html()


def test_payload_is_the_map_as_its_file_has_it_with_numbers_and_problems():
    payload = SHOP.picture(NUMBERS).payload()
    assert payload["journey_map"] == json.loads(SHOP.canonical_text())
    assert payload["measured"] == json.loads(NUMBERS.canonical_text())
    assert payload["problems"] == []
    assert SHOP.picture().payload()["measured"] is None


def test_map_that_contradicts_itself_shows_its_problems_and_does_not_fail():
    twice = JourneyMap(id="m", name="M", stages=(Stage(id="s", name="S"), Stage(id="s", name="S")))
    assert twice._repr_mimebundle_()[OURS]["problems"] == [
        {
            "place": "stages[1].id",
            "value": "s",
            "what": "`stages[0].id` has the same id.",
            "cure": "Give one of the two another id.",
        }
    ]


def test_numbers_show_themselves_as_a_table_where_their_map_is_not_at_hand():
    bundle = NUMBERS._repr_mimebundle_()
    assert bundle["text/plain"] == "7 numbers about the map shop, 2025-03-31"
    assert "<bdi>20.0% – 30.0%</bdi>" in bundle["text/html"]
    assert "<script" not in bundle["text/html"]


def test_numbers_of_another_map_are_refused():
    with pytest.raises(
        ParameterError, match=r"are of the map `shop`, and this is `m`\. Give those"
    ):
        JourneyMap(id="m", name="M").picture(NUMBERS)


@pytest.mark.parametrize(
    ("name", "begins"),
    [("a.html", b"<!doctype html>"), ("a.SVG", b"<svg "), ("a.png", b"\x89PNG")],
)
def test_ending_of_a_file_says_what_is_written(tmp_path, name, begins):
    SHOP.picture(NUMBERS, lanes=["emotion"]).save(tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_other_ending_is_refused(tmp_path):
    with pytest.raises(ParameterError, match=r"`a.gif` is no picture. Known: `.html`, `.svg`"):
        SHOP.picture().save(tmp_path / "a.gif")
    assert list(tmp_path.iterdir()) == []


def test_picture_speaks_the_language_asked_for():
    assert "Anteil" not in SHOP.picture(NUMBERS).page()
    assert '<html lang="de">' in SHOP.picture(NUMBERS, language="de").page()
    assert "25,0" in SHOP.picture(NUMBERS, language="de").html()
    with pytest.raises(ParameterError, match="no translation into `fr`"):
        SHOP.picture(language="fr")


def test_picture_needs_nothing_compiled_but_pydantic_so_that_it_runs_in_a_browser():
    """What is compiled and neither Python's own nor pydantic's would not load in JupyterLite."""
    code = """
import sys
from pathlib import Path
from tests.maps.picture.shop import NUMBERS, SHOP
picture = SHOP.picture(NUMBERS)
assert picture.html() and picture.svg() and picture.page() and SHOP._repr_mimebundle_()
files = [getattr(module, "__file__", None) or "" for module in sys.modules.values()]
compiled = {file for file in files if file.endswith((".so", ".pyd")) and "lib-dynload" not in file}
print({Path(file).parent.name for file in compiled})
"""
    ran = run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "{'pydantic_core'}"
