"""Erasing a customer from what was built, and naming what was made of it and has to be made again.

Built files are Parquet files that an import left, and saved journeys; a table of your own is built
when you name the file itself. Everything else that names the customer is told, not touched: only
you know whether it may be changed. All files are written anew first and then put in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from shutil import copymode
from uuid import uuid4

import pyarrow as pa

from cjm_notebooks.audits.mentions import as_word, traces, unmentioned, write_without
from cjm_notebooks.audits.remade import Remade, made_with
from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events import Events
from cjm_notebooks.events.accounts import Made, made
from cjm_notebooks.events.content import content_hash
from cjm_notebooks.journeys.forgetting import forgotten
from cjm_notebooks.journeys.saving import made_of, open_journeys, write_journeys
from cjm_notebooks.privacy.pseudonyms import CUSTOMER, EMAIL, PSEUDONYM, Key

TEXTS = frozenset({".csv", ".json", ".ndjson", ".jsonl", ".html", ".ipynb", ".txt", ".md", ".tsv"})
PASSED_OVER = frozenset({".git", ".venv", "node_modules", "__pycache__", ".ipynb_checkpoints"})


@dataclass(frozen=True)
class ErasedFile:
    """One built file: how many rows were the customer's, and how many texts of others named them.

    The rows are gone; the texts stay, with a mark in the place of the name.
    """

    file: Path
    rows: int
    mentions: int = 0


@dataclass(frozen=True)
class Erasure:
    """What was erased, what has to be made again, and where else the customer is named."""

    erased: tuple[ErasedFile, ...] = ()
    remade: tuple[Remade, ...] = ()
    elsewhere: tuple[Path, ...] = ()


@dataclass(frozen=True)
class _Draft:
    """A file without the customer, not yet in place; `before` is the content it takes over from."""

    file: Path
    rows: int
    mentions: int
    before: str
    draft: Path | None = field(repr=False)


def erase(
    customer: str,
    places: Iterable[str | PathLike[str]] = (".",),
    *,
    key: Key | None = None,
    dry_run: bool = False,
) -> Erasure:
    """Take a customer out of the built files in these folders, or in files that are named.

    `customer` is an id as it stood in the tables, or a pseudonym. A row is theirs where a column is
    that id or its pseudonym. Where a text of another row holds it as a whole word (from four
    letters on), the row stays and `[erased]` stands in the place of the word. What was made of a
    changed file, such as the page of a run, is named and stays until it is made again. With
    `dry_run` nothing is written.

    Memory  one part of a table at a time; saved journeys whole
    Raises  ParameterError when the id is empty, a place is not there, or a file holds pseudonyms of
            a key that was not given
            SourceError when a file cannot be read or written; nothing was changed then, or the
            message names the files that were
    """
    if not customer.strip():
        msg = "There is no customer to erase: the id is empty. Give it as it stood in your tables."
        raise ParameterError(msg)
    found = _Places.of(places)
    ids = _ids(customer.strip(), key)
    for file in found.tables:
        _require_key(file, customer.strip(), key)
    drafts = _drafted(found, ids, dry_run=dry_run)
    _put(drafts)
    changed = {one.file: one.before for one in drafts}
    elsewhere = tuple(file for file in found.others if _names(file, ids))
    contents = {*changed.values(), *(_content(file) for file in elsewhere)}
    remade = made_with(found.folders, contents, {*changed, *elsewhere})
    erased = tuple(ErasedFile(one.file, one.rows, one.mentions) for one in drafts)
    return Erasure(erased, remade, elsewhere)


def _drafted(found: _Places, ids: Sequence[str], *, dry_run: bool) -> list[_Draft]:
    """All files that change, written anew beside the old ones: all of them or none."""
    drafts: list[_Draft] = []
    try:
        for file in found.tables:
            drafts += _table(file, ids, dry_run=dry_run)
        for file in found.journeys:
            drafts += _journeys(file, ids, dry_run=dry_run)
    except (OSError, pa.ArrowException) as cause:
        _drop(drafts)
        msg = f"`{file}` cannot be written anew: {cause}. Nothing was erased."
        raise SourceError(msg) from cause
    return drafts


def _put(drafts: Sequence[_Draft]) -> None:
    """Put the drafts in place; where one cannot be, say which were and leave none of the others."""
    done: list[Path] = []
    for one in drafts:
        if one.draft is None:
            continue
        try:
            copymode(one.file, one.draft)
            one.draft.replace(one.file)
        except OSError as cause:
            _drop(drafts)
            msg = f"`{one.file}` cannot be replaced: {cause.strerror}. {_so_far(done)}"
            raise SourceError(msg) from cause
        done.append(one.file)


def _so_far(done: Sequence[Path]) -> str:
    if not done:
        return "Nothing was erased."
    names = ", ".join(f"`{file}`" for file in done)
    return f"Erased already from {names}. Make the file writable and run again for the rest."


def _drop(drafts: Iterable[_Draft]) -> None:
    for one in drafts:
        if one.draft is not None:
            one.draft.unlink(missing_ok=True)


def _ids(customer: str, key: Key | None) -> tuple[str, ...]:
    """What the customer is called in any file."""
    if key is None or PSEUDONYM.fullmatch(customer):
        return (customer,)
    return (customer, key.pseudonym(customer, CUSTOMER), key.pseudonym(customer, EMAIL))


def _require_key(file: Path, customer: str, key: Key | None) -> None:
    """Raise ParameterError when the file has pseudonyms that this key does not make."""
    theirs = made(file).key
    if theirs is None or PSEUDONYM.fullmatch(customer):
        return
    if key is None or key.fingerprint != theirs:
        msg = (
            f"`{file}` holds pseudonyms of the key with the fingerprint {theirs}. Give that key, "
            "or the customer's pseudonym."
        )
        raise ParameterError(msg)


@dataclass(frozen=True)
class _Places:
    """The files to look into, by what they are."""

    folders: tuple[Path, ...]
    tables: tuple[Path, ...]
    journeys: tuple[Path, ...]
    others: tuple[Path, ...]

    @classmethod
    def of(cls, places: Iterable[str | PathLike[str]]) -> _Places:
        given = [Path(place) for place in places]
        for place in given:
            if not place.exists():
                msg = f"There is no `{place}` to look into. Name folders, or files that were built."
                raise ParameterError(msg)
        named = {place for place in given if place.is_file()}
        folders = tuple(place for place in given if place.is_dir())
        files = sorted({*named, *(file for folder in folders for file in _files(folder))})
        tables = [
            one for one in files if one.suffix == ".parquet" and (one in named or _built(one))
        ]
        journeys = [one for one in files if one not in tables and _holds_journeys(one)]
        others = [one for one in files if one not in (*tables, *journeys) and _is_text(one)]
        return cls(folders, tuple(tables), tuple(journeys), tuple(others))


def _files(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        within = file.relative_to(folder).parts
        if file.is_file() and not file.is_symlink() and not PASSED_OVER & {*within}:
            yield file


def _built(file: Path) -> bool:
    return made(file) != Made()


def _holds_journeys(file: Path) -> bool:
    with file.open("rb") as opened:
        if opened.read(6) != b"ARROW1":
            return False
    try:
        made_of(file)
    except SourceError:
        return False
    return True


def _is_text(file: Path) -> bool:
    return file.suffix.lower() in TEXTS or file.suffix == ".parquet"


def _content(file: Path) -> str:
    return content_hash(Events(file, "", ""))


def _table(file: Path, ids: Sequence[str], *, dry_run: bool) -> list[_Draft]:
    """The table without the customer's rows, part by part; nothing where it has none."""
    found = traces(file, ids)
    if not found:
        return []
    if dry_run:
        return [_Draft(file, found.rows, found.mentions, _content(file), None)]
    draft = file.with_name(f".{file.name}.{uuid4().hex}")
    with _no_torn(draft):
        write_without(file, ids, found, draft)
    return [_Draft(file, found.rows, found.mentions, _content(file), draft)]


@contextmanager
def _no_torn(draft: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _journeys(file: Path, ids: Sequence[str], *, dry_run: bool) -> list[_Draft]:
    left = forgotten(open_journeys(file, None), ids)
    journeys, mentions = unmentioned(left.journeys, ids)
    if not left.customers and not mentions:
        return []
    before, rows = _content(file), left.events + left.answers
    if dry_run:
        return [_Draft(file, rows, mentions, before, None)]
    draft = file.with_name(f".{file.name}.{uuid4().hex}")
    with _no_torn(draft):
        write_journeys(journeys, made_of(file), draft)
    return [_Draft(file, rows, mentions, before, draft)]


def _names(file: Path, ids: Sequence[str]) -> bool:
    """Whether a file that is not built names the customer."""
    if file.suffix == ".parquet":
        return bool(traces(file, ids))
    words = [as_word(id_) for id_ in ids]
    try:
        with file.open(encoding="utf-8", errors="replace") as lines:
            return any(word.search(line) for line in lines for word in words)
    except OSError:
        return False
