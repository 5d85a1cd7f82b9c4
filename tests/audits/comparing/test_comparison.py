"""The comparison as a whole: sentences, a table, a limit for machines, and safe HTML."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cjm_notebooks.audits.comparing import compare_runs, read_run
from cjm_notebooks.audits.findings import Findings
from cjm_notebooks.errors import AuditError, MapError, ParameterError
from tests.audits.comparing import came_out, estimated, findings, run, without

PEAK = "T03/cart/peak"
EVIL = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def forty() -> Findings:
    return findings(160, 40)


@pytest.fixture(scope="module")
def sixty() -> Findings:
    return findings(140, 60)


def test_runs_are_read_from_a_folder_its_file_or_an_audit(tmp_path: Path, forty) -> None:
    made = run(160, 40)
    made.save(tmp_path / "monday", "shop")
    folder, file = tmp_path / "monday", tmp_path / "monday" / "findings.json"
    assert compare_runs(folder, made).counts == compare_runs(file, forty).counts
    assert read_run(folder).name == read_run(file).name == "monday"


def test_record_beside_the_findings_names_the_template(tmp_path: Path) -> None:
    run(20, 4).save(tmp_path, "shop")
    (tmp_path / "run.json").write_text('{"template": "journey_audit", "pid": 7}', "utf-8")
    assert read_run(tmp_path).template == "journey_audit"
    (tmp_path / "run.json").write_text("{", "utf-8")
    assert read_run(tmp_path).template == ""


def test_what_is_no_run_says_so(tmp_path: Path) -> None:
    (tmp_path / "findings.json").write_text('{"findings": []}', "utf-8")
    with pytest.raises(AuditError, match=r"is not what an audit has found:\n  It has no `"):
        read_run(tmp_path)
    with pytest.raises(MapError, match=r"There is no file `findings\.json`"):
        read_run(tmp_path.joinpath("nowhere").with_name("empty") / "findings.json")


def test_table_has_a_row_for_each_finding_of_either_run(forty, sixty) -> None:
    table = compare_runs(forty, sixty).table.set_index("finding")
    row = table.loc[PEAK]
    assert (row["state"], row["value_before"], row["value"]) == ("worse", 0.2, 0.3)
    assert row["p_adjusted"] == pytest.approx(0.0209, abs=0.0001)
    assert len(compare_runs(without(forty, PEAK), without(forty, PEAK)).table) == len(table) - 1


def test_fields_for_machines_are_json_without_nan(forty, sixty) -> None:
    written = json.loads(compare_runs(forty, sixty).text())
    assert written["counts"]["worse"] == 1
    assert written["tests"] == 1
    assert written["changes"][0]["finding"] == PEAK
    assert "NaN" not in compare_runs(forty, sixty).text()


def test_new_high_is_new_and_high_and_worse_is_worse(forty, sixty) -> None:
    gone = came_out(without(forty, PEAK), "T03", "pass")
    assert compare_runs(gone, forty).fails("new-high")
    assert not compare_runs(gone, forty).fails("new-critical")
    assert not compare_runs(gone, forty).fails("worse-info")
    assert not compare_runs(forty, gone).fails("new-info")
    assert compare_runs(forty, sixty).fails("worse-high")
    assert not compare_runs(forty, sixty).fails("new-high")
    assert compare_runs(forty, sixty).fails("high")


def test_finding_that_became_high_is_new_among_the_high_ones(forty) -> None:
    medium = estimated(forty, PEAK, severity="medium", low=None, high=None)
    assert compare_runs(medium, forty).fails("new-high")
    within_noise = estimated(forty, PEAK, severity="medium", value=0.21)
    assert not compare_runs(within_noise, forty).fails("new-high")


def test_limit_that_does_not_exist_names_those_that_do(forty) -> None:
    with pytest.raises(
        ParameterError, match=r"There is no limit `new-hihg`\. Did you mean `new-high`"
    ):
        compare_runs(forty, forty).fails("new-hihg")


def test_html_holds_what_a_file_says_as_text(forty) -> None:
    what = forty.findings[0].what.model_copy(update={"text": EVIL, "english": "{x.__class__}"})
    hostile = estimated(forty, forty.findings[0].id, what=what, id=EVIL)
    for code in ("en", "de"):
        html = compare_runs(hostile, forty).html(code)
        assert EVIL not in html
        assert "&lt;script&gt;" in html
    assert compare_runs(hostile, forty)._repr_html_() == compare_runs(hostile, forty).html()


def test_runs_that_are_not_comparable_say_so_first(forty) -> None:
    other = forty.manifest.journey_map.model_copy(update={"id": "hotel"})
    manifest = forty.manifest.model_copy(update={"journey_map": other})
    compared = compare_runs(forty, forty.model_copy(update={"manifest": manifest}))
    first, why, *_ = map(str, compared.in_words())
    assert not compared.is_comparable
    assert first.startswith("These runs are not comparable")
    assert why == "The runs are of two maps, shop and hotel."


def test_findings_written_before_there_were_headlines_can_still_be_compared(forty) -> None:
    fields = json.loads(forty.text())
    del fields["headline"], fields["other_decisions"]
    for part in ("parts", "journey"):
        del fields["manifest"]["journey_map"][part]
    old = Findings.model_validate_json(json.dumps(fields))
    assert set(compare_runs(old, forty).counts) == {"unchanged"}
