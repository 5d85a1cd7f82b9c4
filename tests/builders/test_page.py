"""The page about the builder says what the code does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cjm_notebooks import JourneyMap
from cjm_notebooks.matching import bind
from cjm_notebooks.matching.suggestions import WEIGHTS, WORDS, Reason, together

page = (Path(__file__).parents[2] / "docs" / "builder.md").read_text("utf-8")
RULES = re.findall(r"^\| `(\{.*?\})` \| `(\{.*\})` \|$", page, re.M)


def a_map(where: object) -> JourneyMap:
    cart = {"id": "cart", "name": "Cart", "match": {"where": where}}
    stages = [{"id": "all", "name": "All", "touchpoints": [cart]}]
    return JourneyMap.model_validate({"id": "m", "name": "M", "stages": stages})


@pytest.mark.parametrize(("before", "after"), RULES)
def test_rule_becomes_what_the_table_says(before: str, after: str) -> None:
    assert bind(a_map(json.loads(before)), "cart", "b") == a_map(json.loads(after))


def test_page_shows_two_rules_becoming_others() -> None:
    assert len(RULES) == 2


def test_weights_of_the_table_are_those_of_the_suggestions() -> None:
    rows = re.findall(r"^\| `(\w+)` \| .* \| (0\.\d) \|$", page, re.M)
    assert {kind: float(weight) for kind, weight in rows} == WEIGHTS
    reasons = [Reason(kind, 0.5, "") for kind in WEIGHTS]
    assert together(reasons) == pytest.approx(1 - (1 - 0.45) * (1 - 0.3) * (1 - 0.2))
    assert f"strong from {WORDS['strong']}, fair from {WORDS['fair']}" in page
    assert f"shown from {WORDS['weak']}" in page
