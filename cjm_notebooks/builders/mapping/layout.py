"""What each column of a table is: as a person says it, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self, TypeVar, cast, get_args

from pydantic import JsonValue

from cjm_notebooks.builders.mapping.shapes import Shape, ShapeId, shape_of
from cjm_notebooks.errors import ParameterError, did_you_mean
from cjm_notebooks.events import FeedbackKind, Question, TimeUnit

SCALES: dict[FeedbackKind, tuple[float, float]] = {
    "nps": (0, 10),
    "csat": (1, 5),
    "ces": (1, 7),
    "stars": (1, 5),
    "expectation": (1, 5),
    "other": (1, 5),
}
UNITS = get_args(TimeUnit)

T = TypeVar("T")


@dataclass(frozen=True)
class Layout:
    """What one row is, what its columns are, and how its times are written.

    Attributes
    ----------
    shape
        what one row is: `events` (an event), `milestones` (a customer with several times),
        `respondents` (somebody who answered), `answers` (one answer), `customers` (a customer).
    roles
        a column and what it is, such as `{"order_no": "customer", "when": "time"}`.
    zone, unit, time_format
        as in `Events`: where the clock stood, what numbers count, and how times are written that do
        not begin with the year.
    milestones
        a column of times and the event it is the time of; else that is called like the column.
    questions
        a column of scores and the question it answers. Where a row is one answer, the id that
        stands in the column of questions; without such a column, that of the scores.
    beside
        a column of comments and the column of scores that they explain.

    Raises  ParameterError when there is no such shape, role or unit, or two columns are what only
            one can be
    """

    shape: ShapeId
    roles: Mapping[str, str]
    zone: str | None = None
    unit: TimeUnit | None = None
    milestones: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)
    time_format: str | None = None

    def __post_init__(self) -> None:
        if self.unit is not None and self.unit not in UNITS:
            msg = f"`unit` is `{self.unit}`. {did_you_mean(self.unit, UNITS)}"
            raise ParameterError(msg)
        one_row = self.one_row
        for id_ in dict.fromkeys(self.roles.values()):
            role, columns = one_row.role(id_), self.all_of(id_)
            if len(columns) > 1 and not role.many:
                named = " and ".join(f"`{column}`" for column in columns)
                msg = f"{named} are both `{id_}`. Keep one."
                raise ParameterError(msg)

    @property
    def one_row(self) -> Shape:
        """What one row is, with all that its columns can be."""
        return shape_of(self.shape)

    def all_of(self, role: str) -> tuple[str, ...]:
        """The columns that are this, in their order."""
        return tuple(column for column, is_ in self.roles.items() if is_ == role)

    def one(self, role: str) -> str | None:
        """The column that is this, None where there is none."""
        return next(iter(self.all_of(role)), None)

    @property
    def lacks(self) -> tuple[str, ...]:
        """What must be said before the table can be read, a sentence each."""
        return tuple(self._lacking())

    def _lacking(self) -> Iterator[str]:
        for role in self.one_row.roles:
            if role.needed and not self.all_of(role.id):
                yield f"No column is `{role.says}` yet. {role.about}"
        asked = self.all_of("score")
        if self.shape == "answers" and self.one("question") and not self.questions:
            yield f"The questions in `{self.one('question')}` are not described yet."
        elif not self.one("question"):
            for column in asked:
                if column not in self.questions:
                    yield f"What `{column}` asks is not described yet: its kind and its scale."

    def written(self) -> dict[str, JsonValue]:
        """As it stands in JSON."""
        return {
            "shape": self.shape,
            "roles": dict(self.roles),
            "zone": self.zone,
            "unit": self.unit,
            "time_format": self.time_format,
            "milestones": dict(self.milestones),
            "questions": {name: _written(asked) for name, asked in self.questions.items()},
            "beside": dict(self.beside),
        }

    @classmethod
    def read(cls, written: object) -> Self:
        """The layout that stands in JSON; an empty text is nothing.

        Raises  ParameterError when it is no layout
        """
        if not isinstance(written, Mapping):
            msg = f"A layout is `{written!r:.40}`. Write its parts by name: shape, roles, zone."
            raise ParameterError(msg)
        zone, unit = (_text(written, name) for name in ("zone", "unit"))
        asked = _by_column(written, "questions", Mapping)
        return cls(
            shape=cast("ShapeId", _text(written, "shape")),
            roles=_by_column(written, "roles", str),
            zone=zone,
            unit=cast("TimeUnit | None", unit),
            milestones=_by_column(written, "milestones", str),
            questions={name: _question(name, said) for name, said in asked.items()},
            beside=_by_column(written, "beside", str),
            time_format=_text(written, "time_format"),
        )


def _written(question: Question) -> dict[str, JsonValue]:
    low, high = question.scale
    return {
        "id": question.id,
        "kind": question.kind,
        "scale": [low, high],
        "touchpoint": question.touchpoint,
        "set_aside": {f"{score:g}": reason for score, reason in question.set_aside.items()},
    }


def _question(name: str, said: Mapping[str, object]) -> Question:
    kind = _text(said, "kind") or "other"
    if kind not in SCALES:
        msg = f"The question in `{name}` is of kind `{kind}`. {did_you_mean(kind, SCALES)}"
        raise ParameterError(msg)
    try:
        low, high = (float(str(end)) for end in cast("list[object]", said.get("scale")))
        set_aside = {float(score): r for score, r in _by_column(said, "set_aside", str).items()}
    except (TypeError, ValueError) as cause:
        msg = f"The scale of the question in `{name}` is no two numbers. Write such as 1 and 5."
        raise ParameterError(msg) from cause
    id_, touchpoint = _text(said, "id") or name, _text(said, "touchpoint")
    scale = (_whole(low), _whole(high))
    return Question(id_, kind, scale, touchpoint, set_aside)


def _whole(number: float) -> float:
    return int(number) if number.is_integer() else number


def _text(written: Mapping[str, object], name: str) -> str | None:
    found = written.get(name)
    if not isinstance(found, str | None):
        msg = f"`{name}` is `{found!r:.40}`. Write a text, or null for nothing."
        raise ParameterError(msg)
    return found.strip() or None if found else None


def _by_column(written: Mapping[str, object], name: str, of: type[T]) -> dict[str, T]:
    """What stands for each column; columns for which nothing stands are left out."""
    found = written.get(name) or {}
    if not isinstance(found, Mapping) or not all(
        isinstance(said, of) or said is None for said in found.values()
    ):
        msg = f"`{name}` is `{found!r:.40}`. Write what stands for each column."
        raise ParameterError(msg)
    return {str(column): said for column, said in found.items() if said}
