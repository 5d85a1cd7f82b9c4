"""Routes that list templates, check what is asked of one, and start, watch and end runs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from jupyter_server.auth.decorator import authorized
from tornado.iostream import StreamClosedError
from tornado.web import authenticated

from cjm_notebooks.audits.calls import calls_of
from cjm_notebooks.audits.running.order import ordered
from cjm_notebooks.audits.running.record import FILE, Record, record_in
from cjm_notebooks.audits.templates import template_named, templates_in
from cjm_notebooks.server import bodies
from cjm_notebooks.server.files import folder_at
from cjm_notebooks.server.routes import Answer, B, Route
from cjm_notebooks.server.runs.asking import asked
from cjm_notebooks.server.runs.supervisor import Supervisor
from cjm_notebooks.server.runs.telling import beside, told

LOOKS_EVERY_SECONDS = 0.3
SIGN_OF_LIFE_SECONDS = 15.0
MOST_LISTED = 200


class Seen(NamedTuple):
    """A record, and when its file was changed."""

    changed: int
    record: Record


class OfRuns(Route[B]):
    """What the routes of runs know of the server."""

    @property
    def supervisor(self) -> Supervisor:
        found: Supervisor = self.settings["cjm_supervisor"]
        return found

    @property
    def template_folders(self) -> tuple[Path, ...]:
        found: tuple[Path, ...] = self.settings["cjm_template_folders"]
        return found

    @property
    def root(self) -> Path:
        return Path(self.contents_manager.root_dir).resolve()

    def told_of(self, record: Record) -> Answer:
        """The record, with its files as the file browser names them."""
        return told(record, self.root, self.template_folders)


class RunningRoute(OfRuns[B]):
    """A route that executes code: whoever may not do so in a kernel may not do so here."""

    @authenticated
    @authorized("execute", resource="kernels")  # type: ignore[untyped-decorator]
    async def post(self) -> None:
        await self.respond()


class TemplatesRoute(OfRuns[bodies.Nothing]):
    body = bodies.Nothing

    async def answer(self, told: bodies.Nothing) -> Answer:
        found = await asyncio.to_thread(templates_in, self.template_folders)
        return {"templates": [template.model_dump(mode="json") for template in found]}


class CheckRoute(OfRuns[bodies.Asked]):
    """What is wrong with which parameter, without running anything."""

    body = bodies.Asked

    async def answer(self, told: bodies.Asked) -> Answer:
        template = template_named(told.template, self.template_folders)
        _, problems = await asyncio.to_thread(
            asked, self.contents_manager, template, told.parameters
        )
        return {"problems": problems}


class StartRoute(RunningRoute[bodies.Asked]):
    """Starts a run, or says which parameter keeps it from starting."""

    body = bodies.Asked

    async def answer(self, told: bodies.Asked) -> Answer:
        template = template_named(told.template, self.template_folders)
        given, problems = await asyncio.to_thread(
            asked, self.contents_manager, template, told.parameters
        )
        if problems:
            return {"problems": problems, "run": None}
        name = told.name or template.stem
        self.supervisor.refuse_if_full()
        folder = self.supervisor.new_folder(name, template.stem)
        order = await asyncio.to_thread(ordered, template, given, folder, template.stem)
        return {"problems": {}, "run": self.told_of(self.supervisor.start(order))}


class CodeRoute(OfRuns[bodies.Code]):
    """The calls behind a run, for a notebook in `folder`."""

    body = bodies.Code

    async def answer(self, told: bodies.Code) -> Answer:
        return await asyncio.to_thread(self._code, told)

    def _code(self, told: bodies.Code) -> Answer:
        template = template_named(told.template, self.template_folders)
        given, problems = asked(self.contents_manager, template, told.parameters)
        if problems:
            return {"problems": problems, "code": None}
        folder = folder_at(self.contents_manager, told.folder) if told.folder else self.root
        return {"problems": {}, "code": calls_of(template, beside(template, given, folder))}


class RunsRoute(OfRuns[bodies.Nothing]):
    """The runs, the newest first."""

    body = bodies.Nothing

    async def answer(self, told: bodies.Nothing) -> Answer:
        found = await asyncio.to_thread(self.supervisor.records)
        return {"runs": [self.told_of(record) for record in found[:MOST_LISTED]]}


class CancelRoute(RunningRoute[bodies.OfFile]):
    body = bodies.OfFile

    async def answer(self, told: bodies.OfFile) -> Answer:
        folder = folder_at(self.contents_manager, told.path)
        return {"run": self.told_of(self.supervisor.cancel(folder))}


class ProgressRoute(OfRuns[bodies.Nothing]):
    """A stream of server-sent events: each is the record of a run that has changed."""

    @authenticated
    @authorized("read", resource="contents")  # type: ignore[untyped-decorator]
    async def get(self) -> None:
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-cache")
        self.set_header("X-Accel-Buffering", "no")
        seen: dict[Path, Seen] = {}
        quiet = SIGN_OF_LIFE_SECONDS
        try:
            while not self.request.connection.stream.closed():  # type: ignore[union-attr]
                changed = await asyncio.to_thread(_changed, self.supervisor.folder, seen)
                quiet = 0.0 if changed else quiet + LOOKS_EVERY_SECONDS
                for record in changed:
                    self.write(f"data: {json.dumps(self.told_of(record))}\n\n")
                if quiet >= SIGN_OF_LIFE_SECONDS:
                    self.write(": \n\n")
                    quiet = 0.0
                await self.flush()
                await asyncio.sleep(LOOKS_EVERY_SECONDS)
        except StreamClosedError:
            return


def _changed(folder: Path, seen: dict[Path, Seen]) -> list[Record]:
    """The records that are not as they were seen, the newest first."""
    found = []
    for file, changed in _files(folder):
        before = seen.get(file)
        if before is not None and before.record.is_over and before.changed == changed:
            continue
        record = record_in(file.parent)
        if record is not None and (before is None or before.record != record):
            seen[file] = Seen(changed, record)
            found.append(record)
    return sorted(found, key=lambda record: record.started_at, reverse=True)[:MOST_LISTED]


def _files(folder: Path) -> Iterable[tuple[Path, int]]:
    for file in folder.glob(f"*/{FILE}"):
        try:
            yield file, file.stat().st_mtime_ns
        except OSError:
            continue


RUN_ROUTES: dict[str, Any] = {
    "templates": TemplatesRoute,
    "check": CheckRoute,
    "start": StartRoute,
    "code": CodeRoute,
    "runs": RunsRoute,
    "cancel": CancelRoute,
    "progress": ProgressRoute,
}
