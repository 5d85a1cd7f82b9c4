"""What a batch is to run: every row checked, and known by a key that its result hangs on."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import file_digest, sha256
from pathlib import Path

from cjm_notebooks import __version__
from cjm_notebooks.audits.batches.rows import Row
from cjm_notebooks.audits.parameters import Parameter, Value, parameters_of
from cjm_notebooks.audits.running.order import ordered
from cjm_notebooks.audits.running.texts import read_texts
from cjm_notebooks.audits.templates import template_path
from cjm_notebooks.errors import JourneyError, ParameterError

MOST_ERRORS = 5


@dataclass(frozen=True)
class Planned:
    """One run of a batch. Whatever its result depends on goes into `key`."""

    name: str
    given: Mapping[str, Value]
    own: Mapping[str, str]
    key: str


@dataclass(frozen=True)
class Plan:
    """The runs of a batch, all of one template."""

    template: Path
    out: Path
    runs: tuple[Planned, ...]


def planned(
    template: str | Path,
    rows: Iterable[Row],
    out: Path,
    shared: Iterable[tuple[str, str]] = (),
    given: Mapping[str, object] | None = None,
) -> Plan:
    """The batch of `template` over `rows`.

    `given` are values that all rows share, and so are the texts of `shared`; what a row says itself
    goes before them.

    Raises  ParameterError when a row does not fit the template; each such row is named
            AuditError when there is no such template
    """
    source, together = template_path(template), list(shared)
    declared = parameters_of(source)
    runs, wrong = [], []
    for row in rows:
        try:
            texts = read_texts(source, declared, [*together, *row.texts.items()])
            order = ordered(source, {**(given or {}), **texts}, out / row.name, row.name)
        except JourneyError as error:
            wrong.append(f"{row.place}: {error}")
            continue
        key = _key(source, declared, order.values, out)
        runs.append(Planned(row.name, order.values, row.texts, key))
    if wrong:
        more = [f"And {len(wrong) - MOST_ERRORS} more rows."] if len(wrong) > MOST_ERRORS else []
        raise ParameterError("\n".join([*wrong[:MOST_ERRORS], *more]))
    return Plan(source, out, tuple(runs))


def _key(
    template: Path, declared: Iterable[Parameter], values: Mapping[str, Value], out: Path
) -> str:
    """The same for the same template, parameters and content of the files they name."""
    known = {
        "kit": __version__,
        "template": sha256(template.read_bytes()).hexdigest(),
        "values": dict(values),
        "content": {
            parameter.name: _content(Path(str(values[parameter.name])), out.resolve())
            for parameter in declared
            if parameter.kind in ("file", "folder") and values.get(parameter.name)
        },
    }
    return sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()[:16]


def _content(path: Path, out: Path) -> str:
    """The bytes of a file; of a folder which files it holds, how long, and when last written."""
    if path.is_file():
        status = path.stat()
        return _digest(path, status.st_size, status.st_mtime_ns)
    listed = sorted(
        (file.relative_to(path).as_posix(), file.stat().st_size, file.stat().st_mtime_ns)
        for file in _files(path, out)
    )
    return sha256(json.dumps(listed).encode()).hexdigest()


@cache
def _digest(path: Path, size: int, written: int) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _files(folder: Path, out: Path) -> Iterator[Path]:
    """All that a run could read: nothing hidden, nothing compiled, and not what batches leave."""
    for parent, folders, names in os.walk(folder):
        here = Path(parent)
        folders[:] = [
            name
            for name in folders
            if not name.startswith((".", "__")) and (here / name).resolve() != out
        ]
        yield from (here / name for name in names if not name.startswith("."))
