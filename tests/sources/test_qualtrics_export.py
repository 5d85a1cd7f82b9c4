"""Responses of Qualtrics, counted by hand in the fixtures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from cjm_notebooks import JourneyMap, Question, join
from cjm_notebooks.errors import SourceError
from cjm_notebooks.events import Counted
from cjm_notebooks.maps import Stage
from cjm_notebooks.sources.qualtrics_export import QualtricsExport

FOLDER = Path(__file__).parent / "fixtures" / "qualtrics_export"
EASE = {"Q2": Question("ease", "ces", (1, 7))}
CLEAN = QualtricsExport(FOLDER / "clean.csv", questions=EASE, zone="Europe/Berlin")
MALFORMED = QualtricsExport(FOLDER / "malformed.csv", zone="Europe/Berlin")
EXAMPLES = (CLEAN, replace(CLEAN, comments={"Q1": "Q3"}), MALFORMED)
SHOP = JourneyMap(id="shop", name="Shop", stages=(Stage(id="s", name="S"),))


def answers(source: QualtricsExport) -> list[tuple[str, str, str]]:
    found = source.read().feedback
    assert found is not None
    columns = pa.table(found.table).select(["respondent", "question", "score"])
    return list(zip(*(column.to_pylist() for column in columns.columns), strict=True))


def test_answers_are_those_of_customers_who_finished() -> None:
    assert answers(CLEAN) == [
        ("C-101", "Q1", "10"),
        ("C-101", "ease", "7"),
        ("C-102", "Q1", "6"),
        ("R_3", "Q1", "9"),
        ("R_3", "ease", "5"),
    ]


def test_previews_spam_and_responses_met_before_are_set_aside_cell_by_cell() -> None:
    (quality,) = CLEAN.read().quality
    assert quality.read == 7 * 2
    assert quality.set_aside == {
        "preview": Counted(2, (3, 3)),
        "unfinished": Counted(2, (4, 4)),
        "spam": Counted(2, (5, 5)),
        "duplicate": Counted(2, (6, 6)),
        "not_answered": Counted(1, (1,)),
    }


def test_unfinished_responses_may_be_kept() -> None:
    assert ("C-105", "Q1", "3") in answers(replace(CLEAN, unfinished=True))


def test_time_of_the_recording_is_that_of_the_stated_zone() -> None:
    (quality,) = join(SHOP, feedback=CLEAN.read().feedback).quality
    assert (quality.kept, quality.first_at) == (5, 1_721_459_460_000_000)


def test_reason_given_stands_beside_the_score_it_explains() -> None:
    found = replace(CLEAN, comments={"Q1": "Q3"}).read().feedback
    assert found is not None
    said = pa.table(found.table)["comment"].to_pylist()
    assert said == ["Schnell, und freundlich", None, None, "便利", None]


def test_nothing_of_a_respondent_but_the_id_is_passed_on() -> None:
    found = CLEAN.read().feedback
    assert found is not None
    texts = pa.table(found.table).to_pandas().astype(str).stack()
    assert not texts.str.contains(r"192\.0\.2|@").any()


def test_score_is_the_number_a_choice_begins_with() -> None:
    assert answers(MALFORMED) == [("C-101", "Q1", "10")]
    (quality,) = MALFORMED.read().quality
    assert quality.set_aside == {
        "no_number": Counted(1, (1,)),
        "preview": Counted(1, (2,)),
        "unfinished": Counted(1, (3,)),
        "unreadable_row": Counted(1),
    }


def test_export_without_its_header_rows_is_refused() -> None:
    with pytest.raises(SourceError, match=r"third line of `one_header\.csv` is no row of `Import"):
        QualtricsExport(FOLDER / "one_header.csv").read()


def test_survey_without_a_question_is_refused() -> None:
    with pytest.raises(SourceError, match=r"has no column `\.\.\._NPS_GROUP`, and `questions`"):
        QualtricsExport(
            pa.table({"ResponseId": ["Response ID", '{"ImportId":"_recordId"}', "R_1"]})
        ).read()


def test_unknown_column_names_the_nearest() -> None:
    with pytest.raises(SourceError, match=r"no column `Q22`, named as `questions`\. Did you mean"):
        replace(CLEAN, questions={"Q22": EASE["Q2"]}).read()
