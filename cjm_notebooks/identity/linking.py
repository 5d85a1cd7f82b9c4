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
        found = pc.index_in(texts, value_set=self.values[kind])
        numbers = found.fill_null(NONE).to_numpy().astype(np.int64)
        return np.where(numbers == NONE, NONE, numbers + self.first[self.kinds.index(kind)])

    def text(self, node: int) -> tuple[str, str]:
        """The kind of an id, and the id."""
        place = int(np.searchsorted(self.first, node, side="right")) - 1
        kind = self.kinds[place]
        return kind, str(self.values[kind][node - int(self.first[place])])

    def names(self, nodes: Ints) -> pa.Array:
        """text, (nodes,). `kind:id` of each, null for -1."""
        distinct, place = np.unique(nodes, return_inverse=True)
        ends = np.searchsorted(distinct, self.first)
        parts = [pa.nulls(int(ends[0]), pa.string())]
        for kind, first, start, end in zip(self.kinds, self.first, ends, ends[1:], strict=False):
            texts = self.values[kind].take(pa.array(distinct[start:end] - first))
            parts.append(pc.binary_join_element_wise(kind, texts, ":"))
        return pa.concat_arrays(parts).take(pa.array(place))

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
        distinct = pair[np.diff(pair, prepend=NONE) != 0]
        return cls(distinct // max(nodes, 1), distinct % max(nodes, 1))

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
    """The distinct texts of all columns, sorted, and the place of each row's among them."""
    texts = pa.chunked_array([chunk for column in columns for chunk in column.chunks], pa.string())
    encoded = texts.combine_chunks().dictionary_encode()
    order = pc.sort_indices(encoded.dictionary)
    rank = np.empty(len(order) + 1, np.int64)
    rank[order.to_numpy()] = np.arange(len(order))
    rank[NONE] = NONE
    places = rank[encoded.indices.fill_null(NONE).to_numpy()]
    ends = np.cumsum([len(column) for column in columns])
    return encoded.dictionary.take(order), np.split(places, ends[:-1])


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
