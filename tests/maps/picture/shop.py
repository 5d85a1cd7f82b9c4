"""A small map with one of everything that a lane shows, and what was measured about it."""

from __future__ import annotations

from cjm_notebooks.maps import JourneyMap, Measured, MeasuredMap

SHOP = JourneyMap.model_validate(
    {
        "id": "shop",
        "name": "A shop",
        "state": "to_be",
        "personas": [{"id": "ann", "name": "Ann, in a hurry"}],
        "channels": [{"id": "desk", "name": "The desk"}],
        "departments": [{"id": "front", "name": "Front office"}],
        "stages": [
            {
                "id": "browse",
                "name": "Browse",
                "customer_goal": "Find a coat.",
                "touchpoints": [
                    {
                        "id": "home",
                        "name": "Home page",
                        "kind": "communication",
                        "optionality": "optional",
                        "channel": "web_mobile",
                        "department": "front",
                        "handoff_to": "it_operations",
                        "doing": "Looks around.",
                        "emotion": 1,
                        "emotion_status": "validated",
                        "evidence": ["talks"],
                        "expectation": {
                            "text": "It is quick.",
                            "value": 4,
                            "scale_min": 1,
                            "scale_max": 5,
                        },
                    },
                    {
                        "id": "search",
                        "name": "Search",
                        "channel": "desk",
                        "pain_points": [
                            {
                                "id": "no-hits",
                                "text": "Nothing is found.",
                                "severity": "high",
                                "status": "refuted",
                                "evidence": ["talks", "log"],
                            }
                        ],
                        "moment_of_truth": {"kind": "zero", "rationale": "They leave here."},
                        "backstage": [
                            {"action": "Index anew", "department": "front", "system": "Solr"}
                        ],
                    },
                ],
            },
            {"id": "buy", "name": "Buy"},
        ],
        "outcomes": [{"id": "paid", "name": "Paid"}],
        "opportunities": [
            {"id": "typos", "name": "Forgive typos", "pain_points": ["no-hits"]},
            {"id": "faster", "name": "Be faster", "stages": ["browse"], "status": "running"},
        ],
        "evidence": [
            {"id": "talks", "name": "Twelve talks", "kind": "interview", "n": 12, "strength": "C"},
            {
                "id": "log",
                "name": "The log",
                "strength": "A",
                "url": "https://example.org/log?a=1&b=2",
                "contradicts": ["search"],
            },
        ],
    }
)


def number(target: str, measure: str, estimate: float, **others: object) -> Measured:
    fields = {"kind": "touchpoint", "n": 400, "low": 0.2, "high": 0.3} | others
    return Measured(target=target, measure=measure, estimate=estimate, **fields)


FIVE_STARS = {"scale_min": 1, "scale_max": 5}
SHARE = "share of journeys, 0 to 1"
NUMBERS = MeasuredMap(
    map_id="shop",
    map_hash=SHOP.content_hash(),
    as_of="2025-03-31",
    targets=(
        number("browse", "reach", 0.25, kind="stage", unit=SHARE, grade="A"),
        number("home", "reach", 0.25, unit=SHARE, grade="B", open=3),
        number("home", "mean-score", 4.0, low=3.9, high=4.1, **FIVE_STARS),
        number(
            "home", "weighted-mean-score", 4.5, low=4.0, high=5.0, verdict="confirmed", **FIVE_STARS
        ),
        number("home", "expectation-gap", 0.5, low=0.4, high=0.6, verdict="exceeded"),
        number("shop", "nps", 39.84, kind="map", low=None, high=None),
        number("paid", "cumulative-incidence", 0.4, kind="outcome", unit=SHARE, low=0.3, high=0.5),
    ),
)
