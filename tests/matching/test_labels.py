"""Which touchpoint an event belongs to when conditions, strength and context decide."""

import numpy as np
import pytest

from cjm_notebooks.errors import MapError, RuleError
from cjm_notebooks.maps import JourneyMap
from cjm_notebooks.matching.claims import judge
from cjm_notebooks.matching.labels import label


def a_map(**rules):
    touchpoints = [{"id": id_, "name": id_, "match": rule} for id_, rule in rules.items()]
    stages = [{"id": "only", "name": "Only", "touchpoints": touchpoints}]
    return JourneyMap.model_validate({"id": "m", "name": "M", "stages": stages})


def labelled(journey_map, *groups):
    """`labelled(m, "a@0 b@5", "a@1")`: events of two groups with their seconds."""
    events = [step.split("@") for group in groups for step in group.split()]
    names = sorted({name for name, _ in events})
    claims = judge(journey_map, [{"event": name} for name in names])
    labels = label(
        claims,
        np.array([names.index(name) for name, _ in events]),
        np.array([round(float(second) * 1e6) for _, second in events], dtype=np.int64),
        np.cumsum([0, *(len(group.split()) for group in groups)]),
    )
    ids = [touchpoint.id for touchpoint in journey_map.touchpoints]
    return " ".join("-" if place < 0 else ids[place] for place in labels.touchpoint), labels


def where(**condition):
    return {"where": condition}


def test_the_higher_priority_wins():
    journey_map = a_map(
        special=where(**{"is": "pay"}), any={**where(starts_with="p"), "priority": 1}
    )
    assert labelled(journey_map, "pay@0")[0] == "any"


def test_an_exact_name_beats_a_pattern_and_more_conditions_beat_fewer():
    journey_map = a_map(
        pattern=where(starts_with="p"),
        exact=where(**{"is": "pay"}),
        both=where(all=[{"is": "push"}, {"starts_with": "p"}]),
    )
    assert labelled(journey_map, "pay@0 push@1 pull@2")[0] == "exact both pattern"


def test_equally_strong_rules_give_the_event_to_the_smaller_id_and_say_so():
    text, labels = labelled(a_map(zoo=where(glob="p*"), ape=where(glob="*y")), "pay@0 pull@1")
    assert text == "ape zoo"
    assert labels.contested.tolist() == [0, -1]
    assert labels.undecided.tolist() == [True, False]


def test_a_weaker_second_claim_is_reported_as_decided():
    _, labels = labelled(a_map(a=where(**{"is": "pay"}), b=where(glob="p*")), "pay@0")
    assert (labels.contested.tolist(), labels.undecided.tolist()) == ([1], [False])


def test_after_looks_back_within_the_group_only():
    journey_map = a_map(
        buy=where(**{"is": "buy"}), use={**where(**{"is": "login"}), "after": ["buy"]}
    )
    assert labelled(journey_map, "login@0 buy@1 login@2", "login@3")[0] == "- buy use -"


def test_before_looks_ahead_within_the_group_only():
    journey_map = a_map(
        buy=where(**{"is": "buy"}), first={**where(**{"is": "login"}), "before": ["buy"]}
    )
    assert labelled(journey_map, "login@0", "login@1 buy@2 login@3")[0] == "- first buy -"


def test_within_measures_the_time_to_the_nearest_one():
    journey_map = a_map(
        buy=where(**{"is": "buy"}),
        soon={**where(**{"is": "ask"}), "after": ["buy"], "within": "PT10S"},
    )
    assert labelled(journey_map, "buy@0 ask@10 ask@10.5 buy@20 ask@25")[0] == "buy soon - buy soon"


def test_nth_counts_what_fulfils_all_the_rest():
    journey_map = a_map(
        buy=where(**{"is": "buy"}),
        second={**where(**{"is": "ask"}), "after": ["buy"], "nth": 2},
    )
    assert (
        labelled(journey_map, "ask@0 buy@1 ask@2 ask@3 ask@4", "ask@5")[0] == "- buy - second - -"
    )


def test_context_may_rest_on_context():
    journey_map = a_map(
        buy=where(**{"is": "buy"}),
        use={**where(**{"is": "login"}), "after": ["buy"]},
        ask={**where(**{"is": "ask"}), "after": ["use"]},
    )
    assert labelled(journey_map, "login@0 ask@1 buy@2 login@3 ask@4")[0] == "- - buy use ask"


def test_rules_that_wait_for_each_other_are_refused_with_their_circle():
    journey_map = a_map(
        a={**where(**{"is": "x"}), "after": ["b"]}, b={**where(**{"is": "y"}), "before": ["a"]}
    )
    with pytest.raises((RuleError, MapError), match=r"a -> b -> a wait for each other"):
        labelled(journey_map, "x@0")


def test_a_rule_that_looks_for_something_without_a_rule_is_refused():
    journey_map = JourneyMap.model_validate(
        {
            "id": "m",
            "name": "M",
            "stages": [
                {
                    "id": "s",
                    "name": "S",
                    "touchpoints": [
                        {"id": "a", "name": "A"},
                        {"id": "b", "name": "B", "match": {"where": {"is": "x"}, "after": ["a"]}},
                    ],
                }
            ],
        }
    )
    with pytest.raises(RuleError, match="rule of `b` looks for `a`, which has no rule of its own"):
        judge(journey_map, [{"event": "x"}])
