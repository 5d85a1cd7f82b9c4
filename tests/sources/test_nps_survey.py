"""Recommendation surveys, counted by hand in their fixtures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from cjm_notebooks import JourneyMap, join
from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.events import Counted, Question
from cjm_notebooks.maps import Stage, Touchpoint
from cjm_notebooks.sources import Import
from cjm_notebooks.sources.nps_survey import NpsSurvey

FOLDER = Path(__file__).parent / "fixtures" / "nps_survey"
ENGLISH = NpsSurvey(FOLDER / "english.csv", zone="Europe/Berlin")
GERMAN = NpsSurvey(FOLDER / "german.csv", zone="Europe/Berlin")
CALLEXA = NpsSurvey(FOLDER / "callexa.csv")
MALFORMED = NpsSurvey(FOLDER / "malformed.csv", zone="UTC")
EXAMPLES = (ENGLISH, replace(ENGLISH, comments=True), GERMAN, CALLEXA, MALFORMED)
SHOP = JourneyMap(
    id="shop",
    name="Shop",
    stages=(Stage(id="s", name="S", touchpoints=(Touchpoint(id="pay", name="Pay"),)),),
)


def answers(found: Import) -> list[list[object]]:
    assert found.feedback is not None
    table = pa.table(found.feedback.table)
    return [
        list(row.values()) for row in table.select(["customer", "question", "score"]).to_pylist()
    ]


def invited(found: Import) -> list[str]:
    assert found.invitations is not None
    return [str(one) for one in pa.table(found.invitations.table)["customer"].to_pylist()]


def test_each_score_is_an_answer_of_its_customer_to_the_question_of_its_scale() -> None:
    assert answers(ENGLISH.read()) == [
        ["C-101", "nps", "10"],
        ["C-102", "nps", "6"],
        ["C-104", "score_1_to_5", "4"],
        [None, "nps", "9"],
        ["C-105", "nps", "11"],
    ]


def test_stars_are_kept_apart_from_recommendations() -> None:
    feedback = ENGLISH.read().feedback
    assert feedback is not None
    assert feedback.questions == (
        Question("nps", "nps", (0, 10)),
        Question("score_1_to_5", "other", (1, 5)),
    )


def test_unanswered_and_repeated_rows_are_set_aside() -> None:
    said, sent = ENGLISH.read().quality
    assert said.set_aside == {"not_answered": Counted(1, (2,)), "duplicate": Counted(1, (4,))}
    assert sent.set_aside == {"not_sent": Counted(2, (3, 5)), "duplicate": Counted(1, (4,))}


def test_who_was_sent_a_survey_was_invited_whether_they_answered_or_not() -> None:
    assert invited(ENGLISH.read()) == ["C-101", "C-102", "C-103", "C-105"]


def test_invitations_can_be_joined_as_events() -> None:
    (quality,) = join(SHOP, ENGLISH.read().invitations).quality
    assert (quality.kept, quality.first_at) == (4, 1_721_113_200_000_000)


def test_score_off_the_scale_and_answers_are_judged_when_joined() -> None:
    journeys = join(SHOP, feedback=ENGLISH.read().feedback)
    assert sorted(journeys.answers.score) == [4, 6, 9, 10]
    assert journeys.quality[0].set_aside_rows("off_scale") == 1


def test_german_headers_and_days_are_understood() -> None:
    found = GERMAN.read()
    assert answers(found) == [["C-101", "nps", "10"], ["C-102", "nps", "6"], ["C-106", "nps", "9"]]
    assert invited(found) == ["C-101", "C-102", "C-103"]
    (quality,) = join(SHOP, feedback=found.feedback).quality
    assert (quality.kept, quality.set_aside, quality.first_at) == (3, {}, 1_721_125_800_000_000)


def test_traits_of_callexa_are_answers() -> None:
    found = CALLEXA.read()
    assert answers(found) == [["acc-17", "nps", "9"], ["acc-23", "nps", "3"]]
    assert found.invitations is None
    (quality,) = join(SHOP, feedback=found.feedback).quality
    assert quality.first_at == 1_721_462_400_000_000


def test_comments_are_read_only_where_they_may_be_quoted() -> None:
    without, quoted = ENGLISH.read().feedback, replace(ENGLISH, comments=True).read().feedback
    assert without is not None
    assert quoted is not None
    assert "comment" not in pa.table(without.table).column_names
    assert (without.comment, quoted.comment) == (None, "comment")
    assert pa.table(quoted.table)["comment"].to_pylist()[0] == "Quick, and friendly"


def test_names_and_addresses_are_not_passed_on() -> None:
    feedback = replace(ENGLISH, comments=True).read().feedback
    assert feedback is not None
    assert not {"Anna", "anna@example.org"} & {*pa.table(feedback.table).to_pandas().stack()}


def test_any_other_column_may_be_named() -> None:
    survey = pd.DataFrame({"mail": ["a@example.org"], "How likely?": [7]})
    found = NpsSurvey(survey, columns={"customer": "mail", "score": "How likely?"}).read()
    assert answers(found) == [["a@example.org", "nps", "7"]]


def test_numbers_of_customers_are_the_same_ids_whole_or_not() -> None:
    survey = pd.DataFrame({"Kundennummer": [101.0, None], "nps": [7, 8]})
    assert answers(NpsSurvey(survey).read()) == [["101", "nps", "7"], [None, "nps", "8"]]


def test_scale_of_all_scores_may_be_stated() -> None:
    stars = pd.DataFrame({"kunde": ["C-1"], "punkte": [4]})
    assert answers(NpsSurvey(stars, scale=(1, 5)).read()) == [["C-1", "score_1_to_5", "4"]]


def test_rows_without_a_usable_scale_are_set_aside_and_the_rest_is_read() -> None:
    found = MALFORMED.read()
    assert answers(found) == [["C-1", "nps", "10"], ["C-4", "nps", "ten"]]
    assert found.quality[0].set_aside == {
        "unreadable_row": Counted(1),
        "unreadable_scale": Counted(2, (1, 3)),
    }


def test_two_columns_of_scores_are_refused() -> None:
    with pytest.raises(SourceError, match=r"both `score` and `rating` could be the score\. Say"):
        NpsSurvey(FOLDER / "ambiguous.csv").read()


def test_table_without_scores_is_refused() -> None:
    with pytest.raises(SourceError, match=r"No column of `pandas table` is called like a score\."):
        NpsSurvey(pd.DataFrame({"customer": ["C-1"]})).read()


def test_unknown_part_names_the_nearest() -> None:
    with pytest.raises(ParameterError, match=r"gives a column to `scor`\. Did you mean `score`"):
        NpsSurvey("survey.csv", columns={"scor": "x"})
