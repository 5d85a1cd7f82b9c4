"""D01: too little data to answer what an audit asks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cjm_notebooks.checks import Check, Finding, Observation, Verdict, shown
from cjm_notebooks.gate import ENOUGH_ANSWERS, ENOUGH_EVIDENCE, Gate, Status
from cjm_notebooks.language import N_, say

EVIDENCE = "qualitative-evidence"


@dataclass(frozen=True)
class _Question:
    question: str
    status: Status
    records: int | None
    needed: int | None


@dataclass(frozen=True)
class DataSufficiency(Check[_Question]):
    """Whether the data can answer at least one question of the audit.

    The gate has judged each question: GO, THIN (shown with its interval, without a verdict) or
    MISSING. The qualitative evidence of the map stands beside them as one more row. Thin
    questions are listed and never stop a run.

    Unit      share of the questions that are GO, 0 to 1
    Findings  one, with the questions and how many records each has and needs
    Skips     never
    """

    id = "D01"
    passed = N_("The data can answer at least one of the questions.")
    failed = N_("The data cannot answer the questions.")
    why = N_("Numbers from too few records look like knowledge and are chance.")
    severity = "critical"
    source = "The width of the intervals; 30 records and 12 pieces of evidence are D."
    limits = N_("It counts records and cannot tell whether they speak for all customers.")
    reads = {"questions": "questions"}

    def inspect(self, questions: Gate) -> Observation[_Question]:
        rows = [
            _Question(answer.question.id, answer.status, answer.n, answer.needed)
            for answer in questions.questions
        ]
        answered = sum(row.status == "GO" for row in rows) / len(rows)
        pieces = questions.qualitative_evidence
        enough: Status = "GO" if pieces >= ENOUGH_EVIDENCE else "THIN" if pieces else "MISSING"
        rows.append(_Question(EVIDENCE, enough, pieces, ENOUGH_EVIDENCE))
        return Observation(tuple(rows), value=answered)

    def judge(self, observation: Observation[_Question]) -> Verdict:
        statuses = {row.status for row in observation.rows if row.question != EVIDENCE}
        if "GO" in statuses:
            return Verdict.of(())
        evidence = next(row for row in observation.rows if row.question == EVIDENCE)
        if "THIN" in statuses:
            finding = _only_thin()
        else:
            finding = _only_evidence() if evidence.status == "GO" else _nothing(evidence)
        return Verdict.of([replace(finding, rows=shown(observation.rows))])


def _only_thin() -> Finding:
    return Finding(
        key="thin",
        outcome="warn",
        what=say("Each question has too few records for a verdict."),
        so_what=say("What is shown is a first impression, with wide intervals."),
        advice=say("Collect until the questions that matter have the records they need."),
    )


def _only_evidence() -> Finding:
    return Finding(
        key="qualitative",
        outcome="warn",
        what=say("There are no records for any question, only interviews and the like."),
        so_what=say("The map can be discussed, and none of its numbers can be tested."),
        advice=say("Join recorded events or feedback before anything is decided by numbers."),
    )


def _nothing(evidence: _Question) -> Finding:
    return Finding(
        key="nothing",
        outcome="fail",
        what=say(
            "There are no records for any question, and {pieces:count} of the {needed:count} "
            "interviews or observations that could stand in for them.",
            pieces=evidence.records,
            needed=evidence.needed,
        ),
        so_what=say("Nothing here rests on customers. Any conclusion would be made up."),
        advice=say(
            "Record events, ask at least {answers:count} customers, or do {needed:count} "
            "interviews; then run the audit again.",
            answers=ENOUGH_ANSWERS,
            needed=evidence.needed,
        ),
    )
