"""Keeping to some of the customers or events: those with one value in a column.

A table that has the column keeps its rows with that value. Every other table keeps the rows of the
customers whom those rows are about, so that an answer without a customer is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import duckdb
import pyarrow as pa

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.events.ledger import Ledger, literal, open_table, workspace
from cjm_notebooks.events.quality import Counted, Quality
from cjm_notebooks.events.tables import Customers, Events, Feedback


@dataclass(frozen=True)
class Given:
    """The tables of one question, each of which may be absent."""

    events: Events | None = None
    feedback: Feedback | None = None
    customers: Customers | None = None

    @property
    def tables(self) -> dict[str, Customers | Events | Feedback]:
        """Those there are; the first that has a column says whom it is about."""
        every = {"customers": self.customers, "events": self.events, "feedback": self.feedback}
        return {name: tables for name, tables in every.items() if tables is not None}


def restricted(given: Given, only: Mapping[str, str]) -> tuple[Given, tuple[Quality, ...]]:
    """The tables with nothing in them but what has these values, and what was left out of each.

    Raises  ParameterError when no table has such a column, or no row such a value
    """
    accounts: list[Quality] = []
    for column, value in only.items():
        with workspace() as connection:
            given, left = _restricted(connection, given, column, value)
        accounts += left
    return given, tuple(accounts)


def values_in(given: Given, column: str) -> dict[str, int]:
    """How many customers each value of the column has, the most first.

    Raises  ParameterError when no table has such a column
    """
    with workspace() as connection:
        ledgers = _opened(connection, given)
        name = _first_with(ledgers, column)
        ledger = ledgers[name]
        value = ledger.id_text(column, "only")
        rows = connection.execute(
            f"SELECT {value} AS value, count(DISTINCT {_whose(ledger, given.tables[name])}) AS n "
            f"FROM {ledger.view} WHERE value IS NOT NULL GROUP BY value ORDER BY n DESC, value"
        ).fetchall()
    return {str(value): int(number) for value, number in rows}


def _restricted(
    connection: duckdb.DuckDBPyConnection, given: Given, column: str, value: str
) -> tuple[Given, list[Quality]]:
    ledgers = _opened(connection, given)
    first = _first_with(ledgers, column)
    has_value = f"{ledgers[first].id_text(column, 'only')} = {literal(value)}"
    whose = _whose(ledgers[first], given.tables[first])
    connection.execute(
        f"CREATE TEMP TABLE chosen AS SELECT DISTINCT {whose} AS id FROM {ledgers[first].view} "
        f"WHERE {has_value}"
    )
    kept: dict[str, Any] = dict.fromkeys(given.tables)
    accounts = []
    for name, tables in given.tables.items():
        ledger = ledgers[name]
        condition = f"{_whose(ledger, tables)} IN (SELECT id FROM chosen)"
        if column in ledger.types:
            condition = f"{ledger.id_text(column, 'only')} = {literal(value)}"
        (rows,) = ledger.numbers(f"SELECT count(*) FILTER ({condition}) FROM {ledger.view}")
        if name == first and not rows:
            raise _no_such_value(connection, ledger, column, value)
        accounts.append(_account(ledger, rows, column))
        if rows:
            kept[name] = replace(tables, table=_rows(ledger, condition))
    return Given(**kept), accounts


def _opened(connection: duckdb.DuckDBPyConnection, given: Given) -> dict[str, Ledger]:
    return {
        name: open_table(connection, tables.table, f"only_{name}")
        for name, tables in given.tables.items()
    }


def _first_with(ledgers: Mapping[str, Ledger], column: str) -> str:
    for name, ledger in ledgers.items():
        if column in ledger.types:
            return name
    known = dict.fromkeys(one for ledger in ledgers.values() for one in ledger.types)
    msg = f"No table has a column `{column}` to choose by. {did_you_mean(column, known)}"
    raise ParameterError(msg)


def _whose(ledger: Ledger, tables: Customers | Events | Feedback) -> str:
    if tables.customer is None:
        return "NULL"
    return ledger.id_text(tables.customer, "customer")


def _rows(ledger: Ledger, condition: str) -> pa.Table:
    """The chosen rows under the caller's names, in their order."""
    names = ", ".join(
        f'c{place} AS "{name.replace(chr(34), chr(34) * 2)}"'
        for place, name in enumerate(ledger.types)
    )
    return ledger.query(
        f"SELECT {names} FROM {ledger.view} WHERE {condition} ORDER BY row"
    ).to_arrow_table()


def _account(ledger: Ledger, kept: int, column: str) -> Quality:
    left_out = {f"other_{column}": Counted(ledger.rows - kept)} if kept < ledger.rows else {}
    if ledger.unreadable:
        left_out["unreadable_row"] = Counted(len(ledger.unreadable))
    read = ledger.rows + len(ledger.unreadable)
    return Quality(table=ledger.called, read=read, kept=kept, set_aside=left_out)


def _no_such_value(
    connection: duckdb.DuckDBPyConnection, ledger: Ledger, column: str, value: str
) -> ParameterError:
    known = connection.execute(
        f"SELECT {ledger.id_text(column, 'only')} AS value, count(*) AS n FROM {ledger.view} "
        "WHERE value IS NOT NULL GROUP BY value ORDER BY n DESC, value"
    ).fetchall()
    near = did_you_mean(value, [str(one) for one, _ in known])
    return ParameterError(f"`{column}` of `{ledger.called}` has no value `{value}`. {near}")
