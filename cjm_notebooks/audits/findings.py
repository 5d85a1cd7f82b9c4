"""`findings.json`: what an audit found, for machines, for gates and for comparing two runs.

Sentences stand in English with their values beside them, so that they can be written in another
language later. A value that is hidden, because it tells of too few people, is null.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, JsonValue
from pydantic.json_schema import GenerateJsonSchema

from cjm_notebooks import gate
from cjm_notebooks.audits.decisions import Choice, Decided, Decision, Standing
from cjm_notebooks.audits.headline import Headline, headline_of
from cjm_notebooks.audits.manifest import Manifest
from cjm_notebooks.audits.protection import Protection
from cjm_notebooks.checks import Cell, Direction, Outcome, Severity
from cjm_notebooks.gate import Status
from cjm_notebooks.language import Sentence

if TYPE_CHECKING:
    from cjm_notebooks.audits.result import AuditResult
    from cjm_notebooks.checks import Finding
    from cjm_notebooks.inspection import Checked

SCHEMA_VERSION: Literal["1.0"] = "1.0"


class _Fixed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


class Said(_Fixed):
    """A sentence as it reads, and its English form with the values that go into it."""

    text: str
    english: str
    values: dict[str, Cell]


class QuestionAsked(_Fixed):
    """One question of the audit, and whether the data can answer it."""

    id: str
    asks: str
    status: Status
    n: int | None
    needed: int | None
    reason: Said


class GateDecision(_Fixed):
    """What the data can answer."""

    decision: gate.Decision
    qualitative_evidence: int
    questions: tuple[QuestionAsked, ...]


class DecisionTaken(_Fixed):
    """What somebody decided on a finding, and how that stands in this run."""

    finding: str
    choice: Choice
    who: str
    what: str
    on: date
    until: date | None
    standing: Standing


class Found(_Fixed):
    """One finding; its id survives reruns."""

    id: str
    check: str
    severity: Severity | None
    outcome: Outcome
    targets: tuple[str, ...]
    what: Said
    so_what: Said
    advice: Said
    owner: str | None
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    p_adjusted: float | None
    threshold: float | None
    rows: tuple[dict[str, Cell], ...]
    decision: DecisionTaken | None = None


class CheckMade(_Fixed):
    """How one check came out."""

    id: str
    slug: str
    outcome: Outcome
    severity: Severity | None
    sentence: Said
    reason: Said | None
    limits: str
    source: str
    worse: Direction = "higher"
    unlisted: int = 0


class Findings(_Fixed):
    """The whole file."""

    schema_version: Literal["1.0"]
    manifest: Manifest
    worst_severity: Severity | None
    gate: GateDecision
    tests: int
    headline: Headline | None = None
    findings: tuple[Found, ...]
    other_decisions: tuple[DecisionTaken, ...] = ()
    checks: tuple[CheckMade, ...]
    privacy: Protection | None = None

    def text(self) -> str:
        """The same bytes for the same findings."""
        return json.dumps(self.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"


def findings_of(result: AuditResult) -> Findings:
    made_by = {
        finding.id: one.check_id for one in result.checked for finding in one.verdict.findings
    }
    return Findings(
        schema_version=SCHEMA_VERSION,
        manifest=result.manifest,
        worst_severity=result.worst_severity,
        gate=GateDecision(
            decision=result.gate.decision,
            qualitative_evidence=result.gate.qualitative_evidence,
            questions=tuple(_asked(answer) for answer in result.gate.questions),
        ),
        tests=result.tests,
        headline=headline_of(result),
        findings=tuple(
            _found(finding, made_by[finding.id], result.decisions.get(finding.id))
            for finding in result.findings
        ),
        other_decisions=tuple(
            _taken(one) for one in result.decided if one.decision.finding not in made_by
        ),
        checks=tuple(_made(one) for one in result.checked),
        privacy=result.protection,
    )


def json_schema() -> dict[str, JsonValue]:
    """The published schema of the file."""
    schema = Findings.model_json_schema(mode="serialization")
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema}


def schema_text() -> str:
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _asked(answer: gate.Answerable) -> QuestionAsked:
    return QuestionAsked(
        id=answer.question.id,
        asks=answer.question.asks,
        status=answer.status,
        n=answer.n,
        needed=answer.needed,
        reason=said_of(answer.reason),
    )


def _found(finding: Finding, check: str, decided: Decided | None) -> Found:
    return Found(
        id=finding.id,
        check=check,
        severity=finding.severity,
        outcome=finding.outcome,
        targets=finding.targets,
        what=said_of(finding.what),
        so_what=said_of(finding.so_what),
        advice=said_of(finding.advice),
        owner=finding.owner,
        rows=tuple(_plain(row) for row in finding.rows),
        value=finding.value,
        low=finding.low,
        high=finding.high,
        n=finding.n,
        p_adjusted=finding.p_adjusted,
        threshold=finding.threshold,
        decision=None if decided is None else _taken(decided),
    )


def _taken(one: Decided) -> DecisionTaken:
    fields = {name: getattr(one.decision, name) for name in Decision.model_fields}
    return DecisionTaken(standing=one.standing, **fields)


def _made(one: Checked) -> CheckMade:
    reason = one.verdict.reason
    return CheckMade(
        id=one.check_id,
        slug=one.slug,
        outcome=one.outcome,
        severity=one.severity,
        sentence=said_of(one.sentence),
        reason=None if reason is None else said_of(reason),
        limits=one.check.limits,
        source=one.check.source,
        worse=one.check.worse,
        unlisted=one.verdict.unlisted,
    )


def said_of(sentence: Sentence) -> Said:
    """The sentence as it stands in the file."""
    values = _plain(sentence.values)
    return Said(text=str(sentence), english=sentence.english, values=values)


def _plain(values: Mapping[str, Cell]) -> dict[str, Cell]:
    """Without numpy's numbers, and with null for what is no number."""
    plain = {
        name: value.item() if isinstance(value, np.generic) else value
        for name, value in values.items()
    }
    return {name: None if value != value else value for name, value in plain.items()}
