"""Any survey with one respondent a row and one column of scores for each question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.events import (
    Counted,
    Feedback,
    FeedbackKind,
    Quality,
    Question,
    Table,
    TimeUnit,
)
from cjm_notebooks.events.glimpse import ColumnSeen, Glimpse
from cjm_notebooks.events.ledger import Ledger, literal, open_table, workspace
from cjm_notebooks.events.quality import PLACES
from cjm_notebooks.sources import Import, Recognised, Source

KINDS: dict[FeedbackKind, tuple[str, ...]] = {
    "nps": ("nps", "recommend", "empfehl"),
    "csat": ("csat", "satisf", "zufried"),
    "ces": ("ces", "effort", "ease", "easy", "einfach"),
    "stars": ("star", "stern"),
}
SCALES = ((1, 5), (1, 7), (0, 10), (0, 100))


@dataclass(frozen=True)
class SurveyTable(Source):
    """Answers of a wide survey: one respondent a row, one column a question.

    `questions` names each column of scores and what it asks; blanks around the names in the header
    do not count. Numbers that are no answer stand in the `set_aside` of their question and are
    counted when the answers are joined to a map. Texts that are no answer, such as
    `{"blank": "blank"}`, stand in `no_answer`, in small letters: such cells are set aside here by
    the name given. Every other cell is yielded. Without `respondent` each row is one of its own.
    `comments` names, for a column of scores, the column of what was said beside them.
    `time_format` says how the times in `at` are written, as in `Events`.

    Memory  the answers, one row for each respondent and question
    Raises  SourceError when the table cannot be read or has no column of that name
            ParameterError when `questions` is empty, two columns answer one question, or
            `comments` stand beside a column that is no question
    """

    table: Table
    questions: Mapping[str, Question]
    respondent: str | None = None
    weight: str | None = None
    at: str | None = None
    zone: str | None = None
    unit: TimeUnit | None = None
    no_answer: Mapping[str, str] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    time_format: str | None = None

    def __post_init__(self) -> None:
        if not self.questions:
            msg = "`questions` is empty. Name each column of scores and the question it answers."
            raise ParameterError(msg)
        ids = [question.id for question in self.questions.values()]
        for column, question in self.questions.items():
            if ids.count(question.id) > 1:
                msg = (
                    f"The column `{column}` answers the question `{question.id}`, and so does "
                    "another one. Give each question an id of its own."
                )
                raise ParameterError(msg)
        for column in self.comments:
            if column not in self.questions:
                near = did_you_mean(column, self.questions)
                msg = f"`comments` names the column `{column}`, which is no question. {near}"
                raise ParameterError(msg)

    @classmethod
    def recognises(cls, glimpse: Glimpse) -> Recognised | None:
        scores = [one for one in glimpse.with_role("score") if _scale(one) is not None]
        if not scores or glimpse.with_role("event") or glimpse.format in ("xlsx", "xes"):
            return None
        settings: dict[str, object] = {"questions": {one.name: _question(one) for one in scores}}
        for name, role in (("respondent", "customer"), ("weight", "weight"), ("at", "time")):
            if found := glimpse.with_role(role):
                settings[name] = found[0].name
        if "at" in settings:
            settings |= glimpse.clock_of("time")
        comments = glimpse.with_role("comment")
        if len(scores) == 1 == len(comments):
            settings["comments"] = {scores[0].name: comments[0].name}
        many = "a column" if len(scores) == 1 else f"{len(scores)} columns"
        why = f"One respondent a row and {many} of scores. Look at kind and scale of each question."
        return Recognised(0.35, why, settings)

    def read(self) -> Import:
        with workspace() as connection:
            ledger = open_table(connection, self.table, "wide")
            cells = self._cells(ledger)
            answers = ledger.query(
                "SELECT * EXCLUDE (row, number, reason) "
                f"FROM ({cells}) WHERE reason IS NULL ORDER BY row, number"
            ).to_arrow_table()
            quality = self._account(ledger, cells, len(answers))
        feedback = Feedback(
            answers,
            score="score",
            questions=tuple(self.questions.values()),
            question="question",
            customer="respondent",
            at=None if self.at is None else "answered_at",
            zone=self.zone,
            unit=self.unit,
            weight=None if self.weight is None else "weight",
            comment="comment" if self.comments else None,
            time_format=self.time_format,
        )
        return Import(feedback=feedback, quality=(quality,))

    def _cells(self, ledger: Ledger) -> str:
        """SQL of one row for each respondent and question, with the reason to set it aside."""
        row = "'row ' || row"
        someone = row
        if self.respondent is not None:
            named = _column(ledger, self.respondent, "respondent")
            someone = f"coalesce(nullif(trim(CAST({named} AS VARCHAR)), ''), {row})"
        carried = [f"{someone} AS respondent"]
        if self.weight is not None:
            carried.append(f"{_column(ledger, self.weight, 'weight')} AS weight")
        if self.at is not None:
            carried.append(f"{_column(ledger, self.at, 'at')} AS answered_at")
        return " UNION ALL ".join(
            f"SELECT row, {number} AS number, {', '.join(carried)}{said}, "
            f"{literal(question.id)} AS question, CAST({score} AS VARCHAR) AS score, "
            f"{self._reason(score)} AS reason FROM {ledger.view}"
            for number, (score, said, question) in enumerate(
                (_column(ledger, column, "questions"), self._said(ledger, column), question)
                for column, question in self.questions.items()
            )
        )

    def _said(self, ledger: Ledger, column: str) -> str:
        """SQL of what was said beside the scores of a column, where anything is."""
        if not self.comments:
            return ""
        named = self.comments.get(column)
        said = "NULL" if named is None else _column(ledger, named, "comments")
        return f", CAST({said} AS VARCHAR) AS comment"

    def _reason(self, score: str) -> str:
        whens = "".join(
            f" WHEN {literal(text)} THEN {literal(reason)}"
            for text, reason in self.no_answer.items()
        )
        return f"CASE lower(trim(CAST({score} AS VARCHAR))){whens} END" if whens else "NULL"

    def _account(self, ledger: Ledger, cells: str, answers: int) -> Quality:
        found = ledger.connection.execute(
            f"SELECT reason, count(*), list(row ORDER BY row, number)[:{PLACES}] "
            f"FROM ({cells}) WHERE reason IS NOT NULL GROUP BY reason ORDER BY reason"
        ).fetchall()
        set_aside = {
            str(reason).replace(" ", "_"): Counted(int(rows), tuple(places))
            for reason, rows, places in found
        }
        unreadable = len(ledger.unreadable) * len(self.questions)
        if unreadable:
            set_aside["unreadable_row"] = Counted(unreadable)
        return Quality(
            table=f"answers of {ledger.called}",
            read=ledger.rows * len(self.questions) + unreadable,
            kept=answers,
            set_aside=set_aside,
        )


def _column(ledger: Ledger, name: str, role: str) -> str:
    by_bare_name = {written.strip(): written for written in ledger.types}
    return ledger.column(by_bare_name.get(name.strip(), name), role)


def _question(column: ColumnSeen) -> Question:
    """What a column of scores seems to ask; its scale is the smallest usual one that holds them."""
    name, scale = "_".join(column.name.casefold().split()), _scale(column) or (0, 10)
    kinds = (kind for kind, words in KINDS.items() if any(word in name for word in words))
    kind: FeedbackKind = next(kinds, "other")
    if kind == "nps" and scale == (0, 100):
        kind = "other"
    return Question(name, kind, (0, 10) if kind == "nps" else scale)


def _scale(column: ColumnSeen) -> tuple[float, float] | None:
    low, high = column.low, column.high
    if low is None or high is None:
        return None
    return next((scale for scale in SCALES if scale[0] <= low and high <= scale[1]), None)
