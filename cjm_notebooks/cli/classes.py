"""The commands for a class: `cjm class start`, `check`, `collect`, `overview` and `export`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cjm_notebooks.cli.options import Language
from cjm_notebooks.cli.progress import submissions
from cjm_notebooks.cli.runs import (
    ENDED_BY_SIGNAL,
    SECONDS_PER_MINUTE,
    cancelled_by_signals,
    seconds,
)
from cjm_notebooks.cli.terminal import FINDINGS, heading, say_plainly, table
from cjm_notebooks.errors import ParameterError

if TYPE_CHECKING:
    from cjm_notebooks.teaching.classroom.course import Course
    from cjm_notebooks.teaching.classroom.limits import Limits
    from cjm_notebooks.teaching.classroom.marks import Final
    from cjm_notebooks.teaching.classroom.results import Collected

MOST_SHOWN = 10
MINUTES = 2.0
MEGABYTES = 2_000

app = typer.Typer(
    name="class",
    help="Hand an exercise out to a class, collect it, mark it and see how the class did.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)

ExerciseId = Annotated[str, typer.Argument(metavar="EXERCISE", help="The id of an exercise.")]
CourseFolder = Annotated[
    Path, typer.Argument(metavar="COURSE", help="The folder of the class, made by `start`.")
]
SecretFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="The secret that data for grades are made with; if not given, COURSE.secret.",
    ),
]
Due = Annotated[
    str,
    typer.Option(
        metavar="TIME", help="What was changed later is noted as late: 2026-03-01T23:59+01:00."
    ),
]
LongestRun = Annotated[
    float, typer.Option("--time-limit", metavar="MINUTES", help="What one submission may take.")
]
MostMemory = Annotated[
    int, typer.Option("--memory", metavar="MB", help="What memory one submission may take.")
]


@app.command()
def start(
    exercise: ExerciseId,
    students: Annotated[
        Path, typer.Option(metavar="TABLE", help="A .csv file with a column `student`.")
    ],
    out: Annotated[Path, typer.Option(metavar="COURSE", help="The folder of the class.")],
    secret: SecretFile = None,
    practice: Annotated[
        bool,
        typer.Option(
            "--practice", help="No grades: learners are told at once whether they are right."
        ),
    ] = False,
    course: Annotated[
        str, typer.Option(metavar="NAME", help="If not given, the name of the folder.")
    ] = "",
    due: Due = "",
) -> None:
    """Make a folder for each student of a class: a notebook, and data of their own.

    Give each student the folder of their id below `students`. Given again, the command adds who is
    new and leaves what is there as it is.
    """
    from cjm_notebooks.teaching.classroom.course import STUDENTS, usual_secret
    from cjm_notebooks.teaching.classroom.roster import read_roster
    from cjm_notebooks.teaching.classroom.starting import Wanted, start_class

    wanted = Wanted(exercise, out, course, not practice, secret, _moment(due))
    started = start_class(wanted, read_roster(students))
    kept = f", {len(started.kept)} were there before" if started.kept else ""
    heading(f"Folders: {len(started.new)} new{kept}, in {out / STUDENTS}")
    if started.course.graded:
        say_plainly(f"The secret, which never to hand out: {secret or usual_secret(out)}")
        say_plainly("Learners are told whether an answer has the right form, not whether it holds.")
    else:
        say_plainly("For practice: learners are told at once, and no secret is needed.")


@app.command()
def check(
    notebook: Annotated[Path, typer.Argument(metavar="NOTEBOOK", help="A learner's notebook.")],
    time_limit: LongestRun = MINUTES,
    memory: MostMemory = MEGABYTES,
) -> None:
    """Run a learner's notebook from top to bottom and show what each question says to it.

    Exits with 1 while a question is not right, or for graded work not answered.
    """
    from cjm_notebooks.teaching.classroom.checking import check_notebook

    checked = check_notebook(notebook, _limits(time_limit, memory))
    for one in checked.said:
        heading(one.question)
        say_plainly(one.text)
    for note in checked.notes:
        say_plainly(str(note.sentence()))
    if not checked.is_right:
        raise typer.Exit(FINDINGS)


@app.command()
def collect(
    course: CourseFolder,
    secret: SecretFile = None,
    submissions_from: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FOLDER",
            help="Where submissions are: ID/NOTEBOOK or ID.ipynb; if not given, COURSE/submitted, "
            "or else the folders that were handed out.",
        ),
    ] = None,
    due: Due = "",
    at_once: Annotated[
        int | None,
        typer.Option(metavar="NUMBER", help="So many side by side; if not given, as many as fit."),
    ] = None,
    time_limit: LongestRun = MINUTES,
    memory: MostMemory = MEGABYTES,
    language: Language = "en",
) -> None:
    """Run and mark what a class has handed in, each submission on its own and within limits.

    COURSE/marks then holds marks.csv, results.json, a page for each student and one over all. What
    has not changed since it was marked is not run again. Points in by_hand.csv count instead of
    those counted.
    """
    from cjm_notebooks.teaching.classroom import collecting, walls
    from cjm_notebooks.teaching.classroom.course import read_course

    found = read_course(course)
    if due:
        found = found.model_copy(update={"due": _moment(due)})
        found.save()
    secret_bytes = found.secret(secret)
    stop = Event()
    with cancelled_by_signals(stop.set) as signals, submissions() as progress:
        limits = _limits(time_limit, memory)
        how = collecting.Collecting(submissions_from, limits, at_once, progress, stop)
        collected = collecting.collect(found, secret_bytes, how)
    _leave(found, collected, language)
    if not walls.can_be_built():
        say_plainly("On this machine nothing keeps a submission from reading your other files.")
    if signals:
        raise typer.Exit(ENDED_BY_SIGNAL + signals[0])


@app.command()
def overview(course: CourseFolder, language: Language = "en") -> None:
    """Show how a class did: question by question, misconceptions, who needs help, who is alike.

    Makes the pages and tables anew from what was collected, with the points of by_hand.csv.
    """
    from cjm_notebooks.teaching.classroom.course import read_course
    from cjm_notebooks.teaching.classroom.results import all_collected

    found = read_course(course)
    _leave(found, all_collected(found), language, in_full=True)


@app.command()
def export(
    exercise: ExerciseId,
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="The folder of a course there.")],
    to: Annotated[
        Literal["nbgrader"], typer.Option(metavar="FORMAT", help="The format: nbgrader.")
    ] = "nbgrader",
) -> None:
    """Write an exercise for a course of nbgrader, with hidden tests that give partial credit."""
    from cjm_notebooks.teaching.classroom import nbgrader

    folder = nbgrader.export(exercise, out)
    say_plainly(f"{folder}: now `nbgrader generate_assignment {exercise}` in {out}.")


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError as cause:
        msg = f"`--due` is `{text}`. Write a time such as 2026-03-01T23:59+01:00."
        raise ParameterError(msg) from cause


def _limits(minutes: float, megabytes: int) -> Limits:
    from cjm_notebooks.teaching.classroom.limits import Limits

    if megabytes <= 0:
        msg = f"`--memory` is {megabytes}. Give a number of MB above 0."
        raise ParameterError(msg)
    return Limits(seconds(minutes) or SECONDS_PER_MINUTE, megabytes)


def _leave(course: Course, collected: list[Collected], code: str, *, in_full: bool = False) -> None:
    from cjm_notebooks.language import language
    from cjm_notebooks.teaching.classroom.marks import finals, write_marks
    from cjm_notebooks.teaching.classroom.pages import write_pages

    marks = finals(course, collected)
    written = write_marks(course, marks, language(code))
    page = write_pages(course, marks, language(code))
    if in_full:
        _show(course, marks)
    marked = sum(one.collected.status == "marked" for one in marks)
    heading(f"Marked: {marked} of {len(course.students)}")
    others = [one for one in marks if one.collected.status != "marked"]
    if others:
        rows = [
            [one.student, one.collected.status, str(one.notes[-1].sentence()) if one.notes else ""]
            for one in others[:MOST_SHOWN]
        ]
        table(["student", "status", "why"], rows)
    if len(others) > MOST_SHOWN:
        say_plainly(f"... and {len(others) - MOST_SHOWN} more on the page.")
    heading(f"The page: {page}")
    say_plainly(f"          {written}")


def _show(course: Course, marks: list[Final]) -> None:
    from cjm_notebooks.teaching.classroom.pages import Overview

    shown = Overview(course, marks)
    counts = [
        [one.question.id, f"{one.mean:.0%}", *map(str, (one.none, one.some, one.most, one.all))]
        for one in shown.questions
    ]
    table([">question", ">mean", ">nothing", ">under half", ">half or more", ">all"], counts)
    if shown.traps:
        heading("Misconceptions")
        rows = [[one.name, str(len(one.students)), ", ".join(one.students)] for one in shown.traps]
        table(["misconception", ">students", "who"], rows)
    if shown.first_to_help:
        heading("Who needs help first")
        first = shown.first_to_help[:MOST_SHOWN]
        table(["student", ">points"], [[one.student, f"{one.total:g}"] for one in first])
    if shown.alike:
        heading("Alike, for you to judge")
        pairs = [
            [one.first, one.second, ", ".join(one.answers), f"{one.code:.0%}"]
            for one in shown.alike[:MOST_SHOWN]
        ]
        table(["one", "other", "equal answers", ">code in common"], pairs)
