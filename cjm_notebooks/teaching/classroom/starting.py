"""Handing an exercise out: a folder for each student, and what the teacher keeps."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import nbformat

from cjm_notebooks.catalogue import id_of
from cjm_notebooks.errors import AuditError, ParameterError
from cjm_notebooks.teaching.answering import Assignment, write_handout
from cjm_notebooks.teaching.classroom.copies import (
    exercise_named,
    hashes,
    learners_copy,
    solution_of,
)
from cjm_notebooks.teaching.classroom.course import (
    FILE,
    ORIGINAL,
    STUDENTS,
    Course,
    read_course,
    usual_secret,
)
from cjm_notebooks.teaching.classroom.secret import fingerprint, secret_at


@dataclass(frozen=True)
class Wanted:
    """What a class is to be given. Without a `secret`, data for grades get one beside `folder`."""

    exercise: str
    folder: Path
    course: str = ""
    graded: bool = True
    secret: Path | None = None
    due: datetime | None = None


@dataclass(frozen=True)
class Started:
    """The class, who got a folder now, and who had one before."""

    course: Course
    new: tuple[str, ...]
    kept: tuple[str, ...]


def start_class(wanted: Wanted, students: Iterable[str]) -> Started:
    """Make a folder for every student who has none; what is there already is left as it is.

    Raises  ParameterError when the folder holds another class, or there is no such exercise
            AuditError when a folder cannot be written
    """
    solution_of(exercise_named(wanted.exercise))
    secret_file = wanted.secret or usual_secret(wanted.folder)
    try:
        wanted.folder.mkdir(parents=True, exist_ok=True)
        secret = secret_at(secret_file, wanted.folder) if wanted.graded else None
        course = _agreed(wanted, tuple(students), secret)
        new = [one for one in course.students if not (_home(course, one)).exists()]
        for student in new:
            _hand_out(course, student, secret)
    except OSError as cause:
        msg = f"`{wanted.folder}` cannot be written: {cause.strerror}. Check its permissions."
        raise AuditError(msg) from cause
    course.save()
    kept = tuple(one for one in course.students if one not in new)
    return Started(course, tuple(new), kept)


def _agreed(wanted: Wanted, students: tuple[str, ...], secret: bytes | None) -> Course:
    """The class that is there with the new students added, or a new one."""
    if (wanted.folder / FILE).exists():
        return _grown(read_course(wanted.folder), wanted, students, secret)
    if (wanted.folder / STUDENTS).exists():
        msg = f"`{wanted.folder}` has a folder `{STUDENTS}` and no `{FILE}`. Choose an empty one."
        raise ParameterError(msg)
    copy = learners_copy(exercise_named(wanted.exercise))
    course = Course(
        course=wanted.course or wanted.folder.resolve().name,
        exercise=id_of(exercise_named(wanted.exercise)),
        graded=wanted.graded,
        students=students,
        locked=hashes(copy),
        fingerprint=None if secret is None else fingerprint(secret),
        due=wanted.due,
        folder=wanted.folder,
    )
    nbformat.write(copy, wanted.folder / ORIGINAL)
    course.save()
    return course


def _grown(
    course: Course, wanted: Wanted, students: tuple[str, ...], secret: bytes | None
) -> Course:
    asked = (wanted.exercise, wanted.graded, wanted.course or course.course)
    if asked != (course.exercise, course.graded, course.course):
        mode = "graded" if course.graded else "practice"
        msg = (
            f"`{course.folder}` holds the class `{course.course}` on `{course.exercise}` "
            f"({mode}). Choose another folder for another exercise, course or mode."
        )
        raise ParameterError(msg)
    if secret is not None and fingerprint(secret) != course.fingerprint:
        msg = f"The secret is not the one that `{course.folder}` was started with. Name that one."
        raise ParameterError(msg)
    known = {one.casefold() for one in course.students}
    more = tuple(one for one in students if one.casefold() not in known)
    due = wanted.due or course.due
    return course.model_copy(update={"students": (*course.students, *more), "due": due})


def _home(course: Course, student: str) -> Path:
    return course.folder / STUDENTS / student


def _hand_out(course: Course, student: str, secret: bytes | None) -> None:
    """The folder appears whole or not at all."""
    home = _home(course, student)
    draft = home.with_name(f".{uuid4().hex}")
    assignment = Assignment(
        course=course.course, exercise=course.exercise, student=student, graded=course.graded
    )
    try:
        write_handout(draft, course.generated(student, secret), assignment)
        copy = course.original()
        copy.metadata["cjm"] = {"exercise": course.exercise, "student": student}
        nbformat.write(copy, draft / course.notebook_name)
        draft.rename(home)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
