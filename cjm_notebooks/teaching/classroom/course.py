"""What the teacher's program keeps of a class: `class.json`, and where everything else lies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Literal

import nbformat
from nbformat import NotebookNode
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cjm_notebooks.errors import AuditError, MapError, ParameterError
from cjm_notebooks.maps.files import read_text, write_text
from cjm_notebooks.teaching.classroom.copies import exercise_named, file_name, hashes
from cjm_notebooks.teaching.classroom.secret import fingerprint, read_secret
from cjm_notebooks.teaching.exercises import Exercise
from cjm_notebooks.teaching.generators import Generated
from cjm_notebooks.teaching.seeds import seed_of

FILE, ORIGINAL = "class.json", "handed_out.ipynb"
STUDENTS, SUBMITTED, MARKS = "students", "submitted", "marks"
SECRET_ENDING = ".secret"


class Course(BaseModel):
    """One exercise handed out to one class. `folder` is where it lies and not part of the file.

    `locked` holds a hash of every cell that nobody may alter, and `fingerprint` tells the secret
    that graded data were made with from another one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal["1.0"] = "1.0"
    course: str
    exercise: str
    graded: bool
    students: tuple[str, ...]
    locked: dict[str, str]
    fingerprint: str | None = None
    due: datetime | None = None
    folder: Path = Field(default=Path(), exclude=True)

    @property
    def kind(self) -> type[Exercise]:
        return exercise_named(self.exercise)

    @property
    def marks(self) -> Path:
        return self.folder / MARKS

    @property
    def notebook_name(self) -> str:
        return file_name(self.exercise)

    def original(self) -> NotebookNode:
        """The notebook as it was handed out.

        Raises  AuditError when it is gone or was changed since
        """
        file = self.folder / ORIGINAL
        try:
            notebook: NotebookNode = nbformat.read(file, as_version=4)
        except (OSError, ValueError) as cause:
            msg = f"`{file}` is gone. Put it back: submissions are compared with it."
            raise AuditError(msg) from cause
        if hashes(notebook) != self.locked:
            msg = f"`{file}` is not what was handed out. Put back the one from the first day."
            raise AuditError(msg)
        return notebook

    def secret(self, file: Path | None) -> bytes | None:
        """The secret that the data were made with; None for practice.

        Raises  ParameterError when it is another one, AuditError when it cannot be read
        """
        if not self.graded:
            return None
        where = file or usual_secret(self.folder)
        secret = read_secret(where)
        if fingerprint(secret) != self.fingerprint:
            msg = f"`{where}` is not the secret that this class was started with. Name that one."
            raise ParameterError(msg)
        return secret

    def generated(self, student: str, secret: bytes | None) -> Generated:
        """That student's data with its truth: never to be written where a student can read."""
        seed = seed_of(self.course, self.exercise, student, secret)
        return self.kind.generator.generate(self.kind.customers, seed)

    def submission_of(self, student: str, folder: Path | None = None) -> Path | None:
        """The notebook that a student has handed in; None where there is none."""
        return next(self._places(student, folder or self.handed_in), None)

    @property
    def handed_in(self) -> Path:
        """`submitted` once there is such a folder; until then students work where they were given
        their files."""
        submitted = self.folder / SUBMITTED
        return submitted if submitted.is_dir() else self.folder / STUDENTS

    def _places(self, student: str, folder: Path) -> Iterator[Path]:
        single = folder / f"{student}.ipynb"
        own = folder / student
        usual = own / self.notebook_name
        for file in (usual, single, *sorted(own.glob("*.ipynb"))):
            with suppress(OSError):
                if file.is_file() or file.is_symlink():
                    yield file

    def save(self) -> None:
        """Raises  AuditError when it cannot be written"""
        try:
            write_text(self.folder / FILE, self.model_dump_json(indent=2) + "\n")
        except MapError as cause:
            raise AuditError(str(cause)) from cause


def usual_secret(folder: Path) -> Path:
    """Beside the folder of the class, so that the folder can be passed on without it."""
    whole = folder.resolve()
    return whole.with_name(whole.name + SECRET_ENDING)


def read_course(folder: Path) -> Course:
    """Raises  AuditError when the folder holds no class"""
    file = folder / FILE
    if not file.is_file():
        msg = f"There is no class in `{folder}`. Begin one with `cjm class start`."
        raise AuditError(msg)
    try:
        course = Course.model_validate_json(read_text(file))
    except (ValidationError, MapError) as cause:
        msg = f"`{file}` cannot be read. Put back a copy of it, or start the class again elsewhere."
        raise AuditError(msg) from cause
    return course.model_copy(update={"folder": folder})
