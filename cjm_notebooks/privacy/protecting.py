"""Protecting an import before anything is kept of it: who agreed, how long, what each column holds.

Whoever uses the tables afterwards, and whatever is written of them, has no more than this leaves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from os import PathLike
from typing import Any, Literal

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events import Counted, Customers, Events, Feedback, Quality
from cjm_notebooks.events.accounts import Made, made
from cjm_notebooks.events.clock import times
from cjm_notebooks.events.content import held
from cjm_notebooks.events.ledger import Ledger, open_table, workspace
from cjm_notebooks.events.quality import PLACES
from cjm_notebooks.maps.settings import Privacy
from cjm_notebooks.privacy import columns
from cjm_notebooks.privacy.columns import Treated
from cjm_notebooks.privacy.permission import Consents, Permission, end_of, require_known
from cjm_notebooks.privacy.personal import PersonalData
from cjm_notebooks.privacy.pseudonyms import Key
from cjm_notebooks.privacy.treatment import (
    asks_for_pseudonyms,
    treatment,
    without_columns,
    without_key,
)
from cjm_notebooks.sources import Import

Part = Events | Feedback | Customers
Name = Literal["events", "feedback", "customers", "invitations"]
PROTECTED = "protected "


@dataclass(frozen=True)
class Protected:
    """An import as it may be kept, and the personal data that was found in it.

    What was left out, masked or given a pseudonym, and which rows were set aside, stands in
    `imported.quality`, and each table carries it.
    """

    imported: Import
    found: tuple[PersonalData, ...]


def protect(
    imported: Import, privacy: Privacy, *, key: Key | None = None, as_of: date | None = None
) -> Protected:
    """The import as the privacy section of a map allows to keep it.

    Rows go whose customers did not agree, where the map requires it, and those past their
    retention, counted back from `as_of`. With a `key`, ids of customers get pseudonyms, and so do
    columns in `pseudonym_fields`, columns named like ids, and those that repeat the customer's id;
    without one, ids that are personal data by themselves are refused. Columns in `pii_fields`, and
    those named like personal data, are left out. Every other text is searched, and what is found
    has a mark in its place; columns in `kept_fields` are only searched.

    Protecting twice is as good as once.

    Memory  the tables, and each different text once
    Raises  ParameterError when a key or `as_of` is missing, or a column is left out that has a role
            SourceError when a table cannot be read as named, or nobody says who agreed
    """
    if privacy.retention_days is not None and as_of is None:
        msg = (
            f"The map keeps events for {privacy.retention_days} days, and nobody says until when. "
            "Give `as_of`, the end of the data."
        )
        raise ParameterError(msg)
    until = None if as_of is None else end_of(as_of)
    imported = replace(imported, customers=held(imported.customers))
    with workspace() as connection:
        consents = Consents.of(connection, imported.customers, privacy)
        safe = [
            _safe(_opened(connection, name, part, privacy, until, consents), privacy, key)
            for name, part in _parts(imported)
        ]
    return Protected(_with(imported, safe, key), tuple(item for one in safe for item in one.found))


@dataclass(frozen=True, eq=False)
class _Opened:
    """A table with the rule by which each row is refused, null where it is not."""

    name: Name
    part: Part
    table: pa.Table
    refused: pa.ChunkedArray
    noticed: Mapping[str, Counted]
    unreadable: int


@dataclass(frozen=True, eq=False)
class _Safe:
    """The part without what it must not hold, and the account of that."""

    name: Name
    part: Part
    table: pa.Table
    found: tuple[PersonalData, ...]
    account: Quality


def _parts(imported: Import) -> Iterator[tuple[Name, Part]]:
    parts: dict[Name, Part | None] = {
        "events": imported.events,
        "feedback": imported.feedback,
        "customers": imported.customers,
        "invitations": imported.invitations,
    }
    yield from ((name, part) for name, part in parts.items() if part is not None)


def _opened(
    connection: duckdb.DuckDBPyConnection,
    name: Name,
    part: Part,
    privacy: Privacy,
    as_of: int | None,
    consents: Consents | None,
) -> _Opened:
    table, unreadable = _read(connection, part, name)
    nothing = pa.chunked_array([pa.nulls(len(table), pa.string())])
    if not len(table):
        return _Opened(name, part, table, nothing, {}, unreadable)
    ledger = open_table(connection, table, f"{name}_read")
    limit = None if isinstance(part, Customers) else as_of
    permission = Permission.of(ledger, privacy, part.customer, limit, consents)
    if name == "events":
        require_known(permission, ledger, privacy)
    rows = pa.table({"refused": nothing})
    if permission.refuses or permission.notices:
        asked = permission.over(_timed(ledger, part))
        rows = connection.sql(
            f"SELECT refused, consent FROM ({asked}) ORDER BY row"
        ).to_arrow_table()
    noticed = {rule: _counted(pc.equal(rows["consent"], rule)) for rule in permission.notices}
    counted = {rule: counted for rule, counted in noticed.items() if counted.rows}
    return _Opened(name, part, table, rows["refused"], counted, unreadable)


def _read(connection: duckdb.DuckDBPyConnection, part: Part, name: Name) -> tuple[pa.Table, int]:
    """The table in memory, and how many lines of its file could not be read."""
    if not isinstance(part.table, (str, PathLike)):
        return _plain(pa.table(part.table)), 0
    ledger = open_table(connection, part.table, name)
    columns = ", ".join(f"c{place}" for place in range(len(ledger.types)))
    rows = ledger.query(f"SELECT {columns} FROM {name} ORDER BY row").to_arrow_table()
    return _plain(rows.rename_columns(list(ledger.types))), len(ledger.unreadable)


def _plain(table: pa.Table) -> pa.Table:
    """The same columns, JSON as the texts that it is."""
    for place, kind in enumerate(table.schema.types):
        if isinstance(kind, pa.ExtensionType):
            stored = [chunk.storage for chunk in table.column(place).chunks]
            column = pa.chunked_array(stored, kind.storage_type)
            table = table.set_column(place, table.column_names[place], column)
    return table


def _timed(ledger: Ledger, part: Part) -> str:
    clock = None if isinstance(part, Customers) else part.clock
    utc = "NULL::BIGINT" if clock is None else times(ledger, clock).utc
    return f"SELECT *, {utc} AS utc FROM {ledger.view}"


def _safe(opened: _Opened, privacy: Privacy, key: Key | None) -> _Safe:
    rules = sorted(opened.refused.unique().drop_null().to_pylist())
    set_aside = {rule: _counted(pc.equal(opened.refused, rule)) for rule in rules}
    if opened.unreadable:
        set_aside["unreadable_row"] = Counted(opened.unreadable)
    allowed = pc.is_null(opened.refused)
    table = opened.table.filter(allowed) if rules else opened.table
    treated = list(_treated(table, opened.part, privacy, key))
    row = np.flatnonzero(allowed.to_numpy())
    done = {one.rule: _rows(row[one.changed]) for one in treated if one.changed.any()}
    account = Quality(
        table=f"{PROTECTED}{opened.name}",
        read=len(opened.table) + opened.unreadable,
        kept=len(table),
        set_aside=set_aside,
        noticed={**opened.noticed, **done},
    )
    gone = {one.name for one in treated if one.column is None}
    left = {one.name: one.column for one in treated if one.column is not None}
    return _Safe(
        opened.name,
        replace(opened.part, **without_columns(opened.part, gone)),
        pa.table(left),
        tuple(_found(opened.name, treated)),
        account,
    )


def _treated(table: pa.Table, part: Part, privacy: Privacy, key: Key | None) -> Iterator[Treated]:
    chosen = treatment(part, table.column_names, privacy, has_key=key is not None)
    ids = None
    if part.customer is not None and key is not None:
        ids = columns.Ids.of(part.customer, table[part.customer], key)
    for name, wanted in chosen.items():
        column = table[name]
        if wanted == "leave out":
            yield columns.left_out(name, column)
        elif wanted == "mask":
            yield columns.masked(name, column, None if name in _roles(part) else ids)
        elif wanted == "pseudonymise" and key is not None:
            own = ids if ids is not None and name == ids.name else None
            yield columns.pseudonymised(own or columns.Ids.of(name, column, key))
        elif name != part.customer and name not in privacy.kept_fields:
            yield columns.kept_figures(name, column)
        else:
            one = columns.kept(name, column)
            if name == part.customer and key is None:
                _refuse_personal_ids(one, privacy)
            yield one


def _refuse_personal_ids(ids: Treated, privacy: Privacy) -> None:
    if ids.name in privacy.kept_fields:
        return
    if asks_for_pseudonyms(ids.name, privacy):
        raise without_key(ids.name, "which are personal data by the map or by their name")
    if ids.found:
        raise without_key(ids.name, f"of which some are of the kind {ids.found[0].kind}")


def _roles(part: Part) -> set[str]:
    """The columns whose texts say what happened or what was asked, not to whom."""
    names = (getattr(part, role, None) for role in ("event", "question", "touchpoint"))
    return {name for name in names if name is not None}


def _found(name: str, treated: list[Treated]) -> Iterator[PersonalData]:
    for one in treated:
        for item in one.found:
            yield replace(item, column=f"{name}.{item.column}")


def _with(imported: Import, safe: list[_Safe], key: Key | None) -> Import:
    """The import with its safe parts, each table carrying how it was made."""
    accounts = tuple(one.account for one in safe)
    parts: dict[str, Any] = {}
    for one in safe:
        before = made(one.part.table)
        own = tuple(account for account in before.quality if account not in imported.quality)
        fingerprint = before.key if key is None else key.fingerprint
        carried = Made((*own, *imported.quality, one.account), fingerprint)
        parts[one.name] = replace(one.part, table=carried.carried_by(one.table))
    return replace(imported, **parts, quality=(*imported.quality, *accounts))


def _counted(holds: pa.ChunkedArray) -> Counted:
    return _rows(np.flatnonzero(pc.fill_null(holds, False).to_numpy()))


def _rows(places: np.ndarray) -> Counted:
    return Counted(len(places), tuple(int(place) for place in places[:PLACES]))
