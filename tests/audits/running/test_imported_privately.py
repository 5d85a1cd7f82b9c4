"""Personal data planted in an export are found on import and stand in nothing made of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cjm_notebooks import Events, audit, join
from cjm_notebooks.audits.running.run import run_template
from cjm_notebooks.maps.settings import Privacy
from cjm_notebooks.privacy.protecting import Protected, protect
from cjm_notebooks.privacy.pseudonyms import Key
from cjm_notebooks.sources.segment_export import SegmentExport
from tests.audits import texts_in
from tests.journeys import ONE_EACH

KEY = Key(b"0123456789abcdef0123456789abcdef")
PLANTED = {
    "email": ("jane.roe@example.org", "john%40example.org"),
    "phone number": ("+49 170 1234567", "(415) 555-2671"),
    "IBAN": ("DE89370400440532013000", "GB82 WEST 1234 5698 7654 32"),
    "payment card": ("4111 1111 1111 1111", "378282246310005"),
    "IP address": ("93.184.216.34", "2001:db8::8a2e:370:7334"),
    "click id": ("?gclid=Cj0KCQjw12345", "?fbclid=IwAR0abc_DEF-123"),
}
STEPS = ("home", "product", "cart", "pay", "paid")
PRIVACY = Privacy(retention_days=365, dpo_contact="Ida in legal", lawful_basis="Contract")


def calls() -> list[dict[str, object]]:
    """Sixty who buy, their accounts e-mail addresses; secrets in texts and names of events."""
    secrets = [secret for pair in PLANTED.values() for secret in pair]
    rows: list[dict[str, object]] = []
    for number in range(60):
        secret = secrets[number % len(secrets)]
        for day, step in enumerate(STEPS):
            rows.append(
                {
                    "type": "track",
                    "messageId": f"m{len(rows)}",
                    "event": step if day else f"{step} {secret}",
                    "userId": f"zq.customer{number}@shop.example",
                    "anonymousId": f"zq-visitor-{number}",
                    "timestamp": f"2025-03-{day + 1:02}T10:00:00Z",
                    "properties": {"note": f"about {secret}", "seen": f"/zq-visitor-{number}/x"},
                    "context": {
                        "page": {"title": f"{secret} here", "url": f"https://a.b/{secret}"}
                    },
                }
            )
    return rows


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("private")


@pytest.fixture(scope="module")
def protected(home: Path) -> Protected:
    file = home.parent / "calls.ndjson"
    file.write_text("\n".join(map(json.dumps, calls())))
    source = SegmentExport(file, customer="anonymous_id", properties=("note", "seen"))
    return protect(source.read(), PRIVACY, key=KEY, as_of=date(2025, 3, 31))


@pytest.fixture(scope="module")
def left(home: Path, protected: Protected) -> dict[str, bytes]:
    """All that is made of the import: table, journeys, notebook, page, findings, workbook."""
    events = protected.imported.events
    assert events is not None
    built = home / "events.parquet"
    pq.write_table(pa.table(events.table), built, compression="none")
    again = Events(built, customer=events.customer, at=events.at, unit="us")
    join(ONE_EACH, again).save(home / "shop.journeys")
    shop = ONE_EACH.model_copy(update={"privacy": PRIVACY})
    shop.save(home / "shop.cjm.json")
    audit(shop, again, as_of="2025-03-31", views=["waits"]).save(home / "audit", "shop")
    given = {"map_file": str(home / "shop.cjm.json"), "events_file": str(built), "unit": "us"}
    given |= {"customer": events.customer, "at": events.at, "as_of": "2025-03-31"}
    run_template("journey_audit", given, home / "run", "shop", pictures=False)
    texts = {name: text.encode() for name, text in texts_in(home / "run").items()}
    texts |= {name: text.encode() for name, text in texts_in(home / "audit").items()}
    return texts | {one.name: one.read_bytes() for one in home.iterdir() if one.is_file()}


def test_every_kind_is_found_on_import_in_every_text(protected: Protected) -> None:
    """Addresses of pages end at their `?` in the source itself, so that no click id is left."""
    found = {(one.column.partition(".")[2], one.kind) for one in protected.found}
    for column in ("note", "page_title", "event"):
        kinds = {kind for where, kind in found if where == column}
        assert kinds == {*PLANTED}, column
    assert ("user_id", "email") in found


def test_nothing_planted_stands_in_anything_that_is_made_of_it(left: dict[str, bytes]) -> None:
    assert {"shop.html", "shop.ipynb", "events.parquet", "shop.journeys"} <= set(left)
    secrets = [secret for pair in PLANTED.values() for secret in pair]
    secrets += ["170 1234567", "0532013000", "5698 7654", "jane.roe", "gclid", "fbclid", "93.184"]
    told = [
        (name, secret)
        for name, content in left.items()
        for secret in secrets
        if secret.encode() in content
    ]
    assert told == []


def test_no_id_of_a_customer_stands_there_either(left: dict[str, bytes]) -> None:
    assert [name for name, content in left.items() if b"zq" in content] == []


def test_page_says_what_the_import_did(left: dict[str, bytes]) -> None:
    page = left["shop.html"].decode()
    assert '<h2 id="privacy">Privacy</h2>' in page
    assert KEY.fingerprint in page
    assert "Ida in legal" in page
    privacy = json.loads(left["findings.json"])["privacy"]
    assert {one["column"] for one in privacy["treated"]} == {
        *("anonymous_id", "user_id", "event", "note", "seen", "page_title", "page_location"),
    }
    assert privacy["found"] == []
