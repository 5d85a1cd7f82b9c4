"""One column of an import as it may be kept; each different value is looked at once.

Which columns come out, and of which type, rests on the table's own columns and never on what is
found in them, so that a table can be protected part by part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cjm_notebooks.events.ledger import Ledger, open_table, workspace
from cjm_notebooks.privacy.personal import PersonalData, mask, search
from cjm_notebooks.privacy.pseudonyms import Key
from cjm_notebooks.privacy.treatment import Treatment, kind_of

Marks = NDArray[np.bool_]
Places = NDArray[np.int64]
Column: TypeAlias = pa.ChunkedArray | pa.Array
DONE: dict[Treatment, str] = {
    "mask": "masked",
    "pseudonymise": "pseudonymised",
    "leave out": "left_out",
}
NONE = -1
WORD = re.compile(r"\w+")
FIGURES = re.compile(r"[\d\s.,:+/TZ-]*")
SHORTEST_ID = 4  # shorter ones stand in a text by accident


@dataclass(frozen=True, eq=False)
class Treated:
    """A column after its treatment, None where it is left out, and the rows that it changed."""

    name: str
    treatment: Treatment
    column: Column | None
    changed: Marks
    found: tuple[PersonalData, ...] = ()

    @property
    def rule(self) -> str:
        """By what name its rows are counted, such as `masked_comment`."""
        return f"{DONE[self.treatment]}_{mask(self.name)[0]}"


@dataclass(frozen=True, eq=False)
class Coded:
    """A column as the texts in it and the place of each row's among them, -1 where null."""

    texts: Sequence[str]
    places: Places = field(repr=False)

    @classmethod
    def of(cls, column: Column) -> Coded:
        """Every text once, those of rows that are gone not at all."""
        values, places = _distinct(column if has_words(column.type) else _as_text(column))
        used, now = _used(places, len(values))
        return cls(values.take(pa.array(used)).to_pylist(), now)

    def of_rows(self, marks: Iterable[bool]) -> Marks:
        """bool, (rows,). What holds for the text of each row; nothing holds for null."""
        return np.append(np.fromiter(marks, np.bool_, len(self.texts)), [False])[self.places]

    def column(self) -> pa.DictionaryArray:
        """The rows, with no text that none of them has; texts that are alike are coded alike."""
        used, places = _used(self.places, len(self.texts))
        known = pa.array(self.texts, pa.string()).take(pa.array(used)).dictionary_encode()
        rows = pa.array(places.astype(np.int32), mask=places < 0)
        return pa.DictionaryArray.from_arrays(known.indices.take(rows), known.dictionary)


@dataclass(frozen=True, eq=False)
class Ids:
    """The customer of each row as a join reads it, and the pseudonym of each customer."""

    name: str
    ids: Coded
    pseudonyms: Sequence[str]

    @classmethod
    def of(cls, name: str, column: Column, key: Key) -> Ids:
        ids = Coded.of(_id_texts(column))
        return cls(name, ids, key.pseudonyms(ids.texts, kind_of(name)))

    @cached_property
    def by_longest_word(self) -> Mapping[str, list[str]]:
        """The ids that are long enough to be told in a text, by their longest word."""
        found: dict[str, list[str]] = {}
        for id_ in self.ids.texts:
            words = WORD.findall(id_)
            if len(id_) >= SHORTEST_ID and words:
                found.setdefault(max(words, key=len), []).append(id_)
        return found

    def within(self, coded: Coded) -> tuple[Coded, Marks]:
        """The texts with the pseudonym in place of their own row's id, and the rows with one."""
        holds = self._held_by(coded.texts)
        rows = np.flatnonzero(coded.of_rows(bool(ids) for ids in holds))
        rows = rows[self.ids.places[rows] >= 0]
        pairs = coded.places[rows] * (len(self.pseudonyms) + 1) + self.ids.places[rows]
        distinct, pair = np.unique(pairs, return_inverse=True)
        texts, now = list(coded.texts), distinct // (len(self.pseudonyms) + 1)
        for number, (what, who) in enumerate(zip(now, distinct, strict=True)):
            who %= len(self.pseudonyms) + 1
            if (id_ := self.ids.texts[who]) in holds[what]:
                now[number] = len(texts)
                texts.append(_whole(id_).sub(self.pseudonyms[who], texts[what]))
        places = coded.places.copy()
        places[rows] = now[pair]
        return Coded(texts, places), places != coded.places

    def _held_by(self, texts: Sequence[str]) -> list[set[str]]:
        """The ids that stand in each text as whole words."""
        known = self.by_longest_word
        return [
            {
                id_
                for word in WORD.findall(text)
                for id_ in known.get(word, ())
                if _whole(id_).search(text)
            }
            for text in texts
        ]


def kept(name: str, column: Column) -> Treated:
    """The column as it is; what stands in its texts is reported all the same."""
    nothing = np.zeros(len(column), np.bool_)
    if not has_words(column.type):
        return Treated(name, "keep", column, nothing)
    coded = Coded.of(column)
    same = coded.column() if pa.types.is_dictionary(column.type) else column
    return Treated(name, "keep", same, nothing, search(coded.texts, name).found)


def kept_figures(name: str, column: Column) -> Treated:
    """The column of times or numbers as it is, with marks in texts that are neither."""
    one = kept(name, column)
    if not one.found:
        return one
    coded = Coded.of(column)
    marked = [text if FIGURES.fullmatch(text) else mask(text)[0] for text in coded.texts]
    changed = coded.of_rows(was != now for was, now in zip(coded.texts, marked, strict=True))
    told = replace(coded, texts=marked).column()
    same = told if pa.types.is_dictionary(column.type) else told.dictionary_decode()
    return Treated(name, "mask", same.cast(column.type), changed, one.found)


def left_out(name: str, column: Column) -> Treated:
    """No column; the rows that had something in it are counted."""
    coded = Coded.of(column)
    changed = coded.of_rows(bool(text.strip()) for text in coded.texts)
    return Treated(name, "leave out", None, changed, search(coded.texts, name).found)


def masked(name: str, column: Column, ids: Ids | None) -> Treated:
    """The texts with marks in them, and with the pseudonym in place of the row's own id."""
    if _is_binary(column.type):
        return Treated(name, "leave out", None, column.is_valid().to_numpy(zero_copy_only=False))
    if not (has_words(column.type) or pa.types.is_nested(column.type)):
        return kept(name, column)
    coded = Coded.of(column)
    searched = search(coded.texts, name)
    told, changed = coded, np.zeros(len(column), np.bool_)
    if ids is not None:
        told, changed = ids.within(coded)
    marked = searched.masked + tuple(mask(text)[0] for text in told.texts[len(coded.texts) :])
    pairs = zip(told.texts, marked, strict=True)
    changed |= told.of_rows(before != after for before, after in pairs)
    return Treated(name, "mask", replace(told, texts=marked).column(), changed, searched.found)


def pseudonymised(ids: Ids) -> Treated:
    """The column of ids with a pseudonym for each; blanks are null."""
    pairs = zip(ids.ids.texts, ids.pseudonyms, strict=True)
    changed = ids.ids.of_rows(id_ != new for id_, new in pairs)
    made = replace(ids.ids, texts=ids.pseudonyms).column()
    found = search(ids.ids.texts, ids.name).found
    return Treated(ids.name, "pseudonymise", made, changed, found)


def has_words(kind: pa.DataType) -> bool:
    """Whether it is a column of texts."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    is_text = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return any(holds(kind) for holds in is_text)


def _is_binary(kind: pa.DataType) -> bool:
    is_one = (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_fixed_size_binary)
    return any(holds(kind) for holds in is_one)


def _distinct(column: Column) -> tuple[pa.Array, Places]:
    chunked = column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])
    if not pa.types.is_dictionary(chunked.type):
        chunked = chunked.dictionary_encode()
    coded = chunked.unify_dictionaries().combine_chunks()
    places = coded.indices.cast(pa.int64()).fill_null(-1)
    return coded.dictionary, places.to_numpy(zero_copy_only=False)


def _whole(id_: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(id_)}(?!\w)")


def _used(places: Places, size: int) -> tuple[Places, Places]:
    """Which of the distinct values any row has, and the place of each row's among these."""
    is_used = np.bincount(places[places >= 0], minlength=size) > 0
    now = np.append(np.cumsum(is_used) - 1, [NONE])[places]
    return np.flatnonzero(is_used), now


def _id_texts(column: Column) -> Column:
    """Ids as a join reads them: without blanks around, 42.0 as 42, null where there is none."""
    if not has_words(column.type):
        return _read(column, lambda ledger: ledger.id_text("it", "id"))
    coded = Coded.of(column)
    trimmed = [text.strip(" ") for text in coded.texts]
    named = coded.of_rows(bool(text) for text in trimmed)
    return Coded(trimmed, np.where(named, coded.places, -1)).column()


def _as_text(column: Column) -> Column:
    """Any column as texts, lists and the like as JSON."""
    whole = "to_json(c0)" if pa.types.is_nested(column.type) else "c0"
    return _read(column, lambda ledger: f"CASE WHEN c0 IS NOT NULL THEN {whole}::VARCHAR END")


def _read(column: Column, sql: Callable[[Ledger], str]) -> Column:
    if not len(column):
        return pa.array([], pa.string())
    with workspace() as connection:
        ledger = open_table(connection, pa.table({"it": column}), "it")
        rows = ledger.query(f"SELECT {sql(ledger)} AS text FROM it ORDER BY row")
        return rows.to_arrow_table()["text"]
