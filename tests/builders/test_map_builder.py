"""The map as a widget: what the screen sets and sends, and what Python sees of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from cjm_notebooks import Events, Feedback, JourneyMap, Question
from cjm_notebooks.builders.map_builder import MapBuilder
from cjm_notebooks.errors import MapError, ParameterError, RuleError
from cjm_notebooks.maps import Condition, MeasuredMap, Rule, Touchpoint

FIRST = datetime(2025, 3, 1, 8, tzinfo=UTC)
SHOP = {
    "id": "shop",
    "name": "Shop",
    "stages": [
        {
            "id": "all",
            "name": "All",
            "touchpoints": [
                {"id": "home", "name": "Home", "match": {"where": {"is": "home"}}},
                {"id": "cart", "name": "Cart"},
            ],
        }
    ],
    "outcomes": [{"id": "paid", "name": "Paid", "match": {"where": {"is": "paid"}}}],
}


def shop(**changes: object) -> JourneyMap:
    return JourneyMap.model_validate({**SHOP, **changes})


def events(*customers: str) -> Events:
    """`events("home cart:app", "home")`: one event a day, with the channel if it is named."""
    rows = [
        (f"customer {number}", *f"{word}:web".split(":")[:2], FIRST + timedelta(days=day))
        for number, words in enumerate(customers)
        for day, word in enumerate(words.split())
    ]
    table = pd.DataFrame(rows, columns=["who", "event", "channel", "at"])
    return Events(table, customer="who", at="at")


def built(*customers: str, **options: str) -> MapBuilder:
    return MapBuilder(shop(), events(*(customers or THREE)), **options)


THREE = ("home add_to_cart paid", "home add_to_cart:app", "home odd")


def says(builder: MapBuilder, message: Mapping[str, object] | None) -> None:
    """What the screen sends."""
    builder._handle_custom_msg(message, [])


def edits(builder: MapBuilder, **fields: object) -> None:
    """What an edit on the screen sets."""
    builder.set_state({"fields": {**builder.fields, **fields}})


def coverage(builder: MapBuilder) -> tuple[int, int]:
    return builder.coverage["claimed"], builder.coverage["events"]


def rule_of_cart(builder: MapBuilder) -> Rule | None:
    return builder.map.touchpoints[1].match


def test_without_a_map_there_is_an_empty_one_to_begin_with() -> None:
    builder = MapBuilder()
    assert builder.map.name == "Untitled journey"
    assert builder.fields["id"] == "untitled-journey"
    assert (builder.inventory, builder.coverage, builder.preview) == (None, None, None)


def test_edit_on_the_screen_is_in_the_map() -> None:
    builder = MapBuilder(shop())
    edits(builder, name="New shop")
    assert builder.map == shop(name="New shop")


def test_map_set_in_python_is_on_the_screen_with_its_problems() -> None:
    builder = MapBuilder(shop())
    builder.map = shop(primary_persona="anna")
    assert builder.fields["primary_persona"] == "anna"
    assert [problem["place"] for problem in builder.problems] == ["primary_persona"]


def test_what_does_not_fit_is_said_and_the_last_good_map_stays() -> None:
    builder = MapBuilder(shop())
    edits(builder, stages=[{"id": "no name"}])
    assert "`stages[0]` has no `name`. Add it." in builder.unreadable
    assert builder.map == shop()
    assert builder.fields["stages"] == [{"id": "no name"}]
    edits(builder, stages=SHOP["stages"])
    assert (builder.unreadable, builder.map) == ("", shop())


def test_map_comes_from_a_file_and_is_saved_there(tmp_path: Path) -> None:
    path = tmp_path / "shop.cjm.json"
    shop().save(path)
    builder = MapBuilder(path)
    edits(builder, name="New shop")
    builder.save()
    assert JourneyMap.load(path).name == "New shop"


def test_map_that_came_from_no_file_needs_a_path(tmp_path: Path) -> None:
    builder = MapBuilder(shop())
    with pytest.raises(ParameterError, match=r"This map came from no file\. Give a path"):
        builder.save()
    builder.save(tmp_path / "a.cjm.json")
    builder.save()
    assert JourneyMap.load(tmp_path / "a.cjm.json") == shop()


def test_file_that_is_not_there_is_refused() -> None:
    with pytest.raises(MapError, match=r"There is no file `nowhere\.cjm\.json`"):
        MapBuilder("nowhere.cjm.json")


def test_unclaimed_events_come_first_with_their_channel() -> None:
    builder = built(channel="channel")
    rows = [(*row["values"].values(), row["unclaimed"]) for row in builder.inventory]
    assert rows[:3] == [("add_to_cart", "app", 1), ("add_to_cart", "web", 1), ("odd", "web", 1)]
    assert builder.inventory[-2] == {
        "values": {"event": "home", "channel": "web"},
        "events": 3,
        "customers": 3,
        "unclaimed": 0,
        "touchpoint": "home",
        "outcome": None,
        "first_seen": "2025-03-01T08:00:00Z",
        "last_seen": "2025-03-01T08:00:00Z",
    }
    assert builder.inventory[-1]["outcome"] == "paid"


def test_coverage_counts_touchpoints_and_outcomes() -> None:
    builder = built()
    assert coverage(builder) == (4, 7)
    counts = {one["id"]: (one["events"], one["customers"]) for one in builder.coverage["targets"]}
    assert counts == {"home": (3, 3), "cart": (0, 0), "paid": (1, 1)}
    assert builder.coverage["targets"][0]["words"] == "`event` is `home`"


def test_rule_made_on_the_screen_raises_the_coverage() -> None:
    builder = built()
    touchpoints = [SHOP["stages"][0]["touchpoints"][0]]  # type: ignore[index]
    cart = {"id": "cart", "name": "Cart", "match": {"where": {"is": "add_to_cart"}}}
    edits(builder, stages=[{"id": "all", "name": "All", "touchpoints": [*touchpoints, cart]}])
    assert coverage(builder) == (6, 7)
    assert builder.failure == ""


def test_event_dropped_on_a_touchpoint_is_bound_and_taken_off_again() -> None:
    builder = built(channel="channel")
    says(builder, {"kind": "bind", "target": "cart", "values": {"event": "add_to_cart"}})
    assert rule_of_cart(builder) == Rule(where=Condition(is_="add_to_cart"))
    assert coverage(builder) == (6, 7)
    app = {"event": "add_to_cart", "channel": "app"}
    says(builder, {"kind": "unbind", "target": "cart", "values": app})
    assert coverage(builder) == (5, 7)
    says(builder, {"kind": "unbind", "target": "cart", "values": {"event": "add_to_cart"}})
    assert rule_of_cart(builder) is None


def test_preview_says_old_and_new_and_changes_nothing() -> None:
    builder = built()
    says(builder, {"kind": "preview", "target": "cart", "bind": {"event": "add_to_cart"}})
    preview = builder.preview
    assert preview["rule"] == {"where": {"is": "add_to_cart"}}
    assert preview["words"] == "`event` is `add_to_cart`"
    assert (preview["before"]["claimed"], preview["after"]["claimed"]) == (4, 6)
    assert preview["targets"] == [
        {
            "id": "cart",
            "kind": "touchpoint",
            "name": "Cart",
            "events": [0, 2],
            "customers": [0, 2],
        }
    ]
    assert preview["edit"] == {
        "label": "Bind `add_to_cart` to Cart",
        "operations": [
            {"op": "set", "at": "touchpoints/cart/match", "value": {"where": {"is": "add_to_cart"}}}
        ],
    }
    assert builder.map == shop()
    says(builder, {"kind": "dismiss"})
    assert builder.preview is None


def test_preview_of_a_typed_rule_shows_whom_it_takes_events_from() -> None:
    builder = built()
    rule = {"where": {"glob": "*o*e*"}, "priority": 1}
    says(builder, {"kind": "preview", "target": "cart", "rule": rule})
    changes = {one["id"]: one["events"] for one in builder.preview["targets"]}
    assert changes == {"cart": [0, 3], "home": [3, 0]}
    (overlap,) = builder.preview["overlaps"]
    assert (overlap["winner"], overlap["other"], overlap["reason"]) == ("cart", "home", "priority")
    assert (overlap["events"], overlap["customers"], overlap["examples"]) == (3, 3, ["home"])


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ({"where": {"matches": "("}}, "which is no regular expression"),
        ({"where": {"column": "chanel", "is": "web"}}, "Did you mean `channel`?"),
        ({"where": {"is": "home"}, "after": ["nobody"]}, "looks for `nobody`, which has no rule"),
        ({"where": {"is": "home"}, "after": ["cart"]}, "wait for each other"),
        ({"wear": {"is": "home"}}, "has no field `wear`. Did you mean `where`?"),
        ({"where": "home"}, "Write an object"),
        ("home", "A rule is an object"),
    ],
)
def test_rule_that_cannot_be_used_is_answered_with_a_sentence(rule: object, sentence: str) -> None:
    builder = built()
    says(builder, {"kind": "preview", "target": "cart", "rule": rule})
    assert sentence in builder.preview["error"]
    assert (builder.preview["edit"], builder.preview["targets"]) == (None, [])
    assert (builder.failure, coverage(builder)) == ("", (4, 7))


def test_rule_for_a_column_that_was_not_read_yet_is_counted() -> None:
    builder = built()
    rule = {"where": {"column": "channel", "is": "app"}}
    says(builder, {"kind": "preview", "target": "cart", "rule": rule})
    assert builder.preview["targets"][0]["events"] == [0, 1]
    assert {tuple(row["values"]) for row in builder.inventory} == {("event",)}


def test_map_whose_rules_cannot_be_applied_has_no_coverage_and_says_why() -> None:
    builder = built()
    builder.map = shop(
        outcomes=[{"id": "paid", "name": "Paid", "match": {"where": {"column": "x", "is": 1}}}]
    )
    assert builder.coverage is None
    assert "The rule of `paid` names the column `x`" in builder.failure
    builder.map = shop()
    assert (builder.failure, coverage(builder)) == ("", (4, 7))


def test_widget_over_events_that_its_map_cannot_be_applied_to_is_refused() -> None:
    circle = {"where": {"is": "home"}, "after": ["home"]}
    stages = [
        {"id": "s", "name": "S", "touchpoints": [{"id": "home", "name": "H", "match": circle}]}
    ]
    with pytest.raises(RuleError, match="home -> home wait for each other"):
        MapBuilder(shop(stages=stages), events("home"))


def test_suggestion_is_accepted_or_stays_away() -> None:
    builder = built()
    (first, *_) = builder.suggestions
    assert (first["event"], first["touchpoint"], first["word"]) == ("add_to_cart", "cart", "strong")
    says(builder, {"kind": "refuse", "event": "add_to_cart", "touchpoint": "cart"})
    says(builder, {"kind": "bind", "target": "home", "values": {"event": "odd"}})
    assert ("add_to_cart", "cart") in builder.refused
    assert all(one["touchpoint"] != "cart" for one in builder.suggestions)
    says(builder, {"kind": "accept", "event": "add_to_cart", "touchpoint": "cart"})
    assert rule_of_cart(builder) == Rule(where=Condition(is_="add_to_cart"))


def test_period_counts_its_days_only_both_of_them_included() -> None:
    builder = built()
    says(builder, {"kind": "period", "from": "2025-03-01", "to": "2025-03-02"})
    assert coverage(builder) == (3, 6)
    assert builder.coverage["period"] == {"from": "2025-03-01", "to": "2025-03-02"}
    says(builder, {"kind": "period", "from": None, "to": None})
    assert coverage(builder) == (4, 7)


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ({"kind": "bnid"}, "The builder cannot do `bnid`. Did you mean `bind`"),
        (None, "The builder cannot do `None`."),
        ({"kind": "bind", "target": "crat", "values": {"event": "odd"}}, "Did you mean `cart`"),
        ({"kind": "bind", "target": "cart", "values": {"event": None}}, "have no value"),
        ({"kind": "period", "from": "March", "to": None}, "`March`, which is no day"),
        ({"kind": "assign", "question": "q", "touchpoint": "crat"}, "Did you mean `cart`?"),
    ],
)
def test_message_that_cannot_be_done_is_answered_with_a_sentence(
    message: Mapping[str, object] | None, sentence: str
) -> None:
    builder = built()
    says(builder, message)
    assert sentence in builder.failure
    assert builder.map == shop()
    says(builder, {"kind": "dismiss"})
    assert builder.failure == ""


def test_rules_need_events() -> None:
    builder = MapBuilder(shop())
    says(builder, {"kind": "preview", "target": "cart", "rule": None})
    assert builder.failure.startswith("The builder has no events to count.")


def test_question_finds_its_touchpoint() -> None:
    answers = pd.DataFrame({"question": ["q1", "q1", "q2"], "score": [4, 9, 5]})
    asked = (Question("q1", "csat", (1, 5)), Question("q2", "csat", (1, 5), touchpoint="home"))
    builder = MapBuilder(shop(), None, Feedback(answers, "score", asked, question="question"))
    written = {"kind": "csat", "scale": [1, 5], "answers": 1}
    assert builder.questions == [
        {"id": "q1", **written, "touchpoint": None},
        {"id": "q2", **written, "touchpoint": "home"},
    ]
    says(builder, {"kind": "assign", "question": "q1", "touchpoint": "cart"})
    assert builder.questions[0]["touchpoint"] == "cart"
    assert builder.map.touchpoints[1].questions == ("q1",)
    says(builder, {"kind": "assign", "question": "q1", "touchpoint": "home"})
    assert [one.questions for one in builder.map.touchpoints] == [("q1",), ()]
    says(builder, {"kind": "assign", "question": "q1", "touchpoint": None})
    assert [one.questions for one in builder.map.touchpoints] == [(), ()]


def test_text_on_the_map_does_not_count_anew() -> None:
    builder = built()
    counted = builder.coverage
    stage = shop().stages[0]
    thinking = stage.touchpoints[0].model_copy(update={"thinking": "Where is the sale?"})
    touchpoints = (thinking, *stage.touchpoints[1:])
    builder.map = shop(stages=(stage.model_copy(update={"touchpoints": touchpoints}),))
    assert builder.coverage is counted


def test_everything_the_screen_gets_is_json() -> None:
    builder = built(channel="channel")
    says(builder, {"kind": "preview", "target": "cart", "bind": {"event": "add_to_cart"}})
    state = {name: value for name, value in builder.get_state().items() if name[0] != "_"}
    assert json.loads(json.dumps(state, allow_nan=False))["coverage"] == builder.coverage


def test_widget_is_a_picture_where_nobody_can_touch_it() -> None:
    measured = MeasuredMap(map_id="shop", map_hash="", as_of="2025-04-01")
    builder = MapBuilder(shop(), measured=measured)
    data, _ = builder._repr_mimebundle_()
    assert data["application/vnd.cjm+json"]["journey_map"]["id"] == "shop"
    assert "Cart" in data["text/html"]
    builder.map = JourneyMap(id="other", name="Other", stages=())
    assert builder._repr_mimebundle_()[0]["application/vnd.cjm+json"]["measured"] is None


def test_touchpoint_of_python_needs_no_json() -> None:
    pay = Touchpoint(id="pay", name="Pay", match=Rule(where=Condition(is_="odd")))
    stage = shop().stages[0]
    builder = built()
    builder.map = shop(
        stages=(stage.model_copy(update={"touchpoints": (*stage.touchpoints, pay)}),)
    )
    assert coverage(builder) == (5, 7)


def test_message_that_leaves_rules_without_what_they_look_for_says_so() -> None:
    after_home = {"where": {"is": "add_to_cart"}, "after": ["home"]}
    (stage,) = SHOP["stages"]  # type: ignore[misc]
    home, _ = stage["touchpoints"]  # type: ignore[index]
    cart = {"id": "cart", "name": "Cart", "match": after_home}
    builder = MapBuilder(
        shop(stages=[{"id": "all", "name": "All", "touchpoints": [home, cart]}]), events(*THREE)
    )
    assert coverage(builder) == (6, 7)
    says(builder, {"kind": "unbind", "target": "home", "values": {"event": "home"}})
    assert "looks for `home`, which has no rule of its own" in builder.failure
    says(builder, {"kind": "dismiss"})
    assert builder.failure
    says(builder, {"kind": "bind", "target": "home", "values": {"event": "home"}})
    assert (builder.failure, coverage(builder)) == ("", (6, 7))


def test_answer_names_the_message_that_it_answers() -> None:
    builder = built()
    says(builder, {"kind": "preview", "target": "cart", "bind": {"event": "odd"}, "number": 7})
    assert builder.answered == 7
    says(builder, {"kind": "fly", "number": 8})
    assert (builder.answered, bool(builder.failure)) == (8, True)


def test_event_that_becomes_a_touchpoint_is_counted_before_the_touchpoint_is_there() -> None:
    builder = built()
    insert = {"stage": "all", "id": "odd-2", "name": "Odd"}
    ask = {"kind": "preview", "target": "odd-2", "bind": {"event": "odd"}, "insert": insert}
    says(builder, ask)
    assert (builder.preview["before"]["claimed"], builder.preview["after"]["claimed"]) == (4, 5)
    assert [(one["id"], one["events"]) for one in builder.preview["targets"]] == [("odd-2", [0, 1])]
    value = {"id": "odd-2", "name": "Odd", "match": {"where": {"is": "odd"}}}
    operation = {"op": "insert", "into": "stages/all/touchpoints", "value": value}
    assert builder.preview["edit"] == {"label": "Add Odd", "operations": [operation]}
    assert len(builder.map.touchpoints) == 2
    says(builder, {**ask, "insert": {**insert, "stage": "gone"}})
    assert builder.preview["error"].startswith(
        "The map `shop` has no touchpoint or outcome `odd-2`"
    )
