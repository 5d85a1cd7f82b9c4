"""Whoever steps into a usual trap is told which one, and keeps what is right in the answer."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import cjm_notebooks as cjm
from cjm_notebooks.maps import Condition, JourneyMap, Rule, Stage, Touchpoint
from cjm_notebooks.metrics.csat import Csat
from cjm_notebooks.metrics.drivers import Drivers
from cjm_notebooks.metrics.group_scores import GroupScores
from tests.teaching.exercises import given_to, marked, numbers, right_answer


def trapped(exercise: str, question: str, answer: object) -> tuple[str | None, float]:
    mark = marked(exercise, question, answer)
    assert mark.matters
    return mark.misconception, round(mark.share, 2)


def number(exercise: str, question: str) -> float:
    answer = right_answer(exercise, question)
    assert isinstance(answer, float)
    return answer


def recorded(exercise: str) -> pd.DataFrame:
    table: pd.DataFrame = given_to(exercise).events.table.to_pandas()  # type: ignore[union-attr]
    return table


INVENTORY = "touchpoint-inventory"


def test_percentage_is_not_a_share() -> None:
    for exercise, question in ((INVENTORY, "q1"), ("stage-it", "q2")):
        right = number(exercise, question)
        assert trapped(exercise, question, 100 * right) == ("percent-for-share", 0.5)


def test_share_of_names_is_not_the_share_of_events() -> None:
    """Of 28 names the draft leaves out four."""
    assert trapped(INVENTORY, "q1", 24 / 28) == ("names-for-events", 0.25)


def test_outcomes_are_on_the_map_too() -> None:
    """The second order is an outcome of the draft and on none of its touchpoints."""
    counts = recorded(INVENTORY)["event"].value_counts(normalize=True)
    on_touchpoints = number(INVENTORY, "q1") - counts["second_order"]
    assert trapped(INVENTORY, "q1", on_touchpoints) == ("outcomes-left-out", 0.5)


def test_clicks_are_not_people() -> None:
    counts = recorded(INVENTORY)["event"].value_counts()
    events = {name: int(counts[name]) for name in numbers(INVENTORY, "q2")}
    assert trapped(INVENTORY, "q2", events) == ("events-for-customers", 0.5)


def draft_with(**events_by_stage: list[list[str]]) -> JourneyMap:
    """The draft with a touchpoint more for each list of names, at the end of the stage."""
    draft = given_to(INVENTORY).draft_map

    def more(stage: Stage) -> tuple[Touchpoint, ...]:
        lists = events_by_stage.get(stage.id.replace("-", "_"), [])
        return tuple(
            Touchpoint(
                id=f"new-{names[0]}", name="New", match=Rule(where=Condition(in_=tuple(names)))
            )
            for names in lists
        )

    stages = tuple(
        stage.model_copy(update={"touchpoints": (*stage.touchpoints, *more(stage))})
        for stage in draft.stages
    )
    return draft.model_copy(update={"stages": stages})


CHATBOT, WISHLIST, SIZES, COUPON = (
    "chatbot_open",
    "wishlist_add",
    "size_guide_open",
    "coupon_field_open",
)


def test_catch_all_touchpoint_keeps_a_quarter() -> None:
    lumped = draft_with(browse=[[CHATBOT, WISHLIST, SIZES, COUPON]])
    assert trapped(INVENTORY, "q3", lumped) == ("catch-all-touchpoint", 0.25)


def test_touchpoints_in_the_wrong_stage_keep_three_quarters() -> None:
    elsewhere = draft_with(returns=[[CHATBOT], [WISHLIST], [SIZES], [COUPON]])
    assert trapped(INVENTORY, "q3", elsewhere) == (None, 0.75)


def test_two_moments_of_four_keep_half_where_the_rest_is_untouched() -> None:
    assert trapped(INVENTORY, "q3", draft_with(browse=[[CHATBOT], [SIZES]])) == (None, 0.5)


def test_moment_bound_to_its_neighbour_in_the_same_stage_keeps_most() -> None:
    near = draft_with(browse=[[WISHLIST], [SIZES]], fill_basket=[[COUPON]])
    near = cjm.bind(near, "product-page", CHATBOT)
    assert marked(INVENTORY, "q3", near).share == pytest.approx((3 + 0.75) / 4)


def test_names_are_free() -> None:
    named = draft_with(browse=[[CHATBOT], [WISHLIST], [SIZES]], fill_basket=[[COUPON]])
    assert marked(INVENTORY, "q3", named).share == 1


def test_touchpoints_that_stand_for_nothing_cost_a_little_each() -> None:
    full = draft_with(browse=[[CHATBOT], [WISHLIST], [SIZES], ["x"], ["y"]], fill_basket=[[COUPON]])
    assert marked(INVENTORY, "q3", full).share == pytest.approx(0.9)


def test_map_that_a_program_drafted_is_not_the_draft_with_more_on_it() -> None:
    drafted = cjm.draft(given_to(INVENTORY).events, name="Drafted")
    assert trapped(INVENTORY, "q3", drafted) == ("started-over", 0)


def asking(rule: Rule, other: Rule | None = None) -> JourneyMap:
    """The draft with two touchpoints more, `one` and `two`, that have these rules."""
    draft = given_to(INVENTORY).draft_map
    first, *rest = draft.stages
    more = (
        Touchpoint(id="one", name="One", match=rule),
        Touchpoint(id="two", name="Two", match=other),
    )
    first = first.model_copy(update={"touchpoints": (*first.touchpoints, *more)})
    return draft.model_copy(update={"stages": (first, *rest)})


@pytest.mark.parametrize(("exercise", "question"), [(INVENTORY, "q3"), ("stage-it", "q3")])
def test_rule_that_cannot_be_asked_costs_the_mark_and_is_named(
    exercise: str, question: str
) -> None:
    everybody = Condition(column="customer", starts_with="c")
    assert "asks for `customer`" in marked(exercise, question, asking(Rule(where=everybody))).saw
    chatbot = Condition(is_=CHATBOT)
    circle = asking(Rule(where=chatbot, after=("two",)), Rule(where=chatbot, after=("one",)))
    mark = marked(exercise, question, circle)
    assert mark.share == 0
    assert "wait for each other" in mark.saw


def test_silence_is_no_evidence_either_way() -> None:
    keep, _, delete = (
        "Leave them as they are, since the workshop agreed on them",
        "",
        "Delete them all, since nobody goes there",
    )
    assert trapped(INVENTORY, "q4", keep) == ("map-not-tested", 0)
    assert trapped(INVENTORY, "q4", delete) == ("absence-as-evidence", 0)
    assert trapped(INVENTORY, "q5", WISHLIST) == ("size-for-growth", 0)


STAGES = {
    "before": ["newsletter", "ad", "social-post", "home", "search", "product-page", "reviews"],
    "more": ["chatbot", "wishlist", "size-guide", "into-basket", "basket", "coupon"],
    "pay": ["shipping-costs", "payment", "order"],
    "rest": [
        *("order-mail", "parcel-sent", "tracking", "parcel-arrives", "in-time", "support"),
        *("return-request", "return-label", "parcel-dropped", "refund", "reminder"),
    ],
}


def staged(stages: dict[str, list[str]]) -> JourneyMap:
    things = given_to("stage-it").draft_map
    known = {one.id: one for one in things.touchpoints}
    return things.model_copy(
        update={
            "stages": tuple(
                Stage(id=name, name=name, touchpoints=tuple(known[id_] for id_ in ids))
                for name, ids in stages.items()
            )
        }
    )


def test_frequency_is_not_order() -> None:
    counts = recorded("stage-it")["event"].value_counts()
    rare_last = {str(name): -float(count) for name, count in counts.items()}
    misconception, share = trapped("stage-it", "q1", rare_last)
    assert misconception == "frequency-for-order"
    assert share < 1


def test_reversed_order_earns_nothing_and_any_rising_numbers_earn_all() -> None:
    place = numbers("stage-it", "q1")
    assert marked("stage-it", "q1", {name: -at for name, at in place.items()}).share == 0
    ranks = {name: rank for rank, name in enumerate(sorted(place, key=lambda one: place[one]))}
    assert marked("stage-it", "q1", ranks).share == 1


def test_share_of_buyers_is_not_the_share_of_their_events() -> None:
    table = recorded("stage-it")
    bought = table.loc[table["event"] == "order_placed", "customer"].nunique()
    share = bought / table["customer"].nunique()
    assert trapped("stage-it", "q2", share) == ("customers-for-events", 0.25)


def test_map_that_ends_at_the_order_is_a_funnel() -> None:
    misconception, share = trapped("stage-it", "q3", staged(STAGES))
    assert misconception == "purchase-only-funnel"
    assert 0.1 < share < 0.6


def test_stages_by_department_are_the_organisations_own() -> None:
    things = given_to("stage-it").draft_map
    owners = {one.id: str(one.department) for one in things.touchpoints}
    by_owner = {
        owner: [id_ for id_, owned in owners.items() if owned == owner]
        for owner in sorted(set(owners.values()))
    }
    misconception, share = trapped("stage-it", "q3", staged(by_owner))
    assert misconception == "inside-out-stages"
    assert share < 0.7


def test_a_stage_for_each_touchpoint_is_no_stage() -> None:
    each = staged({one.id: [one.id] for one in given_to("stage-it").right_map.touchpoints})
    misconception, share = trapped("stage-it", "q3", each)
    assert misconception == "touchpoints-for-stages"
    assert share <= 0.02


def test_stages_in_reversed_order_lose_a_quarter() -> None:
    solution = right_answer("stage-it", "q3")
    assert isinstance(solution, JourneyMap)
    reverse = solution.model_copy(update={"stages": solution.stages[::-1]})
    assert marked("stage-it", "q3", reverse).share == pytest.approx(0.75)


def with_goals(*goals: str) -> JourneyMap:
    told = right_answer("stage-it", "q4")
    assert isinstance(told, JourneyMap)
    stages = zip(told.stages, (*goals, *("",) * len(told.stages)), strict=False)
    return told.model_copy(
        update={"stages": tuple(one.model_copy(update={"customer_goal": g}) for one, g in stages)}
    )


def test_goals_in_the_words_of_the_organisation_are_not_the_customers() -> None:
    told = with_goals("We raise conversion in our funnel.", "I want to know whether it fits.")
    assert trapped("stage-it", "q4", told) == ("inside-out-wording", round(1 / 7, 2))


def test_goal_that_is_copied_to_every_stage_is_none() -> None:
    assert marked("stage-it", "q4", with_goals(*["I want to be happy with it."] * 7)).share == 0


CURVE = "emotion-curve"


def test_curve_off_the_scale_or_level_is_no_curve() -> None:
    guess = numbers(CURVE, "q1")
    assert trapped(CURVE, "q1", dict.fromkeys(guess, 1.0)) == ("flat-curve", 0)
    assert trapped(CURVE, "q1", guess | {"refund": -5.0}) == ("off-the-scale", 0)


def test_upside_down_curve_is_an_inside_view() -> None:
    guess = {place: -value for place, value in numbers(CURVE, "q1").items()}
    assert trapped(CURVE, "q1", guess) == ("inside-view", 0)


def test_means_that_were_not_moved_keep_half() -> None:
    felt = numbers(CURVE, "q2")
    assert trapped(CURVE, "q2", {at: one + 3 for at, one in felt.items()}) == (
        "scale-not-moved",
        0.5,
    )
    assert trapped(CURVE, "q2", {at: one + 2 for at, one in felt.items()}) == (
        "zero-for-worst",
        0.5,
    )


def test_most_bad_answers_are_not_the_worst_place() -> None:
    assert trapped(CURVE, "q3", "shipping-costs") == ("count-for-rate", 0.25)


def test_lowest_point_of_the_workshop_is_a_claim() -> None:
    assert trapped(CURVE, "q3", "support") == ("claim-for-measurement", 0)


def test_share_of_all_answers_is_not_the_share_that_answered() -> None:
    given = given_to(CURVE)
    journeys = cjm.join(given.draft_map, given.events, feedback=given.feedback)
    csat = cjm.measure(Csat(), journeys).query("question == 'rating' and touchpoint.notna()")
    n = csat.set_index("touchpoint")["n"]
    of_all = (n / n.sum())[list(numbers(CURVE, "q4"))].to_dict()
    assert trapped(CURVE, "q4", of_all) == ("share-of-answers-for-response", 0.25)


def test_explanation_without_the_silent_ignores_them() -> None:
    text = str(right_answer(CURVE, "q5"))
    assert trapped(CURVE, "q5", text.replace("silent", "calm")) == ("non-response-ignored", 0.8)


MOMENT = "moment-of-truth"


def test_comparison_with_those_who_were_gone_before_is_named() -> None:
    plain = numbers(MOMENT, "q1")
    misconception, share = trapped(MOMENT, "q2", plain)
    assert misconception == "compared-with-those-who-never-got-there"
    assert share == 0.25


def test_difference_over_both_groups_ignores_the_segment() -> None:
    overall = numbers(MOMENT, "q1")["newsletter"]
    groups = dict.fromkeys(numbers(MOMENT, "q3"), overall)
    assert trapped(MOMENT, "q3", groups) == ("segment-ignored", 0.25)


def test_shares_are_not_differences() -> None:
    given = given_to(MOMENT)
    drivers = cjm.measure(Drivers(), cjm.join(given.draft_map, given.events))
    shares = drivers.set_index("touchpoint")["share"][list(numbers(MOMENT, "q1"))].to_dict()
    assert trapped(MOMENT, "q1", shares) == ("share-for-difference", 0.25)


@pytest.mark.parametrize(
    ("claim", "misconception"),
    [
        ("the newsletter", "correlation-as-cause"),
        ("the reviews", "popular-for-decisive"),
        ("all three", "claim-for-finding"),
        ("none of them", "doubt-for-finding"),
    ],
)
def test_each_wrong_claim_has_a_name(claim: str, misconception: str) -> None:
    assert trapped(MOMENT, "q4", claim) == (misconception, 0)


NPS = "nps-change"
PERIODS = (("", "2025-06-02"), ("2025-06-02", ""))


def waves(branch: str) -> tuple[pd.Series, pd.Series]:
    given = given_to(NPS)
    library = cjm.join(
        given.draft_map, given.events, feedback=given.feedback, customers=given.customers
    )
    scores = GroupScores(("nps",), periods=PERIODS)
    table = cjm.measure(scores, library.where("branch", branch))
    march, june = table.iloc[0], table.iloc[1]
    return march, june


def test_change_of_the_mean_is_not_that_of_the_nps() -> None:
    given = given_to(NPS)
    answers = given.feedback.table.to_pandas()  # type: ignore[union-attr]
    people = given.customers.table.to_pandas()  # type: ignore[union-attr]
    answers = answers.merge(people, on="customer").assign(june=lambda all_: all_["at"].dt.month > 5)
    means = answers.groupby(["branch", "june"])["score"].mean().unstack()
    change = (means[True] - means[False]).to_dict()
    assert trapped(NPS, "q1", change) == ("mean-for-nps", 0.25)
    promoters = answers.assign(score=100.0 * (answers["score"] >= 9))
    shares = promoters.groupby(["branch", "june"])["score"].mean().unstack()
    assert trapped(NPS, "q1", (shares[True] - shares[False]).to_dict())[0] == "promoters-for-nps"


def test_gap_between_two_intervals_is_not_the_interval_of_the_change() -> None:
    gaps = {}
    for branch in numbers(NPS, "q2"):
        march, june = waves(branch)
        gaps[branch] = june["low"] - march["high"]
    assert trapped(NPS, "q2", gaps) == ("overlap-means-equal", 0.25)
    risen = given_to(NPS).truth.fact("risen").at
    assert gaps[risen] < 0 < numbers(NPS, "q2")[risen], "they overlap, and the change is clear"


@pytest.mark.parametrize(
    ("fact", "answer", "misconception"),
    [
        ("cannot-tell", "risen", "noise-as-signal"),
        ("cannot-tell", "other people asked", "story-for-noise"),
        ("risen", "cannot tell", "overlap-means-equal"),
        ("risen", "other people asked", "mix-suspected-everywhere"),
        ("another-mix", "risen", "mix-for-change"),
        ("another-mix", "cannot tell", "overlap-means-equal"),
        ("another-mix", "fallen", None),
    ],
)
def test_each_wrong_verdict_has_a_name(fact: str, answer: str, misconception: str | None) -> None:
    branch = given_to(NPS).truth.fact(fact).at
    question = {"harbour": "q3", "market": "q4", "station": "q5"}[branch]
    assert trapped(NPS, question, answer) == (misconception, 0)


def test_which_branch_has_really_risen_differs_between_students() -> None:
    risen = [given_to(NPS, str(student)).truth.fact("risen").at for student in range(12)]
    assert set(risen) == {"harbour", "market", "station"}
    assert np.unique(risen, return_counts=True)[1].max() < 12
