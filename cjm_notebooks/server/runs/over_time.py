"""Routes that compare two runs, and keep what people decide on what a run has found."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from cjm_notebooks.audits.comparing import compare_runs, read_run
from cjm_notebooks.audits.comparing.changes import STATES
from cjm_notebooks.audits.decisions import decide_on, read_decisions
from cjm_notebooks.audits.running.record import record_in
from cjm_notebooks.errors import AuditError, ParameterError, did_you_mean
from cjm_notebooks.server import bodies
from cjm_notebooks.server.files import file_at, folder_at
from cjm_notebooks.server.routes import Answer
from cjm_notebooks.server.runs.routes import OfRuns


class CompareRoute(OfRuns[bodies.TwoRuns]):
    """What changed from one run to another, and why they may not be comparable."""

    body = bodies.TwoRuns

    async def answer(self, told: bodies.TwoRuns) -> Answer:
        folders = [folder_at(self.contents_manager, path) for path in (told.before, told.after)]
        found = await asyncio.to_thread(compare_runs, *folders)
        summary = [str(sentence) for sentence in found.in_words()]
        return {**found.fields(), "summary": summary, "states": STATES}


class DecisionsRoute(OfRuns[bodies.OfFile]):
    """What holds on the findings about the map of a run, by finding."""

    body = bodies.OfFile

    async def answer(self, told: bodies.OfFile) -> Answer:
        return await asyncio.to_thread(_decisions, self._map_of(told.path))

    def _map_of(self, run: str) -> Path:
        """The map that was audited, if it lies where this server may write."""
        record = record_in(folder_at(self.contents_manager, run))
        file = Path(str(record.parameters.get("map_file", ""))) if record else Path()
        if not file.is_absolute() or not file.is_relative_to(self.root):
            msg = "That run names no map in the folder of this server, to decide beside."
            raise AuditError(msg)
        return file_at(self.contents_manager, file.relative_to(self.root).as_posix())


class DecideRoute(DecisionsRoute):
    """Puts a decision on a finding beside the map; the next audit shows it."""

    body = bodies.Decide  # type: ignore[assignment]

    @authenticated
    @authorized("write", resource="contents")  # type: ignore[untyped-decorator]
    async def post(self) -> None:
        await self.respond()

    async def answer(self, told: bodies.Decide) -> Answer:  # type: ignore[override]
        run = folder_at(self.contents_manager, told.path)
        return await asyncio.to_thread(_decided, run, self._map_of(told.path), told)


def _decided(run: Path, map_file: Path, told: bodies.Decide) -> Answer:
    found = [finding.id for finding in read_run(run).findings.findings]
    if told.finding not in found:
        msg = f"The run has no finding `{told.finding[:80]}`. {did_you_mean(told.finding, found)}"
        raise ParameterError(msg)
    today = date.today()  # noqa: DTZ011 - the day on the wall of whoever decides
    decide_on(
        *(map_file, told.finding, told.choice, told.who),
        on=today,
        what=told.what,
        until=told.until or None,
    )
    return _decisions(map_file)


def _decisions(map_file: Path) -> Answer:
    latest = read_decisions(map_file).latest()
    told = {
        finding: one.model_dump(mode="json", exclude_defaults=True)
        for finding, one in latest.items()
    }
    return {"decisions": told}


OVER_TIME: dict[str, Any] = {
    "compare": CompareRoute,
    "decisions": DecisionsRoute,
    "decide": DecideRoute,
}
