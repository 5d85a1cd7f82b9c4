"""To put an event on a touchpoint, or to take it off: maps in, maps out, rules as short as can be.

What is bound is a combination of column values, such as `{"event": "login"}` for every login, or
`{"event": "login", "channel": "app"}` for those in the app.
"""

from __future__ import annotations

from collections.abc import Mapping

from cjm_notebooks.errors import MapError, RuleError, did_you_mean
from cjm_notebooks.maps import Condition, JourneyMap, Rule
from cjm_notebooks.matching.conditions import narrowed, widened

Combination = Mapping[str, object]


def bind(journey_map: JourneyMap, target: str, combination: Combination | str) -> JourneyMap:
    """The map in which the rule of the touchpoint or outcome `target` claims `combination` too.

    A name alone stands for `{"event": name}`. Only `where` of the rule changes: context, priority
    and all that the rule claims already stay. A map whose rule claims it already is returned as it
    is.

    Raises  MapError when the map has no such touchpoint or outcome
            RuleError when the combination has no value to ask for
    """
    wanted = _wanted(combination)
    rule = rule_of(journey_map, target)
    if rule is None:
        return with_rule(journey_map, target, Rule(where=widened(None, wanted)))
    return with_rule(
        journey_map, target, rule.model_copy(update={"where": widened(rule.where, wanted)})
    )


def unbind(journey_map: JourneyMap, target: str, combination: Combination | str) -> JourneyMap:
    """The map in which the rule of the touchpoint or outcome `target` leaves `combination` alone.

    All else that the rule claims stays; a rule that claims nothing else is taken away.

    Raises  MapError when the map has no such touchpoint or outcome
            RuleError when the combination has no value to ask for
    """
    wanted = _wanted(combination)
    rule = rule_of(journey_map, target)
    if rule is None:
        return journey_map
    where = narrowed(rule.where, wanted)
    rest = None if where is None else rule.model_copy(update={"where": where})
    return with_rule(journey_map, target, rest)


def rules_of(journey_map: JourneyMap) -> dict[str, Rule | None]:
    """The rule of each touchpoint and then of each outcome; of two with one id the first counts."""
    outcomes = {outcome.id: outcome.match for outcome in reversed(journey_map.outcomes)}
    touchpoints = {one.id: one.match for one in reversed(journey_map.touchpoints)}
    return dict(reversed((outcomes | touchpoints).items()))


def rule_of(journey_map: JourneyMap, target: str) -> Rule | None:
    """The rule of that touchpoint or outcome.

    Raises  MapError when the map has neither
    """
    rules = rules_of(journey_map)
    if target in rules:
        return rules[target]
    msg = (
        f"The map `{journey_map.id}` has no touchpoint or outcome `{target}`. "
        f"{did_you_mean(target, rules)}"
    )
    raise MapError(msg)


def with_rule(journey_map: JourneyMap, target: str, rule: Rule | None) -> JourneyMap:
    """The map with another rule at the touchpoint or outcome `target`, or with none there.

    Raises  MapError when the map has no such touchpoint or outcome
    """
    before = rule_of(journey_map, target)
    if (before and before.model_dump_json()) == (rule and rule.model_dump_json()):
        return journey_map
    matched = {"match": rule}
    stages = tuple(
        stage.model_copy(
            update={
                "touchpoints": tuple(
                    touchpoint.model_copy(update=matched) if touchpoint.id == target else touchpoint
                    for touchpoint in stage.touchpoints
                )
            }
        )
        for stage in journey_map.stages
    )
    outcomes = tuple(
        outcome.model_copy(update=matched) if outcome.id == target else outcome
        for outcome in journey_map.outcomes
    )
    return journey_map.model_copy(update={"stages": stages, "outcomes": outcomes})


def _wanted(combination: Combination | str) -> tuple[Condition, ...]:
    values = {"event": combination} if isinstance(combination, str) else combination
    if not values:
        msg = "The combination is empty. Name at least the event, such as `{'event': 'login'}`."
        raise RuleError(msg)
    return tuple(_equals(column, value) for column, value in values.items())


def _equals(column: str, value: object) -> Condition:
    if not isinstance(value, (str, int, float)) or value != value:  # NaN is not equal to itself
        what = (
            "no value"
            if value is None or value != value
            else f"a value of the type {type(value).__name__}"
        )
        msg = (
            f"These events have {what} in the column `{column}`, which no rule can ask for. "
            "Bind them by another column."
        )
        raise RuleError(msg)
    return Condition(column=column, is_=value)
