"""Events in their one total order: customer, time, the declared sequence, row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np

from cjm_notebooks.errors import RuleError, SourceError, did_you_mean
from cjm_notebooks.events import Counted, Events, Quality
from cjm_notebooks.events.clock import times
from cjm_notebooks.events.ledger import Ledger, arrays, open_table
from cjm_notebooks.events.quality import PLACES
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.matching.claims import claims_of, columns_of

KEY = "cjm_notebooks"


@dataclass(frozen=True, eq=False)
class Sorted:
    """Every event kept, in order, with what the rules need to know of it.

    Attributes
    ----------
    customer_codes
        uint64, (customers,), ascending. A stable code of each id.
    starts
        int64, (customers + 1,). Customer `i` owns events `starts[i]:starts[i + 1]`.
    at
        int64, (events,). UTC microseconds.
    combination
        int64, (events,). Row of `combinations`.
    cut
        uint64, (events,). Code of the column that cuts journeys, 0 throughout without one.
    combinations
        the distinct values of the columns that rules name; `event` is always among them.
    """

    customer_codes: np.ndarray
    starts: np.ndarray
    at: np.ndarray
    combination: np.ndarray
    cut: np.ndarray
    combinations: Sequence[dict[str, object]]
    quality: Quality


def stable_code(text: str) -> str:
    """SQL for the code of an id: 64 bits of a keyed MD5, the same in every version of the library.

    Among 10 million customers two share a code with odds of about 3 in a million.
    """
    return f"md5_number_lower('{KEY}' || {text})"


def sort_events(
    connection: duckdb.DuckDBPyConnection,
    journey_map: JourneyMap,
    events: Events,
    as_of: int | None,
) -> Sorted:
    """Read, account for and sort the events.

    Raises  SourceError when the table cannot be read, a column is missing or no event is left
            RuleError when a rule names a column that the table does not have
    """
    ledger = open_table(connection, events.table, "events")
    customer = ledger.id_text(events.customer, "customer")
    clock = times(ledger, events.clock)
    columns = _rule_columns(ledger, journey_map, events)
    connection.execute(
        f"CREATE TEMP VIEW timed AS SELECT *, {customer} AS id, {clock.utc} AS utc "
        f"FROM {ledger.view}"
    )
    quality = _account(ledger, events, clock.noticed, as_of)
    if not quality.kept:
        reasons = ", ".join(f"{c.rows} by `{rule}`" for rule, c in quality.set_aside.items())
        msg = f"No event of `{ledger.called}` is left: {reasons} of {quality.read} set aside."
        raise SourceError(msg)
    combinations = _combinations(connection, columns)
    rows = _sorted_rows(ledger, journey_map, events, columns, as_of)
    return _by_stable_code(connection, rows, combinations, quality, events)


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


def _kept(as_of: int | None) -> str:
    return "id IS NOT NULL AND utc IS NOT NULL" + (f" AND utc <= {as_of}" if as_of else "")


def _account(ledger: Ledger, events: Events, noticed: dict[str, str], as_of: int | None) -> Quality:
    at = ledger.column(events.at, "at")
    someone = "id IS NOT NULL"
    timed = f"{someone} AND utc IS NOT NULL"
    zone = events.zone or "UTC"
    clock = f"CAST(make_timestamptz(utc) AT TIME ZONE '{zone}' AS TIME)"
    set_aside = {
        "no_customer": "id IS NULL",
        "no_time": f"{someone} AND {at} IS NULL",
        "unreadable_time": f"{someone} AND {at} IS NOT NULL AND utc IS NULL",
    }
    if as_of is not None:
        set_aside["after_as_of"] = f"{timed} AND utc > {as_of}"
    midnight = {"at_midnight": f"{clock} = TIME '00:00:00'"}
    kept = _kept(as_of)
    noticed = {rule: f"{kept} AND ({sql})" for rule, sql in {**noticed, **midnight}.items()}
    name = ledger.column(events.event, "event")
    noticed["no_event_name"] = f"{kept} AND {name} IS NULL"
    rules = {**set_aside, **noticed}
    filters = ", ".join(f"count(*) FILTER ({sql})" for sql in rules.values())
    rows, first, last, *found = ledger.numbers(
        f"SELECT count(*) FILTER ({kept}), min(utc) FILTER ({kept}), max(utc) FILTER ({kept}), "
        f"{filters} FROM timed"
    )
    counted = {
        rule: Counted(count, _places(ledger, rules[rule]))
        for rule, count in zip(rules, found, strict=True)
        if count
    }
    if ledger.unreadable:
        places = tuple(line - 2 for line in ledger.unreadable[:PLACES])
        counted["unreadable_row"] = Counted(len(ledger.unreadable), places)
    left_out = ("unreadable_row", *set_aside)
    return Quality(
        table="events",
        read=ledger.rows + len(ledger.unreadable),
        kept=rows,
        set_aside={rule: counted[rule] for rule in left_out if rule in counted},
        noticed={rule: counted[rule] for rule in noticed if rule in counted},
        first_at=first if rows else None,
        last_at=last if rows else None,
    )


def _places(ledger: Ledger, condition: str) -> tuple[int, ...]:
    found = ledger.connection.execute(
        f"SELECT row FROM timed WHERE {condition} ORDER BY row LIMIT {PLACES}"
    ).fetchall()
    return tuple(int(row) for (row,) in found)


def _combinations(
    connection: duckdb.DuckDBPyConnection, columns: dict[str, str]
) -> list[dict[str, object]]:
    named = ", ".join(f"{column} AS k{place}" for place, column in enumerate(columns.values()))
    connection.execute(
        "CREATE TEMP TABLE combinations AS SELECT row_number() OVER () - 1 AS combination, * "
        f"FROM (SELECT DISTINCT {named} FROM timed ORDER BY ALL)"
    )
    rows = connection.execute("SELECT * FROM combinations ORDER BY combination").fetchall()
    return [dict(zip(columns, row[1:], strict=True)) for row in rows]


def _sorted_rows(
    ledger: Ledger,
    journey_map: JourneyMap,
    events: Events,
    columns: dict[str, str],
    as_of: int | None,
) -> dict[str, np.ndarray]:
    on = " AND ".join(
        f"{column} IS NOT DISTINCT FROM k{place}" for place, column in enumerate(columns.values())
    )
    order = ["code", "utc"]
    if events.sequence is not None:
        sequence = ledger.column(events.sequence, "sequence")
        order += [f"TRY_CAST({sequence} AS DOUBLE)", sequence]
    cut = "0::UBIGINT"
    if journey_map.journey.cut.by == "column":
        name = str(journey_map.journey.cut.column)
        cut = f"hash({ledger.column(name, 'journey.cut.column')})"
    return arrays(
        ledger.connection,
        f"SELECT hash(id) AS code, utc, combination, {cut} AS cut "
        f"FROM timed JOIN combinations ON {on} WHERE {_kept(as_of)} "
        f"ORDER BY {', '.join([*order, 'row'])}",
    )


def _by_stable_code(
    connection: duckdb.DuckDBPyConnection,
    rows: dict[str, np.ndarray],
    combinations: Sequence[dict[str, object]],
    quality: Quality,
    events: Events,
) -> Sorted:
    """Put the customers, sorted by a fast code, into the order of their stable codes."""
    code, at = rows["code"], rows["utc"]
    first = np.flatnonzero(np.concatenate([[True], code[1:] != code[:-1]]))
    found = arrays(
        connection,
        f"SELECT hash(id) AS code, min({stable_code('id')}) AS stable, count(*) AS ids "
        "FROM (SELECT DISTINCT id FROM timed WHERE id IS NOT NULL) GROUP BY code ORDER BY code",
    )
    if (found["ids"] > 1).any():
        msg = "Two customer ids share one 64-bit code. Rename one of them or add a prefix to all."
        raise SourceError(msg)
    stable = found["stable"][np.searchsorted(found["code"], code[first])].astype(np.uint64)
    lengths = np.diff(np.append(first, len(code)))
    by_stable = np.argsort(stable, kind="stable")
    starts = np.concatenate([[0], np.cumsum(lengths[by_stable])])
    source = np.repeat(first[by_stable] - starts[:-1], lengths[by_stable]) + np.arange(len(code))
    ordered = Sorted(
        customer_codes=stable[by_stable],
        starts=starts,
        at=at[source],
        combination=rows["combination"][source],
        cut=rows["cut"][source],
        combinations=combinations,
        quality=quality,
    )
    return _without_duplicates(ordered, events)


def _without_duplicates(events: Sorted, declared: Events) -> Sorted:
    customer = np.repeat(np.arange(len(events.customer_codes)), np.diff(events.starts))
    same_customer = customer[1:] == customer[:-1]
    second = events.at // 1_000_000
    tied = int(np.count_nonzero(same_customer & (second[1:] == second[:-1])))
    at_once = np.flatnonzero(
        _beside(same_customer & (events.at[1:] == events.at[:-1]), len(customer))
    )
    keys = np.stack([customer[at_once], events.at[at_once], events.combination[at_once]])
    order = np.lexsort((at_once, keys[2], keys[1], keys[0]))
    again = np.concatenate([[False], (np.diff(keys[:, order], axis=1) == 0).all(axis=0)])
    duplicates = at_once[order[again[: len(order)]]]
    noticed = dict(events.quality.noticed)
    if tied:
        noticed["same_second"] = Counted(tied)
    if not len(duplicates) or declared.duplicates == "keep":
        if len(duplicates):
            noticed["duplicate"] = Counted(len(duplicates))
        return replace(events, quality=replace(events.quality, noticed=noticed))
    keep = np.ones(len(customer), dtype=bool)
    keep[duplicates] = False
    counts = np.bincount(customer[keep], minlength=len(events.customer_codes))
    set_aside = {**events.quality.set_aside, "duplicate": Counted(len(duplicates))}
    kept = events.quality.kept - len(duplicates)
    return replace(
        events,
        starts=np.concatenate([[0], np.cumsum(counts)]),
        at=events.at[keep],
        combination=events.combination[keep],
        cut=events.cut[keep],
        quality=replace(events.quality, noticed=noticed, set_aside=set_aside, kept=kept),
    )


def _beside(same_as_next: np.ndarray, count: int) -> np.ndarray:
    """bool, (count,). Whoever is the same as a neighbour, given (count - 1,) comparisons."""
    touched = np.zeros(count, dtype=bool)
    touched[1:] |= same_as_next
    touched[:-1] |= same_as_next
    return touched
