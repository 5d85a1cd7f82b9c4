"""Which rows may be used: consent and retention, as the privacy section of a map says.

A row of someone who said no is `consent_denied`, one of whom nobody knows `consent_unknown`, one
that should have been deleted `past_retention`. Where the map requires consent, and a moment is
stated, these are rules by which rows are set aside; without the requirement consent is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import duckdb

from cjm_notebooks.errors import SourceError, did_you_mean
from cjm_notebooks.events import Customers
from cjm_notebooks.events.ledger import Ledger, literal, open_table
from cjm_notebooks.maps.settings import Privacy

DENIED, UNKNOWN, PAST_RETENTION = "consent_denied", "consent_unknown", "past_retention"
CONSENT_RULES = (DENIED, UNKNOWN)
RULES = (*CONSENT_RULES, PAST_RETENTION)
SAYS_NOTHING = ("", "unset", "(not set)", "unknown", "null", "none", "n/a", "unbekannt")
DAY = 86_400_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Consents:
    """What the table of customers says: SQL of the ids that agreed, and of those that did not."""

    granted: str
    denied: str

    @classmethod
    def of(
        cls, connection: duckdb.DuckDBPyConnection, customers: Customers | None, privacy: Privacy
    ) -> Consents | None:
        """None where no customer is asked for, or their table does not say."""
        if customers is None or privacy.consent_field is None:
            return None
        ledger = open_table(connection, customers.table, "consents")
        if privacy.consent_field not in ledger.types:
            return None
        who = ledger.id_text(customers.customer, "customer")
        said = _said(ledger, privacy)
        return cls(
            *(f"SELECT {who} FROM {ledger.view} WHERE {said} = '{one}'" for one in ("yes", DENIED))
        )


@dataclass(frozen=True)
class Permission:
    """Which rows of one table may be used.

    `consent` is SQL for `yes` or a rule, None where nobody asks or nobody knows. Rows from before
    `since`, in UTC microseconds, are past their retention.
    """

    consent: str | None = None
    required: bool = False
    since: int | None = None

    @classmethod
    def of(
        cls,
        ledger: Ledger,
        privacy: Privacy,
        customer: str | None,
        as_of: int | None,
        consents: Consents | None = None,
    ) -> Permission:
        """That of a table: its own column of consent decides, else that of the customers."""
        consent = None
        if privacy.consent_field is not None and privacy.consent_field in ledger.types:
            consent = _said(ledger, privacy)
        elif consents is not None and customer is not None:
            who = ledger.id_text(customer, "customer")
            consent = (
                f"CASE WHEN {who} IN ({consents.denied}) THEN '{DENIED}' "
                f"WHEN {who} IN ({consents.granted}) THEN 'yes' ELSE '{UNKNOWN}' END"
            )
        since = None
        if as_of is not None and privacy.retention_days is not None:
            since = as_of - privacy.retention_days * DAY
        return cls(consent, bool(privacy.consent_required), since)

    @property
    def refuses(self) -> tuple[str, ...]:
        """The rules by which rows can be set aside."""
        consent = CONSENT_RULES if self.consent and self.required else ()
        return (*consent, *((PAST_RETENTION,) if self.since is not None else ()))

    @property
    def notices(self) -> tuple[str, ...]:
        """The rules by which rows are only counted."""
        return CONSENT_RULES if self.consent and not self.required else ()

    def over(self, rows: str) -> str:
        """The same rows, SQL that has `utc`, with `consent` and the rule that each is `refused` by.

        Where nothing is asked, the rows as they are.
        """
        if not (self.refuses or self.notices):
            return rows
        rules = []
        if set(CONSENT_RULES) <= set(self.refuses):
            rules.append("WHEN consent <> 'yes' THEN consent")
        if self.since is not None:
            rules.append(f"WHEN utc < {self.since} THEN '{PAST_RETENTION}'")
        refused = f"CASE {' '.join(rules)} END" if rules else "NULL::VARCHAR"
        consent = self.consent or "NULL::VARCHAR"
        return f"SELECT *, {refused} AS refused FROM (SELECT *, {consent} AS consent FROM ({rows}))"

    @property
    def granted(self) -> str:
        """SQL that is true of the rows that may be used."""
        return "refused IS NULL" if self.refuses else "true"


def require_known(permission: Permission, ledger: Ledger, privacy: Privacy) -> None:
    """Raise SourceError when the map requires consent and no table says who gave it."""
    field = privacy.consent_field
    if privacy.consent_required and field is not None and permission.consent is None:
        msg = (
            f"The map requires consent, and `{ledger.called}` has no column `{field}`, nor has a "
            f"table of customers given with it. {did_you_mean(field, ledger.types)}"
        )
        raise SourceError(msg)


def end_of(as_of: datetime | date) -> int:
    """UTC microseconds of a time, or of the end of a day."""
    if not isinstance(as_of, datetime):
        as_of = datetime.combine(as_of, time.max, UTC)
    since = as_of.astimezone(UTC) - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _said(ledger: Ledger, privacy: Privacy) -> str:
    column = ledger.column(str(privacy.consent_field), "consent_field")
    text = f"coalesce(lower(trim(CAST({column} AS VARCHAR))), '')"
    yes = ", ".join(literal(one.strip().casefold()) for one in privacy.consent_values) or "NULL"
    nothing = ", ".join(map(literal, SAYS_NOTHING))
    return (
        f"CASE WHEN {text} IN ({yes}) THEN 'yes' "
        f"WHEN {text} IN ({nothing}) THEN '{UNKNOWN}' ELSE '{DENIED}' END"
    )
