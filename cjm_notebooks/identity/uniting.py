"""What several sources recorded of the same people, as one set of tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

import duckdb
import pyarrow as pa

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events import Customers, Events, Feedback, Question, Table
from cjm_notebooks.events.clock import times
from cjm_notebooks.events.export import quoted
from cjm_notebooks.events.ledger import Ledger, literal, open_table, workspace
from cjm_notebooks.events.tables import Clock
from cjm_notebooks.identity.identities import USUAL_MOST_LINKS, Identities, link
from cjm_notebooks.identity.tables import IdTable
from cjm_notebooks.sources import Import

CUSTOMER, AT, SOURCE = "customer", "at", "recorded_by"
Part = tuple[str, Events | Feedback | Customers]
P = TypeVar("P", Events, Feedback, Customers)


@dataclass(frozen=True)
class IdImport:
    """What one source yielded, and its columns that say who somebody is: kind of id -> column.

    A table of the import that lacks one of the columns is read by the others. `with_invitations`
    takes its invitations as events.

    Raises  ParameterError when no column is named
    """

    source: str
    imported: Import
    ids: Mapping[str, str]
    with_invitations: bool = False

    def __post_init__(self) -> None:
        if not self.ids:
            msg = f"`ids` of `{self.source}` is empty. Name each kind of id and its column."
            raise ParameterError(msg)

    @property
    def parts(self) -> Iterator[Part]:
        """Each table of the import, and what it is called."""
        found = self.imported
        invitations = found.invitations if self.with_invitations else None
        named = {
            "events": found.events,
            "invitations": invitations,
            "feedback": found.feedback,
            "customers": found.customers,
        }
        yield from ((name, part) for name, part in named.items() if part is not None)

    def id_table(self, part: str, table: Table) -> IdTable:
        """
        Raises  ParameterError when the table has none of the columns
        """
        with workspace() as connection:
            names = open_table(connection, table, "known").types
        ids = {kind: column for kind, column in self.ids.items() if column in names}
        if not ids:
            wanted = " and no ".join(f"`{column}`" for column in self.ids.values())
            msg = f"The {part} of `{self.source}` have no {wanted}. Name the column of their ids."
            raise ParameterError(msg)
        return IdTable(self.source, table, ids)


@dataclass(frozen=True, eq=False)
class United:
    """One import of all sources, and who was found where.

    Its tables hold no other id than `customer`; its quality is that of all sources.
    """

    identities: Identities
    imported: Import


def unite(
    imports: Iterable[IdImport],
    *,
    most_links: int = USUAL_MOST_LINKS,
    fold: Collection[str] = ("email",),
    unique: Collection[str] = (),
) -> United:
    """The tables of all sources as one of each kind, with the customer that `link` finds.

    Events keep their columns, in which what a source does not know is null, and get `recorded_by`,
    the name of their source; `at` is in UTC microseconds. Columns of ids are left out; rows without
    any id have no customer, and `join` sets them aside. Of customers that several sources describe,
    the first source that knows an attribute is believed.

    Memory  all tables
    Raises  ParameterError when there is no import, none of a table's columns is an id, or sources
            ask different questions of one id or attach answers differently
            SourceError when a table cannot be read or lacks a column
    """
    sources = tuple(imports)
    given = [(one, *part) for one in sources for part in one.parts]
    tables = [one.id_table(name, part.table) for one, name, part in given]
    identities = link(tables, most_links=most_links, fold=fold, unique=unique)
    known = [
        (part, _Whose(one.source, identities, table))
        for (one, _, part), table in zip(given, tables, strict=True)
    ]
    with workspace() as connection:
        imported = Import(
            events=_events(connection, [(p, w) for p, w in known if isinstance(p, Events)]),
            feedback=_feedback(connection, [(p, w) for p, w in known if isinstance(p, Feedback)]),
            customers=_customers(
                connection, [(p, w) for p, w in known if isinstance(p, Customers)]
            ),
            quality=tuple(quality for one in sources for quality in one.imported.quality),
        )
    return United(identities, imported)


@dataclass(frozen=True, eq=False)
class _Whose:
    """A table of a source, and whose its rows are."""

    source: str
    identities: Identities
    table: IdTable

    def opened(self, connection: duckdb.DuckDBPyConnection, view: str) -> Ledger:
        """The table with the customer in place of the ids."""
        whole = self.identities.with_customer(self.table, "(customer)")
        bare = whole.drop_columns(list(dict.fromkeys(self.table.ids.values())))
        names = [CUSTOMER if name == "(customer)" else name for name in bare.column_names]
        return open_table(connection, bare.rename_columns(names), view)


Parts = Sequence[tuple[P, _Whose]]


def _events(connection: duckdb.DuckDBPyConnection, parts: Parts[Events]) -> Events | None:
    if not parts:
        return None
    rows = []
    for number, (part, whose) in enumerate(parts):
        ledger = whose.opened(connection, f"events_{number}")
        roles = {"event": part.event, "value": part.value, "sequence": part.sequence}
        rows.append(_rows(ledger, number, whose.source, roles, part.clock))
    return Events(
        _together(connection, rows),
        customer=CUSTOMER,
        at=AT,
        unit="us",
        sequence="sequence" if any(part.sequence for part, _ in parts) else None,
        value="value" if any(part.value for part, _ in parts) else None,
    )


def _feedback(connection: duckdb.DuckDBPyConnection, parts: Parts[Feedback]) -> Feedback | None:
    if not parts:
        return None
    rows = []
    for number, (part, whose) in enumerate(parts):
        ledger = whose.opened(connection, f"feedback_{number}")
        named = ("score", "question", "touchpoint", "comment", "weight")
        roles = {role: getattr(part, role) for role in named}
        fixed = {} if part.question else {"question": literal(part.questions[0].id)}
        rows.append(_rows(ledger, number, whose.source, roles, part.clock, fixed))
    (attach, *others) = {part.attach_within_days for part, _ in parts}
    if others:
        msg = "Sources attach answers within different numbers of days. Let them agree."
        raise ParameterError(msg)

    def column(role: str) -> str | None:
        return role if any(getattr(part, role) for part, _ in parts) else None

    return Feedback(
        _together(connection, rows),
        score="score",
        questions=_questions(part for part, _ in parts),
        question="question",
        customer=CUSTOMER,
        touchpoint=column("touchpoint"),
        at=column("at"),
        unit="us" if column("at") else None,
        weight=column("weight"),
        attach_within_days=attach,
        comment=column("comment"),
    )


def _questions(parts: Iterable[Feedback]) -> tuple[Question, ...]:
    known: dict[str, Question] = {}
    for question in (question for part in parts for question in part.questions):
        if known.setdefault(question.id, question) != question:
            msg = (
                f"Two sources ask different questions with the id `{question.id}`. Give one of "
                "them another id."
            )
            raise ParameterError(msg)
    return tuple(known.values())


def _customers(connection: duckdb.DuckDBPyConnection, parts: Parts[Customers]) -> Customers | None:
    if not parts:
        return None
    rows = []
    for number, (part, whose) in enumerate(parts):
        ledger = whose.opened(connection, f"customers_{number}")
        rows.append(_rows(ledger, number, whose.source, {}, None, only=part.segments))
    names = _together(connection, rows).column_names
    described = ", ".join(
        f"first({quoted(name)} ORDER BY part_, row_) FILTER ({quoted(name)} IS NOT NULL) "
        f"AS {quoted(name)}"
        for name in names
        if name not in (CUSTOMER, SOURCE)
    )
    table = connection.sql(
        f"SELECT customer, {described} FROM ({' UNION ALL BY NAME '.join(rows)}) "
        "WHERE customer IS NOT NULL GROUP BY customer ORDER BY min((part_, row_))"
    ).to_arrow_table()
    return Customers(table, customer=CUSTOMER)


def _rows(
    ledger: Ledger,
    number: int,
    source: str,
    roles: Mapping[str, str | None],
    clock: Clock | None,
    fixed: Mapping[str, str] = MappingProxyType({}),
    only: Collection[str] | None = None,
) -> str:
    """SQL of a table: its columns in their roles, then all others that are called differently."""
    named = {role: name for role, name in roles.items() if name is not None}
    columns = {role: ledger.column(name, role) for role, name in named.items()} | dict(fixed)
    if clock is not None:
        columns[AT] = times(ledger, clock).utc
    columns[SOURCE] = literal(source)
    used = {*named.values(), *columns, *([] if clock is None else [clock.column])}
    columns |= {
        name: ledger.column(name, "columns")
        for name in ledger.types
        if name not in used and (only is None or name in (*only, CUSTOMER))
    }
    told = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in columns.items())
    return f"SELECT {number} AS part_, row AS row_, {told} FROM {ledger.view}"


def _together(connection: duckdb.DuckDBPyConnection, rows: Iterable[str]) -> pa.Table:
    """The rows of all tables in their order; a column that one of them lacks is null there."""
    both = " UNION ALL BY NAME ".join(rows)
    sql = f"SELECT * EXCLUDE (part_, row_) FROM ({both}) ORDER BY part_, row_"
    return connection.sql(sql).to_arrow_table()
