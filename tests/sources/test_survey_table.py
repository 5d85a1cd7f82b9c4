"""One respondent a row, one column of scores a question."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_notebooks import Feedback, JourneyMap, Question, join
from cjm_notebooks.errors import ParameterError, SourceError
from cjm_notebooks.maps import Stage, Touchpoint
from cjm_notebooks.sources.survey_table import SurveyTable

FOOD = Question("food", "csat", (1, 5), set_aside={0: "blank", 6: "never used"})
ADVICE = Question("advice", "nps", (0, 10), set_aside={11: "blank"})
AIRPORT = JourneyMap(
    id="airport",
    name="Airport",
    stages=(
        Stage(
            id="wait",
            name="Wait",
            touchpoints=(Touchpoint(id="eats", name="Eats", questions=("food",)),),
        ),
    ),
)
SURVEY = "no, Q7 ,NPS  ,w\n7,5,10,1.5\n8,6,11,0.5\n9,Blank,0,1\n,0,9,1\n"

EXAMPLES = (
    SurveyTable(
        pa.table({"Q7": ["5", "Blank"], "NPS": ["10", "11"]}),
        questions={"Q7": FOOD, "NPS": ADVICE},
        no_answer={"blank": "blank"},
    ),
)


def survey(folder: Path, text: str = SURVEY) -> SurveyTable:
    file = folder / "survey.csv"
    file.write_text(text)
    return SurveyTable(
        file,
        questions={"Q7": FOOD, "NPS": ADVICE},
        respondent="no",
        weight="w",
        no_answer={"blank": "blank"},
    )


def answers(feedback: Feedback | None) -> list[dict[str, object]]:
    assert feedback is not None
    return pa.table(feedback.table).to_pylist()


def test_each_cell_is_an_answer_of_its_respondent(tmp_path: Path) -> None:
    assert answers(survey(tmp_path).read().feedback)[:3] == [
        {"respondent": "7", "question": "food", "score": "5", "weight": "1.5"},
        {"respondent": "7", "question": "advice", "score": "10", "weight": "1.5"},
        {"respondent": "8", "question": "food", "score": "6", "weight": "0.5"},
    ]


def test_respondent_without_a_number_is_one_of_their_own(tmp_path: Path) -> None:
    assert answers(survey(tmp_path).read().feedback)[-1]["respondent"] == "row 3"


def test_text_that_is_no_answer_is_set_aside_by_name_whatever_its_capitals(tmp_path: Path) -> None:
    (quality,) = survey(tmp_path).read().quality
    assert (quality.read, quality.kept) == (8, 7)
    assert quality.set_aside["blank"].rows == 1
    assert quality.set_aside["blank"].places == (2,)


def test_numbers_that_are_no_answer_are_set_aside_question_by_question(tmp_path: Path) -> None:
    journeys = join(AIRPORT, feedback=survey(tmp_path).read().feedback)
    (quality,) = journeys.quality
    assert quality.set_aside_rows("blank") == 2
    assert quality.set_aside_rows("never_used") == 1
    assert sorted(journeys.answers.score) == [0, 5, 9, 10]
    assert sorted(journeys.answers.weight) == [1, 1, 1.5, 1.5]


def test_answers_belong_to_the_touchpoint_that_names_their_question(tmp_path: Path) -> None:
    found = join(AIRPORT, feedback=survey(tmp_path).read().feedback).answers
    assert found.touchpoint[found.question == 0].tolist() == [0]
    assert set(found.touchpoint[found.question == 1].tolist()) == {-1}


def test_times_of_the_survey_are_kept() -> None:
    table = pd.DataFrame({"Q7": [4, 5], "day": ["2025-03-01", "2025-03-02"]})
    feedback = SurveyTable(table, questions={"Q7": FOOD}, at="day", zone="UTC").read().feedback
    (quality,) = join(AIRPORT, feedback=feedback).quality
    assert (quality.first_at, quality.last_at) == (1_740_787_200_000_000, 1_740_873_600_000_000)


def test_times_of_a_survey_that_begin_with_the_day_are_read_in_their_format() -> None:
    table = pd.DataFrame({"NPS": ["10", "9"], "on": ["31.12.2025", "soon"]})
    source = SurveyTable(
        table, questions={"NPS": ADVICE}, at="on", zone="UTC", time_format="%d.%m.%Y"
    )
    (quality,) = join(AIRPORT, feedback=source.read().feedback).quality[-1:]
    assert (quality.kept, quality.first_at) == (2, 1_767_139_200_000_000)
    assert {rule: found.rows for rule, found in quality.noticed.items()} == {"no_time": 1}


def test_lines_that_do_not_fit_the_header_are_counted_cell_by_cell(tmp_path: Path) -> None:
    (quality,) = survey(tmp_path, "no,Q7,NPS,w\n7,5,10,1\n8,5,10,1,1,1\n").read().quality
    assert (quality.read, quality.kept) == (4, 2)
    assert quality.set_aside_rows("unreadable_row") == 2


def test_unknown_column_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(
        SourceError, match=r"has no column `Q7`, named as `questions`\. Known: `no`, `Q8`"
    ):
        survey(tmp_path, "no,Q8,NPS,w\n7,5,10,1\n").read()


def test_survey_without_questions_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"`questions` is empty\. Name each column"):
        SurveyTable("survey.csv", questions={})


def test_one_question_in_two_columns_is_refused() -> None:
    with pytest.raises(ParameterError, match="The column `a` answers the question `food`, and so"):
        SurveyTable("survey.csv", questions={"a": FOOD, "b": FOOD})


cell = st.sampled_from(["", "0", "1", "5", "6", "11", "blank", "BLANK ", "many"])


@given(st.lists(st.tuples(cell, cell), min_size=1, max_size=8))
def test_every_cell_is_an_answer_or_set_aside(cells: list[tuple[str, str]]) -> None:
    table = pd.DataFrame(cells, columns=["Q7", "NPS"])
    read = SurveyTable(
        table, questions={"Q7": FOOD, "NPS": ADVICE}, no_answer={"blank": "blank"}
    ).read()
    (before,) = read.quality
    (after,) = join(AIRPORT, feedback=read.feedback).quality if before.kept else (before,)
    blank = sum(text.strip().lower() == "blank" for row in cells for text in row)
    assert before.read == 2 * len(cells)
    assert before.set_aside_rows("blank") == blank
    assert before.kept == len(answers(read.feedback)) == before.read - blank
    if before.kept:
        assert after.read == before.kept
        assert after.read == after.kept + sum(c.rows for c in after.set_aside.values())


def test_a_comment_goes_with_the_answer_it_stands_beside(tmp_path: Path) -> None:
    wide = survey(tmp_path, "no,Q7,NPS,w,why\n7,5,10,1,Tasty\n8,4,9,1,\n9,blank,8,1,Not eaten\n")
    journeys = join(AIRPORT, feedback=replace(wide, comments={"Q7": "why"}).read().feedback)
    answers = journeys.answers
    (row,) = np.flatnonzero(answers.comment >= 0)
    assert (answers.said(np.array([row])), answers.score[row]) == (["Tasty"], 5)


def test_comments_beside_no_question_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="names the column `Q9`, which is no question"):
        replace(survey(tmp_path), comments={"Q9": "why"})
