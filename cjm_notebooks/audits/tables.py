"""The tables of an audit as a template is given them: files with named columns, or a source."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import cast

from pydantic import TypeAdapter, ValidationError

from cjm_notebooks.catalogue import entry
from cjm_notebooks.errors import ParameterError, SourceError, did_you_mean
from cjm_notebooks.events import Customers, Events, Feedback, Question, TimeUnit
from cjm_notebooks.events.files import ENDINGS
from cjm_notebooks.sources import Import, Source

QUESTIONS_LOOK_LIKE = '[{"id": "q1", "kind": "csat", "scale": [1, 5], "touchpoint": "checkout"}]'

WRITTEN_IN_JSON = ("bool", "dict", "float", "int", "list", "Mapping", "tuple")


def _asked(label: str, group: str, *, default: str = "", **more: object) -> str:
    """A parameter of templates, with what a form says about it."""
    return field(default=default, metadata={"label": label, "group": group, **more})


def _asked_for_table(label: str) -> str:
    return _asked(label, label, kind="file", suffixes=ENDINGS)


def _asked_for_column(label: str, table: str, default: str = "") -> str:
    return _asked(label, table, default=default, kind="column", of=f"{table.lower()}_file")


@dataclass(frozen=True)
class Tables:
    """What a template is told of its tables; an empty text says nothing.

    Either `source` names a source, of this kit or of the folder `project`, and `settings` its
    fields; or files are named, and their columns.
    """

    project: str = _asked("Project folder", "Source", kind="folder")
    source: str = _asked("Source", "Source")
    settings: Mapping[str, str] = field(
        default_factory=dict, metadata={"label": "Settings of the source", "group": "Source"}
    )

    events_file: str = _asked_for_table("Events")
    customer: str = _asked_for_column("Customer", "Events")
    at: str = _asked_for_column("Time", "Events")
    event: str = _asked_for_column("Event", "Events", default="event")
    sequence: str = _asked_for_column("Sequence", "Events")
    zone: str = _asked("Time zone", "Events")
    unit: str = _asked("Unit of time", "Events", choices=["", "s", "ms", "us", "ns"])
    time_format: str = _asked("How times are written", "Events")

    feedback_file: str = _asked_for_table("Feedback")
    questions_file: str = _asked("Questions", "Feedback", kind="file", suffixes=[".json"])
    score: str = _asked_for_column("Score", "Feedback")
    question: str = _asked_for_column("Question", "Feedback")
    respondent: str = _asked_for_column("Respondent", "Feedback")
    touchpoint: str = _asked_for_column("Touchpoint", "Feedback")
    answered_at: str = _asked_for_column("Time of the answer", "Feedback")
    answered_format: str = _asked("How these times are written", "Feedback")
    weight: str = _asked_for_column("Weight", "Feedback")
    comment: str = _asked_for_column("Comment", "Feedback")

    customers_file: str = _asked_for_table("Customers")
    customers_id: str = _asked_for_column("Customer", "Customers")

    def read(self) -> Import:
        """The tables, ready to be joined.

        Raises  ParameterError when a column or setting is missing or unknown
                SourceError when the questions cannot be read, and what the source raises
        """
        if not self.source:
            return Import(self._events(), self._feedback(), self._customers())
        for name in ("events_file", "feedback_file", "customers_file"):
            if getattr(self, name):
                msg = f"Give `source` or `{name}`, not both: the source reads its own files."
                raise ParameterError(msg)
        project = Path(self.project) if self.project else None
        kind = entry("sources", Source, self.source, project)
        return kind(**typed(kind, self.source, self.settings)).read()

    def _events(self) -> Events | None:
        if not self.events_file:
            return None
        return Events(
            self.events_file,
            customer=self._named("customer", "events_file"),
            at=self._named("at", "events_file"),
            event=self.event,
            sequence=self.sequence or None,
            zone=self.zone or None,
            unit=cast(TimeUnit, self.unit) if self.unit else None,
            time_format=self.time_format or None,
        )

    def _feedback(self) -> Feedback | None:
        if not self.feedback_file:
            return None
        return Feedback(
            self.feedback_file,
            score=self._named("score", "feedback_file"),
            questions=_questions(Path(self._named("questions_file", "feedback_file"))),
            question=self.question or None,
            customer=self.respondent or None,
            touchpoint=self.touchpoint or None,
            at=self.answered_at or None,
            zone=self.zone or None,
            unit=cast(TimeUnit, self.unit) if self._counts_time() else None,
            time_format=self.answered_format or None,
            weight=self.weight or None,
            comment=self.comment or None,
        )

    def _customers(self) -> Customers | None:
        if not self.customers_file:
            return None
        column = self.customers_id or self._named("customer", "customers_file")
        return Customers(self.customers_file, customer=column)

    def _counts_time(self) -> bool:
        """Whether the unit is that of the answers too: their times are there, and numbers."""
        return bool(self.unit and self.answered_at and not self.answered_format)

    def _named(self, name: str, file: str) -> str:
        value = str(getattr(self, name))
        if not value:
            msg = f"`{file}` is given without `{name}`. Say which it is."
            raise ParameterError(msg)
        return value


def _questions(file: Path) -> tuple[Question, ...]:
    try:
        return TypeAdapter(tuple[Question, ...]).validate_json(file.read_bytes())
    except OSError as cause:
        msg = f"`{file}` cannot be read: {cause.strerror}. Check the path."
        raise SourceError(msg) from cause
    except ValidationError as cause:
        first = cause.errors()[0]
        place = ".".join(str(step) for step in first["loc"]) or "the file"
        msg = (
            f"`{file.name}` does not describe questions: at {place}, {first['msg']}. "
            f"Write a list such as `{QUESTIONS_LOOK_LIKE}`."
        )
        raise SourceError(msg) from cause


def typed(kind: type[Source], source: str, settings: Mapping[str, str]) -> dict[str, object]:
    """The settings as the source's fields want them.

    Raises  ParameterError when there is no such field, or a text cannot be read as what it holds
    """
    types = {one.name: _in_words(one.type) for one in fields(kind)}  # type: ignore[arg-type]
    for name in settings:
        if name not in types:
            msg = f"The source `{source}` has no `{name}`. {did_you_mean(name, types)}"
            raise ParameterError(msg)
    return {
        name: _from_json(name, value) if types[name].startswith(WRITTEN_IN_JSON) else value
        for name, value in settings.items()
    }


def _in_words(annotation: object) -> str:
    """Annotations are texts only in a module that asks for it."""
    return annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "")


def _from_json(name: str, text: str) -> object:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as cause:
        msg = f'`{name}` is `{text[:80]}`. Write it in JSON, such as `2017`, `true` or `["a"]`.'
        raise ParameterError(msg) from cause
    return tuple(value) if isinstance(value, list) else value
