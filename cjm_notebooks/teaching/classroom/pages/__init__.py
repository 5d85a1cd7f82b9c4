"""The pages of a class: one for each student, and one over all of them.

Each is a file that asks nobody for anything and runs no script. Whatever a learner wrote is text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cjm_notebooks.audits import page
from cjm_notebooks.audits.markup import markup
from cjm_notebooks.errors import AuditError, MapError
from cjm_notebooks.language import N_, Language
from cjm_notebooks.maps.files import write_text
from cjm_notebooks.teaching.classroom.course import Course
from cjm_notebooks.teaching.classroom.likeness import Alike, alike
from cjm_notebooks.teaching.classroom.marks import Final
from cjm_notebooks.teaching.classroom.results import STATUSES, Marked
from cjm_notebooks.teaching.exercises import Question

FOLDER, OVERVIEW = "pages", "overview.html"
HELP_BELOW = 0.5


@dataclass(frozen=True)
class OfQuestion:
    """How a class did in one question: how many earned nothing, under half, more, and all."""

    question: Question
    none: int
    some: int
    most: int
    all: int
    mean: float


@dataclass(frozen=True)
class Trap:
    """A misconception, the questions it was seen in and who fell into it."""

    name: str
    questions: tuple[str, ...]
    students: tuple[str, ...]


@dataclass(frozen=True)
class Overview:
    """A class at a glance."""

    course: Course
    marks: Sequence[Final]

    @cached_property
    def handed_in(self) -> list[Final]:
        return [one for one in self.marks if one.collected.status != "missing"]

    @cached_property
    def questions(self) -> list[OfQuestion]:
        return [self._of(question) for question in self.course.kind.questions]

    @cached_property
    def traps(self) -> list[Trap]:
        """The misconceptions, the most frequent first."""
        found: dict[str, list[tuple[str, str]]] = {}
        for one in self.handed_in:
            for it in one.collected.questions:
                if it.misconception:
                    found.setdefault(it.misconception, []).append((it.id, one.student))
        traps = [Trap(name, *map(_once, zip(*seen, strict=True))) for name, seen in found.items()]
        return sorted(traps, key=lambda trap: (-len(trap.students), trap.name))

    @cached_property
    def first_to_help(self) -> list[Final]:
        """Who handed in and earned less than half, the least first."""
        below = [one for one in self.handed_in if one.share < HELP_BELOW]
        return sorted(below, key=lambda one: (one.share, one.student))

    @cached_property
    def missing(self) -> list[str]:
        return [one.student for one in self.marks if one.collected.status == "missing"]

    @cached_property
    def alike(self) -> list[Alike]:
        return alike([one.collected for one in self.handed_in])

    def _of(self, question: Question) -> OfQuestion:
        shares = [
            one.earned(it) / it.points
            for one in self.handed_in
            for it in one.collected.questions
            if it.id == question.id and it.points
        ]
        counts = Counter(_step(share) for share in shares)
        mean = sum(shares) / len(shares) if shares else 0.0
        return OfQuestion(question, counts[0], counts[1], counts[2], counts[3], mean)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _step(share: float) -> int:
    if share <= 0:
        return 0
    if share >= 1:
        return 3
    return 1 if share < HELP_BELOW else 2


def write_pages(course: Course, marks: Sequence[Final], language: Language) -> Path:
    """Write a page for each student, and the overview. Returns the overview.

    Raises  AuditError when they cannot be written
    """
    overview = Overview(course, marks)
    pages = _Pages(course, language)
    folder = course.marks / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one in marks:
            write_text(folder / f"{one.student}.html", pages.student(one))
        write_text(course.marks / OVERVIEW, pages.overview(overview))
    except (MapError, OSError) as cause:
        msg = f"`{folder}` cannot be written: {cause}"
        raise AuditError(msg) from cause
    return course.marks / OVERVIEW


class _Pages:
    def __init__(self, course: Course, language: Language) -> None:
        self.course, self.language = course, language
        environment = markup("cjm_notebooks.teaching.classroom", "pages", language)
        environment.globals.update(
            number=lambda value: language.number(value, "days"),
            percent=lambda value: language.number(value, "whole_percent"),
            style=(page.HERE / "page.css").read_text("utf-8"),
            language=language.code,
            course=course,
            asks={question.id: question.asks for question in course.kind.questions},
            statuses=STATUSES,
            address=lambda student: f"{FOLDER}/{quote(student)}.html",
        )
        self.environment = environment

    def student(self, final: Final) -> str:
        return self._page("student", final=final, state=_state)

    def overview(self, overview: Overview) -> str:
        return self._page("overview", overview=overview)

    def _page(self, name: str, **shown: Any) -> str:
        return self.environment.get_template(f"{name}.html.j2").render(**shown)


def _state(final: Final, question: Marked) -> tuple[str, str]:
    """How a question came out, as a word and the class that colours it."""
    share = final.earned(question) / question.points if question.points else 0.0
    return _STATES[_step(share)]


_STATES: Mapping[int, tuple[str, str]] = {
    0: (N_("Not yet"), "fail"),
    1: (N_("Partly right"), "warn"),
    2: (N_("Partly right"), "warn"),
    3: (N_("Right"), "pass"),
}
