"""What was measured stands beside the map in a file of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cjm_notebooks.errors import MapError
from cjm_notebooks.maps import MeasuredMap

MEASURED = """{
  "schema_version": "1.0",
  "map_id": "rail-trip",
  "map_hash": "9f0c",
  "as_of": "2025-06-30",
  "period": {
    "from": "2025-01-01",
    "to": "2025-06-28"
  },
  "targets": [
    {
      "target": "pay",
      "kind": "touchpoint",
      "measure": "drop-off",
      "estimate": 0.18,
      "n": 412,
      "low": 0.146,
      "high": 0.22,
      "open": 37,
      "unit": "share of journeys",
      "grade": "B",
      "verdict": "fail"
    },
    {
      "target": "rail-trip",
      "kind": "map",
      "measure": "nps",
      "n": 0
    }
  ]
}
"""


def test_measures_are_saved_as_they_were_loaded(tmp_path: Path) -> None:
    (tmp_path / "a.measured.json").write_text(MEASURED)
    measured = MeasuredMap.load(tmp_path / "a.measured.json")
    measured.save(tmp_path / "b.measured.json")
    assert (tmp_path / "b.measured.json").read_text() == MEASURED
    drop_off, nps = measured.targets
    assert (drop_off.confidence, drop_off.open) == (0.95, 37)
    assert (nps.estimate, nps.low, nps.verdict) == (None, None, None)


@pytest.mark.parametrize(
    ("written", "instead", "sentence"),
    [
        ('"B"', '"E"', r"`targets\[0\]\.grade` is `E`"),
        ('"kind": "map"', '"kind": "channel"', r"`targets\[1\]\.kind` is `channel`"),
        ('"n": 0', '"n": -1', r"`targets\[1\]\.n` is `-1`\. Give a number from 0 upwards"),
        ('"from"', '"since"', r"`period` has no field `since`\."),
        ('"1.0"', '"0.9"', r'schema version `0\.9`, which was never published\. Known: "1\.0"'),
    ],
)
def test_measures_are_read_as_strictly_as_maps(written: str, instead: str, sentence: str) -> None:
    with pytest.raises(MapError, match=sentence):
        MeasuredMap.from_text(MEASURED.replace(written, instead))


def test_map_is_no_measured_map() -> None:
    with pytest.raises(MapError, match="It has no field `id`"):
        MeasuredMap.from_text(json.dumps({"id": "m", "name": "M"}))
