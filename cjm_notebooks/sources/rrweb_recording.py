"""Recordings of visits to a website, made with rrweb."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from os import PathLike
from pathlib import Path

import pyarrow as pa

from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events import Counted, Events, Quality
from cjm_notebooks.events.files import files_of
from cjm_notebooks.events.glimpse import Glimpse
from cjm_notebooks.events.quality import PLACES
from cjm_notebooks.recordings.acts import Recording
from cjm_notebooks.recordings.reading import Keys, recorded
from cjm_notebooks.recordings.signs import Limits, Sign, signs_of
from cjm_notebooks.sources import Import, Recognised, Source

TEXTS = ("customer", "recording", "event", "sign", "element", "page_location")
BESIDE = {
    "customer": ("customer", "customer_id", "user_id", "account_id", "distinct_id"),
    "recording": ("recording", "recording_id", "session_id", "replay_id", "visit_id"),
}
ROWS = 50_000  # of one batch


@dataclass(frozen=True)
class RrwebRecording(Source):
    """What visitors did on pages, from recordings of rrweb (versions 1 and 2).

    Reads a recording as `rrweb.record` emits it, a JSON list of events or one a line; and lines or
    a list of objects that hold such a list in `events`, as tools export them, with the keys that
    `recording` and `customer` name beside it. `customer` may also be a key in the payload of a
    custom event. Without it each recording is a customer of its own; without `recording` the name
    of the file is its id. `file` may hold a `*` and end in `.gz`; events may be packed with rrweb's
    packer. Parts of a recording must follow one another. No vendor's own format was verified.

    Yields `customer`, `recording`, `at` (UTC milliseconds), `event`, and its parts `sign` and
    `element`, `page_location`, `window_width` (pixels). An `event` is a sign and what it is about:

    - `page_opened`, also where a custom event has an `href`, as where nothing is loaded
    - `click:button#pay`, `rage_click:...` (`rage_clicks` on one element within `rage_seconds`, not
      in a field), `quick_back:...` (the next page was left again within `quick_back_seconds` for
      this one), `dead_click:...` (the page did not change within `dead_seconds`; not in a field, on
      a link, before another page, or at the end of the recording). The first that holds counts.
    - `scroll:screen 3`, at most one a page: how far down it was seen, in heights of the window,
      since recordings do not tell how long a page is; ten at most
    - `field_filled:input[iban]`, `field_struggle:...` (come back to from another field, or emptied
      again, `struggle_returns` times), one a field and page
    - `script_error`, where the console was recorded

    All limits are defaults of this kit. A page that moves by itself answers every click, so that
    dead clicks are too few rather than too many.

    Sets aside `movement`, `page_change` (what the page did), `pointer` (pressed, focused, left),
    `other_record`, `further_click` (of a rage click), `further_scroll`, `further_input`,
    `same_page` (another snapshot of it), `duplicate` (sent twice), `unreadable_row`, `no_time`, and
    `no_customer` (nothing in `customer`).

    Personal data: ids of customers. What is typed or shown is never kept; elements are named by
    tags, ids, names and classes, without their numbers. Addresses end before `?` or `#`.

    Memory  one recording's page and acts, or the whole of a file that is one JSON list; the columns
            yielded, each different text once in 50,000 events
    Raises  SourceError when a file cannot be read, or none holds an event of rrweb
            ParameterError when a limit is out of range
    """

    file: str | PathLike[str]
    customer: str | None = None
    recording: str | None = None
    events: str = "events"
    rage_clicks: int = 3
    rage_seconds: float = 1
    dead_seconds: float = 2
    quick_back_seconds: float = 5
    struggle_returns: int = 2

    def __post_init__(self) -> None:
        least = {"rage_clicks": 2, "struggle_returns": 1}
        for limit in fields(Limits):
            value = getattr(self, limit.name)
            if limit.name in least and value < least[limit.name]:
                msg = f"`{limit.name}` is {value}. Give {least[limit.name]} or more."
                raise ParameterError(msg)
            if not value > 0:
                msg = f"`{limit.name}` is {value:g}. Give seconds above 0."
                raise ParameterError(msg)

    @classmethod
    def recognises(cls, glimpse: Glimpse) -> Recognised | None:
        if glimpse.format != "json":
            return None
        if {"type", "data", "timestamp"} <= set(glimpse.names):
            return Recognised(0.9, "Events of rrweb have a `type`, `data` and a `timestamp`.")
        inside = [row.get("events") or "" for row in glimpse.first]
        if not inside or not all("timestamp" in one and "type" in one for one in inside):
            return None
        beside = {setting: glimpse.has(keys) for setting, keys in BESIDE.items()}
        told = {setting: names[0] for setting, names in beside.items() if names}
        return Recognised(0.9, "Recordings of rrweb are lists in `events`, keys beside.", told)

    def read(self) -> Import:
        path = Path(self.file)
        reading = _Reading(self)
        for file in files_of(path):
            for one in recorded(file, Keys(self.events, self.recording, self.customer)):
                reading.take(one.recording, one.customer, one.event)
        reading.close()
        quality = reading.quality(f"events of {path.name}")
        if quality.read == sum(map(quality.set_aside_rows, ("unreadable_row", "no_time"))):
            msg = (
                f"`{path.name}` holds no event of rrweb: none has a `type` and a `timestamp`. "
                f"If events stand under another key than `{self.events}`, name it in `events`."
            )
            raise SourceError(msg)
        events = Events(reading.rows(), customer="customer", at="at", unit="ms")
        return Import(events=events, quality=(quality,))

    @property
    def limits(self) -> Limits:
        return Limits(**{limit.name: getattr(self, limit.name) for limit in fields(Limits)})


@dataclass
class _Reading:
    """One pass over recordings, the one that is open last."""

    source: RrwebRecording
    read: int = 0
    kept: int = 0
    set_aside: dict[str, Counted] = field(default_factory=dict)
    batches: list[pa.Table] = field(default_factory=list)
    open: Recording | None = None

    def __post_init__(self) -> None:
        self.columns = self._no_rows()

    def take(self, recording: str, customer: str | None, event: object) -> None:
        if not isinstance(event, dict):
            self._drop("unreadable_row", self.read)
        else:
            if self.open is None or self.open.id != recording:
                self.close()
                self.open = Recording(recording, None, self.source.customer)
            self.open.customer = self.open.customer or customer
            rule = self.open.take(self.read, event)
            if rule is not None:
                self._drop(rule, self.read)
        self.read += 1

    def close(self) -> None:
        """Work out what the open recording says."""
        done, self.open = self.open, None
        if done is None:
            return
        owner = done.id if self.source.customer is None else done.customer
        for found in sorted(signs_of(done, self.source.limits), key=lambda one: one.act.when):
            if not isinstance(found, Sign):
                self._drop(found.rule, found.act.row)
            elif owner is None:
                self._drop("no_customer", found.act.row)
            else:
                self._keep(owner, done.id, found)

    def quality(self, table: str) -> Quality:
        return Quality(table=table, read=self.read, kept=self.kept, set_aside=self.set_aside)

    def rows(self) -> pa.Table:
        return pa.concat_tables([*self.batches, self._batch()]).unify_dictionaries()

    def _keep(self, customer: str, recording: str, sign: Sign) -> None:
        self.kept += 1
        event = sign.name if sign.about is None else f"{sign.name}:{sign.about}"
        element = None if sign.name == "scroll" else sign.about
        address, width = (None, None) if sign.page is None else (sign.page.address, sign.page.width)
        row = (customer, recording, event, sign.name, element, address, sign.act.at, width)
        for column, value in zip(self.columns.values(), row, strict=True):
            column.append(value)
        if len(self.columns["at"]) == ROWS:
            self.batches.append(self._batch())

    def _drop(self, rule: str, row: int) -> None:
        before = self.set_aside.get(rule, Counted(0))
        places = before.places if len(before.places) == PLACES else (*before.places, row)
        self.set_aside[rule] = Counted(before.rows + 1, places)

    def _batch(self) -> pa.Table:
        types = dict.fromkeys(TEXTS, pa.dictionary(pa.int32(), pa.string()))
        types |= {"at": pa.int64(), "window_width": pa.int32()}
        table = pa.table({name: pa.array(self.columns[name], kind) for name, kind in types.items()})
        self.columns = self._no_rows()
        return table

    def _no_rows(self) -> dict[str, list[object]]:
        return {name: [] for name in (*TEXTS, "at", "window_width")}
