"""Responses of a Qualtrics survey."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cjm_notebooks.errors import SourceError
from cjm_notebooks.events import Feedback, Question, Table
from cjm_notebooks.events.glimpse import Glimpse
from cjm_notebooks.events.ledger import Ledger, literal, open_table, workspace
from cjm_notebooks.events.sifting import sift_table
from cjm_notebooks.sources import Import, Recognised, Source

GROUP = "_NPS_GROUP"
LEFT_OUT = {"preview": ("1", "survey preview"), "spam": ("8", "spam")}
NUMBER = r"^\s*(-?[0-9]+(\.[0-9]+)?)"


@dataclass(frozen=True)
class QualtricsExport(Source):
    """Answers of a Qualtrics export with its three header rows, one response a row.

    Reads CSV: ids of columns, then their texts, then `{"ImportId": ...}`; numbers or choice texts.
    A score is the number a cell begins with, as in `10 - extremely likely`. Every column that has
    one of its name with `_NPS_GROUP` is a question of kind `nps`; `questions` describes others.
    The codes of `Status` and a TSV export were not verified; TSV is not read.

    Yields feedback: `respondent` (the column `customer`, else the `ResponseId`), `question`,
    `score`, `answered` (`RecordedDate`, a clock time of `zone`), `channel` (`DistributionChannel`)
    and `language` (`UserLanguage`); for a question in `comments`, what was said in that column.

    Sets aside, cell by cell, `preview` and `spam` (by `Status`), `unfinished` (kept with
    `unfinished=True`), `not_answered`, `no_number` (a choice that begins with no number),
    `duplicate` (a `ResponseId` met before) and `unreadable_row` (a line that does not fit).

    Personal data: the id in `customer`. Names, e-mail and IP addresses, and places of respondents
    are not read, nor is any other column.

    Memory  the table
    Raises  SourceError when the file cannot be read, has not three header rows, lacks a column, or
            has no question
    """

    file: Table
    questions: Mapping[str, Question] = field(default_factory=dict)
    customer: str = "ExternalReference"
    zone: str | None = None
    unfinished: bool = False
    comments: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def recognises(cls, glimpse: Glimpse) -> Recognised | None:
        if glimpse.opened_with.get("header_rows") != 3:
            return None
        scores = [name.removesuffix(GROUP) for name in glimpse.names if name.endswith(GROUP)]
        settings: dict[str, object] = {}
        why = "Only Qualtrics writes three rows of headers, the third with `ImportId`."
        if not scores:
            why += " No question is an NPS question: describe each in `questions`."
        return Recognised(0.95, why, settings | {"zone": "UTC"})

    def read(self) -> Import:
        with workspace() as connection:
            ledger = open_table(connection, self.file, "responses")
            _three_headers(ledger)
            questions = self._questions(ledger)
            cells = " UNION ALL ".join(
                self._cells(ledger, column, number, question)
                for number, (column, question) in enumerate(questions.items())
            )
            sifted = sift_table(ledger, cells, "answers", order="row, number")
        feedback = Feedback(
            sifted.rows.drop_columns("number"),
            score="score",
            questions=tuple(questions.values()),
            question="question",
            customer="respondent",
            at="answered",
            zone=self.zone,
            comment="comment" if self.comments else None,
        )
        return Import(feedback=feedback, quality=(sifted.quality,))

    def _questions(self, ledger: Ledger) -> dict[str, Question]:
        found = {
            name.removesuffix(GROUP): Question(name.removesuffix(GROUP), "nps", (0, 10))
            for name in ledger.types
            if name.endswith(GROUP)
        } | dict(self.questions)
        if not found:
            msg = (
                f"`{ledger.called}` has no column `..._NPS_GROUP`, and `questions` is empty. "
                'Describe a question: `questions={"Q3": Question("ease", "ces", (1, 7))}`.'
            )
            raise SourceError(msg)
        return found

    def _cells(self, ledger: Ledger, column: str, number: int, question: Question) -> str:
        """SQL of one answer a response, with the reason to set it aside."""
        answer = ledger.id_text(column, "questions")
        said = ""
        if self.comments:
            named = self.comments.get(column)
            said = "NULL::VARCHAR" if named is None else ledger.id_text(named, "comments")
            said = f", {said} AS comment"
        id_ = ledger.id_text("ResponseId", "ResponseId")
        respondent = id_
        if self.customer in ledger.types or self.customer != "ExternalReference":
            respondent = f"coalesce({ledger.id_text(self.customer, 'customer')}, {id_})"
        return (
            f"SELECT row - 2 AS row, {number} AS number, {respondent} AS respondent, "
            f"{literal(question.id)} AS question, "
            f"nullif(regexp_extract({answer}, '{NUMBER}', 1), '') AS score, "
            f"{ledger.id_text('RecordedDate', 'RecordedDate')} AS answered, "
            f"{_or_null(ledger, 'DistributionChannel')} AS channel, "
            f"{_or_null(ledger, 'UserLanguage')} AS language{said}, "
            f"CASE {self._whose(ledger, id_)} WHEN {answer} IS NULL THEN 'not_answered' "
            f"WHEN score IS NULL THEN 'no_number' END AS reason FROM responses WHERE row >= 2"
        )

    def _whose(self, ledger: Ledger, id_: str) -> str:
        """SQL of the reasons to set aside a whole response."""
        status = f"lower({_or_null(ledger, 'Status')})"
        whens = [
            f"WHEN {status} IN ({', '.join(map(literal, codes))}) THEN '{rule}'"
            for rule, codes in LEFT_OUT.items()
        ]
        window = f"PARTITION BY {id_} ORDER BY row"
        whens.append(f"WHEN row_number() OVER ({window}) > 1 THEN 'duplicate'")
        if not self.unfinished:
            finished = f"lower({_or_null(ledger, 'Finished')})"
            whens.append(f"WHEN {finished} IN ('0', 'false') THEN 'unfinished'")
        return " ".join(whens)


def _or_null(ledger: Ledger, column: str) -> str:
    return ledger.id_text(column, column) if column in ledger.types else "NULL::VARCHAR"


def _three_headers(ledger: Ledger) -> None:
    third = "SELECT CAST(c0 AS VARCHAR) FROM responses WHERE row = 1"
    found = ledger.connection.execute(third).fetchall()
    if not found or "ImportId" not in (found[0][0] or ""):
        msg = (
            f"The third line of `{ledger.called}` is no row of `ImportId`. Export it from "
            "Qualtrics as CSV with its three header rows, and leave them in."
        )
        raise SourceError(msg)
