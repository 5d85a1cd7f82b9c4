"""What is kept of each submission, as JSON: its marks, what was noticed, what it is alike to."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from cjm_notebooks.errors import AuditError, MapError
from cjm_notebooks.language import N_, Sentence, Value
from cjm_notebooks.maps.files import write_text
from cjm_notebooks.teaching.classroom.course import Course

Status = Literal["marked", "missing", "stopped", "unreadable"]

FOLDER, ALL = "results", "results.json"
STATUSES: Mapping[Status, str] = {
    "marked": N_("marked"),
    "missing": N_("missing"),
    "stopped": N_("stopped"),
    "unreadable": N_("unreadable"),
}
NOTES = {
    "missing": N_("Nothing was handed in."),
    "unreadable": N_("The notebook cannot be read. {why}"),
    "late": N_("The notebook was changed last on {at}, after {due}."),
    "untouched": N_("No answer was changed since the notebook was handed out."),
    "other_exercise": N_("The notebook is of another exercise: {exercise}."),
    "other_student": N_("The notebook was handed out to {student}."),
    "other_data": N_("The data beside the notebook are those of {student}."),
    "altered": N_("Cells that check answers were altered, and put back: {cells}."),
    "deleted": N_("Cells that check answers were deleted, and put back: {cells}."),
    "time": N_("It took longer than {seconds:count} seconds and was ended."),
    "memory": N_("It took more than {megabytes:count} MB of memory and was ended."),
    "processes": N_("It started more than {processes:count} programs at once and was ended."),
    "died": N_("Python died while it ran, mostly because memory was asked for that is not given."),
    "slow_cell": N_("Cell {cell} took longer than {seconds:count} seconds and was interrupted."),
    "failed_cell": N_("Cell {cell} stopped with {error}."),
    "not_handed_in": N_("The last cell left no answers that can be read."),
    "broken": N_("It could not be collected: {why}"),
}


class _Fixed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Note(_Fixed):
    """Something a teacher wants to know, or a student is told."""

    kind: str
    values: dict[str, str | int | float] = {}

    def sentence(self) -> Sentence:
        values: dict[str, Value] = dict(self.values)
        return Sentence(NOTES[self.kind], values)


class Marked(_Fixed):
    """The mark of one question. `answer` is a hash of what was answered, None for nothing."""

    id: str
    points: int
    earned: float
    share: float
    saw: str
    matters: str = ""
    misconception: str | None = None
    answer: str | None = None


class Collected(_Fixed):
    """One student's submission. `key` changes with whatever its marks depend on."""

    student: str
    status: Status
    key: str
    notes: tuple[Note, ...] = ()
    questions: tuple[Marked, ...] = ()
    changed_at: datetime | None = None
    seconds: float = 0.0
    megabytes: float = 0.0
    code: tuple[int, ...] = ()

    @property
    def earned(self) -> float:
        return round(sum(one.earned for one in self.questions), 1)

    def save(self, marks: Path) -> None:
        """Raises  AuditError when it cannot be written"""
        try:
            (marks / FOLDER).mkdir(parents=True, exist_ok=True)
            write_text(marks / FOLDER / f"{self.student}.json", self.model_dump_json(indent=1))
        except (MapError, OSError) as cause:
            msg = f"`{marks}` cannot be written: {cause}"
            raise AuditError(msg) from cause


def collected_before(marks: Path, student: str) -> Collected | None:
    """What was kept of that student; None where nothing was, or nothing that can be read."""
    with suppress(OSError, ValidationError):
        return Collected.model_validate_json((marks / FOLDER / f"{student}.json").read_bytes())
    return None


def all_collected(course: Course) -> list[Collected]:
    """Raises  AuditError when nothing has been collected"""
    found = [collected_before(course.marks, student) for student in course.students]
    known = [one for one in found if one is not None]
    if not known:
        msg = f"Nothing of `{course.folder}` is marked yet. Run `cjm class collect` first."
        raise AuditError(msg)
    return known
