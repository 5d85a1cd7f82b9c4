"""The page about the map says what the model says."""

from __future__ import annotations

import json
import re

import pytest

from cjm_notebooks.maps import JourneyMap, Rule
from cjm_notebooks.maps.spreadsheet import HEADERS
from tools.write_map_page import PAGE, generated, page_with

page = PAGE.read_text("utf-8")
EXAMPLES = re.findall(r"```json\n(.*?)```", page, re.S)
MAPS = [example for example in EXAMPLES if example.startswith("{")]
RULES = [example for example in EXAMPLES if example.startswith('"match"')]


def test_tables_of_the_page_are_up_to_date() -> None:
    assert page == page_with(page, generated()), "run python -m tools.write_map_page"


def test_every_term_of_the_tables_is_explained() -> None:
    tables = generated()["fields of the map"]
    terms = {
        term for row in re.findall(r"\| ([\w, ]+) \|$", tables, re.M) for term in row.split(", ")
    }
    explained = {
        term for line in re.findall(r"^- ([\w, ]+):", page, re.M) for term in line.split(", ")
    }
    assert terms - {"term"} == explained


@pytest.mark.parametrize("text", MAPS)
def test_map_on_the_page_is_a_map_in_canonical_text(text: str) -> None:
    assert JourneyMap.from_text(text).canonical_text() == text


@pytest.mark.parametrize("text", RULES)
def test_rule_on_the_page_is_a_rule(text: str) -> None:
    Rule.model_validate(json.loads(f"{{{text}}}")["match"])


def test_page_shows_a_map_and_two_rules() -> None:
    assert (len(MAPS), len(RULES)) == (1, 2)


def test_words_of_the_spreadsheet_on_the_page_are_headers() -> None:
    for word in ("phase", "lane", "scene", "communication point", "friction", "mood", "insight"):
        assert word in page
        assert any(word in words for words in HEADERS.values())
