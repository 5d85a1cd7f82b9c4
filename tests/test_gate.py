from __future__ import annotations

import pandas as pd
import pytest

from cjm_notebooks import JourneyMap
from cjm_notebooks.gate import QUESTIONS, Answerable, gate
from cjm_notebooks.maps import Evidence

METRICS = {question.id: question.metric for question in QUESTIONS}
BARE = JourneyMap(id="shop", name="Shop")


def answer(question: str, report: pd.DataFrame) -> Answerable:
    judged = gate(BARE, {METRICS[question]: report})
    return next(one for one in judged.questions if one.question.id == question)


def nps(*rows: tuple[int, float]) -> pd.DataFrame:
    """Answers and half the width of their interval."""
    table = pd.DataFrame(rows, columns=["n", "half"])
    return table.assign(low=20 - table["half"], high=20 + table["half"])


def test_question_with_30_answers_and_no_width_asked_for_is_go():
    found = answer("satisfaction", pd.DataFrame({"n": [3, 30]}))
    assert (found.status, found.n, found.needed) == ("GO", 30, None)


def test_question_with_29_answers_is_thin_and_says_how_many_are_needed():
    found = answer("satisfaction", pd.DataFrame({"n": [29]}))
    assert (found.status, found.needed) == ("THIN", 30)
    assert str(found.reason) == "29 records at most, and 30 are needed."


def test_nps_within_fifteen_points_is_thin_until_there_are_twice_as_many_answers():
    found = answer("nps", nps((100, 15.0), (20, 40.0)))
    assert (found.status, found.n, found.needed) == ("THIN", 100, 225)
    assert str(found.reason) == (
        "100 records leave too wide an interval, and about 225 are needed."
    )


def test_nps_within_ten_points_is_go():
    assert answer("nps", nps((211, 10.0))).status == "GO"


def test_widest_of_the_intervals_with_most_records_decides():
    reach = pd.DataFrame({"journeys": [100, 100], "low": [1.0, 0.4], "high": [1.0, 0.6]})
    assert answer("reach", reach).needed == 400


def test_records_without_an_interval_are_thin():
    found = answer("nps", nps((100, float("nan"))))
    assert (found.status, found.needed) == ("THIN", None)
    assert str(found.reason) == "100 records give no interval."


@pytest.mark.parametrize("report", [pd.DataFrame({"n": []}), pd.DataFrame({"n": [0, 0]})])
def test_question_that_nothing_answers_is_missing(report: pd.DataFrame):
    found = answer("satisfaction", report)
    assert (found.status, found.n) == ("MISSING", 0)


def test_one_thin_question_keeps_the_run_going():
    assert gate(BARE, {METRICS["satisfaction"]: pd.DataFrame({"n": [1]})}).decision == "GO"


def test_without_records_twelve_interviews_decide():
    def with_interviews(n: int | None) -> JourneyMap:
        talks = Evidence(id="talks", kind="interview", n=n)
        survey = Evidence(id="survey", kind="survey", n=500)
        workshop = Evidence(id="workshop", kind="workshop", n=20)
        return JourneyMap(id="shop", name="Shop", evidence=(talks, survey, workshop))

    assert gate(with_interviews(11), {}).decision == "GO-QUALITATIVE"
    assert gate(with_interviews(10), {}).decision == "STOP"
    assert gate(with_interviews(None), {}).qualitative_evidence == 2
