"""The tables that ids are read from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events import Table
from cjm_notebooks.events.ledger import open_table, workspace


@dataclass(frozen=True)
class IdTable:
    """One table of a source, and its columns that say who somebody is: kind of id -> column.

    Ids of one kind are compared between tables, so `{"email": "Mail"}` in one and
    `{"email": "e_mail"}` in the other are the same kind. Blank text is no id, and
    42.0 is the id 42.

    Raises  ParameterError when no column is named
    """

    source: str
    table: Table
    ids: Mapping[str, str]

    def __post_init__(self) -> None:
        if not self.ids:
            msg = f"`ids` of `{self.source}` is empty. Name each kind of id and its column."
            raise ParameterError(msg)

    def read(self, fold: Collection[str]) -> dict[str, pa.ChunkedArray]:
        """The ids of each row by kind, null where there is none; those of kinds in `fold` in lower
        case.

        Raises  SourceError when the table cannot be read or has no such column
        """
        with workspace() as connection:
            ledger = open_table(connection, self.table, "ids")
            columns = ", ".join(
                f"{ledger.id_text(column, f'ids[{kind}]')} AS k{place}"
                for place, (kind, column) in enumerate(self.ids.items())
            )
            found = ledger.query(f"SELECT {columns} FROM {ledger.view} ORDER BY row")
            arrow = found.to_arrow_table()
        return {
            kind: pc.utf8_lower(column) if kind in fold else column
            for kind, column in zip(self.ids, arrow.columns, strict=True)
        }

    def with_column(self, name: str, values: pa.Array) -> pa.Table:
        """The whole table with one column more.

        Raises  ParameterError when the table has a column of that name
        """
        with workspace() as connection:
            ledger = open_table(connection, self.table, "ids")
            if name in ledger.types:
                msg = f"`{ledger.called}` has a column `{name}` already. Give another name."
                raise ParameterError(msg)
            columns = ", ".join(f"c{place}" for place in range(len(ledger.types)))
            rows = ledger.query(f"SELECT {columns} FROM {ledger.view} ORDER BY row")
            arrow = rows.to_arrow_table().rename_columns(list(ledger.types))
        return arrow.append_column(name, values)
