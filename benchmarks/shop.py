"""The designed map of the generated log: 25 touchpoints in 5 stages."""

from __future__ import annotations

from pathlib import Path

from benchmarks.questions import CONVERSION, QUIET_DAYS, STAGES
from cjm_notebooks import Events, JourneyMap, Journeys, join
from cjm_notebooks.maps import Condition, JourneySettings, Outcome, Rule, Stage, Touchpoint


def shop(*, outcome: bool = False) -> JourneyMap:
    """One touchpoint a name; with an outcome, the conversion is that and no touchpoint."""
    stages = [
        Stage(
            id=f"stage-{place}",
            name=f"Stage {place}",
            touchpoints=tuple(
                Touchpoint(id=name, name=name, match=_rule(name))
                for name in names
                if not (outcome and name == CONVERSION)
            ),
        )
        for place, names in enumerate(STAGES)
    ]
    outcomes = (Outcome(id="won", name="Won", match=_rule(CONVERSION)),) if outcome else ()
    return JourneyMap(
        id="shop",
        name="Shop",
        journey=JourneySettings(quiet_days=QUIET_DAYS),
        stages=tuple(stages),
        outcomes=outcomes,
    )


def shop_journeys(log: Path, *, outcome: bool = False) -> Journeys:
    return join(shop(outcome=outcome), Events(log, customer="customer", at="at"))


def _rule(name: str) -> Rule:
    return Rule(where=Condition(is_=name))
