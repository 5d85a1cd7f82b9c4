"""What became of every row of the events, before they are sorted."""

from __future__ import annotations

from collections.abc import Sequence

from cjm_notebooks.errors import SourceError
from cjm_notebooks.events import Counted, Events, Quality
from cjm_notebooks.events.ledger import Ledger
from cjm_notebooks.events.quality import PLACES
from cjm_notebooks.journeys.joining.columns import Columns

QUARTER_HOUR, DAY = 900_000_000, 86_400_000_000


def account(ledger: Ledger, columns: Columns) -> Quality:
    """What became of every row: in one glance where every row is kept, else rule by rule."""
    events, as_of = columns.events, columns.as_of
    zone = events.zone or "UTC"
    local = f"CAST(make_timestamptz(utc) AT TIME ZONE '{zone}' AS TIME) = TIME '00:00:00'"
    midnight = f"CASE WHEN utc % {QUARTER_HOUR} = 0 THEN {local} ELSE false END"
    noticed = {
        **columns.clock.noticed,
        "at_midnight": f"utc % {DAY} = 0" if zone == "UTC" else midnight,
    }
    amount = "true"
    if events.value is not None:
        column = ledger.column(events.value, "value")
        amount = f"({column} IS NULL OR TRY_CAST({column} AS DOUBLE) IS NOT NULL)"
        noticed["unreadable_value"] = f"NOT {amount}"
    noticed |= {rule: f"consent = '{rule}'" for rule in columns.permission.notices}
    refused = f"NOT ({columns.permission.granted})"
    rows, timed, named, blank, no, first, last, *found = ledger.numbers(
        f"SELECT count(*), count(utc), count({columns.named['event']}), "
        f"count(*) FILTER ({_may_be_blank(ledger, events)}), count(*) FILTER ({refused}), "
        f"min(utc), max(utc), {_counts(noticed)} FROM timed"
    )
    if rows == timed == named and not (blank or no) and (as_of is None or last <= as_of):
        return _quality(ledger, "timed", rows, (first, last), {}, noticed, found)
    return _account_in_detail(ledger, columns, noticed)


def _may_be_blank(ledger: Ledger, events: Events) -> str:
    """SQL that is true of every row without an id, and of hardly any other: quicker than to trim.

    No letter, digit or sign stands before `!`, only blanks and what is not printed.
    """
    column = ledger.column(events.customer, "customer")
    is_text = ledger.types[events.customer] == "VARCHAR"
    return f"{column} IS NULL" + (f" OR {column} < '!'" if is_text else "")


def _account_in_detail(ledger: Ledger, columns: Columns, noticed: dict[str, str]) -> Quality:
    events, as_of = columns.events, columns.as_of
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
    set_aside |= {rule: f"{kept} AND refused = '{rule}'" for rule in columns.permission.refuses}
    kept = f"{kept} AND {columns.permission.granted}"
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


def refuse_nothing(called: str, quality: Quality) -> None:
    """Raise SourceError when no event is left."""
    if quality.kept:
        return
    reasons = ", ".join(f"{c.rows} by `{rule}`" for rule, c in quality.set_aside.items())
    msg = f"No event of `{called}` is left: {reasons} of {quality.read} set aside."
    raise SourceError(msg)
