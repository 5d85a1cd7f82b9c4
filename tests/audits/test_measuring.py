"""The measured map: one number a place, its evidence grade, and the verdict on the map's claim."""

from __future__ import annotations

import pytest

from cjm_notebooks import AuditResult, Feedback, audit
from cjm_notebooks.maps import Measured, MeasuredMap
from tests.audits import AS_OF, BUYS, BUYS_LATER, LEAVES_CART, answers, claiming, events
from tests.journeys import ONE_EACH

SIXTY = [BUYS] * 39 + [BUYS_LATER] + [LEAVES_CART] * 20


def number(result: AuditResult, target: str, measure: str) -> Measured:
    found = [
        one
        for one in result.measured.targets
        if (one.target, one.measure, one.kind) == (target, measure, KINDS.get(target, "touchpoint"))
    ]
    (only,) = found
    return only


KINDS = {"pay": "stage", "browse": "stage", "paid": "outcome", "shop": "map"}


def said_of_cart(score: int, n: int) -> Feedback:
    """`n` answers about the cart around `score`, half of them one point above, half one below."""
    words = [f"csat:cart={score + (-1) ** i}@60" for i in range(n)]
    return answers(*words)


def test_each_part_has_its_number_with_its_interval() -> None:
    result = audit(ONE_EACH, events(*SIXTY), as_of=AS_OF)
    reach = number(result, "pay", "reach")
    assert reach.estimate == pytest.approx(40 / 60)
    assert reach.n == 60
    assert reach.low < reach.estimate < reach.high
    assert number(result, "paid", "cumulative-incidence").estimate == pytest.approx(40 / 60)
    assert number(result, "browse", "drop-off").estimate == 0


def test_answers_about_no_touchpoint_are_about_the_whole_map() -> None:
    said = answers(*["nps=9@60"] * 30, *["nps=2@60"] * 10)
    nps = number(audit(ONE_EACH, feedback=said, as_of=AS_OF), "shop", "nps")
    assert nps.estimate == pytest.approx(100 * (30 - 10) / 40)
    assert nps.n == 40


def test_two_questions_about_one_place_are_told_apart() -> None:
    said = answers(*["nps:cart=9@60"] * 10, *["csat:cart=4@60"] * 10)
    measures = {one.measure for one in audit(ONE_EACH, feedback=said, as_of=AS_OF).measured.targets}
    assert measures == {"nps", "mean-score"}


def test_score_says_on_which_scale_it_was_given_and_a_share_has_none() -> None:
    result = audit(ONE_EACH, events(*SIXTY), feedback=said_of_cart(3, 200), as_of=AS_OF)
    score, reach = number(result, "cart", "mean-score"), number(result, "cart", "reach")
    assert (score.scale_min, score.scale_max) == (1, 5)
    assert (reach.scale_min, reach.scale_max) == (None, None)


@pytest.mark.parametrize(
    ("emotion", "verdict"),
    # a mean of 2 on 1 to 5 is -1 on -2 to 2
    [(-1, "confirmed"), (-1.4, "confirmed"), (0, "contradicted"), (2, "contradicted")],
)
def test_emotion_is_confirmed_when_the_interval_is_within_half_a_step(
    emotion: float, verdict: str
) -> None:
    result = audit(claiming(emotion), feedback=said_of_cart(2, 200), as_of=AS_OF)
    assert number(result, "cart", "mean-score").verdict == verdict


def test_few_answers_give_no_verdict() -> None:
    result = audit(claiming(2), feedback=said_of_cart(2, 28), as_of=AS_OF)
    assert number(result, "cart", "mean-score").verdict is None


@pytest.mark.parametrize(("expected", "verdict"), [(4, "missed"), (3, "met"), (2, "exceeded")])
def test_expectation_is_missed_met_or_exceeded(expected: float, verdict: str) -> None:
    result = audit(claiming(expected=expected), feedback=said_of_cart(3, 200), as_of=AS_OF)
    gap = number(result, "cart", "expectation-gap")
    assert gap.estimate == pytest.approx(3 - expected)
    assert gap.verdict == verdict


@pytest.mark.parametrize(("share", "verdict"), [(0.66, "confirmed"), (0.9, "contradicted")])
def test_share_expected_to_reach_a_stage_is_tested(share: float, verdict: str) -> None:
    result = audit(claiming(share=share), events(*SIXTY), as_of=AS_OF)
    assert number(result, "pay", "reach").verdict == verdict


@pytest.mark.parametrize(
    ("customers", "as_of", "grade"),
    [
        (99, AS_OF, "B"),  # fewer than 100
        (100, AS_OF, "A"),
        (100, "2025-06-04", "B"),  # the last event, on 5 March, is 91 days old
        (100, "2026-03-10", "C"),  # more than a year old
        (29, AS_OF, "C"),
    ],
)
def test_grade_of_events_falls_with_few_and_with_old_records(
    customers: int, as_of: str, grade: str
) -> None:
    recorded = events(*[BUYS] * (customers - 1), BUYS_LATER)
    assert number(audit(ONE_EACH, recorded, as_of=as_of), "pay", "reach").grade == grade


def test_answers_speak_for_those_who_answered_unless_they_are_weighted() -> None:
    result = audit(ONE_EACH, feedback=said_of_cart(3, 200), as_of=AS_OF)
    assert number(result, "cart", "mean-score").grade == "B"


def test_measured_map_says_of_which_map_and_which_days(tmp_path) -> None:
    result = audit(ONE_EACH, events(*SIXTY), as_of=AS_OF)
    result.save(tmp_path, "spring")
    written = MeasuredMap.load(tmp_path / "spring.measured.json")
    assert written == result.measured
    assert written.map_hash == ONE_EACH.content_hash()
    assert [str(written.period.from_), str(written.period.to)] == ["2025-01-01", "2025-03-05"]
