"""What was made of some files: runs, audits, the batches they are part of, and sites with them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cjm_notebooks.audits.batches.batch import FILE as BATCH
from cjm_notebooks.audits.files.site import INDEX, LIST, PAGES
from cjm_notebooks.audits.running.record import FILE as RECORD
from cjm_notebooks.audits.running.record import as_written

FINDINGS = "findings.json"


@dataclass(frozen=True)
class Remade:
    """A run, an audit, a batch or a site that has to be made again, and the command that does it.

    The pages of a site are the copies that go first: `cjm site` leaves those that are there.
    """

    kind: Literal["run", "audit", "batch", "site"]
    folder: Path
    pages: tuple[Path, ...]
    command: str


def made_with(
    folders: Iterable[Path], contents: Collection[str], files: Collection[Path]
) -> tuple[Remade, ...]:
    """What lies in the folders and was made of files with these contents, or of these files.

    A run knows the files it was given, an audit the content of its tables.
    """
    used = {file.resolve() for file in files}
    folders, found = tuple(folders), dict[Path, Remade]()
    for folder in _below(folders, RECORD):
        if _was_given(folder, used) or _was_made_of(folder, contents):
            found[folder] = _run(folder)
    for folder in _below(folders, FINDINGS):
        if folder not in found and _was_made_of(folder, contents):
            found[folder] = Remade("audit", folder, _pages(folder), "cjm audit")
    batches = {
        place for place in _below(folders, BATCH) if any(place in one.parents for one in found)
    }
    for folder in batches:
        found[folder] = Remade("batch", folder, _pages(folder), "cjm batch")
    found |= {site.folder: site for site in _sites(folders, tuple(found.values()))}
    return tuple(found[folder] for folder in sorted(found))


def _sites(folders: Iterable[Path], runs: Iterable[Remade]) -> Iterator[Remade]:
    """The sites that hold a copy of the page of one of these runs."""
    sources = {}
    for one in runs:
        record = as_written(one.folder) if one.kind == "run" else None
        if record is not None:
            sources[f"{record.id}.html"] = one.folder
    for site in _below(folders, LIST):
        pages = [page for page in _pages(site / PAGES) if page.name in sources]
        if pages and (site / INDEX).exists():
            again = " ".join(str(sources[page.name]) for page in pages)
            yield Remade("site", site, tuple(pages), f"cjm site {site} {again}")


def _below(folders: Iterable[Path], name: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(file.parent for file in folder.rglob(name))


def _was_given(folder: Path, files: Collection[Path]) -> bool:
    record = as_written(folder)
    given = () if record is None else record.parameters.values()
    return any(
        isinstance(value, str) and value and Path(value).resolve() in files for value in given
    )


def _was_made_of(folder: Path, contents: Collection[str]) -> bool:
    try:
        said = json.loads((folder / FINDINGS).read_text("utf-8"))
        return any(one["sha256"] in contents for one in said["manifest"]["inputs"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _run(folder: Path) -> Remade:
    record = as_written(folder)
    template = "" if record is None else f" {record.template}"
    return Remade("run", folder, _pages(folder), f"cjm run{template} --out {folder}")


def _pages(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob("*.html")))
