"""Segment and RudderStack: the calls as they were sent, or the tables of a warehouse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events import Events, Table
from cjm_notebooks.events.export import Wanted, bare_address, quoted, scan
from cjm_notebooks.events.glimpse import Glimpse, plain
from cjm_notebooks.events.ledger import literal, workspace
from cjm_notebooks.events.sifting import Sifting
from cjm_notebooks.sources import Recognised, Stream, StreamedSource

CALLS = ("track", "page", "screen", "identify", "group", "alias")
TEXTS = (
    *("type", "event", "event_text", "name", "url", "title", "channel", "timestamp"),
    *("messageId", "message_id", "id", "anonymousId", "anonymous_id", "userId", "user_id"),
    *("originalTimestamp", "original_timestamp", "sentAt", "sent_at", "receivedAt", "received_at"),
)
WANTED: Wanted = {
    **dict.fromkeys(TEXTS, "VARCHAR"),
    "properties": "JSON",
    "context": {
        "page": {"url": "VARCHAR", "title": "VARCHAR", "referrer": "VARCHAR"},
        "campaign": {"name": "VARCHAR", "source": "VARCHAR", "medium": "VARCHAR"},
        "device": {"type": "VARCHAR"},
        "library": {"name": "VARCHAR"},
        "location": {"country": "VARCHAR"},
        "locale": "VARCHAR",
    },
}
SPELLED = {
    "stated": "timestamp",
    "original": 'coalesce("originalTimestamp", original_timestamp)',
    "sent": 'coalesce("sentAt", sent_at)',
    "received": 'coalesce("receivedAt", received_at)',
}
TIME = {name: f"epoch_us(TRY_CAST({spelled} AS TIMESTAMPTZ))" for name, spelled in SPELLED.items()}
COLUMNS = {
    "anonymous_id": """nullif(trim(coalesce("anonymousId", anonymous_id)), '')""",
    "user_id": """nullif(trim(coalesce("userId", user_id)), '')""",
    "at": "time",
    "event": "CASE WHEN call = 'track' THEN coalesce(event_text, event) ELSE call END",
    "page_name": "CASE WHEN call <> 'track' THEN coalesce(name, properties ->> '$.name') END",
    "page_location": bare_address("coalesce(context.page.url, properties ->> '$.url', url)"),
    "page_title": "coalesce(context.page.title, properties ->> '$.title', title)",
    "referrer": bare_address("context.page.referrer"),
    "source": "context.campaign.source",
    "medium": "context.campaign.medium",
    "campaign": "context.campaign.name",
    "device": "context.device.type",
    "library": "coalesce(context.library.name, channel)",
    "country": "context.location.country",
    "language": "context.locale",
}

IDS = ("anonymousId", "userId")
ONLY_HERE = ("messageId", "originalTimestamp", "receivedAt", "sentAt", "uuid_ts", "event_text")
NOTHING = (
    "holds no call of Segment or RudderStack: no row has a type, "
    "an event, an id or a time. Export `tracks`, or the calls as they were sent."
)


@dataclass(frozen=True)
class SegmentExport(StreamedSource):
    """Events that Segment or RudderStack collected, one call a row.

    Reads calls as they were sent (NDJSON, or one JSON list, as in an archive on a bucket), and the
    tables `tracks`, `pages`, `screens` or that of one event as Parquet, CSV or a table in memory.
    What a row without a `type` is, `call` says. Both name their columns alike; the columns of
    RudderStack's warehouse are not verified. In a warehouse what an event says of itself stands in
    the table of that event alone, not in `tracks`.

    Yields `event` (of a `track` call its name as written in code, else `page` or `screen`), `at`
    (UTC microseconds), `anonymous_id`, `user_id`, `page_name`, `page_location`, `page_title`,
    `referrer`, `source`, `medium`, `campaign`, `device`, `library`, `country`, `language`, and one
    column for each of `properties`. With `currency` each event in `value_of` has a `value`: its
    property `amount` where the property `currency` says the same. The time is `timestamp`, which
    the collector corrected by the sender's clock; where it is missing, received at minus the time
    between origin and sending. A time without an offset is UTC, as warehouses write it.

    Sets aside `unreadable_row` (no JSON object, a line that does not fit the header, or neither a
    call nor an id nor a time), `identify`, `group`, `alias`, `page`, `screen` or `track` (such a
    call where `calls` does not name it), `unknown_call`, `no_customer` (no id in `customer`),
    `no_time`, `unreadable_time`, and `duplicate` (a message id met before). Notices
    `time_worked_out` (no `timestamp`), `other_currency` and `no_value`.

    Personal data: ids of visitors and accounts; an account's is an e-mail address where that was
    passed to `identify`. IP addresses, traits and user agents are not read. Addresses lose what
    follows `?` or `#`. Each property named is passed on as it is.

    Memory  the columns yielded, each different text once, and 8 bytes a row; never the file
    Raises  SourceError when the file cannot be read or holds no call
            ParameterError when a property would take the name of a column, or a call is unknown
    """

    file: Table
    customer: Literal["anonymous_id", "user_id"] = "anonymous_id"
    properties: tuple[str, ...] = ()
    calls: tuple[str, ...] = ("track", "page", "screen")
    call: Literal["track", "page", "screen"] = "track"
    currency: str | None = None
    amount: str = "revenue"
    value_of: tuple[str, ...] = ("Order Completed",)

    def __post_init__(self) -> None:
        if self.customer not in ("anonymous_id", "user_id"):
            msg = f"`customer` is `{self.customer}`. Calls have `anonymous_id` and `user_id`."
            raise ParameterError(msg)
        for call in (*self.calls, self.call):
            if call not in CALLS:
                known = ", ".join(f"`{one}`" for one in CALLS)
                msg = f"There is no call `{call}`. Known: {known}."
                raise ParameterError(msg)
        for name in self.properties:
            if name in {*COLUMNS, "value"}:
                msg = f"`properties` names `{name}`, which is a column already. Leave it out."
                raise ParameterError(msg)

    @classmethod
    def recognises(cls, glimpse: Glimpse) -> Recognised | None:
        context = [name for name in glimpse.names if name.startswith("context")]
        own = (*glimpse.has(ONLY_HERE), *context[:1])
        said = glimpse.has(("type", "event", "event_text", "name", "url", "path"))
        if not glimpse.has(IDS) or not own or not said:
            return None
        settings: dict[str, object] = {}
        visitors = [one for one in glimpse.columns if plain(one.name) == "anonymousid"]
        if not any(one.filled for one in visitors):
            settings["customer"] = "user_id"
        if not glimpse.has(("type", "event", "event_text")):
            settings["call"] = "page" if glimpse.has(("url", "path")) else "screen"
        named = ", ".join(f"`{name}`" for name in own[:3])
        return Recognised(
            0.9, f"Calls of Segment and RudderStack carry an id and {named}.", settings
        )

    @contextmanager
    def stream(self) -> Iterator[Stream]:
        named: Wanted = dict.fromkeys((*self.properties, *self._money), "VARCHAR")
        with workspace() as connection:
            scanned = scan(connection, self.file, {**named, **WANTED})
            sifting = Sifting(scanned, self._rows(scanned.sql), "events", self._noticed)
            yield Stream(sifting.batches_unless(NOTHING), self._events, lambda: sifting.quality)

    def _events(self, rows: Table) -> Events:
        return Events(
            rows,
            customer=self.customer,
            at="at",
            unit="us",
            value=None if self.currency is None else "value",
        )

    @property
    def _money(self) -> tuple[str, ...]:
        return () if self.currency is None else (self.amount, "currency")

    @property
    def _noticed(self) -> tuple[str, ...]:
        money = () if self.currency is None else ("other_currency", "no_value")
        return ("time_worked_out", *money)

    def _rows(self, scanned: str) -> str:
        """SQL of every row with the reason to set it aside, what is noticed, and the columns."""
        columns = dict(COLUMNS) | {name: _property(name) for name in self.properties}
        columns["fingerprint"] = """hash(coalesce("messageId", message_id, id, 'row ' || row))"""
        if self.currency is not None:
            columns |= _value(self.amount, self.currency, self.value_of)
        named = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in columns.items())
        worked_out = f"{TIME['received']} - ({TIME['sent']} - {TIME['original']})"
        return (
            f"SELECT row, {self._reason()} AS reason, {named}, "
            "timestamp IS NULL AND time IS NOT NULL AS time_worked_out "
            f"FROM (SELECT *, coalesce(lower(type), {literal(self.call)}) AS call, "
            f"CASE WHEN timestamp IS NULL THEN {worked_out} ELSE {TIME['stated']} END AS time "
            f"FROM ({scanned}))"
        )

    def _reason(self) -> str:
        empty = " AND ".join(f"{quoted(one)} IS NULL" for one in TEXTS if one not in ("id", "name"))
        wanted, known = (", ".join(map(literal, calls)) for calls in (self.calls, CALLS))
        return (
            f"CASE WHEN {empty} THEN 'unreadable_row' "
            f"WHEN call NOT IN ({known}) THEN 'unknown_call' WHEN call NOT IN ({wanted}) THEN call "
            f"WHEN {COLUMNS[self.customer]} IS NULL THEN 'no_customer' "
            "WHEN time IS NULL AND timestamp IS NULL THEN 'no_time' "
            "WHEN time IS NULL THEN 'unreadable_time' END"
        )


def _property(name: str) -> str:
    inside = literal('$."' + name.replace('"', "") + '"')
    return bare_address(f"coalesce(properties ->> {inside}, {quoted(name)})")


def _value(amount: str, currency: str, value_of: tuple[str, ...]) -> dict[str, str]:
    counts = f"{COLUMNS['event']} IN ({', '.join(map(literal, value_of))})"
    same = f"upper({_property('currency')}) = {literal(currency.upper())}"
    value = f"CASE WHEN {counts} AND {same} THEN TRY_CAST({_property(amount)} AS DOUBLE) END"
    other = f"NOT coalesce({same}, true)"
    return {
        "value": value,
        "other_currency": f"{counts} AND {other}",
        "no_value": f"{counts} AND {value} IS NULL AND NOT {other}",
    }
