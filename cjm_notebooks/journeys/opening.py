"""Events before they are sorted: whose they are, what the rules need of them, and their account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import md5

import duckdb
import numpy as np
import pyarrow as pa

from cjm_notebooks.errors import ParameterError, RuleError, SourceError, did_you_mean
from cjm_notebooks.events import Counted, Events, Quality
from cjm_notebooks.events.clock import Times, times
from cjm_notebooks.events.ledger import Ledger, arrays, open_table
from cjm_notebooks.events.quality import PLACES
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.matching.claims import claims_of, columns_of

KEY = "cjm_notebooks"
VALUE_SCALE = 1000
QUARTER_HOUR, DAY = 900_000_000, 86_400_000_000


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
        columns = ", ".join([f"{key} AS key", "row", "combination", *self._extra])
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
    clock = times(ledger, events.clock)
    columns = _rule_columns(ledger, journey_map, events)
    connection.execute(f"CREATE TEMP VIEW timed AS SELECT *, {clock.utc} AS utc FROM {ledger.view}")
    codes, has_blank = _customers(ledger, events)
    combinations = _combinations(connection, columns)
    is_clean = not has_blank and all(row["event"] is not None for row in combinations)
    quality = _account(ledger, events, clock, as_of, is_clean)
    if not quality.kept:
        reasons = ", ".join(f"{c.rows} by `{rule}`" for rule, c in quality.set_aside.items())
        msg = f"No event of `{ledger.called}` is left: {reasons} of {quality.read} set aside."
        raise SourceError(msg)
    extra = {}
    cut = journey_map.journey.cut
    if cut.by == "column":
        extra["cut"] = f"hash({ledger.column(str(cut.column), 'journey.cut.column')})"
    if events.value is not None:
        extra["value"] = _amount(ledger, journey_map, events.value)
    return Opened(
        connection=connection,
        customer_codes=codes,
        combinations=combinations,
        quality=quality,
        source=_source(ledger, events, columns, as_of),
        extra=extra,
        sequence=_sequence(ledger, events),
    )


def _rule_columns(ledger: Ledger, journey_map: JourneyMap, events: Events) -> dict[str, str]:
    """SQL column of each name that rules use; `event` is the declared event column."""
    columns = {"event": ledger.column(events.event, "event")}
    for name in columns_of(journey_map):
        if name == "event":
            continue
        if name not in ledger.types:
            users = [c.id for c in claims_of(journey_map) if name in c.rule.columns()]
            msg = (
                f"The rule of `{users[0]}` names the column `{name}`, which `{ledger.called}` "
                f"does not have. {did_you_mean(name, ledger.types)}"
            )
            raise RuleError(msg)
        columns[name] = ledger.column(name, "match")
    return columns


def _amount(ledger: Ledger, journey_map: JourneyMap, value: str) -> str:
    column = ledger.column(value, "value")
    if journey_map.journey.currency is None:
        msg = (
            f"`{value}` of `{ledger.called}` holds amounts, and map `{journey_map.id}` states no "
            "currency. Set `journey.currency`, such as `EUR`."
        )
        raise ParameterError(msg)
    return f"coalesce(CAST(round(TRY_CAST({column} AS DOUBLE) * {VALUE_SCALE}) AS BIGINT), 0)"


def _customers(ledger: Ledger, events: Events) -> tuple[np.ndarray, bool]:
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


def _combinations(
    connection: duckdb.DuckDBPyConnection, columns: dict[str, str]
) -> list[dict[str, object]]:
    named = ", ".join(f"{column} AS k{place}" for place, column in enumerate(columns.values()))
    found = f"SELECT DISTINCT {named} FROM timed"
    connection.execute(f"CREATE TEMP TABLE distinct_values AS {found}")
    rows = connection.execute("SELECT * FROM distinct_values ORDER BY ALL").fetchall()
    kind = "UTINYINT" if len(rows) <= 2**8 else "USMALLINT" if len(rows) <= 2**16 else "UINTEGER"
    connection.execute(
        f"CREATE TEMP TABLE combinations AS SELECT (row_number() OVER () - 1)::{kind} AS "
        "combination, * FROM (SELECT * FROM distinct_values ORDER BY ALL)"
    )
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _source(ledger: Ledger, events: Events, columns: dict[str, str], as_of: int | None) -> str:
    on = " AND ".join(
        f"{column} IS NOT DISTINCT FROM k{place}" for place, column in enumerate(columns.values())
    )
    customer = ledger.column(events.customer, "customer")
    until = "" if as_of is None else f" AND utc <= {as_of}"
    return (
        f"timed JOIN combinations ON {on} JOIN places ON hash({customer}) = h "
        f"WHERE utc IS NOT NULL{until}"
    )


def _sequence(ledger: Ledger, events: Events) -> tuple[str, ...]:
    if events.sequence is None:
        return ()
    column = ledger.column(events.sequence, "sequence")
    return f"TRY_CAST({column} AS DOUBLE)", column


def _account(
    ledger: Ledger, events: Events, clock: Times, as_of: int | None, is_clean: bool
) -> Quality:
    zone = events.zone or "UTC"
    local = f"CAST(make_timestamptz(utc) AT TIME ZONE '{zone}' AS TIME) = TIME '00:00:00'"
    midnight = f"CASE WHEN utc % {QUARTER_HOUR} = 0 THEN {local} ELSE false END"
    noticed = {
        **clock.noticed,
        "at_midnight": f"utc % {DAY} = 0" if zone == "UTC" else midnight,
    }
    amount = "true"
    if events.value is not None:
        column = ledger.column(events.value, "value")
        amount = f"({column} IS NULL OR TRY_CAST({column} AS DOUBLE) IS NOT NULL)"
        noticed["unreadable_value"] = f"NOT {amount}"
    if is_clean:
        rows, timed, first, last, *found = ledger.numbers(
            f"SELECT count(*), count(utc), min(utc), max(utc), {_counts(noticed)} FROM timed"
        )
        if rows == timed and (as_of is None or last <= as_of):
            return _quality(ledger, "timed", rows, (first, last), {}, noticed, found)
    return _account_in_detail(ledger, events, noticed, as_of)


def _account_in_detail(
    ledger: Ledger, events: Events, noticed: dict[str, str], as_of: int | None
) -> Quality:
    customer = ledger.id_text(events.customer, "customer")
    ledger.connection.execute(f"CREATE TEMP VIEW named AS SELECT *, {customer} AS id FROM timed")
    at, name = ledger.column(events.at, "at"), ledger.column(events.event, "event")
    someone = "id IS NOT NULL"
    timed = f"{someone} AND utc IS NOT NULL"
    set_aside = {
        "no_customer": "id IS NULL",
        "no_time": f"{someone} AND {at} IS NULL",
        "unreadable_time": f"{someone} AND {at} IS NOT NULL AND utc IS NULL",
    }
    kept = timed
    if as_of is not None:
        set_aside["after_as_of"] = f"{timed} AND utc > {as_of}"
        kept = f"{timed} AND utc <= {as_of}"
    noticed = {rule: f"{kept} AND ({sql})" for rule, sql in noticed.items()}
    noticed["no_event_name"] = f"{kept} AND {name} IS NULL"
    rows, first, last, *found = ledger.numbers(
        f"SELECT count(*) FILTER ({kept}), min(utc) FILTER ({kept}), max(utc) FILTER ({kept}), "
        f"{_counts({**set_aside, **noticed})} FROM named"
    )
    return _quality(ledger, "named", rows, (first, last), set_aside, noticed, found)


def _counts(rules: dict[str, str]) -> str:
    return ", ".join(f"count(*) FILTER ({sql})" for sql in rules.values())


def _quality(
    ledger: Ledger,
    view: str,
    kept: int,
    span: tuple[int, int],
    set_aside: dict[str, str],
    noticed: dict[str, str],
    found: Sequence[int],
) -> Quality:
    rules = {**set_aside, **noticed}
    counted = {
        rule: Counted(count, _places(ledger, view, rules[rule]))
        for rule, count in zip(rules, found, strict=True)
        if count
    }
    if ledger.unreadable:
        places = tuple(line - 2 for line in ledger.unreadable[:PLACES])
        counted["unreadable_row"] = Counted(len(ledger.unreadable), places)
    left_out = ("unreadable_row", *set_aside)
    first, last = span
    return Quality(
        table="events",
        read=ledger.rows + len(ledger.unreadable),
        kept=kept,
        set_aside={rule: counted[rule] for rule in left_out if rule in counted},
        noticed={rule: counted[rule] for rule in noticed if rule in counted},
        first_at=first if kept else None,
        last_at=last if kept else None,
    )


def _places(ledger: Ledger, view: str, condition: str) -> tuple[int, ...]:
    found = ledger.connection.execute(
        f"SELECT row FROM {view} WHERE {condition} ORDER BY row LIMIT {PLACES}"
    ).fetchall()
    return tuple(int(row) for (row,) in found)
