"""The Python that reads a table as its layout says: made here, or written out to be pasted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from cjm_notebooks.builders.mapping.layout import Layout
from cjm_notebooks.builders.mapping.shapes import ShapeId
from cjm_notebooks.builders.notebook import in_python
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events import Customers, Feedback, Question, Table
from cjm_notebooks.sources import Source
from cjm_notebooks.sources.event_table import EventTable
from cjm_notebooks.sources.milestone_table import MilestoneTable
from cjm_notebooks.sources.survey_table import SurveyTable

Reads = Source | Feedback | Customers

CLOCK = ("zone", "unit", "time_format")
GUESSED = "  # a guess"
OF_SOURCE = """\
{imports}

found = {call}.read()
{name} = found.{name}
"""
OF_TABLE = """\
{imports}

{name} = {call}
"""

Made = type[EventTable | MilestoneTable | SurveyTable | Feedback | Customers]


@dataclass(frozen=True)
class Call:
    """What reads the table, and its arguments by name.

    `name` is what the notebook will call what comes of it. `channel` tells apart where the events
    happened, `segments` are what is known of those who answered.
    """

    reads: Made
    name: str
    arguments: Mapping[str, object]
    channel: str | None = None
    segments: tuple[str, ...] = ()

    @classmethod
    def of(cls, layout: Layout) -> Call:
        """The call that a layout stands for.

        Raises  ParameterError when something must be said first
        """
        if layout.lacks:
            raise ParameterError(" ".join(layout.lacks))
        arguments = _ARGUMENTS[layout.shape](layout)
        said = {key: value for key, value in arguments.items() if value not in (None, {}, ())}
        segments = layout.all_of("segment") if layout.shape == "respondents" else ()
        if segments and layout.one("customer") is None:
            msg = f"`{segments[0]}` tells customers apart, and no column is `Customer`. Choose one."
            raise ParameterError(msg)
        return cls(*_MAKES[layout.shape], said, layout.one("channel"), segments)

    def made(self, table: Table) -> Reads:
        """What reads this table."""
        return self.reads(table, **self.arguments)  # type: ignore[arg-type]

    def customers(self, table: Table) -> Customers | None:
        """Those who answered, with what is known of them; None where nothing is."""
        if not self.segments:
            return None
        return Customers(table, str(self.arguments["respondent"]), self.segments)

    def code(self, table: str, guessed: Collection[str] = (), imports: Collection[str] = ()) -> str:
        """The same in Python, for a table that is written so; `guessed` columns are marked.

        `imports` are lines that the table needs.
        """
        called = self.reads.__name__ if self._is_source else f"cjm.{self.reads.__name__}"
        code = (OF_SOURCE if self._is_source else OF_TABLE).format(
            imports="\n".join([*imports, *self._imports()]),
            call=_call(called, table, self._lines(guessed)),
            name=self.name,
        )
        return code + "".join(self._beside(table, guessed))

    @property
    def _is_source(self) -> bool:
        return issubclass(self.reads, Source)

    def _beside(self, table: str, guessed: Collection[str]) -> Iterator[str]:
        """What the notebook does with columns that the table itself does not name."""
        if self.channel is not None:
            inventory = f"cjm.Inventory(events, channel={_written(self.channel)})"
            yield f"inventory = {inventory}{_mark(guessed, self.channel)}\n"
        if self.segments:
            arguments = {"customer": self.arguments["respondent"], "segments": self.segments}
            lines = (line for name in arguments for line in _lines(name, arguments[name], guessed))
            yield f"customers = {_call('cjm.Customers', table, lines)}\n"

    def _imports(self) -> Iterator[str]:
        if not self._is_source or self.channel is not None or "questions" in self.arguments:
            yield "import cjm_notebooks as cjm"
        if self._is_source:
            yield f"from {self.reads.__module__} import {self.reads.__name__}"

    def _lines(self, guessed: Collection[str]) -> Iterator[str]:
        for name, value in self.arguments.items():
            yield from _lines(name, value, () if name in CLOCK else guessed)


def _call(called: str, table: str, lines: Iterator[str]) -> str:
    arguments = "".join(f"    {line}\n" for line in lines)
    return f"{called}(\n    {table},\n{arguments})"


def _lines(name: str, value: object, guessed: Collection[str]) -> Iterator[str]:
    """An argument; of several columns with a line for each."""
    if not isinstance(value, Mapping | tuple):
        yield f"{name}={_written(value)},{_mark(guessed, value)}"
        return
    opens, closes = "{}" if isinstance(value, Mapping) else "()"
    yield f"{name}={opens}"
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield f"    {_written(key)}: {_written(part)},{_mark(guessed, key, part)}"
    else:
        for part in value:
            yield f"    {_written(part)},{_mark(guessed, part)}"
    yield f"{closes},"


def _mark(guessed: Collection[str], *columns: object) -> str:
    is_guess = any(isinstance(column, str) and column in guessed for column in columns)
    return GUESSED if is_guess else ""


def _written(value: object) -> str:
    if isinstance(value, str):
        return in_python(value)
    if isinstance(value, Question):
        low, high = value.scale
        said = [in_python(value.id), in_python(value.kind), f"({low}, {high})"]
        if value.touchpoint is not None:
            said.append(f"touchpoint={in_python(value.touchpoint)}")
        if value.set_aside:
            said.append(f"set_aside={dict(value.set_aside)!r}")
        return f"cjm.Question({', '.join(said)})"
    return repr(value)


def _of_events(layout: Layout) -> dict[str, object]:
    return {
        "customer": layout.one("customer"),
        "at": layout.one("time"),
        "event": layout.one("event"),
        **_clock(layout),
        "sequence": layout.one("sequence"),
        "value": layout.one("value"),
    }


def _of_milestones(layout: Layout) -> dict[str, object]:
    columns = layout.all_of("milestone")
    names = [layout.milestones.get(column, column) for column in columns]
    for name in names:
        if names.count(name) > 1:
            msg = f"{names.count(name)} columns are the time of `{name}`. Name all but one anew."
            raise ParameterError(msg)
    return {
        "customer": layout.one("customer"),
        "milestones": dict(zip(names, columns, strict=True)),
        "attributes": layout.all_of("attribute"),
        **_clock(layout),
    }


def _of_respondents(layout: Layout) -> dict[str, object]:
    scores, comments = layout.all_of("score"), layout.all_of("comment")
    return {
        "questions": {column: layout.questions[column] for column in scores},
        "respondent": layout.one("customer"),
        "weight": layout.one("weight"),
        **_answered(layout),
        "comments": dict(_beside(layout, scores, comments)),
    }


def _beside(
    layout: Layout, scores: tuple[str, ...], comments: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """Of each column of scores that has one the column of comments."""
    taken: dict[str, str] = {}
    for comment in comments:
        score = layout.beside.get(comment, scores[0] if len(scores) == 1 else None)
        if score not in scores:
            msg = f"Say which scores `{comment}` explains: choose a column of scores."
            raise ParameterError(msg)
        if score in taken:
            msg = f"`{taken[score]}` and `{comment}` both explain `{score}`. Keep one."
            raise ParameterError(msg)
        taken[score] = comment
        yield score, comment


def _of_answers(layout: Layout) -> dict[str, object]:
    score, question = layout.one("score"), layout.one("question")
    asked = layout.questions
    return {
        "score": score,
        "questions": tuple(asked.values()) if question else (asked[str(score)],),
        "question": question,
        "customer": layout.one("customer"),
        "touchpoint": layout.one("touchpoint"),
        **_answered(layout),
        "weight": layout.one("weight"),
        "comment": layout.one("comment"),
    }


def _of_customers(layout: Layout) -> dict[str, object]:
    return {"customer": layout.one("customer"), "segments": layout.all_of("segment")}


def _answered(layout: Layout) -> dict[str, object]:
    at = layout.one("time")
    return {} if at is None else {"at": at, **_clock(layout)}


def _clock(layout: Layout) -> dict[str, object]:
    return {name: getattr(layout, name) for name in CLOCK}


_MAKES: dict[ShapeId, tuple[Made, str]] = {
    "events": (EventTable, "events"),
    "milestones": (MilestoneTable, "events"),
    "respondents": (SurveyTable, "feedback"),
    "answers": (Feedback, "feedback"),
    "customers": (Customers, "customers"),
}
_ARGUMENTS: dict[ShapeId, Callable[[Layout], dict[str, object]]] = {
    "events": _of_events,
    "milestones": _of_milestones,
    "respondents": _of_respondents,
    "answers": _of_answers,
    "customers": _of_customers,
}
