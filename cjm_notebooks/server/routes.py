"""The routes: each is told something as JSON and answers with JSON."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from datetime import UTC, datetime
from typing import Any, ClassVar, Generic, TypeVar

from jupyter_core.utils import ensure_async
from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from jupyter_server.extension.handler import ExtensionHandlerMixin
from pydantic import ValidationError
from tornado.web import HTTPError, authenticated

from cjm_notebooks.errors import JourneyError, MapError, TooManyError
from cjm_notebooks.maps import JourneyMap, MeasuredMap
from cjm_notebooks.maps.journey_map import FILE_ENDING, PRESETS
from cjm_notebooks.server import bodies, exporting, inspecting, tables
from cjm_notebooks.server.files import Contents, beside, file_at, last_change, text_at, within

B = TypeVar("B", bound=bodies.Body)
Answer = dict[str, Any]
AUTH_RESOURCE = "contents"


class Route(ExtensionHandlerMixin, APIHandler, Generic[B]):
    """What every route does: who asks may ask, the body is of its shape, errors say what to do."""

    auth_resource = AUTH_RESOURCE
    body: ClassVar[type[bodies.Body]]

    @authenticated
    @authorized("read", resource=AUTH_RESOURCE)  # type: ignore[untyped-decorator]
    async def post(self) -> None:
        await self.respond()

    async def respond(self) -> None:
        try:
            self.finish(json.dumps(await self.answer(self._told())))
        except JourneyError as error:
            raise HTTPError(status_of(error), log_message=str(error).replace("%", "%%")) from error

    async def answer(self, told: B) -> Answer:
        raise NotImplementedError

    def _told(self) -> B:
        if len(self.request.body) > bodies.LONGEST_TEXT:
            msg = f"A request may hold {bodies.LONGEST_TEXT} bytes. Make the map smaller."
            raise HTTPError(413, log_message=msg)
        try:
            return self.body.model_validate_json(self.request.body)  # type: ignore[return-value]
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False, include_context=False)[0]
            place = ".".join(str(step) for step in first["loc"]) or "the body"
            msg = f"The request does not fit at `{place}`: {first['msg']}."
            raise HTTPError(400, log_message=msg.replace("%", "%%")) from error


def status_of(error: JourneyError) -> int:
    return 429 if isinstance(error, TooManyError) else 422


class WritingRoute(Route[B]):
    """A route that leaves a file."""

    @authenticated
    @authorized("write", resource=AUTH_RESOURCE)  # type: ignore[untyped-decorator]
    async def post(self) -> None:
        await self.respond()


class LintRoute(Route[bodies.OfText]):
    body = bodies.OfText

    async def answer(self, told: bodies.OfText) -> Answer:
        return await asyncio.to_thread(inspecting.inspection, told.text, datetime.now(UTC))


class MeasuredRoute(Route[bodies.OfFile]):
    """The numbers beside a map, `NAME.measured.json`."""

    body = bodies.OfFile

    async def answer(self, told: bodies.OfFile) -> Answer:
        text = await text_at(self.contents_manager, beside(told.path))
        if text is None:
            return {"measured": None, "unread": None}
        try:
            measured = await asyncio.to_thread(MeasuredMap.from_text, text, beside(told.path))
        except MapError as error:
            return {"measured": None, "unread": str(error)}
        return {"measured": measured.fields(), "unread": None}


class ChangesRoute(Route[bodies.OfFile]):
    """When a map and the numbers beside it were changed last."""

    body = bodies.OfFile

    async def answer(self, told: bodies.OfFile) -> Answer:
        return {
            "map": await last_change(self.contents_manager, told.path),
            "measured": await last_change(self.contents_manager, beside(told.path)),
        }


class ExportRoute(Route[bodies.Export]):
    body = bodies.Export

    async def answer(self, told: bodies.Export) -> Answer:
        measured = await text_at(self.contents_manager, beside(told.path))
        content = await asyncio.to_thread(exporting.exported, told.text, measured, told.format)
        return {"content": b64encode(content).decode()}


class ColumnsRoute(Route[bodies.OfFile]):
    body = bodies.OfFile

    async def answer(self, told: bodies.OfFile) -> Answer:
        file = file_at(self.contents_manager, told.path)
        return await asyncio.to_thread(tables.first_rows, file)


class DraftRoute(WritingRoute[bodies.Draft]):
    """Writes a map beside the file of events that it is drafted from."""

    body = bodies.Draft

    async def answer(self, told: bodies.Draft) -> Answer:
        contents: Contents = self.contents_manager
        journey_map = await asyncio.to_thread(tables.drafted, file_at(contents, told.path), told)
        folder, _, file = within(told.path).rpartition("/")
        name = f"{file.partition('.')[0]}{FILE_ENDING}"
        free = await ensure_async(contents.increment_filename(name, folder))
        path = f"{folder}/{free}".lstrip("/")
        text = journey_map.canonical_text()
        model = {"type": "file", "format": "text", "content": text}
        await ensure_async(contents.save(model, path))
        return {"path": path}


class PresetsRoute(Route[bodies.Nothing]):
    body = bodies.Nothing

    async def answer(self, told: bodies.Nothing) -> Answer:
        return {"presets": await asyncio.to_thread(_presets)}


class PresetRoute(Route[bodies.Preset]):
    """The text of a new map with the stages of a preset."""

    body = bodies.Preset

    async def answer(self, told: bodies.Preset) -> Answer:
        return {"text": JourneyMap.preset(told.id, told.name).canonical_text()}


def _presets() -> list[Answer]:
    found = []
    for file in sorted(PRESETS.glob(f"*{FILE_ENDING}")):
        preset = JourneyMap.load(file)
        stages = [stage.name for stage in preset.stages]
        found.append(
            {"id": file.name.removesuffix(FILE_ENDING), "name": preset.name, "stages": stages}
        )
    return found


ROUTES = {
    "lint": LintRoute,
    "measured": MeasuredRoute,
    "changes": ChangesRoute,
    "export": ExportRoute,
    "columns": ColumnsRoute,
    "draft": DraftRoute,
    "presets": PresetsRoute,
    "preset": PresetRoute,
}
