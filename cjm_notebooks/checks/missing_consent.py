"""R02: data of people who did not agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cjm_notebooks.checks import Check, Finding, Observation, Verdict, require_rising_shares, shown
from cjm_notebooks.events import Quality
from cjm_notebooks.language import N_, Sentence, say
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.privacy.permission import DENIED, UNKNOWN

EVERYTHING = "privacy.consent_field"


@dataclass(frozen=True)
class _Asked:
    table: str
    rows: int
    denied: int
    unknown: int
    used: bool


@dataclass(frozen=True)
class MissingConsent(Check[_Asked]):
    """Rows of customers who said no, or of whom nobody knows, and whether they were used.

    Where the map requires consent and names its column, such rows are set aside before anything is
    counted, so that only many unknown ones are worth a warning: then it is the recording of consent
    that fails. A requirement without a column is a failure, since nobody can tell. Where the map
    says nothing, rows without consent that were used are worth a warning.

    Unit      share of the rows of a table, 0 to 1
    Findings  one per table, or one for the map
    Skips     when the map asks for no consent
    """

    id = "R02"
    passed = N_("Nothing was used of customers who did not agree.")
    failed = N_("The consent of customers is not clear.")
    why = N_("Without consent, or another legal basis, personal data may not be used at all.")
    severity = "critical"
    source = "GDPR, articles 6 and 7; the share of unknown consent: D"
    limits = N_(
        "It believes the column of consent: not whether people knew what they agreed to, nor for "
        "which purpose."
    )
    reads = {"journey_map": "journey_map", "quality": "quality"}

    unknown: float = 0.05

    def __post_init__(self) -> None:
        require_rising_shares(unknown=self.unknown)

    def inspect(self, journey_map: JourneyMap, quality: tuple[Quality, ...]) -> Observation[_Asked]:
        privacy = journey_map.privacy
        if privacy.consent_field is None:
            if privacy.consent_required:
                return Observation((_Asked(EVERYTHING, 0, 0, 0, used=True),))
            return Observation(not_applicable=say("The map asks for no consent of customers."))
        asked = [account for account in quality if account.read]
        if not asked:
            return Observation(missing=say("No data were joined."))
        required = bool(privacy.consent_required)
        rows = [_asked(one, required=required) for one in asked]
        lacking = [row for row in rows if row.denied or row.unknown]
        counted = max(((row.denied + row.unknown) / row.rows for row in rows), default=0.0)
        return Observation(tuple(lacking), value=counted)

    def judge(self, observation: Observation[_Asked]) -> Verdict:
        return Verdict.of(self._findings(observation), _left_out(observation))

    def _findings(self, observation: Observation[_Asked]) -> Iterator[Finding]:
        for row in observation.rows:
            if row.table == EVERYTHING:
                yield _unstated()
            elif row.used:
                yield _used(row)
            elif row.unknown / row.rows > self.unknown:
                yield _unknown(row, self.unknown)


def _asked(account: Quality, *, required: bool) -> _Asked:
    count = account.set_aside_rows if required else account.noticed_rows
    return _Asked(account.table, account.read, count(DENIED), count(UNKNOWN), used=not required)


def _left_out(observation: Observation[_Asked]) -> Sentence | None:
    rows = sum(row.denied + row.unknown for row in observation.rows if not row.used)
    return say("Rows left out for want of consent: {rows:count}.", rows=rows) if rows else None


def _unstated() -> Finding:
    return Finding(
        key="unstated",
        outcome="fail",
        targets=(EVERYTHING,),
        what=say("The map requires consent and does not say which column holds it."),
        so_what=say("Nobody can tell whether those who are counted here agreed."),
        advice=say("Set `privacy.consent_field` of the map, such as `consent`."),
    )


def _used(row: _Asked) -> Finding:
    return Finding(
        key="used",
        outcome="warn",
        targets=(row.table,),
        what=say(
            "Rows of {table} without consent that were used: {denied:count} where it was denied, "
            "{unknown:count} where nobody knows.",
            table=row.table,
            denied=row.denied,
            unknown=row.unknown,
        ),
        so_what=say("They may be used only where something else than consent allows it."),
        advice=say(
            "Set `privacy.consent_required` of the map, which leaves them out, or state its "
            "`lawful_basis`."
        ),
        value=(row.denied + row.unknown) / row.rows,
        threshold=0,
        rows=shown([row]),
    )


def _unknown(row: _Asked, allowed: float) -> Finding:
    return Finding(
        key="unknown",
        outcome="warn",
        targets=(row.table,),
        what=say(
            "Of {share:percent} of the rows of {table} nobody knows whether the customer agreed.",
            share=row.unknown / row.rows,
            table=row.table,
        ),
        so_what=say("They are left out, and those who remain may be of another kind."),
        advice=say("Find out where consent is lost between the question and the export."),
        value=row.unknown / row.rows,
        threshold=allowed,
        rows=shown([row]),
    )
