"""Google Analytics 4, as it exports to BigQuery."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events import Events, Table
from cjm_notebooks.events.export import Scan, Wanted, bare_address, quoted, scan
from cjm_notebooks.events.glimpse import Glimpse
from cjm_notebooks.events.ledger import literal, workspace
from cjm_notebooks.events.sifting import Sifting
from cjm_notebooks.sources import Recognised, Stream, StreamedSource

VALUE = {"string_value": "VARCHAR", "int_value": "BIGINT"} | dict.fromkeys(
    ("float_value", "double_value"), "DOUBLE"
)
CAMPAIGN = dict.fromkeys(("source", "medium", "campaign_name", "default_channel_group"), "VARCHAR")
MANUAL = dict.fromkeys(("manual_source", "manual_medium", "manual_campaign_name"), "VARCHAR")
BATCH = ("batch_page_id", "batch_ordering_id", "batch_event_index")
NUMBERS = ("event_bundle_sequence_id", "event_server_timestamp_offset", *BATCH)
TEXTS = ("event_timestamp", "event_name", "user_pseudo_id", "user_id", "platform", "stream_id")
WANTED: Wanted = {
    **dict.fromkeys(TEXTS, "VARCHAR"),
    **dict.fromkeys(NUMBERS, "BIGINT"),
    "event_value_in_usd": "DOUBLE",
    "event_params": [{"key": "VARCHAR", "value": VALUE}],
    "privacy_info": {"analytics_storage": "VARCHAR"},
    "device": {"category": "VARCHAR", "language": "VARCHAR"},
    "geo": {"country": "VARCHAR"},
    "collected_traffic_source": MANUAL,
    "session_traffic_source_last_click": {"cross_channel_campaign": CAMPAIGN},
    "ecommerce": {"transaction_id": "VARCHAR"},
}
LAST_CLICK = "session_traffic_source_last_click.cross_channel_campaign"
COLUMNS = {
    "user_pseudo_id": "nullif(trim(user_pseudo_id), '')",
    "user_id": "nullif(trim(user_id), '')",
    "at": "time",
    "event": "event_name",
    "platform": "platform",
    "stream_id": "stream_id",
    "device": "device.category",
    "language": "device.language",
    "country": "geo.country",
    "consent": "privacy_info.analytics_storage",
    "channel_group": f"{LAST_CLICK}.default_channel_group",
    "transaction_id": "nullif(ecommerce.transaction_id, '(not set)')",
}
TRAFFIC = {
    "source": ("source", "manual_source"),
    "medium": ("medium", "manual_medium"),
    "campaign": ("campaign_name", "manual_campaign_name"),
}
IDENTITY = ("user_pseudo_id", "user_id", "event_timestamp", "event_name", *NUMBERS[:1], *BATCH)
ONLY_HERE = (
    *("event_params", "event_params.key", "privacy_info", "stream_id", "event_bundle_sequence_id"),
    *("user_first_touch_timestamp", "event_server_timestamp_offset"),
)
A_DAY = 86_400_000_000
NOTHING = (
    "holds no event of GA4: no row has `event_name` and "
    "`event_timestamp`. Export a table `events_YYYYMMDD`."
)


@dataclass(frozen=True)
class Ga4Export(StreamedSource):
    """Events of a Google Analytics 4 property, as its BigQuery export writes them, one a row.

    Reads the tables `events_YYYYMMDD` and `events_intraday_YYYYMMDD` as NDJSON (`bq extract`, whole
    numbers as texts), Parquet, CSV flattened to one line for each parameter (`event_params.key`,
    `event_params.value.string_value`), or a table in memory. `file` may hold a `*`. Columns that
    the export does not have, such as those since July 2024, are empty. Checked against the
    published schema and the public sample; empty ids of cookieless pings are not verified.

    Yields `event`, `at` (UTC microseconds), `user_pseudo_id`, `user_id`, `session_id` (visitor and
    `ga_session_id`), `platform`, `stream_id`, `device`, `language`, `country`, `consent`
    (analytics storage), `channel_group`, `source`, `medium`, `campaign` (of the visit: the first
    touch in `traffic_source` never changes and is not read), `transaction_id`, and one column for
    each of `parameters`. With `currency` each event in `value_of` has a `value`: Google's own
    conversion in USD, else the parameter `value` where the parameter `currency` says the same.
    Events of one visitor at the same microsecond keep their order in the batch.

    Sets aside `unreadable_row` (no JSON object, or a line that does not fit the header),
    `no_customer` (no id in `customer`, as in cookieless pings), `no_time`, `unreadable_time`,
    `duplicate` (same visitor, time, event, place in the batch and parameters as an earlier row, as
    where a daily and an intraday table overlap; kept with `duplicates="keep"`), and
    `further_parameter` (lines of a flattened CSV that carry another parameter of an event).
    Notices `uploaded_late` (more than a day after it happened), `other_currency` and `no_value` (in
    `value_of`, without an amount that can be used).

    Personal data: ids of visitors and accounts. Addresses lose what follows `?` or `#`, where click
    ids and e-mail addresses stand; what else a parameter holds is passed on as it is.

    Memory  the columns yielded, each different text once, and 8 bytes a row; not the file, but for
            flattened CSV, whose lines are sorted first
    Raises  SourceError when the file cannot be read or holds no event of GA4
            ParameterError when a parameter would take the name of a column
    """

    file: Table
    customer: Literal["user_pseudo_id", "user_id"] = "user_pseudo_id"
    parameters: tuple[str, ...] = ("page_location", "page_title")
    currency: str | None = None
    value_of: tuple[str, ...] = ("purchase",)
    duplicates: Literal["keep", "set_aside"] = "set_aside"

    def __post_init__(self) -> None:
        if self.customer not in ("user_pseudo_id", "user_id"):
            msg = f"`customer` is `{self.customer}`. GA4 has `user_pseudo_id` and `user_id`."
            raise ParameterError(msg)
        for name in self.parameters:
            if name in {*COLUMNS, *TRAFFIC, "session_id", "sequence", "value"}:
                msg = f"`parameters` names `{name}`, which is a column already. Leave it out."
                raise ParameterError(msg)

    @classmethod
    def recognises(cls, glimpse: Glimpse) -> Recognised | None:
        own = glimpse.has(ONLY_HERE)
        if len(glimpse.has(("event_timestamp", "event_name"))) < 2 or not own:
            return None
        settings: dict[str, object] = {}
        visitors = [one for one in glimpse.columns if one.name == "user_pseudo_id" and one.filled]
        if not visitors and glimpse.has(("user_id",)):
            settings["customer"] = "user_id"
        named = ", ".join(f"`{name}`" for name in ("event_timestamp", *own[:2]))
        return Recognised(0.95, f"Only the BigQuery export of GA4 has {named}.", settings)

    @contextmanager
    def stream(self) -> Iterator[Stream]:
        with workspace() as connection:
            scanned = scan(connection, self.file, WANTED)
            sifting = Sifting(scanned, self._rows(scanned), "events", self._noticed())
            yield Stream(sifting.batches_unless(NOTHING), self._events, lambda: sifting.quality)

    def _events(self, rows: Table) -> Events:
        return Events(
            rows,
            customer=self.customer,
            at="at",
            unit="us",
            sequence="sequence",
            value=None if self.currency is None else "value",
        )

    def _rows(self, scanned: Scan) -> str:
        """SQL of every row with the reason to set it aside, what is noticed, and the columns."""
        columns = {**COLUMNS, "session_id": _visit(), "sequence": _sequence()}
        for name, (last_click, manual) in TRAFFIC.items():
            by_hand = f"collected_traffic_source.{manual}"
            columns[name] = f"coalesce({LAST_CLICK}.{last_click}, {by_hand}, {_text(name)})"
        columns |= {name: bare_address(_text(name)) for name in self.parameters}
        if self.currency is not None:
            columns["value"] = self._value(self.currency)
        if self.duplicates == "set_aside":
            columns["fingerprint"] = f"hash({', '.join([*IDENTITY, 'event_params'])})"
        named = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in columns.items())
        events = _gathered(scanned) if scanned.format == "csv" else f"({_whole(scanned)})"
        known = "list_transform(event_params, lambda one: one.key) AS keys"
        return (
            f"SELECT row, {self._reason()} AS reason, {self._notices()}{named} "
            f"FROM (SELECT *, {known}, TRY_CAST(event_timestamp AS BIGINT) AS time FROM {events})"
        )

    def _reason(self) -> str:
        return (
            "CASE WHEN event_name IS NULL AND event_timestamp IS NULL THEN 'unreadable_row' "
            "WHEN further THEN 'further_parameter' "
            f"WHEN {COLUMNS[self.customer]} IS NULL THEN 'no_customer' "
            "WHEN event_timestamp IS NULL THEN 'no_time' "
            "WHEN time IS NULL THEN 'unreadable_time' END"
        )

    def _noticed(self) -> tuple[str, ...]:
        money = () if self.currency is None else ("other_currency", "no_value")
        return ("uploaded_late", *money)

    def _notices(self) -> str:
        late = f"event_server_timestamp_offset > {A_DAY} AS uploaded_late, "
        if self.currency is None:
            return late
        lacking = f"{self._of_value()} AND {self._value(self.currency)} IS NULL"
        other = f"coalesce(upper({_text('currency')}) <> {literal(self.currency.upper())}, false)"
        return (
            f"{late}{lacking} AND {other} AS other_currency, "
            f"{lacking} AND NOT {other} AS no_value, "
        )

    def _of_value(self) -> str:
        return f"event_name IN ({', '.join(map(literal, self.value_of))})"

    def _value(self, currency: str) -> str:
        value = _parameter("value")
        amount = (
            f"CASE WHEN upper({_text('currency')}) = {literal(currency.upper())} THEN "
            f"coalesce({value}.double_value, {value}.float_value, {value}.int_value, "
            f"TRY_CAST({value}.string_value AS DOUBLE)) END"
        )
        if currency.upper() == "USD":
            amount = f"coalesce(event_value_in_usd, {amount})"
        return f"CASE WHEN {self._of_value()} THEN {amount} END"


def _whole(scanned: Scan) -> str:
    return f"SELECT *, false AS further FROM ({scanned.sql})"


def _gathered(scanned: Scan) -> str:
    """SQL of a flattened CSV: the first line of each event has all its parameters."""
    identity = ", ".join(IDENTITY)
    return (
        "(SELECT * EXCLUDE (event_params, nth), "
        f"row_number() OVER (PARTITION BY {identity}, nth ORDER BY row) > 1 AS further, "
        f"list(event_params[1]) OVER (PARTITION BY {identity}, nth ORDER BY row "
        "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS event_params "
        f"FROM (SELECT *, row_number() OVER (PARTITION BY {identity}, event_params[1].key "
        f"ORDER BY row) AS nth FROM ({scanned.sql})) ORDER BY row)"
    )


def _parameter(name: str) -> str:
    return f"event_params[list_position(keys, {literal(name)})].value"


def _text(name: str) -> str:
    value = _parameter(name)
    others = (f"CAST({value}.{one} AS VARCHAR)" for one in VALUE if one != "string_value")
    return f"coalesce(nullif({value}.string_value, ''), {', '.join(others)})"


def _visit() -> str:
    return f"{COLUMNS['user_pseudo_id']} || '.' || {_text('ga_session_id')}"


def _sequence() -> str:
    """The place in the batch; before July 2024 the number of the batch."""
    in_batch = "batch_ordering_id * 1000000 + batch_event_index"
    return f"coalesce({in_batch}, event_bundle_sequence_id, 0)"
