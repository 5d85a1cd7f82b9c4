"""`findings.json` says what its published schema says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError

from cjm_notebooks import audit, audits
from cjm_notebooks.audits.findings import findings_of, json_schema, schema_text
from tests.audits import AS_OF, BUYS, BUYS_LATER, LEAVES_CART, events
from tests.journeys import ONE_EACH

COMMITTED = Path(audits.__file__).with_name("findings.schema.json")
schema = Draft202012Validator(json_schema())


def test_committed_schema_is_up_to_date() -> None:
    assert COMMITTED.read_text("utf-8") == schema_text(), (
        "run python -m tools.write_findings_schema"
    )


def test_findings_of_an_audit_meet_the_schema() -> None:
    recorded = events(*[BUYS] * 39, BUYS_LATER, *[LEAVES_CART] * 20)
    text = findings_of(audit(ONE_EACH, recorded, as_of=AS_OF)).text()
    written = json.loads(text)
    schema.validate(written)
    peak = next(one for one in written["findings"] if one["check"] == "T03")
    assert peak["id"] == "T03/cart/peak"
    assert peak["what"]["text"].startswith("33.3% of the decided journeys")
    assert peak["what"]["values"]["share"] == pytest.approx(1 / 3)
    assert written["tests"] == 3
    assert "NaN" not in text


def test_schema_refuses_a_finding_without_an_id() -> None:
    written = json.loads(findings_of(audit(ONE_EACH, events(BUYS), as_of=AS_OF)).text())
    del written["findings"][0]["id"]
    with pytest.raises(ValidationError, match="'id' is a required property"):
        schema.validate(written)
