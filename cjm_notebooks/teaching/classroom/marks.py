"""The marks of a class as a table, and what the teacher has decided by hand."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from cjm_notebooks.errors import AuditError, MapError, SourceError, did_you_mean
from cjm_notebooks.language import Language
from cjm_notebooks.maps.files import read_text, write_text
from cjm_notebooks.teaching.classroom.course import Course
from cjm_notebooks.teaching.classroom.results import ALL, STATUSES, Collected, Marked, Note

TABLE, BY_HAND = "marks.csv", "by_hand.csv"
COLUMNS = ("student", "question", "points", "why")
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Decision:
    """The points that the teacher gives instead of those counted, and why."""

    points: float
    why: str


@dataclass(frozen=True)
class Final:
    """A student's marks as they count."""

    collected: Collected
    decisions: Mapping[str, Decision]
    notes: tuple[Note, ...]

    @property
    def student(self) -> str:
        return self.collected.student

    def earned(self, question: Marked) -> float:
        decided = self.decisions.get(question.id)
        return question.earned if decided is None else decided.points

    @property
    def total(self) -> float:
        return round(sum(self.earned(one) for one in self.collected.questions), 1)

    @property
    def points(self) -> int:
        return sum(one.points for one in self.collected.questions)

    @property
    def share(self) -> float:
        return self.total / self.points if self.points else 0.0


def finals(course: Course, collected: Iterable[Collected]) -> list[Final]:
    """The marks as they count: those counted, or what the teacher wrote into `by_hand.csv`.

    Raises  SourceError naming the row of that file which cannot be used
    """
    decided = read_decisions(course)
    return [
        Final(
            one,
            {question: it for (who, question), it in decided.items() if who == one.student},
            (*_late(course, one), *one.notes),
        )
        for one in collected
    ]


def read_decisions(course: Course) -> dict[tuple[str, str], Decision]:
    """What the teacher has decided, by student and question; the file is begun if there is none."""
    file = course.marks / BY_HAND
    if not file.exists():
        _write(file, ",".join(COLUMNS) + "\n")
        return {}
    try:
        text = read_text(file)
    except MapError as cause:
        raise SourceError(str(cause)) from cause
    rows = csv.reader(StringIO(text), delimiter=max(",;", key=text.partition("\n")[0].count))
    if tuple(cell.strip() for cell in next(rows, [])) != COLUMNS:
        msg = f"`{file.name}` does not begin with `{','.join(COLUMNS)}`. Put that row on top."
        raise SourceError(msg)
    points = {question.id: question.points for question in course.kind.questions}
    found = {}
    for row in rows:
        if any(cell.strip() for cell in row):
            student, question, decision = _decision(course, points, rows.line_num, row)
            found[student, question] = decision
    return found


def _decision(
    course: Course, points: Mapping[str, int], number: int, row: list[str]
) -> tuple[str, str, Decision]:
    where = f"Row {number} of `{BY_HAND}`"
    student, question, given, why = [*(cell.strip() for cell in row), "", "", "", ""][:4]
    for what, value, known in (
        ("student", student, course.students),
        ("question", question, tuple(points)),
    ):
        if value not in known:
            msg = f"{where}: there is no {what} `{value}`. {did_you_mean(value, known)}"
            raise SourceError(msg)
    try:
        number_given = float(given)
    except ValueError:
        number_given = -1.0
    if not 0 <= number_given <= points[question]:
        msg = f"{where}: `{given}` points. Give a number from 0 to {points[question]}."
        raise SourceError(msg)
    return student, question, Decision(number_given, why)


def write_marks(course: Course, marks: Sequence[Final], language: Language) -> Path:
    """Write `marks.csv`, a row a student, and `results.json`. Returns the table.

    Raises  AuditError when they cannot be written
    """
    questions = [question.id for question in course.kind.questions]
    text = StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["student", "status", *questions, "total", "points", "notes"])
    for one in marks:
        earned = {it.id: one.earned(it) for it in one.collected.questions}
        said = " ".join(language.render(note.sentence()) for note in one.notes)
        numbers = [f"{earned.get(id_, 0):g}" for id_ in questions]
        status = STATUSES[one.collected.status]
        row = [one.student, status, *numbers, f"{one.total:g}", str(one.points), said]
        rows.writerow([_no_formula(cell) for cell in row])
    table = course.marks / TABLE
    _write(table, "\ufeff" + text.getvalue())
    _write(course.marks / ALL, json.dumps(_fields(course, marks), indent=1) + "\n")
    return table


def _fields(course: Course, marks: Sequence[Final]) -> dict[str, object]:
    return {
        "schema_version": "1.0",
        "course": course.course,
        "exercise": course.exercise,
        "graded": course.graded,
        "students": [
            {
                **one.collected.model_dump(mode="json", exclude={"key", "code"}),
                "total": one.total,
                "by_hand": {id_: vars(it) for id_, it in one.decisions.items()},
            }
            for one in marks
        ],
    }


def _late(course: Course, one: Collected) -> tuple[Note, ...]:
    if course.due is None or one.changed_at is None or one.changed_at <= course.due:
        return ()
    at, due = (f"{moment:%Y-%m-%d %H:%M %Z}" for moment in (one.changed_at, course.due))
    return (Note(kind="late", values={"at": at, "due": due}),)


def _no_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(STARTS_A_FORMULA) else cell


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_text(file, text)
    except (MapError, OSError) as cause:
        msg = f"`{file}` cannot be written: {cause}"
        raise AuditError(msg) from cause
