"""A map that can be read may still contradict itself, and says where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cjm_notebooks.maps import JourneyMap, Problem

RAIL_TRIP = Path(__file__).with_name("rail_trip.cjm.json")


def problems(touchpoints: list[dict[str, object]] | None = None, **fields: object) -> list[Problem]:
    given = [
        {"id": f"t{number}", "name": "T", **one} for number, one in enumerate(touchpoints or [])
    ]
    stages = [{"id": "s", "name": "S", "touchpoints": given}]
    text = json.dumps({"id": "m", "name": "M", "stages": stages, **fields})
    return list(JourneyMap.from_text(text).problems())


def matched(name: str, **context: object) -> dict[str, object]:
    return {"id": name, "match": {"where": {"is": name}, **context}}


def test_map_in_order_has_no_problems() -> None:
    assert JourneyMap.load(RAIL_TRIP).problems() == ()
    assert problems() == []


def test_problem_names_place_value_and_cure() -> None:
    [problem] = problems([{"channel": "wbe"}])
    place = "stages[0].touchpoints[0].channel"
    assert problem == Problem(place, "wbe", "No channel has that id.", "Did you mean `web`?")
    assert str(problem) == f"`{place}` is `wbe`. No channel has that id. Did you mean `web`?"


@pytest.mark.parametrize(
    ("touchpoints", "fields", "sentence"),
    [
        (
            [{"id": "pay"}, {"id": "pay"}],
            {},
            "`stages[0].touchpoints[1].id` is `pay`. `stages[0].touchpoints[0].id` has the same",
        ),
        (
            [{"id": "s"}],
            {},
            "`stages[0].touchpoints[0].id` is `s`. `stages[0].id` has the same id. Give one of the",
        ),
        (
            [{"id": "bought"}],
            {"outcomes": [{"id": "bought", "name": "Bought"}]},
            "`outcomes[0].id` is `bought`. `stages[0].touchpoints[0].id` has the same id.",
        ),
        (
            [{"questions": ["q1"]}, {"questions": ["q1"]}],
            {},
            "touchpoints[1].questions[0]` is `q1`. `stages[0].touchpoints[0].questions[0]` names "
            "the same question, so its answers have two places. Name it at one touchpoint.",
        ),
        (
            [{"department": "slaes"}],
            {},
            "`stages[0].touchpoints[0].department` is `slaes`. No department has that id. Did you",
        ),
        (
            [matched("a"), {"id": "b"}, matched("c", after=["b"])],
            {},
            "touchpoints[2].match.after[0]` is `b`. No touchpoint or outcome with a `match`",
        ),
        (
            [{"evidence": ["diary"]}],
            {},
            "`stages[0].touchpoints[0].evidence[0]` is `diary`. No evidence has that id.",
        ),
        (
            [{"backstage": [{"action": "Pack", "actor": "robot"}]}],
            {},
            "`stages[0].touchpoints[0].backstage[0].actor` is `robot`. No actor has that id.",
        ),
        ([], {"primary_persona": "ana"}, "`primary_persona` is `ana`. No persona has that id."),
        (
            [],
            {"journey": {"cut": {"by": "touchpoint", "touchpoint": "pay"}}},
            "`journey.cut.touchpoint` is `pay`. No touchpoint has that id.",
        ),
        (
            [],
            {"opportunities": [{"id": "o", "name": "O", "pain_points": ["slow"]}]},
            "`opportunities[0].pain_points[0]` is `slow`. No pain point has that id.",
        ),
        (
            [],
            {
                "opportunities": [
                    {"id": "o", "name": "O", "expected_effect": {"kpi": "nps", "delta": 1}}
                ]
            },
            "`opportunities[0].expected_effect.kpi` is `nps`. No KPI has that id.",
        ),
        (
            [],
            {"evidence": [{"id": "e", "supports": ["s", "pay"]}]},
            "`evidence[0].supports[1]` is `pay`. No part has that id. Known: `s`, `e`.",
        ),
        (
            [],
            {"flows": [{"from": "s", "to": "s", "kind": "loop"}]},
            "`flows[0].from` is `s`. No touchpoint has that id.",
        ),
        (
            [matched("a", after=["b"]), matched("b", before=["c"]), matched("c", after=["a"])],
            {},
            "`stages[0].touchpoints[0].match` is `a -> b -> c -> a`. Each of these rules waits for "
            "the next through `after` or `before`. Take one of the references out.",
        ),
        (
            [matched("a", after=["a"])],
            {},
            "`stages[0].touchpoints[0].match` is `a -> a`. Each of these rules waits",
        ),
        (
            [{}, {}],
            {"flows": [{"from": "t0", "to": "t1"}, {"from": "t1", "to": "t0"}]},
            "`flows` is `t0 -> t1 -> t0`. These flows lead in a circle. Make the one that",
        ),
        (
            [],
            {
                "personas": [
                    {"id": "boss", "name": "Boss", "part_of": "firm"},
                    {"id": "firm", "name": "Firm", "part_of": "boss"},
                ]
            },
            "`personas` is `boss -> firm -> boss`. Each of these personas is part of the next.",
        ),
        ([], {"supersedes": "m"}, "`supersedes` is `m`. A map cannot replace itself."),
        (
            [],
            {"data_window": {"start": "2025-02-01", "end": "2025-01-01"}},
            "`data_window.end` is `2025-01-01`. That is before `start`, 2025-02-01. Exchange",
        ),
        (
            [],
            {"created": "2025-02-01", "last_reviewed": "2025-01-01"},
            "`last_reviewed` is `2025-01-01`. That is before `created`, 2025-02-01.",
        ),
        (
            [{"expectation": {"text": "E", "scale_min": 7, "scale_max": 1}}],
            {},
            "`stages[0].touchpoints[0].expectation.scale_max` is `1`. The scale begins at 7.",
        ),
        (
            [{"expectation": {"text": "E", "scale_min": 1, "value": 9, "scale_max": 7}}],
            {},
            "`stages[0].touchpoints[0].expectation.value` is `9`. That lies outside its scale.",
        ),
        (
            [{"emotion": 1}],
            {"basis": "research"},
            "`basis` is `research`. The evidence that its claims name makes it `assumption`.",
        ),
    ],
)
def test_contradiction_is_told_in_sentences(
    touchpoints: list[dict[str, object]], fields: dict[str, object], sentence: str
) -> None:
    assert any(sentence in str(problem) for problem in problems(touchpoints, **fields))


def test_flow_that_is_said_to_lead_back_is_no_problem() -> None:
    flows = [{"from": "t0", "to": "t1"}, {"from": "t1", "to": "t0", "kind": "loop"}]
    assert problems([{}, {}], flows=flows) == []


def test_channel_and_touchpoint_may_have_the_same_id() -> None:
    channels = [{"id": "concierge", "name": "Concierge"}]
    assert problems([{"id": "concierge", "channel": "concierge"}], channels=channels) == []


def test_basis_lower_than_the_evidence_is_modest_and_no_problem() -> None:
    evidence = [{"id": "talks", "kind": "interview"}]
    touchpoints = [{"emotion": 1, "evidence": ["talks"]}]
    assert problems(touchpoints, evidence=evidence, basis="assumption") == []
