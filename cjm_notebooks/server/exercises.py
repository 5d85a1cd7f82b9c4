"""Routes that list the exercises there are, and begin one for practice."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.services.contents.filemanager import FileContentsManager

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.server import bodies
from cjm_notebooks.server.files import Contents, folder_at, within
from cjm_notebooks.server.routes import Answer, Route, WritingRoute
from cjm_notebooks.teaching.classroom.copies import (
    exercise_named,
    exercises,
    file_name,
    learners_copy,
)
from cjm_notebooks.teaching.classroom.roster import why_not


class ExercisesRoute(Route[bodies.Nothing]):
    """What each teaches, and how long it takes."""

    body = bodies.Nothing

    async def answer(self, told: bodies.Nothing) -> Answer:
        return {"exercises": await asyncio.to_thread(_exercises)}


class BeginExerciseRoute(WritingRoute[bodies.BeginExercise]):
    """Puts a learner's notebook into a folder, beside what is there already."""

    body = bodies.BeginExercise

    async def answer(self, told: bodies.BeginExercise) -> Answer:
        contents: Contents = self.contents_manager
        student = told.student.strip()
        if student and (why := why_not(student)) is not None:
            msg = f"The student id {why}"
            raise ParameterError(msg)
        folder = within(told.folder) if told.folder.strip("/") else ""
        if folder and isinstance(contents, FileContentsManager):
            folder_at(contents, folder)
        copy = await asyncio.to_thread(_copy, told.exercise, student)
        free = await ensure_async(contents.increment_filename(file_name(told.exercise), folder))
        path = f"{folder}/{free}".lstrip("/")
        await ensure_async(contents.save({"type": "notebook", "content": copy}, path))
        return {"path": path}


def _copy(exercise: str, student: str) -> object:
    """As JSON would bring it, for a manager that keeps files elsewhere."""
    return json.loads(json.dumps(learners_copy(exercise_named(exercise), student)))


def _exercises() -> list[Answer]:
    return [
        {
            "id": id_,
            "title": kind.title,
            "about": kind.about,
            "minutes": sum(minutes for minutes, _ in kind.time_plan),
        }
        for id_, kind in exercises().items()
    ]


EXERCISES: dict[str, Any] = {"exercises": ExercisesRoute, "begin-exercise": BeginExerciseRoute}
