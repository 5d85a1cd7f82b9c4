"""Events before they are sorted: whose they are, what the rules need of them, and their account."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import md5

import duckdb
import numpy as np
import pyarrow as pa

from cjm_notebooks.events import Events, Quality
from cjm_notebooks.events.ledger import Ledger, arrays, open_table
from cjm_notebooks.journeys.joining.accounting import account, refuse_nothing
from cjm_notebooks.journeys.joining.columns import Columns
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.privacy.permission import Consents

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
class Hashed:
    """Events whose customers are told apart by a hash only, until their codes are asked for.

    `hash` is SQL for it, `code` SQL for the stable code, and `kept` where the events come from.
    """

    hash: str
    code: str
    kept: str


@dataclass(frozen=True, eq=False)
class Opened:
    """Events that are ready to be sorted.

    Attributes
    ----------
    place
        looks up all customers: makes `source` readable and returns their codes, ascending.
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
    hashed
        how to read the events without looking up all customers first, if there is a way.
    """

    connection: duckdb.DuckDBPyConnection
    place: Callable[[], np.ndarray]
    combinations: Sequence[dict[str, object]]
    quality: Quality
    source: str
    extra: Mapping[str, str]
    sequence: tuple[str, ...]
    hashed: Hashed | None = None

    @cached_property
    def customer_codes(self) -> np.ndarray:
        """uint64, (customers,), ascending. Whoever an event names."""
        return self.place()

    @property
    def rows(self) -> str:
        """SQL for all events in their one total order: customer, time, sequence, row."""
        columns = ", ".join(["place", "utc", "combination", *self._extra])
        order = ", ".join(["place", "utc", *self.sequence, "row"])
        return f"SELECT {columns} FROM {self.source} ORDER BY {order}"

    def hashed_rows(self, hashed: Hashed) -> dict[str, np.ndarray]:
        """All events in any order: the `hash` of the customer, `utc`, `row`, `combination`."""
        kind = "UINTEGER" if self.quality.read < 2**32 else "BIGINT"
        named = [f"{hashed.hash} AS hash", "utc", f"row::{kind} AS row", "combination"]
        columns = ", ".join([*named, *self._extra])
        return arrays(self.connection, f"SELECT {columns} FROM {hashed.kept}")

    def codes_of_rows(self, hashed: Hashed, rows: np.ndarray) -> np.ndarray:
        """uint64. The codes of the customers of some rows, in the order of their hashes."""
        self.connection.register("wanted", pa.table({"wanted_row": rows}))
        found = arrays(
            self.connection,
            f"SELECT {hashed.hash} AS hash, {hashed.code} AS code "
            "FROM timed JOIN wanted ON row = wanted_row",
        )
        return np.asarray(found["code"][np.argsort(found["hash"])])

    @property
    def _extra(self) -> list[str]:
        return [f"{sql} AS {name}" for name, sql in self.extra.items()]


def open_events(
    connection: duckdb.DuckDBPyConnection,
    journey_map: JourneyMap,
    events: Events,
    as_of: int | None,
    also: Iterable[str] = (),
    consents: Consents | None = None,
) -> Opened:
    """Open and account for the events.

    Combinations are of the columns that rules name and of those named in `also`.
    Customers are told apart by 64 bits of a hash on the way, since numbers sort several times
    faster than texts.

    Raises  SourceError when the table cannot be read, a column is missing, no event is left, or
            nobody knows who gave the consent that the map requires
            RuleError when a rule names a column that the table does not have
            ParameterError when there are amounts and the map states no currency
    """
    ledger = open_table(connection, events.table, "events")
    columns = Columns.of(ledger, journey_map, events, as_of, also, consents)
    columns.view_times(ledger)
    combinations = number_combinations(connection, columns.distinct_values, columns.named)
    quality = account(ledger, columns)
    refuse_nothing(ledger.called, quality)
    hashed = None
    if quality.kept == quality.read:
        someone = ledger.id_text(events.customer, "customer")
        column = ledger.column(events.customer, "customer")
        hashed = Hashed(f"hash({column})", stable_code(someone), columns.kept)
    return Opened(
        connection=connection,
        place=partial(customers_of, ledger, events),
        combinations=combinations,
        quality=quality,
        source=columns.placed(ledger),
        extra=columns.extra,
        sequence=columns.sequence,
        hashed=hashed,
    )


def customers_of(ledger: Ledger, events: Events) -> np.ndarray:
    """uint64, ascending. The codes of all customers.

    The table `places` maps the hash of what the column holds to the place of its customer.
    """
    column = ledger.column(events.customer, "customer")
    someone = ledger.id_text(events.customer, "customer")
    found = arrays(
        ledger.connection,
        f"SELECT h, {stable_code(someone)} AS code FROM "
        f"(SELECT hash({column}) AS h, any_value({column}) AS {column} FROM timed GROUP BY h) "
        f"WHERE {someone} IS NOT NULL",
    )
    codes, place = np.unique(found["code"], return_inverse=True)
    places = {"h": found["h"], "place": place.astype(np.uint32)}
    ledger.connection.register("places", pa.table(places))
    return np.asarray(codes)


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
