"""Erasing a customer from what was built, and naming what was made of it and has to be made again.

Built files are Parquet files that an import left, and saved journeys; a table of your own is built
when you name the file itself. Everything else that names the customer is told, not touched: only
you know whether it may be changed. All files are written anew first and then put in place.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from shutil import copymode
from uuid import uuid4

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cjm_notebooks.audits.remade import Remade, made_with
from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events import Counted, Events, Quality
from cjm_notebooks.events.accounts import NAME, Made, made
from cjm_notebooks.events.content import content_hash
from cjm_notebooks.journeys.forgetting import ERASED, forgotten
from cjm_notebooks.journeys.saving import made_of, open_journeys, write_journeys
from cjm_notebooks.privacy.columns import Coded, has_words
from cjm_notebooks.privacy.pseudonyms import CUSTOMER, EMAIL, PSEUDONYM, Key

SHORTEST = 4  # a shorter id stands in a text by accident, and must be all of it
TEXTS = frozenset({".csv", ".json", ".ndjson", ".jsonl", ".html", ".ipynb", ".txt", ".md", ".tsv"})
PASSED_OVER = frozenset({".git", ".venv", "node_modules", "__pycache__", ".ipynb_checkpoints"})


@dataclass(frozen=True)
class ErasedFile:
    """One built file: how many rows of it were the customer's."""

    file: Path
    rows: int


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
    that id or its pseudonym, or where a text holds it as a whole word (from four letters on). What
    was made of a changed file, such as the page of a run, is named and stays until it is made
    again. With `dry_run` nothing is written.

    Memory  one part of a table at a time; saved journeys whole
    Raises  ParameterError when the id is empty, a place is not there, or a file holds pseudonyms of
            a key that was not given
            SourceError when a file cannot be read or written; as a rule nothing was changed then
    """
    if not customer.strip():
        msg = "There is no customer to erase: the id is empty. Give it as it stood in your tables."
        raise ParameterError(msg)
    found = _Places.of(places)
    ids = _ids(customer.strip(), key)
    for file in found.tables:
        _require_key(file, customer.strip(), key)
    drafts = _drafted(found, ids, dry_run=dry_run)
    for one in drafts:
        _put(one)
    changed = {one.file: one.before for one in drafts}
    elsewhere = tuple(file for file in found.others if _names(file, ids))
    contents = {*changed.values(), *(_content(file) for file in elsewhere)}
    remade = made_with(found.folders, contents, {*changed, *elsewhere})
    return Erasure(tuple(ErasedFile(one.file, one.rows) for one in drafts), remade, elsewhere)


def _drafted(found: _Places, ids: Sequence[str], *, dry_run: bool) -> list[_Draft]:
    """All files that change, written anew beside the old ones: all of them or none."""
    drafts: list[_Draft] = []
    try:
        for file in found.tables:
            drafts += _table(file, ids, dry_run=dry_run)
        for file in found.journeys:
            drafts += _journeys(file, ids, dry_run=dry_run)
    except (OSError, pa.ArrowException) as cause:
        for one in drafts:
            if one.draft is not None:
                one.draft.unlink(missing_ok=True)
        msg = f"`{file}` cannot be written anew: {cause}. Nothing was erased."
        raise SourceError(msg) from cause
    return drafts


def _put(one: _Draft) -> None:
    if one.draft is None:
        return
    try:
        copymode(one.file, one.draft)
        one.draft.replace(one.file)
    except OSError as cause:
        msg = f"`{one.file}` cannot be replaced by `{one.draft.name}`: {cause.strerror}. Run again."
        raise SourceError(msg) from cause


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
    with pq.ParquetFile(file) as opened:
        rows = sum(int(pc.sum(_theirs(batch, ids)).as_py() or 0) for batch in opened.iter_batches())
    if not rows or dry_run:
        return [_Draft(file, rows, _content(file), None)] if rows else []
    draft = file.with_name(f".{file.name}.{uuid4().hex}")
    with pq.ParquetFile(file) as opened:
        told = _told(made(file), file, opened.metadata.num_rows, rows)
        schema = opened.schema_arrow
        schema = schema.with_metadata({**(schema.metadata or {}), NAME: told.text()})
        with pq.ParquetWriter(draft, schema) as written:
            for batch in opened.iter_batches():
                kept = batch.filter(pc.invert(_theirs(batch, ids)))
                written.write_table(pa.table(_compact(kept), schema=schema))
    return [_Draft(file, rows, _content(file), draft)]


def _told(before: Made, file: Path, read: int, rows: int) -> Made:
    account = Quality(f"erasure from {file.name}", read, read - rows, {ERASED: Counted(rows)})
    return Made((*before.quality, account), before.key)


def _theirs(batch: pa.RecordBatch, ids: Sequence[str]) -> pa.BooleanArray:
    """bool, (rows,). Whether any column of the row is one of the ids, or holds it as a word."""
    theirs = pa.array([False] * len(batch))
    for column in batch.columns:
        if has_words(column.type):
            coded = Coded.of(column)
            marks = coded.of_rows(_is_theirs(text, ids) for text in coded.texts)
            theirs = pc.or_(theirs, pa.array(marks))
        elif pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
            texts = pc.cast(column, pa.float64())
            for id_ in ids:
                if re.fullmatch(r"-?\d{1,15}", id_):
                    same = pc.fill_null(pc.equal(texts, float(id_)), False)
                    theirs = pc.or_(theirs, same)
    return theirs


def _is_theirs(text: str, ids: Collection[str]) -> bool:
    return any(
        text.strip() == id_ or (len(id_) >= SHORTEST and id_ in text and _word(id_).search(text))
        for id_ in ids
    )


def _word(id_: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(id_)}(?!\w)")


def _compact(batch: pa.RecordBatch) -> dict[str, pa.Array]:
    """The columns, without texts in a dictionary that no row has any more."""
    return {
        name: Coded.of(column).column() if pa.types.is_dictionary(column.type) else column
        for name, column in zip(batch.schema.names, batch.columns, strict=True)
    }


def _journeys(file: Path, ids: Sequence[str], *, dry_run: bool) -> list[_Draft]:
    left = forgotten(open_journeys(file, None), ids)
    if not left.customers:
        return []
    before, rows = _content(file), left.events + left.answers
    if dry_run:
        return [_Draft(file, rows, before, None)]
    draft = file.with_name(f".{file.name}.{uuid4().hex}")
    write_journeys(left.journeys, made_of(file), draft)
    return [_Draft(file, rows, before, draft)]


def _names(file: Path, ids: Sequence[str]) -> bool:
    """Whether a file that is not built names the customer."""
    if file.suffix == ".parquet":
        return bool(_table(file, ids, dry_run=True))
    words = re.compile("|".join(rf"(?<![\w]){re.escape(id_)}(?![\w])" for id_ in ids))
    try:
        with file.open(encoding="utf-8", errors="replace") as lines:
            return any(words.search(line) for line in lines)
    except OSError:
        return False
