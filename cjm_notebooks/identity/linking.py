"""Ids as numbers, the links between them, and who hangs together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from cjm_notebooks.events.ledger import workspace

Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]
Columns = Mapping[str, pa.ChunkedArray]
NONE = -1


@dataclass(frozen=True, eq=False)
class Nodes:
    """Every id there is, numbered by kind and then by its text, so that order says nothing new.

    Attributes
    ----------
    values
        the texts of each kind, sorted.
    first
        the number of the first id of each kind; the last entry is how many there are.
    """

    values: dict[str, pa.Array]
    first: Ints

    @classmethod
    def of(cls, tables: Sequence[Columns]) -> tuple[Nodes, list[dict[str, Ints]]]:
        """All ids of the tables, and the number of each row's, -1 where there is none."""
        kinds = list(dict.fromkeys(kind for table in tables for kind in table))
        values: dict[str, pa.Array] = {}
        numbers: list[dict[str, Ints]] = [
            dict.fromkeys(table, np.zeros(0, np.int64)) for table in tables
        ]
        first = [0]
        for kind in kinds:
            holders = [place for place, table in enumerate(tables) if kind in table]
            values[kind], ranks = _ranked([tables[place][kind] for place in holders])
            for place, rank in zip(holders, ranks, strict=True):
                numbers[place][kind] = np.where(rank == NONE, NONE, rank + first[-1])
            first.append(first[-1] + len(values[kind]))
        return cls(values, np.array(first, np.int64)), numbers

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(self.values)

    @property
    def count(self) -> int:
        return int(self.first[-1])

    def numbers(self, kind: str, texts: pa.ChunkedArray) -> Ints:
        """int64, (rows,). The number of each id, -1 where there is none or it is not known."""
        numbers = _places(texts, self.values[kind])
        return np.where(numbers == NONE, NONE, numbers + self.first[self.kinds.index(kind)])

    def text(self, node: int) -> tuple[str, str]:
        """The kind of an id, and the id."""
        place = int(np.searchsorted(self.first, node, side="right")) - 1
        kind = self.kinds[place]
        return kind, str(self.values[kind][node - int(self.first[place])])

    def names(self, nodes: Ints) -> pa.Array:
        """text, (nodes,). `kind:id` of each, null for -1."""
        named = distinct(nodes[nodes != NONE], self.count)
        place = np.zeros(self.count + 1, np.int64)
        place[named] = np.arange(len(named))
        ends = np.searchsorted(named, self.first)
        parts = [pa.array([], pa.string())]
        for kind, first, start, end in zip(self.kinds, self.first, ends, ends[1:], strict=False):
            texts = self.values[kind].take(pa.array(named[start:end] - first))
            parts.append(pc.binary_join_element_wise(kind, texts, ":"))
        return pa.concat_arrays(parts).take(pa.array(place[nodes], mask=nodes == NONE))

    def kind_places(self) -> Ints:
        """int64, (nodes,). The position of the kind of each id."""
        return np.repeat(np.arange(len(self.kinds)), np.diff(self.first))


@dataclass(frozen=True, eq=False)
class Links:
    """Pairs of ids of different kinds that a row holds together, each pair once.

    Attributes
    ----------
    one, other
        int64, (links,).
    """

    one: Ints
    other: Ints

    @classmethod
    def of(cls, tables: Sequence[Mapping[str, Ints]], nodes: int) -> Links:
        pairs = [
            _together(table[one], table[other], nodes)
            for table in tables
            for one, other in combinations(table, 2)
        ]
        pair = np.sort(np.concatenate([np.zeros(0, np.int64), *pairs]))
        once = pair[np.diff(pair, prepend=NONE) != 0]
        return cls(once // max(nodes, 1), once % max(nodes, 1))

    def most(self, kind_of: Ints, kinds: int) -> tuple[Ints, Ints]:
        """int64, (nodes,) each. With how many ids of one kind every id is linked at most, and of
        which kind.
        """
        here = np.concatenate([self.one, self.other])
        there = kind_of[np.concatenate([self.other, self.one])]
        most, which = np.zeros_like(kind_of), np.zeros_like(kind_of)
        for kind in range(kinds):
            degree = np.bincount(here[there == kind], minlength=len(kind_of))
            which[degree > most] = kind
            most = np.maximum(most, degree)
        return most, which

    def without(self, cut: Marks) -> Links:
        kept = ~(cut[self.one] | cut[self.other])
        return Links(self.one[kept], self.other[kept])

    def components(self, nodes: int) -> Ints:
        """int64, (nodes,). Ids that hang together have the number of the smallest of them."""
        ones = np.ones(len(self.one), np.int8)
        graph = coo_array((ones, (self.one, self.other)), shape=(nodes, nodes))
        _, label = connected_components(graph, directed=False)
        _, smallest = np.unique(label, return_index=True)
        return np.asarray(smallest[label], np.int64)


def _ranked(columns: Sequence[pa.ChunkedArray]) -> tuple[pa.Array, list[Ints]]:
    """The distinct texts of all columns in the order of their bytes, and the place of each row's.

    DuckDB sorts and looks up texts in half the time of Arrow.
    """
    texts = pa.chunked_array([chunk for column in columns for chunk in column.chunks], pa.string())
    with workspace() as connection:
        each = connection.from_arrow(pa.table({"text": texts})).filter("text IS NOT NULL")
        found = each.distinct().order("text").to_arrow_table()
    values = found["text"].combine_chunks()
    ends = np.cumsum([len(column) for column in columns])
    return values, np.split(_places(texts, values), ends[:-1])


def _places(texts: pa.ChunkedArray, values: pa.Array) -> Ints:
    """int64, (texts,). The place of each text among the distinct values, -1 where it is none."""
    with workspace() as connection:
        for name, column in {"row": texts, "place": values}.items():
            numbered = pa.table({"text": column, name: pa.array(np.arange(len(column)))})
            connection.register(f"{name}s", numbered)
        found = connection.sql("SELECT row, place FROM rows JOIN places USING (text)")
        both = found.to_arrow_table()
    places = np.full(len(texts), NONE, np.int64)
    places[both["row"].to_numpy()] = both["place"].to_numpy()
    return places


def distinct(numbers: Ints, limit: int) -> Ints:
    """int64. Each number from 0 to below `limit` that occurs, once and in order."""
    occurs = np.zeros(limit, bool)
    occurs[numbers] = True
    return np.flatnonzero(occurs)


def _together(one: Ints, other: Ints, nodes: int) -> Ints:
    """Each pair as one number, the smaller id first."""
    both = (one != NONE) & (other != NONE)
    low, high = np.minimum(one[both], other[both]), np.maximum(one[both], other[both])
    return np.asarray(low * nodes + high, np.int64)


def first_usable(numbers: Collection[Ints], cut: Marks) -> Ints:
    """int64, (rows,). The first id of each row that is not cut, -1 where there is none."""
    usable = np.append(~cut, False)
    rows = len(next(iter(numbers)))
    found = np.full(rows, NONE, np.int64)
    for column in reversed(list(numbers)):
        found = np.where(usable[column], column, found)
    return found
