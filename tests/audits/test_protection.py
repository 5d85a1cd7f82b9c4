"""The privacy part of an audit: what it says, and where it has it from."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cjm_notebooks import AuditResult, Events, JourneyMap, audit
from cjm_notebooks.audits.findings import findings_of
from cjm_notebooks.audits.protection import ColumnTreated, FoundData, RowsRefused
from cjm_notebooks.maps.settings import Privacy
from cjm_notebooks.privacy.protecting import protect
from cjm_notebooks.privacy.pseudonyms import Key
from cjm_notebooks.sources import Import
from tests.journeys import ONE_EACH

KEY = Key(b"0123456789abcdef0123456789abcdef")
PRIVACY = Privacy(
    lawful_basis="Consent, article 6(1)(a)",
    consent_required=True,
    consent_field="consent",
    retention_days=60,
    dpo_contact="Ida in legal",
)
SHOP = ONE_EACH.model_copy(update={"privacy": PRIVACY})
STEPS = ("home", "product", "cart", "pay", "paid")


def table() -> pd.DataFrame:
    """Sixty who buy in March and agree; ten who do not; one long ago; ids and notes full of it."""
    rows = [
        (f"C-{who:04}", step, f"2025-03-0{day + 1}", "yes" if who < 60 else "no")
        for who in range(70)
        for day, step in enumerate(STEPS)
    ]
    rows.append(("C-0001", "home", "2024-01-01", "yes"))
    found = pd.DataFrame(rows, columns=["who", "what", "at", "consent"])
    return found.assign(note="write to ann@x.org", Telefon="+49 170 1234567")


def events(table: object) -> Events:
    return Events(table, customer="who", at="at", event="what", zone="UTC")  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def raw() -> AuditResult:
    return audit(SHOP, events(table()), as_of="2025-03-31", views=["stage-funnel"])


@pytest.fixture(scope="module")
def protected(tmp_path_factory: pytest.TempPathFactory) -> AuditResult:
    file = tmp_path_factory.mktemp("built") / "events.parquet"
    whole = Import(events=events(table()))
    safe = protect(whole, PRIVACY, key=KEY, as_of=date(2025, 3, 31)).imported.events
    assert safe is not None
    pq.write_table(pa.table(safe.table), file)
    return audit(SHOP, events(file), as_of="2025-03-31", views=["stage-funnel"])


def words(result: AuditResult, code: str = "en") -> str:
    html = re.sub(r"<[^>]+>", " ", result.sections(code).limits.html)
    return " ".join(html.split()).partition("Privacy" if code == "en" else "Datenschutz")[2]


def test_audit_of_raw_tables_says_what_they_hold_and_what_it_left_out(raw: AuditResult) -> None:
    """Fifty events of ten who said no, and one event of January last year."""
    privacy = raw.protection
    assert privacy.found == (
        FoundData(column="events.note", kind="email", texts=1),
        FoundData(column="events.Telefon", kind="phone number", texts=1),
        FoundData(column="events.Telefon", kind="column name", texts=1),
    )
    assert privacy.refused == (
        RowsRefused(table="events", rule="consent_denied", rows=50, used=False),
        RowsRefused(table="events", rule="past_retention", rows=1, used=False),
    )
    assert (privacy.treated, privacy.keys) == ((), ())


def test_audit_of_a_protected_file_says_what_its_import_did(protected: AuditResult) -> None:
    """Three hundred events are left of 351."""
    privacy = protected.protection
    assert privacy.found == ()
    assert privacy.keys == (KEY.fingerprint,)
    assert privacy.treated == (
        ColumnTreated(table="events", column="who", done="pseudonymised", rows=300),
        ColumnTreated(table="events", column="note", done="masked", rows=300),
        ColumnTreated(table="events", column="Telefon", done="left_out", rows=300),
    )
    assert {(one.table, one.rule, one.rows) for one in privacy.refused} == {
        ("protected events", "consent_denied", 50),
        ("protected events", "past_retention", 1),
    }


def test_protected_file_passes_where_the_raw_table_fails(
    raw: AuditResult, protected: AuditResult
) -> None:
    outcomes = [
        {one.check_id: one.outcome for one in result.checked if one.check_id.startswith("R")}
        for result in (raw, protected)
    ]
    assert [(one["R01"], one["R02"], one["R03"]) for one in outcomes] == [
        ("fail", "pass", "fail"),
        ("pass", "pass", "pass"),
    ]


def test_page_says_it_in_words(raw: AuditResult, protected: AuditResult) -> None:
    told = words(raw)
    for sentence in (
        "Legal basis Consent, article 6(1)(a)",
        "Required: rows of customers who did not agree are left out.",
        "60 days back from the moment of the audit",
        "Contact Ida in legal",
        "events.note e-mail addresses 1",
        "Consent denied events left out 50",
    ):
        assert sentence in told
    told = words(protected)
    for sentence in (
        f"fingerprint of the key: {KEY.fingerprint}",
        "No personal data was found in the tables",
        "who Events pseudonyms in place of ids 300",
        "Telefon Events left out 300",
    ):
        assert sentence in told


def test_findings_hold_the_same_for_machines(protected: AuditResult) -> None:
    findings = findings_of(protected)
    assert findings.privacy == protected.protection
    assert '"dpo_contact"' not in findings.text()
    assert '"contact": "Ida in legal"' in findings.text()


def test_map_that_says_nothing_is_told_so() -> None:
    empty = audit(JourneyMap(id="shop", name="Shop"), as_of="2025-03-31", views=["stage-funnel"])
    told = words(empty)
    assert "Legal basis The map names none." in told
    assert "The map does not say whether it is required." in told
