"""Contacts, deals and survey answers of HubSpot."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events import (
    Customers,
    Events,
    Feedback,
    FeedbackKind,
    Quality,
    Question,
    Table,
)
from cjm_notebooks.events.glimpse import Glimpse
from cjm_notebooks.events.ledger import Ledger, literal, open_table, workspace
from cjm_notebooks.events.sifting import sift_table
from cjm_notebooks.sources import Import, Recognised, Source

STAGES = {
    "subscriber": "Subscriber",
    "lead": "Lead",
    "marketingqualifiedlead": "Marketing Qualified Lead",
    "salesqualifiedlead": "Sales Qualified Lead",
    "opportunity": "Opportunity",
    "customer": "Customer",
    "evangelist": "Evangelist",
    "other": "Other Lifecycle",
}
MILESTONES = {
    "contact_created": ("createdate", "Create Date"),
    **{
        stage: (
            f"hs_lifecyclestage_{stage}_date",
            f"Became a {label} Date",
            f"Became an {label} Date",
        )
        for stage, label in STAGES.items()
    },
}
COLUMNS = {
    "contact": ("hs_object_id", "Record ID", "id", "Contact ID"),
    "lifecycle_stage": ("lifecyclestage", "Lifecycle Stage"),
    "original_source": ("hs_analytics_source", "Original Source", "Original Traffic Source"),
    "deal": ("dealId", "hs_object_id", "Record ID", "Deal ID", "id"),
    "associated contact": ("Associated Contact IDs", "associated_contact_ids", "hs_contact_id"),
    "deal_stage": ("dealstage", "Deal Stage"),
    "pipeline": ("pipeline", "Pipeline"),
    "amount": ("amount", "Amount"),
    "deal currency": ("deal_currency_code", "Currency"),
    "created": ("createdate", "Create Date"),
    "closed": ("closedate", "Close Date"),
    "respondent": ("hs_contact_id", "Contact ID", "Associated Contact IDs"),
    "survey type": ("hs_survey_type", "Survey Type"),
    "survey": ("hs_survey_name", "Survey Name", "hs_survey_id"),
    "channel": ("hs_survey_channel", "Survey Channel"),
    "score": ("hs_value", "Value", "Rating"),
    "answered": ("hs_submission_timestamp", "Submission Date", "Date submitted"),
    "content": ("hs_content", "Content", "Response"),
}
KINDS: dict[str, FeedbackKind] = {"NPS": "nps", "CSAT": "csat", "CES": "ces"}
NOTICED = ("several_contacts", "other_currency")

ONLY_HERE = {
    "contacts": (
        "lifecyclestage",
        *(name for stage in STAGES for name in MILESTONES[stage]),
    ),
    "deals": ("dealId", "dealstage"),
    "feedback": ("hs_survey_type", "hs_value", "hs_survey_name"),
}


@dataclass(frozen=True)
class HubspotExport(Source):
    """What HubSpot knows of contacts: when they reached a lifecycle stage, their deals and answers.

    Reads flat tables of contacts, deals and feedback submissions (CSV, Parquet, NDJSON or in
    memory), any of which may be left out, with the internal names of the API (`createdate`,
    `hs_lifecyclestage_lead_date`) or the labels of an export by hand (`Create Date`, `Became a Lead
    Date`). The internal names were verified; the labels, the column `Associated Contact IDs` and
    the scale of CES were not.

    Yields events: `contact_created`, one for each dated lifecycle stage under its internal name
    (`lead`, `customer`), `deal_created`, `deal_won` and `deal_lost`, with `original_source`,
    `pipeline`, `deal_stage`, and, with `currency`, the `amount` of deals won in it. Customers are
    contacts, with `lifecycle_stage` and `original_source`. Feedback answers the questions `nps`,
    `ces` and whatever else `scales` gives a scale. Times are ISO 8601, milliseconds since 1970, or
    clock times of `zone`.

    Sets aside `not_reached` (a stage without a date), `expected_close` (the close date of a deal
    that is not closed is a forecast), `duplicate` (a contact or deal met before), `no_customer` (a
    contact without an id), `not_answered`, `unknown_scale` (a survey type that `scales` does not
    have) and `unreadable_row` (a line that does not fit the header). Notices `several_contacts` (of
    a deal; the first counts) and `other_currency` (of a deal won; it is worth nothing).

    Personal data: ids of contacts, and with `comments` whatever they wrote. Names, e-mail addresses
    and names of deals are not read.

    Memory  the tables
    Raises  SourceError when a table cannot be read or lacks an id, a date or a score
            ParameterError when no table is given
    """

    contacts: Table | None = None
    deals: Table | None = None
    feedback: Table | None = None
    zone: str | None = None
    won: tuple[str, ...] = ("closedwon", "Closed Won")
    lost: tuple[str, ...] = ("closedlost", "Closed Lost")
    currency: str | None = None
    scales: Mapping[str, tuple[float, float]] = field(
        default_factory=lambda: {"NPS": (0, 10), "CES": (1, 7)}
    )
    comments: bool = False

    def __post_init__(self) -> None:
        if self.contacts is None and self.deals is None and self.feedback is None:
            msg = "There is nothing to read. Give `contacts`, `deals` or `feedback`."
            raise ParameterError(msg)

    @classmethod
    def recognises(cls, glimpse: Glimpse) -> Recognised | None:
        found = {table: glimpse.has(names) for table, names in ONLY_HERE.items()}
        table = max(found, key=lambda one: len(found[one]))
        own = found[table]
        if not own or (table == "deals" and len(own) < 2):
            return None
        settings = glimpse.clock_of("time", "milestone") if table == "contacts" else {}
        named = ", ".join(f"`{name}`" for name in own[:2])
        return Recognised(
            0.9,
            f"HubSpot exports {table} with {named}.",
            {name: value for name, value in settings.items() if name == "zone"},
            table,
        )

    def read(self) -> Import:
        events: list[pa.Table] = []
        quality: list[Quality] = []
        customers = feedback = None
        with workspace() as connection:
            if self.contacts is not None:
                ledger = open_table(connection, self.contacts, "contacts")
                events.append(_sift(ledger, _lifecycle(ledger), "lifecycle", quality))
                rows = _sift(ledger, _contacts(ledger), "customers", quality)
                customers = Customers(rows.drop_columns("number"), customer="contact")
            if self.deals is not None:
                ledger = open_table(connection, self.deals, "deals")
                events.append(_sift(ledger, self._deals(ledger), "deals", quality))
            if self.feedback is not None:
                ledger = open_table(connection, self.feedback, "feedback")
                rows = _sift(ledger, self._answers(ledger), "answers", quality)
                feedback = self._feedback(rows.drop_columns("number"))
        return Import(self._events(events), feedback, customers, quality=tuple(quality))

    def _events(self, tables: list[pa.Table]) -> Events | None:
        if not tables:
            return None
        return Events(
            pa.concat_tables(tables),
            customer="contact",
            at="reached",
            zone=self.zone,
            sequence="number",
            value=None if self.currency is None else "amount",
        )

    def _deals(self, ledger: Ledger) -> str:
        """SQL of the creation and the end of each deal."""
        text = {
            part: _text(ledger, part)
            for part in ("deal_stage", "pipeline", "deal currency", "created", "closed")
        }
        contacts = _text(ledger, "associated contact", needed=True)
        won, lost = (
            f"lower({text['deal_stage']}) IN ({', '.join(literal(one.lower()) for one in stages)})"
            for stages in (self.won, self.lost)
        )
        other = "false"
        if self.currency is not None:
            same = f"upper({text['deal currency']}) = {literal(self.currency.upper())}"
            other = f"NOT coalesce({same}, true)"
        carried = (
            f"row, trim(split_part({contacts}, ';', 1)) AS contact, "
            f"NULL::VARCHAR AS original_source, {text['pipeline']} AS pipeline, "
            f"{text['deal_stage']} AS deal_stage"
        )
        amount = f"TRY_CAST({_text(ledger, 'amount')} AS DOUBLE)"
        repeated = _repeated(_text(ledger, "deal"))
        several = f"contains({contacts}, ';') AS several_contacts"
        return (
            f"SELECT {carried}, 10 AS number, 'deal_created' AS event, {_time(text['created'])} AS "
            f"reached, NULL::DOUBLE AS amount, {several}, false AS other_currency, "
            f"CASE WHEN {repeated} THEN 'duplicate' WHEN reached IS NULL THEN 'not_reached' END "
            f"AS reason FROM deals UNION ALL SELECT {carried}, 11, "
            f"CASE WHEN {won} THEN 'deal_won' WHEN {lost} THEN 'deal_lost' END AS ended, "
            f"{_time(text['closed'])} AS reached, "
            f"CASE WHEN {won} AND NOT {other} THEN {amount} END, "
            f"false, {won} AND {other}, CASE WHEN {repeated} THEN 'duplicate' "
            "WHEN reached IS NULL THEN 'not_reached' WHEN ended IS NULL THEN 'expected_close' END "
            "FROM deals"
        )

    def _answers(self, ledger: Ledger) -> str:
        known = ", ".join(literal(kind.upper()) for kind in self.scales) or "NULL"
        said = f", {_text(ledger, 'content')} AS comment" if self.comments else ""
        return (
            f"SELECT row, 0 AS number, {_text(ledger, 'respondent')} AS contact, "
            f"lower({_text(ledger, 'survey type', needed=True)}) AS question, "
            f"{_text(ledger, 'score', needed=True)} AS score, "
            f"{_time(_text(ledger, 'answered', needed=True))} AS answered, "
            f"{_text(ledger, 'survey')} AS survey, {_text(ledger, 'channel')} AS channel{said}, "
            "CASE WHEN score IS NULL THEN 'not_answered' "
            f"WHEN coalesce(upper(question), '') NOT IN ({known}) THEN 'unknown_scale' END "
            "AS reason FROM feedback"
        )

    def _feedback(self, rows: pa.Table) -> Feedback:
        questions = tuple(
            Question(kind.lower(), KINDS.get(kind.upper(), "other"), (scale[0], scale[1]))
            for kind, scale in self.scales.items()
        )
        return Feedback(
            rows,
            score="score",
            questions=questions,
            question="question",
            customer="contact",
            at="answered",
            zone=self.zone,
            comment="comment" if self.comments else None,
        )


def _lifecycle(ledger: Ledger) -> str:
    """SQL of each date of each contact."""
    cells = []
    source = _text(ledger, "original_source")
    for number, (event, names) in enumerate(MILESTONES.items()):
        column = _column(ledger, names)
        if column is not None:
            cells.append(
                f"SELECT row, {_id(ledger)} AS contact, {source} AS original_source, "
                "NULL::VARCHAR AS pipeline, NULL::VARCHAR AS deal_stage, "
                f"{number} AS number, {literal(event)} AS event, "
                f"{_time(ledger.id_text(column, event))} AS reached, NULL::DOUBLE AS amount, "
                f"CASE WHEN {_repeated(_id(ledger))} THEN 'duplicate' "
                "WHEN reached IS NULL THEN 'not_reached' END AS reason FROM contacts"
            )
    if not cells:
        msg = (
            f"`{ledger.called}` has no date of a lifecycle stage and no `createdate`. "
            "Export contacts with these properties."
        )
        raise SourceError(msg)
    return " UNION ALL ".join(cells)


def _contacts(ledger: Ledger) -> str:
    return (
        f"SELECT row, 0 AS number, {_id(ledger)} AS contact, "
        f"{_text(ledger, 'lifecycle_stage')} AS lifecycle_stage, "
        f"{_text(ledger, 'original_source')} AS original_source, "
        f"CASE WHEN contact IS NULL THEN 'no_customer' WHEN {_repeated(_id(ledger))} "
        "THEN 'duplicate' END AS reason FROM contacts"
    )


def _id(ledger: Ledger) -> str:
    return _text(ledger, "contact", needed=True)


def _column(ledger: Ledger, names: tuple[str, ...]) -> str | None:
    """The caller's column of the first of these names, whatever its capitals and blanks."""
    written = {_plain(name): name for name in ledger.types}
    return next((written[_plain(name)] for name in names if _plain(name) in written), None)


def _plain(header: str) -> str:
    return re.sub(r"[\s_-]+", "", header.strip().casefold())


def _text(ledger: Ledger, part: str, *, needed: bool = False) -> str:
    """SQL of what stands in a column, or null where a column that is not needed is missing."""
    column = _column(ledger, COLUMNS[part])
    if column is not None:
        return ledger.id_text(column, part)
    if needed:
        known = ", ".join(f"`{name}`" for name in COLUMNS[part])
        msg = f"`{ledger.called}` has no column for the {part}. Export one of {known} with it."
        raise SourceError(msg)
    return "NULL::VARCHAR"


def _time(text: str) -> str:
    """SQL of a time as text; milliseconds since 1970 become ISO 8601."""
    in_words = f"CAST(make_timestamp(TRY_CAST({text} AS BIGINT) * 1000) AS VARCHAR) || 'Z'"
    return f"CASE WHEN regexp_matches({text}, '^[0-9]{{12,13}}$') THEN {in_words} ELSE {text} END"


def _repeated(id_: str) -> str:
    return f"{id_} IS NOT NULL AND row_number() OVER (PARTITION BY {id_} ORDER BY row) > 1"


def _sift(ledger: Ledger, sql: str, table: str, quality: list[Quality]) -> pa.Table:
    """The rows that have no reason to be set aside; their account is added to `quality`."""
    noticed = NOTICED if table == "deals" else ()
    sifted = sift_table(ledger, sql, table, noticed, order="row, number")
    quality.append(sifted.quality)
    return sifted.rows
