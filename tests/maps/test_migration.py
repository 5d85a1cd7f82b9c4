"""Files of older versions are read; files of newer ones are refused."""

from __future__ import annotations

import json

import pytest

from cjm_notebooks.errors import MapError
from cjm_notebooks.maps import JourneyMap

OF_0_9 = """{
  "schema_version": "0.9",
  "id": "shop",
  "title": "Shop",
  "stages": [
    {"id": "buy", "title": "Buy"},
    {"id": "use", "title": "Use"}
  ],
  "steps": [
    {"id": "open", "title": "Open the parcel", "stage": "use"},
    {"id": "pay", "title": "Pay", "stage": "buy", "emotion": -1},
    {"id": "try", "title": "Try it", "stage": "use"}
  ]
}"""


def test_file_of_0_9_has_its_titles_and_steps_at_their_new_places() -> None:
    journey_map = JourneyMap.from_text(OF_0_9)
    found = [
        (stage.name, [part.name for part in stage.touchpoints]) for stage in journey_map.stages
    ]
    assert found == [("Buy", ["Pay"]), ("Use", ["Open the parcel", "Try it"])]
    assert (journey_map.name, journey_map.touchpoints[0].emotion) == ("Shop", -1)


def test_file_of_0_9_is_written_in_the_newest_version() -> None:
    assert json.loads(JourneyMap.from_text(OF_0_9).canonical_text())["schema_version"] == "1.0"


def test_step_of_a_stage_that_is_not_there_is_refused() -> None:
    text = OF_0_9.replace('"stage": "buy"', '"stage": "bye"')
    with pytest.raises(MapError, match=r"step `pay` names the stage `bye`\. Did you mean `buy`\?"):
        JourneyMap.from_text(text)


def test_file_without_a_version_is_taken_for_the_newest() -> None:
    assert JourneyMap.from_text('{"id": "m", "name": "M"}').schema_version == "1.0"


@pytest.mark.parametrize("version", ["1.1", "2.0", "10.0"])
def test_newer_file_is_refused(version: str) -> None:
    text = f'{{"schema_version": "{version}", "id": "m", "name": "M"}}'
    sentence = (
        rf"`m\.json` has the schema version `{version}`, which is newer than 1\.0, .* Upgrade"
    )
    with pytest.raises(MapError, match=sentence):
        JourneyMap.from_text(text, "m.json")


@pytest.mark.parametrize("version", ['"0.1"', '"one"', "1.0", "null", '["1.0"]'])
def test_version_that_was_never_published_is_refused(version: str) -> None:
    text = f'{{"schema_version": {version}, "id": "m", "name": "M"}}'
    with pytest.raises(MapError, match=r'which was never published\. Known: "0\.9", "1\.0"\.'):
        JourneyMap.from_text(text)
