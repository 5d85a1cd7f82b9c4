"""One submission, run where it can harm no other: a folder of its own, a program of its own."""

from __future__ import annotations

import json
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

import nbformat
from nbformat import NotebookNode

from cjm_notebooks.teaching.answering import Assignment, Unfit, answers_from, write_handout
from cjm_notebooks.teaching.classroom import sitting
from cjm_notebooks.teaching.classroom.limits import Ended, Limits, run_within
from cjm_notebooks.teaching.classroom.restoring import UnreadableError, read_submission
from cjm_notebooks.teaching.classroom.results import Note
from cjm_notebooks.teaching.exercises import Answer, Exercise
from cjm_notebooks.teaching.generators import Generated

ANSWERS = "answers.json"
MOST_BYTES = 5_000_000
MOST_COPIED_BYTES = 200_000_000
LONGEST_NAME = 60
INTERRUPTED = "KeyboardInterrupt"
NO_ANSWER = "The notebook ended before it handed in any answer."


@dataclass(frozen=True)
class Ran:
    """What was answered, what was noticed on the way, and the notebook with its outputs."""

    answers: dict[str, Answer | Unfit]
    notes: tuple[Note, ...]
    ended: Ended
    executed: NotebookNode | None


def run_submission(
    notebook: NotebookNode,
    kind: type[Exercise],
    handout: tuple[Generated, Assignment],
    limits: Limits,
    stop: Event | None = None,
) -> Ran:
    """Run a notebook beside the data of that handout; nothing else is within its reach."""
    return _run(notebook, kind, lambda desk: write_handout(desk, *handout), limits, stop)


def run_in_copy(notebook: NotebookNode, kind: type[Exercise], folder: Path, limits: Limits) -> Ran:
    """Run a notebook beside copies of the small files in `folder`, which stays as it is."""

    def lay(desk: Path) -> None:
        desk.mkdir()
        for file in folder.iterdir():
            if file.is_file() and file.stat().st_size <= MOST_COPIED_BYTES:
                shutil.copy(file, desk)

    return _run(notebook, kind, lay, limits, None)


def _run(
    notebook: NotebookNode,
    kind: type[Exercise],
    lay: Callable[[Path], None],
    limits: Limits,
    stop: Event | None,
) -> Ran:
    with TemporaryDirectory(prefix="cjm-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        (folder / sitting.SOCKETS).mkdir()
        lay(folder / sitting.DESK)
        nbformat.write(notebook, folder / sitting.NOTEBOOK)
        module = sitting.__name__
        command = [sys.executable, "-m", module, name, str(limits.seconds), str(limits.megabytes)]
        ended = run_within(limits, command, folder, stop)
        executed = _executed(folder / sitting.EXECUTED)
        answers = _answers(folder / sitting.DESK / ANSWERS, kind)
    notes = tuple(_notes(limits, ended, executed))
    if answers is None and not stopped(ended):
        notes = (*notes, Note(kind="not_handed_in"))
    if answers is None:
        answers = {question.id: Unfit(NO_ANSWER) for question in kind.questions}
    return Ran(answers, notes, ended, executed)


def stopped(ended: Ended) -> bool:
    return ended.why is not None or ended.code != 0


def _notes(limits: Limits, ended: Ended, executed: NotebookNode | None) -> Iterator[Note]:
    values = {"seconds": limits.seconds, "megabytes": limits.megabytes}
    if ended.why is not None:
        yield Note(kind=ended.why, values={**values, "processes": limits.processes})
    elif ended.code != 0:
        yield Note(kind="died")
    for number, cell in enumerate(executed.cells if executed else (), start=1):
        for output in cell.get("outputs", ()):
            if output.output_type != "error":
                continue
            name = str(output.get("ename", ""))[:LONGEST_NAME]
            if name == INTERRUPTED:
                yield Note(kind="slow_cell", values={"cell": number, "seconds": limits.seconds / 2})
            else:
                yield Note(kind="failed_cell", values={"cell": number, "error": name})


def _executed(file: Path) -> NotebookNode | None:
    try:
        return read_submission(file)
    except UnreadableError:
        return None


def _answers(file: Path, kind: type[Exercise]) -> dict[str, Answer | Unfit] | None:
    """None where no file was left that it is safe to read."""
    try:
        found = file.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > MOST_BYTES:
            return None
        json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return answers_from(file, kind)
