"""How a table seems to be laid out, from what its columns seem to be."""

from __future__ import annotations

from collections.abc import Mapping

from cjm_notebooks.builders.mapping.layout import SCALES, Layout
from cjm_notebooks.builders.mapping.shapes import Shape, ShapeId
from cjm_notebooks.events import FeedbackKind, Question, TimeUnit
from cjm_notebooks.intake import Inspection
from cjm_notebooks.intake.clocks import EARLIEST, LATEST, MICROSECONDS

INSTEAD: dict[ShapeId, dict[str, str]] = {
    "events": {"milestone": "time"},
    "milestones": dict.fromkeys(("channel", "segment", "touchpoint", "event"), "attribute")
    | {"time": "milestone"},
    "respondents": {},
    "answers": {},
    "customers": {"channel": "segment"},
}
"""What a column is that seems to be something else than a column of such a table can be."""

KINDS: dict[str, FeedbackKind] = {
    "nps": "nps",
    "recommend": "nps",
    "weiterempf": "nps",
    "ces": "ces",
    "effort": "ces",
    "ease": "ces",
    "aufwand": "ces",
    "star": "stars",
    "stern": "stars",
    "csat": "csat",
    "satisf": "csat",
    "zufried": "csat",
}


def likely_shape(inspection: Inspection) -> tuple[ShapeId, str]:
    """What one row seems to be, and why."""
    has = {
        role: [c.name for c in inspection.columns if c.role == role] for role in _roles(inspection)
    }
    times = has.get("milestone", []) + has.get("time", [])
    scores = has.get("score", [])
    if scores and "question" in has:
        return "answers", f"`{has['question'][0]}` names the question of each score."
    if scores and "event" not in has:
        many = (
            f"{len(scores)} columns hold scores"
            if len(scores) > 1
            else f"`{scores[0]}` holds scores"
        )
        return "respondents", f"{many}, and none names events or questions."
    if "event" in has and times:
        return "events", f"`{has['event'][0]}` names events, and `{times[0]}` holds times."
    if times:
        many = f"{len(times)} columns hold" if len(times) > 1 else f"`{times[0]}` holds"
        return "milestones", f"{many} times, and none names events."
    if "customer" in has and "event" not in has:
        return "customers", "No column holds times or scores."
    return "events", "Most tables hold events."


def layout_guess(inspection: Inspection, shape: Shape) -> Layout:
    """What the columns seem to be, where a row is that; of several for one role the first."""
    known = {role.id: role for role in shape.roles}
    roles: dict[str, str] = {}
    for column in inspection.columns:
        seems = column.role or ""
        role = known.get(seems) or known.get(INSTEAD[shape.id].get(seems, ""))
        if role and (role.many or role.id not in roles.values()):
            roles[column.name] = role.id
    if shape.id == "respondents" and not _is_one_row_each(inspection, roles):
        roles = {name: role for name, role in roles.items() if role != "segment"}
    return Layout(
        shape.id, roles, unit=_unit(inspection, roles), time_format=_format(inspection, roles)
    )


def question_guess(name: str, low: float | None, high: float | None) -> Question:
    """What a column or question of that name, with scores in that range, seems to ask.

    The scale is the narrowest usual one that holds all scores: 1 to 5, 1 to 7 or 0 to 10.
    """
    kind = next((kind for word, kind in KINDS.items() if word in name.casefold()), None)
    if low is None or high is None:
        kind = kind or "other"
        return Question(name, kind, SCALES[kind])
    usual = [(1, 5), (1, 7), (0, 10)] if kind != "nps" else [(0, 10)]
    scale = next(((a, b) for a, b in usual if a <= low and high <= b), None)
    if scale is None:
        return Question(name, "other", (low, high if high > low else low + 1))
    if kind is None:
        kind = "csat" if scale == (1, 5) else "other"
    return Question(name, kind, scale)


def _is_one_row_each(inspection: Inspection, roles: Mapping[str, str]) -> bool:
    """Whether no customer has two of the rows looked at, so that each can have a segment."""
    customers = [c for c in inspection.columns if roles.get(c.name) == "customer"]
    return any(c.distinct == round(c.filled * inspection.rows_seen) for c in customers)


def _roles(inspection: Inspection) -> set[str]:
    return {column.role for column in inspection.columns if column.role}


def _format(inspection: Inspection, roles: Mapping[str, str]) -> str | None:
    """How the first column of times is written, where its values leave no doubt."""
    times = [c for c in inspection.columns if roles.get(c.name) in ("time", "milestone")]
    return times[0].formats[0] if times and len(times[0].formats) == 1 else None


def _unit(inspection: Inspection, roles: Mapping[str, str]) -> TimeUnit | None:
    """What numbers in the first column of times count since 1970, if all are of 2000 to 2100."""
    times = [c for c in inspection.columns if roles.get(c.name) in ("time", "milestone")]
    if not times or times[0].low is None or times[0].high is None:
        return None
    low, high = times[0].low, times[0].high
    fitting = (
        unit
        for unit, factor in MICROSECONDS.items()
        if low * factor >= EARLIEST and high * factor <= LATEST
    )
    return next(fitting, None)
