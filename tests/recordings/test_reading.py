"""The files that recordings come in: a list, lines, a list of recordings, packed or zipped."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path

import pytest

from cjm_notebooks.errors import SourceError
from cjm_notebooks.recordings.reading import Keys, Recorded, recorded

KEYS = Keys("events", "id", "who")
EVENTS = [{"type": 0, "timestamp": 1}, {"type": 1, "timestamp": 2}]


def read(file: Path, keys: Keys = KEYS) -> list[Recorded]:
    return list(recorded(file, keys))


def alone(*events: object) -> list[Recorded]:
    return [Recorded("visit", None, event) for event in events]


@pytest.mark.parametrize("indent", [None, 1])
def test_list_of_events_is_a_recording_named_like_its_file(
    tmp_path: Path, indent: int | None
) -> None:
    file = tmp_path / "visit.json"
    file.write_text(json.dumps(EVENTS, indent=indent))
    assert read(file) == alone(*EVENTS)


@pytest.mark.parametrize("name", ["visit.json", "visit.ndjson"])
def test_one_event_a_line_is_a_recording_too(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text("\n".join(map(json.dumps, EVENTS)) + "\n\n")
    assert read(file) == alone(*EVENTS)


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"id": "a", "who": 7, "events": EVENTS}),
        json.dumps([{"id": "a", "who": "7 ", "events": EVENTS}], indent=1),
        json.dumps({"id": "a", "who": "7", "events": json.dumps(EVENTS)}, indent=1),
    ],
    ids=["a line", "a list", "events as text"],
)
def test_recording_with_its_keys_says_which_and_whose_it_is(tmp_path: Path, text: str) -> None:
    file = tmp_path / "visits.json"
    file.write_text(text)
    assert read(file) == [Recorded("a", "7", event) for event in EVENTS]


def test_keys_that_are_not_asked_for_or_not_there_name_nobody(tmp_path: Path) -> None:
    file = tmp_path / "visit.ndjson"
    file.write_text(json.dumps({"id": "a", "who": "7", "events": EVENTS}))
    assert read(file, Keys("events", None, None)) == alone(*EVENTS)
    assert read(file, Keys("events", "no", "nobody")) == alone(*EVENTS)


def test_packed_events_and_zipped_files_are_unpacked(tmp_path: Path) -> None:
    packed = [zlib.compress(json.dumps(event).encode()).decode("latin-1") for event in EVENTS]
    file = tmp_path / "visit.json.gz"
    file.write_bytes(gzip.compress(json.dumps(packed).encode()))
    assert read(file) == alone(*EVENTS)


@pytest.mark.parametrize("event", ["\x78no zip", "\x78\u4e0d", 7, None, [1]])
def test_event_that_cannot_be_unpacked_is_passed_on_as_none_or_as_it_is(
    tmp_path: Path, event: object
) -> None:
    file = tmp_path / "visit.json"
    file.write_text(json.dumps([event]))
    (one,) = read(file)
    assert not isinstance(one.event, dict)


def test_line_that_breaks_off_is_none_and_the_next_ones_are_read(tmp_path: Path) -> None:
    file = tmp_path / "visit.ndjson"
    file.write_text('{"type": 3, "da\n' + json.dumps(EVENTS[0]) + "\n")
    assert read(file) == alone(None, EVENTS[0])


def test_list_that_breaks_off_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "visit.json"
    file.write_text('[\n{"type": 0, "timestamp": 1},\n{"type": 3, "da')
    with pytest.raises(
        SourceError, match=r"`visit\.json` is not JSON from line 3, column 13 on\. Is it cut off"
    ):
        read(file)


def test_file_of_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "visit.json"
    file.write_bytes(b'[\n{"type": "\xe4"}]')
    with pytest.raises(SourceError, match=r"`visit\.json` is no text in UTF-8"):
        read(file)


def test_zipped_file_that_breaks_off_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "visit.json.gz"
    file.write_bytes(gzip.compress(json.dumps(EVENTS * 100).encode())[:60])
    with pytest.raises(SourceError, match=r"`visit\.json\.gz` cannot be unpacked: "):
        read(file)
