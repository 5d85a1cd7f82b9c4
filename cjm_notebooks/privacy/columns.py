"""One column of an import as it may be kept; each different value is looked at once.

Which columns come out, and of which type, rests on the table's own columns and never on what is
found in them, so that a table can be protected part by part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
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
        used = np.unique(places[places >= 0])
        texts = [str(values[place]) for place in used.tolist()]
        at = np.where(places < 0, -1, np.searchsorted(used, places))
        return cls(texts, at)

    def of_rows(self, marks: Iterable[bool]) -> Marks:
        """bool, (rows,). What holds for the text of each row; nothing holds for null."""
        return np.append(np.fromiter(marks, np.bool_, len(self.texts)), [False])[self.places]

    def column(self) -> pa.DictionaryArray:
        """The rows, with no text that none of them has; texts that are alike are coded alike."""
        used = np.unique(self.places[self.places >= 0])
        known = pa.array([self.texts[place] for place in used.tolist()], pa.string())
        known = known.dictionary_encode()
        places = np.searchsorted(used, self.places).astype(np.int32)
        rows = pa.array(places, pa.int32(), mask=self.places < 0)
        return pa.DictionaryArray.from_arrays(known.indices.take(rows), known.dictionary)


@dataclass(frozen=True, eq=False)
class Ids:
    """The customer of each row as a join reads it, and the pseudonym of each customer."""

    ids: Coded
    pseudonyms: Sequence[str]

    @classmethod
    def of(cls, name: str, column: Column, key: Key) -> Ids:
        ids = Coded.of(_id_texts(column))
        return cls(ids, [key.pseudonym(id_, kind_of(name)) for id_ in ids.texts])

    def within(self, coded: Coded) -> tuple[Coded, Marks]:
        """The texts with the pseudonym in place of their own row's id, and the rows with one."""
        both = np.flatnonzero((coded.places >= 0) & (self.ids.places >= 0))
        if not len(both):
            return coded, np.zeros(len(coded.places), np.bool_)
        pairs, pair = np.unique(
            np.stack([coded.places[both], self.ids.places[both]]), axis=1, return_inverse=True
        )
        texts, now = list(coded.texts), pairs[0].copy()
        for number, (what, who) in enumerate(pairs.T.tolist()):
            id_ = self.ids.texts[who]
            if len(id_) >= SHORTEST_ID and id_ in texts[what]:
                told = re.sub(rf"(?<!\w){re.escape(id_)}(?!\w)", self.pseudonyms[who], texts[what])
                if told != texts[what]:
                    now[number] = len(texts)
                    texts.append(told)
        places = coded.places.copy()
        places[both] = now[pair.ravel()]
        return Coded(texts, places), places != coded.places


def kept(name: str, column: Column) -> Treated:
    """The column as it is; what stands in its texts is reported all the same."""
    nothing = np.zeros(len(column), np.bool_)
    if not has_words(column.type):
        return Treated(name, "keep", column, nothing)
    coded = Coded.of(column)
    same = coded.column() if pa.types.is_dictionary(column.type) else column
    return Treated(name, "keep", same, nothing, search(coded.texts, name).found)


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


def pseudonymised(name: str, column: Column, key: Key) -> Treated:
    """The column of ids with a pseudonym for each; blanks are null."""
    ids = Ids.of(name, column, key)
    found = search(ids.ids.texts, name).found
    pairs = zip(ids.ids.texts, ids.pseudonyms, strict=True)
    changed = ids.ids.of_rows(id_ != new for id_, new in pairs)
    made = replace(ids.ids, texts=ids.pseudonyms).column()
    return Treated(name, "pseudonymise", made, changed, found)


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
