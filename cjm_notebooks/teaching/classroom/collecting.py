"""Collecting a class: every submission run, marked and kept, however any of them ends."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import Event

import nbformat
from nbformat import NotebookNode

from cjm_notebooks import __version__
from cjm_notebooks.audits.batches.executors import kernels_at_once
from cjm_notebooks.errors import JourneyError
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.teaching.answering import Assignment, Result, Unfit, mark_all
from cjm_notebooks.teaching.classroom.copies import part_of
from cjm_notebooks.teaching.classroom.course import Course
from cjm_notebooks.teaching.classroom.likeness import code_marks
from cjm_notebooks.teaching.classroom.limits import Limits
from cjm_notebooks.teaching.classroom.restoring import (
    UnreadableError,
    content_of,
    read_submission,
    restored,
)
from cjm_notebooks.teaching.classroom.results import (
    Collected,
    Marked,
    Note,
    Status,
    collected_before,
)
from cjm_notebooks.teaching.classroom.running import Ran, run_submission, stopped
from cjm_notebooks.teaching.exercises import Answer, Exercise

LOOKS_EVERY_SECONDS = 0.5
LONGEST_SAID = 300
LONGEST_ID = 64
EXECUTED = "executed"


@dataclass(frozen=True)
class Progress:
    """How far a collection is: `kept` were marked before, `ended` now, `running` are under way."""

    total: int
    kept: int
    ended: tuple[Collected, ...]
    running: tuple[str, ...]


@dataclass
class Collecting:
    """How a class is to be collected: from which folder, within which limits, how many at once."""

    folder: Path | None = None
    limits: Limits = field(default_factory=Limits)
    at_once: int | None = None
    progress: Callable[[Progress], None] = lambda progress: None
    stop: Event = field(default_factory=Event)


def collect(course: Course, secret: bytes | None, how: Collecting) -> list[Collected]:
    """What is kept of each student, in the order of the class.

    A submission that has not changed since it was marked is not run again.

    Raises  AuditError when the notebook that was handed out is gone, or marks cannot be written
    """
    return _Round(course, secret, how).go()


class _Round:
    def __init__(self, course: Course, secret: bytes | None, how: Collecting) -> None:
        self.course, self.secret, self.how = course, secret, how
        self.original = course.original()
        self.found: dict[str, Collected] = {}
        self.ended: list[Collected] = []
        self.begun: set[str] = set()

    def go(self) -> list[Collected]:
        todo = [one for one in self.course.students if not self._is_kept(one)]
        self.kept = len(self.found)
        at_once = self.how.at_once or kernels_at_once(self.how.limits.megabytes / 2)
        with ThreadPoolExecutor(at_once, thread_name_prefix="cjm-collect") as executor:
            waiting = {executor.submit(self._one, student): student for student in todo}
            while waiting:
                self._tell(waiting)
                done, _ = wait(waiting, LOOKS_EVERY_SECONDS, FIRST_COMPLETED)
                for future in done:
                    self._note(waiting.pop(future), future)
                if self.how.stop.is_set():
                    for future in waiting:
                        future.cancel()
            self._tell(waiting)
        return [self.found[one] for one in self.course.students if one in self.found]

    def _is_kept(self, student: str) -> bool:
        before = collected_before(self.course.marks, student)
        if before is None or before.student != student:
            return False
        if before.key != self._key(student, before.status):
            return False
        self.found[student] = before
        return True

    def _key(self, student: str, status: Status) -> str:
        """Changes with the submission, with what was handed out, and with the kit.

        One that was stopped is tried again within other limits.
        """
        file = self.course.submission_of(student, self.how.folder)
        content = b"" if file is None else content_of(file)
        limits = vars(self.how.limits) if status == "stopped" else {}
        about = [__version__, self.course.fingerprint, self.course.locked, student, limits]
        return sha256(json.dumps([*about, sha256(content).hexdigest()]).encode()).hexdigest()

    def _one(self, student: str) -> Collected | None:
        if self.how.stop.is_set():
            return None
        self.begun.add(student)
        return _Submission(self.course, self.secret, self.how, self.original, student).collected()

    def _note(self, student: str, future: Future[Collected | None]) -> None:
        if future.cancelled():
            return
        error = future.exception()
        if error is not None:
            kind = "" if isinstance(error, JourneyError) else f"{type(error).__name__}: "
            note = Note(kind="broken", values={"why": f"{kind}{error}"[:LONGEST_SAID]})
            found = Collected(student=student, status="unreadable", key="", notes=(note,))
        else:
            done = future.result()
            if done is None or any(note.kind == "cancelled" for note in done.notes):
                return
            found = done.model_copy(update={"key": self._key(student, done.status)})
        found.save(self.course.marks)
        self.found[student] = found
        self.ended.append(found)

    def _tell(self, waiting: dict[Future[Collected | None], str]) -> None:
        running = tuple(one for one in waiting.values() if one in self.begun)
        total = len(self.course.students)
        self.how.progress(Progress(total, self.kept, tuple(self.ended), running))


@dataclass
class _Submission:
    course: Course
    secret: bytes | None
    how: Collecting
    original: NotebookNode
    student: str

    def collected(self) -> Collected:
        file = self.course.submission_of(self.student, self.how.folder)
        if file is None:
            return self._without_marks("missing", Note(kind="missing"))
        try:
            submission = read_submission(file)
        except UnreadableError as error:
            note = Note(kind="unreadable", values={"why": str(error)})
            return self._without_marks("unreadable", note)
        changed = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        return self._run(submission, file).model_copy(update={"changed_at": changed})

    def _run(self, submission: NotebookNode, file: Path) -> Collected:
        seen = tuple(self._noticed(submission, file))
        whole = restored(submission, self.original)
        for kind in ("altered", "deleted"):
            if cells := getattr(whole, kind):
                seen = (*seen, Note(kind=kind, values={"cells": ", ".join(cells)}))
        given = self.course.generated(self.student, self.secret)
        handout = (given, self._assignment)
        ran = run_submission(
            whole.notebook, self.course.kind, handout, self.how.limits, self.how.stop
        )
        self._keep(ran)
        results = mark_all(self.course.kind, ran.answers, given)
        return Collected(
            student=self.student,
            status="stopped" if stopped(ran.ended) else "marked",
            key="",
            notes=(*seen, *ran.notes),
            questions=_marked(results, ran, self.course.kind),
            seconds=round(ran.ended.seconds, 1),
            megabytes=round(ran.ended.megabytes),
            code=code_marks(submission, self.original),
        )

    def _keep(self, ran: Ran) -> None:
        folder = self.course.marks / EXECUTED
        folder.mkdir(parents=True, exist_ok=True)
        if ran.executed is not None:
            nbformat.write(ran.executed, folder / f"{self.student}.ipynb")

    def _noticed(self, submission: NotebookNode, file: Path) -> Iterator[Note]:
        """What the notebook says of itself: another exercise, another student, no change."""
        about = submission.metadata.get("cjm")
        said = about if isinstance(about, dict) else {}
        exercise, student = (str(said.get(it, ""))[:LONGEST_ID] for it in ("exercise", "student"))
        if exercise and exercise != self.course.exercise:
            yield Note(kind="other_exercise", values={"exercise": exercise})
        if student and student != self.student:
            yield Note(kind="other_student", values={"student": student})
        beside = _assigned_beside(file)
        if beside and beside != self.student:
            yield Note(kind="other_data", values={"student": beside})
        if _answered(submission) == _answered(self.original):
            yield Note(kind="untouched")

    def _without_marks(self, status: Status, note: Note) -> Collected:
        questions = tuple(
            Marked(id=one.id, points=one.points, earned=0, share=0, saw="")
            for one in self.course.kind.questions
        )
        fields = {"student": self.student, "status": status, "key": ""}
        return Collected.model_validate({**fields, "notes": (note,), "questions": questions})

    @property
    def _assignment(self) -> Assignment:
        return Assignment(
            course=self.course.course,
            exercise=self.course.exercise,
            student=self.student,
            graded=self.course.graded,
        )


def _answered(notebook: NotebookNode) -> list[str]:
    return [
        cell.source.strip()
        for cell in notebook.cells
        if cell.cell_type == "code" and part_of(cell)[0] in ("answer", "") and cell.source.strip()
    ]


def _assigned_beside(file: Path) -> str:
    """Whose data lie beside the notebook, where that can be read."""
    try:
        said = json.loads((file.parent / "assignment.json").read_bytes())
        return str(said["student"])[:LONGEST_ID]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""


def _marked(results: dict[str, Result], ran: Ran, kind: type[Exercise]) -> tuple[Marked, ...]:
    telling = {one.id: one.kind in ("map", "numbers", "text") for one in kind.questions}
    return tuple(
        Marked(
            id=id_,
            points=one.points,
            earned=one.earned,
            share=one.mark.share,
            saw=one.mark.saw,
            matters=one.mark.matters,
            misconception=one.mark.misconception,
            answer=_hashed(ran.answers.get(id_)) if telling[id_] else None,
        )
        for id_, one in results.items()
    )


def _hashed(answer: Answer | Unfit) -> str | None:
    match answer:
        case None | Unfit():
            return None
        case JourneyMap():
            written = answer.canonical_text()
        case str():
            written = " ".join(answer.casefold().split())
        case _:
            written = json.dumps(answer, sort_keys=True)
    return sha256(written.encode()).hexdigest()[:16]
