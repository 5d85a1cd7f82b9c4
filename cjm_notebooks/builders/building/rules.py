"""The rule builder behind the screen: what it shows of a map, and what a message asks of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Self

from pydantic import JsonValue

from cjm_notebooks.builders.building.written import (
    Json,
    written_change,
    written_cover,
    written_overlap,
    written_row,
    written_rule,
    written_suggestion,
    written_target,
)
from cjm_notebooks.errors import JourneyError, ParameterError
from cjm_notebooks.journeys.inventory import Inventory
from cjm_notebooks.journeys.inventory.overlaps import overlaps_of
from cjm_notebooks.maps import JourneyMap, Outcome, Rule, Touchpoint
from cjm_notebooks.maps.editing import edited
from cjm_notebooks.maps.part import Named
from cjm_notebooks.matching import bind, unbind
from cjm_notebooks.matching.binding import rule_of, with_rule

MOST_ROWS = 1_000
Message = Mapping[str, JsonValue]


@dataclass(frozen=True, eq=False)
class Rules:
    """The events to make rules with, the days that count, and what was refused."""

    inventory: Inventory
    days: tuple[date, date] | None = None
    refused: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def during(self, first: JsonValue, last: JsonValue) -> Self:
        """Counted from one day to another, both included; all days without them.

        Raises  ParameterError when they are no days, or the wrong way round
        """
        if first is None and last is None:
            return replace(self, inventory=replace(self.inventory, counts_in=None), days=None)
        begin, end = _day(first), _day(last)
        counted = self.inventory.during(begin, end + timedelta(days=1))
        return replace(self, inventory=counted, days=(begin, end))

    def without(self, event: JsonValue, touchpoint: JsonValue) -> Self:
        """The same, and this suggestion stays away."""
        return replace(self, refused=self.refused | {(str(event), str(touchpoint))})

    def rows(self, journey_map: JourneyMap) -> list[Json]:
        return [written_row(row) for row in self.inventory.rows(journey_map, MOST_ROWS)]

    def coverage(self, journey_map: JourneyMap) -> Json:
        counted = self.inventory.counted(journey_map)
        rows = self.inventory.n_rows(journey_map)
        return {
            **written_cover(counted.covered),
            "period": self._period(),
            "rows_left_out": max(0, rows - MOST_ROWS),
            "targets": [written_target(target) for target in counted.targets],
            "overlaps": [written_overlap(overlap) for overlap in overlaps_of(counted)],
        }

    def _period(self) -> Json | None:
        if self.days is None:
            return None
        first, last = self.days
        return {"from": first.isoformat(), "to": last.isoformat()}

    def suggestions(self, journey_map: JourneyMap) -> list[Json]:
        found = self.inventory.suggest(journey_map, self.refused)
        return [written_suggestion(suggestion) for suggestion in found]

    def preview(self, journey_map: JourneyMap, message: Message) -> Json:
        """What the change in the message does; where it cannot be made, the sentence why."""
        target = str(message.get("target"))
        answer: Json = {"target": target, "rule": message.get("rule"), "error": ""}
        added = _added(message)
        try:
            grown = journey_map if added is None else _grown(journey_map, *added)
            changed, label = changed_map(grown, message)
            found = self.inventory.preview(journey_map, changed)
        except JourneyError as error:
            nothing = dict.fromkeys(("words", "edit", "before", "after"))
            return {**answer, **nothing, "error": str(error), "targets": [], "overlaps": []}
        rule = rule_of(changed, target)
        mine = [one for one in found.targets if one.is_any or one.id == target]
        touching = [one for one in found.overlaps if target in (one.winner, one.other)]
        return {
            **answer,
            "rule": written_rule(rule),
            "words": rule.in_words() if rule else None,
            "edit": _edit(journey_map, target, rule, label)
            if added is None
            else _addition(*added, rule),
            "before": written_cover(found.before),
            "after": written_cover(found.after),
            "targets": [written_change(one) for one in mine],
            "overlaps": [written_overlap(one) for one in touching],
        }


def _added(message: Message) -> tuple[str, Json] | None:
    """The touchpoint that the message puts at the end of a stage first, after the list it is in."""
    insert = message.get("insert")
    if not isinstance(insert, Mapping):
        return None
    new: Json = {"id": insert.get("id"), "name": insert.get("name")}
    return f"stages/{insert.get('stage')}/touchpoints", new


def _grown(journey_map: JourneyMap, touchpoints: str, new: Json) -> JourneyMap:
    return edited(journey_map, [{"op": "insert", "into": touchpoints, "value": new}])


def _addition(touchpoints: str, new: Json, rule: Rule | None) -> Json:
    """The edit that makes the touchpoint together with its rule."""
    value: Json = {**new, "match": written_rule(rule)}
    operation: Json = {"op": "insert", "into": touchpoints, "value": value}
    return {"label": f"Add {new['name']}", "operations": [operation]}


def counts_rest_on(journey_map: JourneyMap) -> tuple[object, ...]:
    """What of the map the counts and suggestions hang on; while it stays, so do they."""
    parts: tuple[Touchpoint | Outcome, ...] = (*journey_map.touchpoints, *journey_map.outcomes)
    rules = [(one.id, one.name, one.match and one.match.model_dump_json()) for one in parts]
    return (*rules, len(journey_map.touchpoints), journey_map.journey.cut)


def changed_map(journey_map: JourneyMap, message: Message) -> tuple[JourneyMap, str]:
    """The map with what the message asks for, and what to call that.

    Raises  MapError when the rule cannot be read, or the map has no such target
            RuleError when the values cannot be asked for
    """
    target = str(message.get("target"))
    called = _name_of(journey_map, target)
    if isinstance(values := message.get("bind"), Mapping):
        return bind(journey_map, target, values), f"Bind {_event(values)} to {called}"
    if isinstance(values := message.get("unbind"), Mapping):
        return unbind(journey_map, target, values), f"Take {_event(values)} off {called}"
    rule = message.get("rule")
    if rule is None:
        return with_rule(journey_map, target, None), f"Take the rule of {called} away"
    if not isinstance(rule, Mapping):
        msg = "A rule is an object, such as `{'where': {'is': 'login'}}`."
        raise ParameterError(msg)
    fields: dict[str, Any] = dict(rule)
    return with_rule(journey_map, target, Rule(**fields)), f"Change the rule of {called}"


def _edit(journey_map: JourneyMap, target: str, rule: Rule | None, label: str) -> Json:
    is_touchpoint = any(one.id == target for one in journey_map.touchpoints)
    place = f"{'touchpoints' if is_touchpoint else 'outcomes'}/{target}/match"
    operation: Json = {"op": "set", "at": place, "value": written_rule(rule)}
    return {"label": label, "operations": [operation]}


def _event(values: Mapping[str, object]) -> str:
    return " ".join(f"`{value}`" for value in values.values())


def _name_of(journey_map: JourneyMap, target: str) -> str:
    parts: tuple[Named, ...] = (*journey_map.touchpoints, *journey_map.outcomes)
    return next((part.name for part in parts if part.id == target), target)


def _day(written: JsonValue) -> date:
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        msg = f"The period has `{written}`, which is no day. Write a day such as `2025-03-31`."
        raise ParameterError(msg) from None
