"""Who is who, once all tables have been followed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.identity.bounds import OutcomeBounds
from cjm_notebooks.identity.linking import NONE, Ints, Links, Marks, Nodes, distinct, first_usable
from cjm_notebooks.identity.tables import IdTable

USUAL_MOST_LINKS = 20
MOST_SHOWN = 5


def link(
    tables: Iterable[IdTable],
    *,
    most_links: int = USUAL_MOST_LINKS,
    fold: Collection[str] = ("email",),
    unique: Collection[str] = (),
) -> Identities:
    """Who is one customer, by every row of every table that holds more than one id.

    An id that is linked with more than `most_links` ids of one kind is no one person's: a shared
    device, a test account, `noreply@`. It is cut: it identifies nobody and links nobody. Kinds in
    `fold` are compared in lower case. Of kinds in `unique`, such as the number in the CRM, one
    customer should have one; where it is otherwise, that is reported and nothing is undone.

    A customer is called after their smallest id of the kind that is mentioned first, such as
    `crm:1042`. These names are as personal as the ids: pseudonymise them before they leave.

    Memory  all ids as text, and about 40 bytes a link
    Raises  ParameterError when there is no table, `most_links` is below 1, or a kind is not known
            SourceError when a table cannot be read or lacks a column
    """
    given = tuple(tables)
    if not given:
        msg = "There is no table to link. Give an `IdTable` for each table that holds ids."
        raise ParameterError(msg)
    if most_links < 1:
        msg = f"`most_links` is {most_links}. Give the most ids of one kind a person has, from 1."
        raise ParameterError(msg)
    texts = [table.read(fold) for table in given]
    nodes, numbers = Nodes.of(texts)
    _require(unique, nodes.kinds)
    links = Links.of(numbers, nodes.count)
    most, which = links.most(nodes.kind_places(), len(nodes.kinds))
    cut = np.asarray(most > most_links, np.bool_)
    person = links.without(cut).components(nodes.count)
    persons = [_persons(columns, person, cut) for columns in numbers]
    seen = _seen(given, persons, numbers, nodes.count)
    return Identities(nodes, person, cut, (most, which), seen, frozenset(fold), tuple(unique))


@dataclass(frozen=True, eq=False)
class Seen:
    """A source: its rows, those without any id, those with cut ids alone, and its customers."""

    rows: int
    without_id: int
    only_cut: int
    persons: Ints


@dataclass(frozen=True, eq=False)
class Identities:
    """The customer of every id.

    Attributes
    ----------
    person
        int64, (ids,). The number of the smallest id of the same customer.
    cut
        bool, (ids,). Linked with too many others to be one person's.
    most
        int64, (ids,) each. With how many ids of one kind it is linked at most, and of which kind.
    """

    nodes: Nodes
    person: Ints
    cut: Marks
    most: tuple[Ints, Ints]
    seen: Mapping[str, Seen]
    folded: frozenset[str]
    unique: tuple[str, ...]

    @property
    def n_customers(self) -> int:
        return len(distinct(self.person[~self.cut], self.nodes.count))

    def customers_of(self, table: IdTable) -> pa.Array:
        """The customer of each row, null where it has no usable id; unknown ids are no customer's.

        Raises  ParameterError when a kind of id was not linked
                SourceError when the table cannot be read or lacks a column
        """
        _require(table.ids, self.nodes.kinds)
        texts = table.read(self.folded)
        columns = {kind: self.nodes.numbers(kind, texts[kind]) for kind in texts}
        return self.nodes.names(_persons(columns, self.person, self.cut))

    def with_customer(self, table: IdTable, name: str = "customer") -> pa.Table:
        """The table with a column more: the customer of each row, null where nobody knows.

        Raises  as `customers_of`; ParameterError when there is a column of that name
        """
        return table.with_column(name, self.customers_of(table))

    @cached_property
    def sources(self) -> pd.DataFrame:
        """One row a source: its rows, those that name nobody, its customers."""
        return pd.DataFrame(
            [
                {
                    "source": source,
                    "rows": seen.rows,
                    "without_id": seen.without_id,
                    "only_cut": seen.only_cut,
                    "customers": len(seen.persons),
                }
                for source, seen in self.seen.items()
            ]
        )

    @cached_property
    def matches(self) -> pd.DataFrame:
        """One row for each source and each other: how many of its customers are found there."""
        columns = ["source", "other", "customers", "matched", "share", "lost"]
        return pd.DataFrame(list(self._pairs()), columns=columns)

    def lost(self, source: str, other: str) -> list[str]:
        """The customers of `source` whom `other` does not know.

        Raises  ParameterError when there is no such source
        """
        here, there = self._of(source).persons, self._of(other).persons
        names = self.nodes.names(np.setdiff1d(here, there)).to_pylist()
        return [str(name) for name in names]

    @cached_property
    def hubs(self) -> pd.DataFrame:
        """The ids that were cut, the best connected first, and what each is linked with most."""
        rows = []
        for node in np.flatnonzero(self.cut).tolist():
            kind, id_ = self.nodes.text(node)
            links, which = (int(column[node]) for column in self.most)
            rows.append((kind, id_, self.nodes.kinds[which], links))
        found = pd.DataFrame(rows, columns=["kind", "id", "linked_kind", "links"])
        return found.sort_values("links", ascending=False, kind="stable", ignore_index=True)

    @cached_property
    def conflicts(self) -> pd.DataFrame:
        """Customers with several ids of a kind of which each should have one."""
        kind_of = self.nodes.kind_places()
        rows = []
        for kind in self.unique:
            here = np.flatnonzero((kind_of == self.nodes.kinds.index(kind)) & ~self.cut)
            person, count = np.unique(self.person[here], return_counts=True)
            for one, ids in zip(person[count > 1].tolist(), count[count > 1].tolist(), strict=True):
                theirs = here[self.person[here] == one][:MOST_SHOWN]
                texts = [self.nodes.text(int(node))[1] for node in theirs]
                name = ":".join(self.nodes.text(one))
                rows.append((name, kind, ids, ", ".join(texts)))
        return pd.DataFrame(rows, columns=["customer", "kind", "ids", "first_ids"])

    def bounds(self, source: str, other: str, succeeded: Collection[str]) -> OutcomeBounds:
        """What is known of the outcome of the customers of `source`, which only `other` records.

        `succeeded` are the customers, as `customers_of` names them, who succeeded there.

        Raises  ParameterError when there is no such source, or one of `succeeded` is not in `other`
        """
        here, there = self._of(source).persons, self._of(other).persons
        names = pa.array(sorted(set(succeeded)), pa.string())
        place = pc.index_in(names, value_set=self.nodes.names(there))
        if place.null_count:
            stray = names.filter(pc.is_null(place))[0].as_py()
            msg = f"`{stray}` has succeeded and is no customer of `{other}`. Name them as there."
            raise ParameterError(msg)
        winners = there[place.to_numpy().astype(np.int64)]
        found = np.intersect1d(here, there)
        hits = len(np.intersect1d(winners, found))
        return OutcomeBounds(len(here), len(found), hits, len(winners) - hits)

    def _pairs(self) -> Iterator[tuple[str, str, int, int, float | None, int]]:
        for one, other in permutations(self.seen, 2):
            here = self.seen[one].persons
            matched = len(np.intersect1d(here, self.seen[other].persons))
            share = matched / len(here) if len(here) else None
            yield one, other, len(here), matched, share, len(here) - matched

    def _of(self, source: str) -> Seen:
        if source not in self.seen:
            msg = f"There is no source `{source}`. {did_you_mean(source, self.seen)}"
            raise ParameterError(msg)
        return self.seen[source]


def _persons(columns: Mapping[str, Ints], person: Ints, cut: Marks) -> Ints:
    """int64, (rows,). The customer of each row, -1 where it has no usable id."""
    node = first_usable(columns.values(), cut)
    return np.where(node == NONE, NONE, np.append(person, NONE)[node])


def _seen(
    tables: Iterable[IdTable],
    persons: Iterable[Ints],
    numbers: Iterable[Mapping[str, Ints]],
    ids: int,
) -> dict[str, Seen]:
    found: dict[str, Seen] = {}
    for table, person, columns in zip(tables, persons, numbers, strict=True):
        empty = np.all([column == NONE for column in columns.values()], axis=0)
        before = found.get(table.source, Seen(0, 0, 0, np.zeros(0, np.int64)))
        found[table.source] = Seen(
            before.rows + len(person),
            before.without_id + int(empty.sum()),
            before.only_cut + int((~empty & (person == NONE)).sum()),
            distinct(np.append(before.persons, person[person != NONE]), ids),
        )
    return found


def _require(names: Iterable[str], kinds: Collection[str]) -> None:
    for name in names:
        if name not in kinds:
            msg = f"No table that was linked has ids of the kind `{name}`. "
            msg += did_you_mean(name, kinds)
            raise ParameterError(msg)
