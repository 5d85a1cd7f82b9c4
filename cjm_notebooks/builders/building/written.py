"""Counts, suggestions and previews as JSON for the screen."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from math import isfinite

from pydantic import JsonValue

from cjm_notebooks.journeys.inventory import Change, Covered, Overlap, Row, Target
from cjm_notebooks.maps import Rule
from cjm_notebooks.matching.suggestions import Suggestion

Json = dict[str, JsonValue]


def written_row(row: Row) -> Json:
    return {
        "values": {column: plain(value) for column, value in row.values.items()},
        "events": row.events,
        "customers": row.customers,
        "unclaimed": row.unclaimed,
        "touchpoint": row.touchpoint,
        "outcome": row.outcome,
        "first_seen": _moment(row.first_seen),
        "last_seen": _moment(row.last_seen),
    }


def written_cover(covered: Covered) -> Json:
    return {
        "events": covered.events,
        "claimed": covered.claimed,
        "unclaimed": covered.unclaimed,
        "share": covered.share,
        "customers": covered.customers,
    }


def written_target(target: Target) -> Json:
    return asdict(target)


def written_change(change: Change) -> Json:
    return {
        "id": change.id,
        "kind": change.kind,
        "name": change.name,
        "events": list(change.events),
        "customers": list(change.customers),
    }


def written_overlap(overlap: Overlap) -> Json:
    return {
        **asdict(overlap),
        "examples": list(overlap.examples),
        "words": overlap.in_words(),
    }


def written_suggestion(suggestion: Suggestion) -> Json:
    return {
        "event": plain(suggestion.event),
        "touchpoint": suggestion.touchpoint,
        "strength": suggestion.strength,
        "word": suggestion.word,
        "events": suggestion.events,
        "customers": suggestion.customers,
        "reasons": [asdict(reason) for reason in suggestion.reasons],
    }


def written_rule(rule: Rule | None) -> Json | None:
    if rule is None:
        return None
    return dict(rule.model_dump(mode="json", by_alias=True, exclude_defaults=True))


def plain(value: object) -> str | int | float | bool | None:
    """`value` as JSON has it; what JSON does not know becomes its text."""
    if isinstance(value, float):
        return value if isfinite(value) else None
    return value if value is None or isinstance(value, (str, int)) else str(value)


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
