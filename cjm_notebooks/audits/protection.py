"""The privacy part of an audit: what was found, what was done about it, and what the map allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pydantic import BaseModel, ConfigDict

from cjm_notebooks.events import Quality
from cjm_notebooks.events.accounts import made
from cjm_notebooks.events.content import Recorded
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.privacy.columns import DONE
from cjm_notebooks.privacy.permission import RULES
from cjm_notebooks.privacy.personal import PersonalData
from cjm_notebooks.privacy.protecting import PROTECTED


class _Fixed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FoundData(_Fixed):
    """One kind of personal data that stands in a column of the tables, or in quotes of the map."""

    column: str
    kind: str
    texts: int


class ColumnTreated(_Fixed):
    """A column that an import left out, masked, or gave pseudonyms to."""

    table: str
    column: str
    done: str
    rows: int


class RowsRefused(_Fixed):
    """Rows that were set aside, or only counted, for want of consent or for their age."""

    table: str
    rule: str
    rows: int
    used: bool


class Protection(_Fixed):
    """What an audit did for those it is about; `keys` are fingerprints of keys of pseudonyms."""

    found: tuple[FoundData, ...] = ()
    treated: tuple[ColumnTreated, ...] = ()
    refused: tuple[RowsRefused, ...] = ()
    keys: tuple[str, ...] = ()
    k_min: int
    lawful_basis: str
    consent_required: bool | None
    retention_days: int | None
    contact: str


def protection(
    journey_map: JourneyMap,
    found: Iterable[PersonalData],
    quality: Iterable[Quality],
    inputs: Mapping[str, Recorded],
    k_min: int,
) -> Protection:
    privacy, accounts = journey_map.privacy, tuple(quality)
    keys = {made(tables.table).key for tables in inputs.values()}
    return Protection(
        found=tuple(FoundData(column=one.column, kind=one.kind, texts=one.count) for one in found),
        treated=tuple(one for account in accounts for one in _treated(account)),
        refused=tuple(one for account in accounts for one in _refused(account)),
        keys=tuple(sorted(key for key in keys if key is not None)),
        k_min=k_min,
        lawful_basis=privacy.lawful_basis,
        consent_required=privacy.consent_required,
        retention_days=privacy.retention_days,
        contact=privacy.dpo_contact,
    )


def _treated(account: Quality) -> Iterator[ColumnTreated]:
    if not account.table.startswith(PROTECTED):
        return
    table = account.table.removeprefix(PROTECTED)
    for rule, counted in account.noticed.items():
        for done in DONE.values():
            if rule.startswith(f"{done}_"):
                column = rule.removeprefix(f"{done}_")
                yield ColumnTreated(table=table, column=column, done=done, rows=counted.rows)


def _refused(account: Quality) -> Iterator[RowsRefused]:
    for used, rules in ((False, account.set_aside), (True, account.noticed)):
        for rule in RULES:
            if rule in rules:
                rows = rules[rule].rows
                yield RowsRefused(table=account.table, rule=rule, rows=rows, used=used)
