from __future__ import annotations

from cjm_notebooks.checks.data_sufficiency import DataSufficiency
from cjm_notebooks.gate import QUESTIONS, Answerable, Decision, Gate, Status
from cjm_notebooks.language import say
from tests.checking import checked, verdict


def gate(decision: Decision, *statuses: Status, evidence: int = 0) -> Gate:
    answers = tuple(
        Answerable(question, status, {"GO": 90, "THIN": 9, "MISSING": 0}[status], 30, say("."))
        for question, status in zip(QUESTIONS, statuses, strict=False)
    )
    return Gate(decision, answers, evidence)


def test_one_question_that_is_go_is_enough():
    found = checked(DataSufficiency(), questions=gate("GO", "GO", "THIN", "MISSING", "MISSING"))
    assert (found.outcome, found.observation.value) == ("pass", 0.25)


def test_thin_questions_alone_are_worth_a_warning_and_name_what_each_needs():
    found = verdict(DataSufficiency(), questions=gate("GO", "THIN", "MISSING"))
    (finding,) = found.findings
    assert (found.outcome, finding.id, finding.severity) == ("warn", "D01/map/thin", "high")
    assert str(finding.what) == "Each question has too few records for a verdict."
    assert finding.rows[0] == {
        "question": "coverage",
        "status": "THIN",
        "records": 9,
        "needed": 30,
    }


def test_interviews_alone_are_worth_a_warning():
    only_talks = gate("GO-QUALITATIVE", "MISSING", evidence=12)
    (finding,) = verdict(DataSufficiency(), questions=only_talks).findings
    assert (finding.key, finding.outcome) == ("qualitative", "warn")
    assert "only interviews and the like" in str(finding.what)


def test_nothing_at_all_is_a_critical_failure_that_says_what_to_collect():
    found = verdict(DataSufficiency(), questions=gate("STOP", "MISSING", evidence=11))
    (finding,) = found.findings
    assert (found.outcome, finding.severity) == ("fail", "critical")
    assert str(finding.what) == (
        "There are no records for any question, and 11 of the 12 interviews or observations that "
        "could stand in for them."
    )
    assert "at least 30 customers, or do 12 interviews" in str(finding.advice)


def test_run_without_a_gate_cannot_be_judged():
    assert verdict(DataSufficiency()).outcome == "insufficient_data"
