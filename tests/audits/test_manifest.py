"""What an audit was made of, the same for the same input wherever it lies."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from cjm_notebooks import AuditResult, Events, audit
from cjm_notebooks.audits.findings import findings_of
from cjm_notebooks.errors import AuditError
from tests.audits import AS_OF, BUYS, LEAVES_CART, answers, events
from tests.journeys import ONE_EACH

RECORDED = events(*[BUYS] * 20, *[LEAVES_CART] * 10)


def test_the_same_input_gives_the_same_findings_byte_for_byte() -> None:
    said = answers(*["csat:cart=4@3"] * 30)
    first, second = (
        findings_of(audit(ONE_EACH, RECORDED, feedback=said, as_of=AS_OF)).text() for _ in range(2)
    )
    assert first == second


def test_a_file_is_known_by_its_bytes_and_its_name_not_by_its_folder(tmp_path: Path) -> None:
    text = "who,at,event\na,2025-01-01T00:00:00Z,home\nb,2025-01-02T00:00:00Z,home\n"
    texts = []
    for place in ("here", "there"):
        (tmp_path / place).mkdir()
        path = tmp_path / place / "log.csv"
        path.write_text(text)
        result = audit(ONE_EACH, Events(path, customer="who", at="at"), as_of=AS_OF)
        texts.append(findings_of(result).text())
    (recorded,) = result.manifest.inputs
    assert recorded.sha256 == sha256(text.encode()).hexdigest()
    assert recorded.called == "log.csv"
    assert texts[0] == texts[1]
    assert str(tmp_path) not in texts[0]


def test_a_table_is_known_by_its_content() -> None:
    def content(recorded: Events) -> str:
        return audit(ONE_EACH, recorded, as_of=AS_OF, checks=["M15"]).manifest.inputs[0].sha256

    copied = replace(RECORDED, table=RECORDED.table.copy())
    assert content(copied) == content(RECORDED)
    changed = RECORDED.table.replace("pay", "help")
    assert content(replace(RECORDED, table=changed)) != content(RECORDED)


def test_manifest_says_how_columns_were_read_and_which_thresholds_held() -> None:
    manifest = audit(ONE_EACH, RECORDED, as_of=AS_OF).manifest
    assert manifest.inputs[0].read_as["customer"] == "who"
    assert manifest.checks["C01"]["warn_share"] == 0.2
    assert manifest.journey_map.sha256 == ONE_EACH.content_hash()
    assert manifest.seed is None
    assert {"cjm_notebooks", "python", "duckdb", "numpy"} <= manifest.versions.keys()


def saved(result: AuditResult, folder: Path) -> list[str]:
    result.save(folder, "spring")
    return sorted(path.name for path in folder.iterdir())


def test_result_saves_its_findings_its_measured_map_and_its_tables(tmp_path: Path) -> None:
    result = audit(ONE_EACH, RECORDED, as_of=AS_OF)
    left = ["findings.json", "spring.measured.json", "tables.xlsx"]
    assert saved(result, tmp_path / "new") == left
    assert saved(result, tmp_path / "new") == left


def test_result_that_cannot_be_saved_says_where(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, no folder")
    result = audit(ONE_EACH, RECORDED, as_of=AS_OF, checks=["M15"])
    with pytest.raises(AuditError, match=r"`.*taken` cannot be written: .*\. Check the folder"):
        result.save(tmp_path / "taken", "spring")
