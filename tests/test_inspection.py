from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pandas as pd
import pytest

from cjm_notebooks import Feedback, JourneyMap, Journeys, Question, join, measure
from cjm_notebooks.catalogue import entries
from cjm_notebooks.checks import Check, Finding, Observation, SmallGroups, Test, Verdict
from cjm_notebooks.gate import gate
from cjm_notebooks.inspection import Checked, inspect_all
from cjm_notebooks.language import say
from cjm_notebooks.maps import Department, Stage, Touchpoint
from cjm_notebooks.metrics import Metric
from tests.journeys import ONE_EACH, journeys

MAP = JourneyMap(
    id="shop",
    name="Shop",
    owner="Ada",
    departments=(Department(id="cashiers", name="The cashiers"),),
    stages=(
        Stage(
            id="buy",
            name="Buy",
            owner_department="sales",
            touchpoints=(
                Touchpoint(id="cart", name="Cart"),
                Touchpoint(id="pay", name="Pay", department="cashiers"),
            ),
        ),
        Stage(id="use", name="Use", touchpoints=(Touchpoint(id="start", name="Start"),)),
    ),
)


@dataclass(frozen=True)
class Suspicion(Check[None]):
    """Found at `target` when the corrected p-value is at most 0.05."""

    id = "Z01"
    passed = "Nothing to suspect."
    failed = "Something to suspect."
    why = "Because."
    severity = "high"
    source = "D"
    limits = "None."
    reads = {"journey_map": "journey_map"}

    p: float
    target: str = "pay"
    outcome: str = "fail"

    def inspect(self, journey_map: JourneyMap) -> Observation[None]:
        return Observation(tests=(Test(self.target, self.p, 0.1, "z"),))

    def judge(self, observation: Observation[None]) -> Verdict:
        p_adjusted = observation.p_adjusted(self.target)
        if p_adjusted is None or p_adjusted > 0.05:
            return Verdict.of(())
        sentence = say("Suspicious.")
        return Verdict.of(
            [Finding("odd", self.outcome, sentence, sentence, sentence, (self.target,))]
        )


class Broken(Suspicion):
    def inspect(self, journey_map: JourneyMap) -> Observation[None]:
        return {}["stage"]


class BrokenInJudgement(Suspicion):
    def judge(self, observation: Observation[None]) -> Verdict:
        return Verdict.of(1 / 0)


def run(*checks: Check[None]) -> list[Checked]:
    return list(inspect_all(checks, {"journey_map": MAP}))


def test_test_that_holds_alone_falls_among_the_tests_of_other_checks():
    (alone,) = run(Suspicion(0.03))
    assert (alone.outcome, alone.observation.tests[0].p_adjusted) == ("fail", 0.03)
    first, second, third = run(Suspicion(0.03), Suspicion(0.8), Suspicion(0.9))
    assert first.outcome == "pass"
    assert first.observation.tests[0].p_adjusted == pytest.approx(0.09)
    assert second.observation.tests[0].p_adjusted == pytest.approx(0.9)
    assert third.observation.tests[0].p == 0.9


def test_broken_check_is_one_error_and_the_others_go_on():
    broken, judged, sound = run(Broken(0.5), BrokenInJudgement(0.5), Suspicion(0.01))
    assert (broken.outcome, broken.severity) == ("error", None)
    assert str(broken.sentence) == "The check broke: KeyError: 'stage'"
    assert str(judged.sentence) == "The check broke: ZeroDivisionError: division by zero"
    assert sound.outcome == "fail"


def test_reading_that_nobody_measured_is_named_and_never_a_pass():
    (unread,) = inspect_all([Suspicion(0.5)], {})
    assert unread.outcome == "insufficient_data"
    assert str(unread.sentence) == "This run holds no `journey_map` to inspect."


def test_metrics_that_nobody_measured_are_named_by_their_id():
    peak = entries("checks", Check)["drop-off-peak"]()
    (unread,) = inspect_all([peak], {"journey_map": MAP})
    assert str(unread.sentence) == "This run holds no `drop-off`, `quality` to inspect."
    assert unread.slug == "drop-off-peak"


def test_warning_counts_one_lower_than_a_failure():
    failure, warning = run(Suspicion(0.01), Suspicion(0.01, outcome="warn"))
    assert (failure.outcome, failure.severity) == ("fail", "high")
    assert (warning.outcome, warning.severity) == ("warn", "medium")
    assert warning.verdict.findings[0].severity == "medium"
    assert str(warning.sentence) == "Something to suspect."


def test_finding_keeps_its_id_and_goes_to_whoever_owns_its_place():
    places = ("pay", "cart", "buy", "start", "paid")
    findings = [
        checked.verdict.findings[0]
        for checked in run(*(Suspicion(0.01, target=place) for place in places))
    ]
    assert [finding.id for finding in findings] == [f"Z01/{place}/odd" for place in places]
    assert [finding.owner for finding in findings] == [
        "The cashiers",
        "sales",
        "sales",
        "Ada",
        "Ada",
    ]


def of_every_check(joined: Journeys) -> dict[str, Checked]:
    """How each check comes out on what was joined, everything measured as a run does."""
    checks = [kind() for kind in entries("checks", Check).values()]
    read = {reading for check in checks for reading in check.reads.values()}
    metrics = {reading for reading in read if isinstance(reading, Metric)}
    reports = {metric: measure(metric, joined) for metric in metrics}
    given = {
        "journey_map": joined.map,
        "quality": joined.quality,
        "as_of": datetime(1970, 4, 11, tzinfo=UTC),
        "personal_data": (),
        "small_groups": SmallGroups(5, {"nps": 0}),
        "questions": gate(joined.map, reports),
    }
    return {one.check_id: one for one in inspect_all(checks, {**given, **reports})}


WALKED = ("home@1 cart@2 pay@3 paid@4", "home@90 odd@91")
SAID = ("home@1 csat:home=4@2 expected:home=5@1 nps=9@9", "home@1 stars:cart=2@3")
ABOUT_EVENTS = {"C01", "C02", "D03", "D04", "T03"}
ABOUT_FEEDBACK = {"E03", "F01", "F05", "X01"}
NOBODY_TOLD = {"A01", "F06", "G01", "K02", "M04", "T04"}
NOT_ON_THE_MAP = {"K01", "O01", "P05", "R02", "R03", "R06"}


def outcomes(checked: dict[str, Checked], outcome: str) -> set[str]:
    return {id_ for id_, one in checked.items() if one.outcome == outcome}


def test_every_check_can_read_what_a_run_measures():
    checked = of_every_check(journeys(*WALKED, *SAID))
    assert outcomes(checked, "error") == set()
    assert outcomes(checked, "not_applicable") == NOBODY_TOLD | NOT_ON_THE_MAP


def test_run_without_feedback_says_nothing_about_feedback():
    checked = of_every_check(journeys(*WALKED))
    assert outcomes(checked, "error") == set()
    assert outcomes(checked, "not_applicable") == ABOUT_FEEDBACK | NOBODY_TOLD | NOT_ON_THE_MAP


def test_run_without_events_says_nothing_about_events():
    said = pd.DataFrame({"touchpoint": ["home", "cart"], "score": [4, 5]})
    asked = (Question("csat", "csat", (1, 5)),)
    feedback = Feedback(said, score="score", questions=asked, touchpoint="touchpoint")
    checked = of_every_check(join(ONE_EACH, feedback=feedback))
    assert outcomes(checked, "error") == set()
    assert outcomes(checked, "not_applicable") == ABOUT_EVENTS | NOBODY_TOLD | NOT_ON_THE_MAP
    assert outcomes(checked, "insufficient_data") >= {"D02", "X01"}


def test_thirty_two_checks_stand_in_the_catalogue_each_with_an_id_of_its_own():
    ids = sorted(check.id for check in entries("checks", Check).values())
    assert ids == [
        *("A01", "C01", "C02", "D01", "D02", "D03", "D04", "D10", "E03", "F01", "F05", "F06"),
        *("G01", "K01", "K02", "M01", "M03", "M04", "M06", "M07", "M10", "M15", "O01", "P05"),
        *("R01", "R02", "R03", "R05", "R06", "T03", "T04", "X01"),
    ]
