"""R01: personal data in the data or on the map."""

from __future__ import annotations

from dataclasses import dataclass

from cjm_notebooks.checks import Check, Finding, Observation, Verdict, shown
from cjm_notebooks.language import N_, say
from cjm_notebooks.privacy import personal

BY_NAME = "column name"


@dataclass(frozen=True)
class _Found:
    column: str
    kind: str
    texts: int
    sample: str


@dataclass(frozen=True)
class PersonalData(Check[_Found]):
    """Personal data found in texts, by its grammar or check digits, or by the name of a column.

    A value that is an e-mail address, a phone number, an IBAN or the like is a failure. A column
    whose name alone sounds like personal data is worth a warning. Samples are masked.

    Unit      texts that hold some
    Findings  one per column and kind, those in most texts first
    Skips     when nobody looked
    """

    id = "R01"
    passed = N_("No personal data was found in the data or on the map.")
    failed = N_("There is personal data in the data or on the map.")
    why = N_("Pages and notebooks are passed on, and what is in them cannot be called back.")
    severity = "critical"
    source = "GDPR, articles 4 and 5; the check digits of IBAN and payment cards"
    limits = N_("A name within a sentence or a rare fact is not found: this is a net, not a proof.")
    reads = {"personal_data": "personal_data"}

    def inspect(self, personal_data: tuple[personal.PersonalData, ...]) -> Observation[_Found]:
        found = [
            _Found(one.column, one.kind, one.count, one.sample_masked) for one in personal_data
        ]
        by_texts = sorted(found, key=lambda one: (one.kind == BY_NAME, -one.texts))
        return Observation(tuple(by_texts), value=sum(one.texts for one in found))

    def judge(self, observation: Observation[_Found]) -> Verdict:
        return Verdict.of(_finding(found) for found in observation.rows)


def _finding(found: _Found) -> Finding:
    by_name = found.kind == BY_NAME
    return Finding(
        key=found.kind.replace(" ", "-"),
        outcome="warn" if by_name else "fail",
        targets=(found.column,),
        what=say("The column `{column}` is named like personal data.", column=found.column)
        if by_name
        else say(
            "Texts of `{column}` that hold a value of the kind {kind}: {texts:count}.",
            texts=found.texts,
            column=found.column,
            kind=found.kind,
        ),
        so_what=say("Whoever gets the data or the notebook can tell who these customers are."),
        advice=say("Leave the column out, or replace its values by a keyed pseudonym."),
        value=found.texts,
        threshold=0,
        rows=shown([found]),
    )
