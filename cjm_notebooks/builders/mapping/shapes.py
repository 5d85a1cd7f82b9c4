"""What one row of a table can be, and what its columns can be then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cjm_notebooks.errors import ParameterError, did_you_mean

ShapeId = Literal["events", "milestones", "respondents", "answers", "customers"]


@dataclass(frozen=True)
class Role:
    """What a column can be: `says` is its name on the screen, `about` one sentence.

    Without a `needed` one the table cannot be read; of one that is not `many` there is one at most.
    """

    id: str
    says: str
    about: str
    needed: bool = False
    many: bool = False


@dataclass(frozen=True)
class Shape:
    """What one row is. `rest` says what becomes of a column without a role."""

    id: ShapeId
    says: str
    about: str
    roles: tuple[Role, ...]
    rest: str = "Not read"

    def role(self, id_: str) -> Role:
        """Raises ParameterError when no column can be that here."""
        for role in self.roles:
            if role.id == id_:
                return role
        known = [role.id for role in self.roles]
        msg = f"Where one row is {self.says}, no column is `{id_}`. {did_you_mean(id_, known)}"
        raise ParameterError(msg)


CUSTOMER = Role("customer", "Customer", "Whose row it is: a customer number, account or booking.")
TIME = Role("time", "Time", "When it happened.")
WEIGHT = Role("weight", "Weight", "How much the answers of this row count.")
SEGMENT = Role("segment", "Segment", "What customers are told apart by.", many=True)
COMMENT = Role("comment", "Comment", "What was said beside a score.", many=True)


def _needed(role: Role) -> Role:
    return Role(role.id, role.says, role.about, needed=True, many=role.many)


SHAPES: dict[str, Shape] = {
    shape.id: shape
    for shape in (
        Shape(
            "events",
            "an event",
            "Something that happened, with a time: a page view, a call, a delivery.",
            (
                _needed(CUSTOMER),
                _needed(TIME),
                Role("event", "Event", "What happened, by name.", needed=True),
                Role("channel", "Channel", "Where it happened."),
                Role("value", "Value", "What it was worth, in the currency of the map."),
                Role("sequence", "Order", "What comes first of events at the same time."),
            ),
            "Rules can use it",
        ),
        Shape(
            "milestones",
            "a customer with several times",
            "A booking, order or application, with a column of times for each thing that happened.",
            (
                _needed(CUSTOMER),
                Role(
                    "milestone",
                    "Time of an event",
                    "When one thing happened; empty where it did not.",
                    needed=True,
                    many=True,
                ),
                Role("attribute", "For rules", "What rules can use beside the event.", many=True),
            ),
        ),
        Shape(
            "respondents",
            "somebody who answered",
            "A survey with a column of scores for each question.",
            (
                Role(
                    "score",
                    "Score",
                    "The answer to one question, in numbers.",
                    needed=True,
                    many=True,
                ),
                CUSTOMER,
                TIME,
                COMMENT,
                SEGMENT,
                WEIGHT,
            ),
        ),
        Shape(
            "answers",
            "an answer",
            "A survey with the questions below one another.",
            (
                Role("score", "Score", "The answer, in numbers.", needed=True),
                Role("question", "Question", "Which question it answers."),
                CUSTOMER,
                TIME,
                Role("touchpoint", "Touchpoint", "What it is about, by the id on the map."),
                Role("comment", "Comment", "What was said beside the score."),
                WEIGHT,
            ),
        ),
        Shape(
            "customers",
            "a customer",
            "What is known about each customer, to tell segments apart.",
            (
                _needed(CUSTOMER),
                _needed(SEGMENT),
            ),
        ),
    )
}


def shape_of(id_: str) -> Shape:
    """Raises ParameterError when there is no such shape."""
    if id_ not in SHAPES:
        msg = f"A row cannot be `{id_}`. {did_you_mean(id_, SHAPES)}"
        raise ParameterError(msg)
    return SHAPES[id_]
