"""Events before they are sorted: whose they are, what the rules need of them, and their account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import md5

import duckdb
import numpy as np
import pyarrow as pa

from cjm_notebooks.events import Events, Quality
from cjm_notebooks.events.ledger import Ledger, arrays, open_table
from cjm_notebooks.journeys.joining.accounting import account, refuse_nothing
from cjm_notebooks.journeys.joining.columns import Columns
from cjm_notebooks.maps import JourneyMap

KEY = "cjm_notebooks"


def stable_code(text: str) -> str:
    """SQL for the code of an id: 64 bits of a keyed MD5, the same in every version of the library.

    Among 10 million customers two share a code with odds of about 3 in a million.
    """
    return f"('0x' || left(md5('{KEY}' || {text}), 16))::UBIGINT"


def code_of(customer_id: str) -> int:
    """What `stable_code` makes of one id."""
    return int(md5((KEY + customer_id).encode(), usedforsecurity=False).hexdigest()[:16], 16)


@dataclass(frozen=True, eq=False)
class Opened:
    """Events that are ready to be sorted.

    Attributes
    ----------
    customer_codes
        uint64, (customers,), ascending. Whoever an event names.
    combinations
        the distinct values of the columns that rules name; `event` is always among them.
    quality
        the account before duplicates are looked for.
    source
        SQL for where the events kept come from; `place` is the position in `customer_codes`, `utc`
        the time in microseconds, `combination` the position in `combinations`.
    extra
        SQL for the further columns that journeys are made of, by name: `cut` and `value`.
    sequence
        SQL for what orders events at the same time, before their rows do.
    """

    connection: duckdb.DuckDBPyConnection
    customer_codes: np.ndarray
    combinations: Sequence[dict[str, object]]
    quality: Quality
    source: str
    extra: Mapping[str, str]
    sequence: tuple[str, ...]

    @property
    def rows(self) -> str:
        """SQL for all events in their one total order: customer, time, sequence, row."""
        columns = ", ".join(["place", "utc", "combination", *self._extra])
        order = ", ".join(["place", "utc", *self.sequence, "row"])
        return f"SELECT {columns} FROM {self.source} ORDER BY {order}"

    def rows_with_key(self, key: str) -> str:
        """SQL for all events in any order, with `key` and the number of each row."""
        kind = "UINTEGER" if self.quality.read < 2**32 else "BIGINT"
        named = [f"{key} AS key", f"row::{kind} AS row", "combination", *self._extra]
        columns = ", ".join(named)
        return f"SELECT {columns} FROM {self.source}"

    @property
    def _extra(self) -> list[str]:
        return [f"{sql} AS {name}" for name, sql in self.extra.items()]


def open_events(
    connection: duckdb.DuckDBPyConnection,
    journey_map: JourneyMap,
    events: Events,
    as_of: int | None,
) -> Opened:
    """Open and account for the events.

    Customers are told apart by 64 bits of a hash on the way, since numbers sort several times
    faster than texts.

    Raises  SourceError when the table cannot be read, a column is missing or no event is left
            RuleError when a rule names a column that the table does not have
            ParameterError when there are amounts and the map states no currency
    """
    ledger = open_table(connection, events.table, "events")
    columns = Columns.of(ledger, journey_map, events, as_of)
    columns.view_times(ledger)
    codes, has_blank = customers_of(ledger, events)
    combinations = number_combinations(connection, columns.distinct_values, columns.named)
    is_clean = not has_blank and all(row["event"] is not None for row in combinations)
    quality = account(ledger, columns, is_clean=is_clean)
    refuse_nothing(ledger.called, quality)
    return Opened(
        connection=connection,
        customer_codes=codes,
        combinations=combinations,
        quality=quality,
        source=columns.source(ledger),
        extra=columns.extra,
        sequence=columns.sequence,
    )


def customers_of(ledger: Ledger, events: Events) -> tuple[np.ndarray, bool]:
    """The codes of all customers, ascending, and whether a row names nobody.

    The table `places` maps the hash of what the column holds to the place of its customer.
    """
    column = ledger.column(events.customer, "customer")
    someone = ledger.id_text(events.customer, "customer")
    found = arrays(
        ledger.connection,
        f"SELECT h, coalesce({stable_code(someone)}, 0) AS code, {someone} IS NULL AS blank FROM "
        f"(SELECT hash({column}) AS h, any_value({column}) AS {column} FROM timed GROUP BY h)",
    )
    known = ~found["blank"].astype(bool)
    codes, place = np.unique(found["code"][known], return_inverse=True)
    places = {"h": found["h"][known], "place": place.astype(np.uint32)}
    ledger.connection.register("places", pa.table(places))
    return codes, not known.all()


def number_combinations(
    connection: duckdb.DuckDBPyConnection, distinct: str, names: Iterable[str]
) -> list[dict[str, object]]:
    """The rows of SQL `distinct`, each numbered in the table `combinations`."""
    connection.execute(f"CREATE TEMP TABLE distinct_values AS {distinct}")
    rows = connection.execute("SELECT * FROM distinct_values ORDER BY ALL").fetchall()
    kind = "UTINYINT" if len(rows) <= 2**8 else "USMALLINT" if len(rows) <= 2**16 else "UINTEGER"
    connection.execute(
        f"CREATE TEMP TABLE combinations AS SELECT (row_number() OVER () - 1)::{kind} AS "
        "combination, * FROM (SELECT * FROM distinct_values ORDER BY ALL)"
    )
    return [dict(zip(names, row, strict=True)) for row in rows]
