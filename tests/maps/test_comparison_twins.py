"""What the editor must say alike about two maps; `extension/tests/changes` reads the same file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cjm_notebooks.maps import JourneyMap, compare

CHANGES = json.loads(Path(__file__).parents[1].joinpath("twins/changes.json").read_text("utf-8"))


@pytest.mark.parametrize("example", CHANGES, ids=lambda example: example["why"])
def test_differences_are_told_as_the_editor_tells_them(example: dict[str, Any]) -> None:
    before, now = (JourneyMap.from_fields(example[map_]) for map_ in ("before", "now"))
    assert list(compare(before, now).in_words()) == example["words"]
