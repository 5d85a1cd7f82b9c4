"""A class of thirty collected and marked on this machine's cores: time and memory.

    python -m benchmarks.classroom

Of every ten submissions three are the solution, three answer half of the questions, one is
untouched, one has altered checks, one never ends and one takes all memory it can get.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbformat import NotebookNode

from benchmarks.batches import Taken, taken
from benchmarks.results import table, write_section
from cjm_notebooks.audits.batches.executors import kernels_at_once
from cjm_notebooks.language import language
from cjm_notebooks.teaching.classroom.collecting import Collecting, collect
from cjm_notebooks.teaching.classroom.copies import part_of, solution_of
from cjm_notebooks.teaching.classroom.course import Course
from cjm_notebooks.teaching.classroom.limits import Limits
from cjm_notebooks.teaching.classroom.marks import finals, write_marks
from cjm_notebooks.teaching.classroom.pages import write_pages
from cjm_notebooks.teaching.classroom.starting import Wanted, start_class

HEADING = "A class collected"
ENDLESS = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
HOG = "taken = []\nwhile True:\n    taken.append(bytearray(b'x' * 50_000_000))"
TENTH = (
    *("right", "right", "right", "half", "half", "half"),
    *("untouched", "altered", "endless", "memory"),
)


def fill(course: Course, student: str, how: str) -> None:
    file = course.folder / "students" / student / course.notebook_name
    notebook = nbformat.read(file, as_version=4)
    if how != "untouched":
        _solve(course, notebook, 2 if how == "half" else 1)
    if how in ("endless", "memory"):
        _answers(notebook)[-1].source = ENDLESS if how == "endless" else HOG
    if how == "altered":
        for cell in notebook.cells:
            if part_of(cell)[0] == "check":
                cell.source = "print('Right')"
    nbformat.write(notebook, file)


def _solve(course: Course, notebook: NotebookNode, every: int) -> None:
    solved = _answers(solution_of(course.kind))
    own = _answers(notebook)
    for cell, right in list(zip(own, solved, strict=True))[: len(own) // every]:
        cell.source = right.source


def _answers(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if part_of(cell)[0] == "answer"]


def started(exercise: str, folder: Path, number: int) -> tuple[Course, dict[str, str]]:
    hows = {f"s{at:02}": TENTH[at % len(TENTH)] for at in range(number)}
    course = start_class(Wanted(exercise, folder / "class"), hows).course
    for student, how in hows.items():
        fill(course, student, how)
    return course, hows


def collecting(course: Course, limits: Limits) -> Callable[[], None]:
    def work() -> None:
        found = finals(course, collect(course, course.secret(None), Collecting(limits=limits)))
        write_marks(course, found, language("en"))
        write_pages(course, found, language("en"))

    return work


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--exercise", default="touchpoint-inventory")
    parser.add_argument("--students", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=90)
    parser.add_argument("--megabytes", type=int, default=1_000)
    asked = parser.parse_args()
    limits = Limits(asked.seconds, asked.megabytes)
    with TemporaryDirectory() as folder:
        with taken() as starting:
            course, hows = started(asked.exercise, Path(folder), asked.students)
        work = collecting(course, limits)
        with taken() as first:
            work()
        with taken() as again:
            work()
        body = _told(course, hows, {"start": starting, "collect": first, "collect again": again})
    print(body)
    intro = (
        f"{asked.students} submissions of the exercise `{asked.exercise}`, "
        f"{kernels_at_once(asked.megabytes / 2)} at once, each within {asked.seconds:g} seconds "
        f"and {asked.megabytes:,} MB. The peak is the memory of the program and all that it runs."
    )
    write_section(HEADING, f"{intro}\n\n{body}")


def _told(course: Course, hows: dict[str, str], times: dict[str, Taken]) -> str:
    from cjm_notebooks.teaching.classroom.results import all_collected

    collected = {one.student: one for one in all_collected(course)}
    steps = [
        [name, f"{one.wall:.1f}", f"{one.cpu:.1f}", f"{one.megabytes:.0f}"]
        for name, one in times.items()
    ]
    kinds = []
    for how, number in Counter(hows.values()).items():
        of_kind = [collected[student] for student in hows if hows[student] == how]
        points = sorted({f"{one.earned:g}" for one in of_kind})
        seconds = sum(one.seconds for one in of_kind) / number
        statuses = ", ".join(sorted({one.status for one in of_kind}))
        most = max(one.megabytes for one in of_kind)
        kinds.append([how, number, statuses, ", ".join(points), f"{seconds:.1f}", f"{most:.0f}"])
    columns = ["submission", "number", "status", "points", "mean seconds", "most MB"]
    return "\n\n".join(
        [table(["step", "wall s", "CPU s", "peak MB"], steps), table(columns, kinds)]
    )


if __name__ == "__main__":
    main()
