"""A class whose results are written by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from cjm_notebooks.teaching.classroom.course import Course
from cjm_notebooks.teaching.classroom.marks import Decision, Final
from cjm_notebooks.teaching.classroom.results import Collected, Marked, Note, Status

NASTY = "<script>alert(1)</script>"
SHARES = {
    "ann": (1.0, 1.0, 1.0, 1.0, 1.0),
    "bob": (1.0, 0.4, 1.0, 0.0, 0.0),
    "cyd": (0.0, 0.0, 0.0, 0.0, 0.0),
    "dan": (1.0, 0.4, 1.0, 0.0, 0.0),
    "eve": (0.0, 0.0, 0.0, 0.0, 0.0),
    "zoë": (1.0, 0.8, 1.0, 1.0, 0.0),
}
STATUSES: dict[str, Status] = {"cyd": "stopped", "eve": "missing"}
NOTES = {
    "bob": (Note(kind="altered", values={"cells": "check q1"}),),
    "cyd": (Note(kind="time", values={"seconds": 120}),),
    "dan": (Note(kind="other_student", values={"student": "bob"}),),
    "eve": (Note(kind="missing"),),
    "zoë": (Note(kind="failed_cell", values={"cell": 25, "error": NASTY}),),
}


def course(folder: Path) -> Course:
    return Course(
        course="Customer experience 2026",
        exercise="nps-change",
        graded=True,
        students=tuple(SHARES),
        locked={},
        due=datetime(2026, 3, 1, tzinfo=UTC),
        folder=folder,
    )


def finals(of: Course) -> list[Final]:
    decided = {"zoë": {"q5": Decision(2.0, f"Right idea {NASTY}")}}
    return [
        Final(_collected(of, student), decided.get(student, {}), NOTES.get(student, ()))
        for student in of.students
    ]


def _collected(of: Course, student: str) -> Collected:
    copied = tuple(range(40)) if student in ("bob", "dan") else ()
    questions = tuple(
        Marked(
            id=question.id,
            points=question.points,
            earned=round(question.points * share, 1),
            share=share,
            saw=f"Saw {NASTY}",
            matters="It matters." if share < 1 else "",
            misconception="intervals-overlap" if 0 < share < 0.5 else None,
            answer="f00d" if copied and question.id in ("q1", "q2") else None,
        )
        for question, share in zip(of.kind.questions, SHARES[student], strict=True)
    )
    status = STATUSES.get(student, "marked")
    return Collected(student=student, status=status, key="", questions=questions, code=copied)
