"""The files that recordings are kept in: one recording a file, or many in the lines of one."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, TypeGuard, cast

from cjm_notebooks.errors import SourceError
from cjm_notebooks.recordings.acts import text_of

PACKED = "\x78"  # with what data of zlib begins
LINES = (".ndjson", ".jsonl")


@dataclass(frozen=True)
class Recorded:
    """One event of a recording as it was written; None where it cannot be read."""

    recording: str
    customer: str | None
    event: object


@dataclass(frozen=True)
class Keys:
    """What stands beside the list of events, by its key."""

    events: str
    recording: str | None
    customer: str | None


def recorded(file: Path, keys: Keys) -> Iterator[Recorded]:
    """Every event of the file, in its order.

    Memory  one line, or the whole of a file that is one list
    Raises  SourceError when a file is neither JSON nor lines of it, or cannot be unpacked
    """
    try:
        with _opened(file) as source:
            for part in _lines(source) if _has_lines(file) else _parts(source, file.name):
                yield from _events(part, file, keys)
    except (EOFError, gzip.BadGzipFile, zlib.error) as cause:
        msg = f"`{file.name}` cannot be unpacked: {cause}. Export it again."
        raise SourceError(msg) from cause


def _opened(file: Path) -> IO[bytes]:
    if file.suffix.lower() == ".gz":
        return cast(IO[bytes], gzip.open(file))
    return file.open("rb")


def _has_lines(file: Path) -> bool:
    return any(suffix.lower() in LINES for suffix in file.suffixes)


def _lines(source: Iterable[bytes]) -> Iterator[object]:
    """What each line holds; None for one that is no JSON."""
    return (_parsed(line) for line in source if line.strip())


def _parts(source: IO[bytes], called: str) -> Iterator[object]:
    """What the whole file holds, or each line of several that are whole."""
    first = source.readline()
    second = source.readline()
    begun = _parsed(first)
    if begun is not None:
        yield begun
        yield from _lines(chain([second], source))
        return
    try:
        yield json.loads(first + second + source.read())
    except json.JSONDecodeError as cause:
        msg = (
            f"`{called}` is not JSON from line {cause.lineno}, column {cause.colno} on. "
            "Is it cut off? Export it again."
        )
        raise SourceError(msg) from cause
    except UnicodeDecodeError as cause:
        msg = f"`{called}` is no text in UTF-8. Export it again."
        raise SourceError(msg) from cause


def _parsed(line: bytes | str) -> object:
    try:
        return json.loads(line)
    except (json.JSONDecodeError, UnicodeDecodeError):
        return None


def _events(part: object, file: Path, keys: Keys) -> Iterator[Recorded]:
    """The events of a list of them, of a recording with its keys, or of a list of recordings."""
    alone = file.name.partition(".")[0]
    if isinstance(part, list) and not any(_is_recording(one, keys) for one in part[:1]):
        yield from (Recorded(alone, None, _unpacked(event)) for event in part)
        return
    for one in part if isinstance(part, list) else [part]:
        if not _is_recording(one, keys):
            yield Recorded(alone, None, _unpacked(one))
            continue
        id_ = None if keys.recording is None else text_of(one.get(keys.recording))
        customer = None if keys.customer is None else text_of(one.get(keys.customer))
        inside = one[keys.events]
        events = _parsed(inside) if isinstance(inside, str) else inside
        for event in events if isinstance(events, list) else [None]:
            yield Recorded(id_ or alone, customer, _unpacked(event))


def _is_recording(part: object, keys: Keys) -> TypeGuard[dict[str, object]]:
    return isinstance(part, dict) and keys.events in part


def _unpacked(event: object) -> object:
    """An event that the packer of rrweb made smaller, a text of bytes, as it was."""
    if not isinstance(event, str) or not event.startswith(PACKED):
        return event
    try:
        return _parsed(zlib.decompress(event.encode("latin-1")))
    except (UnicodeEncodeError, zlib.error):
        return None
