"""A batch as it lies in its folder: what was planned, and how each of its runs stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from cjm_notebooks.audits.batches.journal import Entry, entries_in
from cjm_notebooks.audits.batches.plan import Plan, Planned
from cjm_notebooks.audits.running.record import Record, Status, record_in
from cjm_notebooks.audits.templates import described
from cjm_notebooks.errors import AuditError
from cjm_notebooks.maps.files import write_text

FILE = "batch.json"


class _Fixed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class InPlan(_Fixed):
    """One run as its row asked for it; `own` is what the row says and the others may not."""

    name: str
    key: str
    own: dict[str, str]


class Contents(_Fixed):
    """The file `batch.json`: what the batch is to run, in the order of its table."""

    schema_version: Literal["1.0"] = "1.0"
    template: str
    title: str
    runs: tuple[InPlan, ...]


@dataclass(frozen=True)
class Standing:
    """How one run of a batch stands; without a record it was never begun."""

    planned: InPlan
    entry: Entry | None
    record: Record | None

    @property
    def status(self) -> Status:
        if self.entry is not None:
            return self.entry.status
        if self.record is not None and not self.record.is_over:
            return "running"
        return "waiting"

    @property
    def error(self) -> str | None:
        return self.entry.error if self.entry else None


@dataclass(frozen=True)
class Batch:
    """A batch and how far it is."""

    folder: Path
    contents: Contents

    @classmethod
    def begun(cls, plan: Plan) -> Self:
        """The batch of that plan, written into its folder.

        Raises  AuditError when the folder cannot be written
        """
        runs = tuple(InPlan(name=one.name, key=one.key, own=dict(one.own)) for one in plan.runs)
        batch = cls(
            plan.out,
            Contents(template=plan.template.stem, title=described(plan.template).title, runs=runs),
        )
        try:
            plan.out.mkdir(parents=True, exist_ok=True)
            write_text(plan.out / FILE, batch.contents.model_dump_json(indent=2) + "\n")
        except (OSError, ValueError) as cause:
            msg = f"`{plan.out}` cannot be written. Check the folder and its permissions."
            raise AuditError(msg) from cause
        return batch

    @classmethod
    def read(cls, folder: str | Path) -> Self:
        """Raises  AuditError when no batch lies there"""
        try:
            text = (Path(folder) / FILE).read_bytes()
            return cls(Path(folder), Contents.model_validate_json(text))
        except (OSError, ValidationError) as cause:
            msg = f"There is no batch in `{folder}`. Give the folder that `cjm batch` wrote into."
            raise AuditError(msg) from cause

    def standings(self) -> tuple[Standing, ...]:
        """One for each run, in the order of the table; what other plans have left does not count.

        A run counts as done only as long as its page is there.
        """
        entries = entries_in(self.folder)
        return tuple(self._standing(one, entries.get(one.name)) for one in self.contents.runs)

    def left_to_do(self, plan: Plan) -> list[Planned]:
        """The runs that have not come to their end on what they would read now."""
        done = {one.planned.name for one in self.standings() if one.status == "done"}
        return [one for one in plan.runs if one.name not in done]

    def _standing(self, planned: InPlan, entry: Entry | None) -> Standing:
        record = record_in(self.folder / planned.name)
        if entry is None or entry.key != planned.key:
            return Standing(planned, None, None if record is None or record.is_over else record)
        if entry.status == "done":
            is_there = record is not None and record.status == "done" and record.files.page
            if record is None or not is_there or not record.path("page").is_file():
                return Standing(planned, None, None)
        return Standing(planned, entry, record)
