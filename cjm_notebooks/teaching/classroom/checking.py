"""A learner's own check before handing in: everything run anew, and what each question says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from cjm_notebooks.errors import AuditError
from cjm_notebooks.teaching.answering import Assignment, Unfit
from cjm_notebooks.teaching.answering.handout import assignment_in
from cjm_notebooks.teaching.classroom.copies import exercise_named, learners_copy, part_of
from cjm_notebooks.teaching.classroom.limits import Limits
from cjm_notebooks.teaching.classroom.restoring import UnreadableError, read_submission, restored
from cjm_notebooks.teaching.classroom.results import Note
from cjm_notebooks.teaching.classroom.running import run_in_copy, stopped


@dataclass(frozen=True)
class Said:
    """What was said to one question, and whether there is nothing left to do."""

    question: str
    text: str
    is_right: bool


@dataclass(frozen=True)
class Checked:
    """Feedback on every question, and what was noticed on the way."""

    said: tuple[Said, ...]
    notes: tuple[Note, ...]
    graded: bool

    @property
    def is_right(self) -> bool:
        return all(one.is_right for one in self.said)


def check_notebook(file: Path, limits: Limits) -> Checked:
    """Run the notebook from top to bottom, in a copy of its folder, and listen to its checks.

    Raises  AuditError when it is no notebook of an exercise, or takes more than it may
            ParameterError when there is no such exercise
    """
    if not file.exists():
        msg = f"There is no file `{file}`. Name the notebook of your exercise."
        raise AuditError(msg)
    try:
        notebook = read_submission(file)
    except UnreadableError as error:
        msg = f"`{file}` cannot be checked. {error}"
        raise AuditError(msg) from error
    assigned = assignment_in(file.parent) or _practice(notebook, file)
    kind = exercise_named(assigned.exercise)
    copy = learners_copy(
        kind, "" if (file.parent / "assignment.json").exists() else assigned.student
    )
    whole = restored(notebook, copy)
    ran = run_in_copy(whole.notebook, kind, file.parent, limits)
    if stopped(ran.ended):
        raise AuditError(" ".join(str(note.sentence()) for note in ran.notes))
    texts = _texts(ran.executed) if ran.executed else {}
    said = tuple(
        Said(
            question.id,
            texts.get(question.id, "Nothing was said."),
            not isinstance(ran.answers.get(question.id), Unfit)
            and (assigned.graded or ": Right" in texts.get(question.id, "").partition("\n")[0]),
        )
        for question in kind.questions
    )
    return Checked(said, ran.notes, assigned.graded)


def _practice(notebook: NotebookNode, file: Path) -> Assignment:
    about = notebook.metadata.get("cjm")
    if not isinstance(about, dict) or not isinstance(about.get("exercise"), str):
        msg = f"`{file}` is no exercise. Begin one in JupyterLab, with the card `Exercise`."
        raise AuditError(msg)
    student = about.get("student", "")
    return Assignment(course="practice", exercise=about["exercise"], student=str(student))


def _texts(notebook: NotebookNode) -> dict[str, str]:
    """What the check of each question has said, as text."""
    found = {}
    for cell in notebook.cells:
        part, question = part_of(cell)
        if part == "check":
            shown = [
                output.get("text") or output.get("data", {}).get("text/plain", "")
                for output in cell.get("outputs", ())
                if output.output_type != "error"
            ]
            found[question] = "\n".join(shown).strip()
    return found
