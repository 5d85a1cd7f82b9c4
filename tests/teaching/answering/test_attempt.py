"""A learner at work sees at once what was seen, why it matters and one hint more."""

from __future__ import annotations

from pathlib import Path

import pytest

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.teaching.answering import Assignment, Attempt, answers_from
from cjm_notebooks.teaching.answering.told import Told
from cjm_notebooks.teaching.exercises import Answer
from cjm_notebooks.teaching.handing_out import Handout
from tests.teaching.answering import GIVEN, RIGHT, SHOP, SmallExercise


class Notebook:
    """Variables, and cells that are run on them."""

    def __init__(self, *, graded: bool = False) -> None:
        assigned = Assignment(course="c", exercise="small", student="7", graded=graded)
        given = None if graded else GIVEN
        attempt = Attempt(SmallExercise, assigned, Handout.of(GIVEN), given)
        self.variables: dict[str, object] = {"exercise": attempt, "check": attempt.check}

    def run(self, source: str, **variables: object) -> Told:
        self.variables.update(variables)
        told = eval(source, self.variables)  # as a kernel runs a cell
        assert isinstance(told, Told)
        return told


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture
def graded() -> Notebook:
    return Notebook(graded=True)


def test_attempt_holds_the_data_and_the_draft(notebook: Notebook) -> None:
    attempt = notebook.variables["exercise"]
    assert isinstance(attempt, Attempt)
    assert attempt.draft_map.name == "A draft"
    assert attempt.events.event == "event"
    assert repr(attempt) == "Small: 5 questions, 11 points. A small one."


def test_right_answer_is_told_with_its_points_and_without_a_hint(notebook: Notebook) -> None:
    told = notebook.run('check("q2")', share=0.5)
    assert repr(told) == "q2, 3 of 3 points: Right\n  What I saw: This is the share."


def test_partly_right_answer_says_why_it_matters_and_gives_the_first_hint(
    notebook: Notebook,
) -> None:
    assert repr(notebook.run('check("q2")', share=2.0)) == (
        "q2, 1.5 of 3 points: Partly right\n"
        "  What I saw: This counts.\n"
        "  Why it matters: A share is more.\n"
        "  Hint: (1 of 3) Look here."
    )


def hint(told: Told) -> str:
    return dict(told.paragraphs)["Hint"]


def test_each_further_wrong_answer_brings_the_next_hint_and_never_more_than_three(
    notebook: Notebook,
) -> None:
    hints = [hint(notebook.run('check("q2")', share=wrong)) for wrong in (3.0, 4.0, 5.0, 6.0)]
    assert hints == [
        "(1 of 3) Look here.",
        "(2 of 3) Divide.",
        "(3 of 3) Of all of them.",
        "(3 of 3) Of all of them.",
    ]


def test_running_the_cell_again_with_the_same_answer_costs_no_hint(notebook: Notebook) -> None:
    first, again = (hint(notebook.run('check("q2")', share=3.0)) for _ in range(2))
    assert first == again


def test_question_without_an_answer_brings_the_first_hint_and_does_not_count_as_a_try(
    notebook: Notebook,
) -> None:
    for _ in range(3):
        told = notebook.run('check("q2")')
        assert told.state == "open"
        assert hint(told) == "(1 of 3) Look here."
    assert hint(notebook.run('check("q2")', share=3.0)) == "(1 of 3) Look here."


def test_unknown_question_brings_those_there_are(notebook: Notebook) -> None:
    with pytest.raises(ParameterError, match=r"no question `q9`\. Known: `q1`"):
        notebook.run('check("q9")')


def test_script_in_an_answer_is_text_on_the_card(notebook: Notebook) -> None:
    told = notebook.run('check("q4")', why="<script>alert(1)</script>")
    assert "<script>" not in told._repr_html_()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in told._repr_html_()


def test_names_in_backticks_are_code_on_the_card_and_still_text() -> None:
    html = Told("wrong", "q1", (("", "Look at `a < b` again."),))._repr_html_()
    assert "Look at <code>a &lt; b</code> again." in html


def test_graded_work_is_told_its_form_and_nothing_else(graded: Notebook) -> None:
    for share in (0.5, 3.0):
        told = graded.run('check("q2")', share=share)
        assert told.state == "taken"
        assert "your teacher marks it" in repr(told)
        assert "Hint" not in dict(told.paragraphs)
    map_told = graded.run('check("q1")', journey_map=SHOP)
    assert "a map with 1 stage and 1 touchpoint, 1 with a rule" in repr(map_told)


def test_graded_work_still_says_what_is_no_answer(graded: Notebook) -> None:
    assert "`share` is a list. Give a number." in repr(graded.run('check("q2")', share=[1]))


def test_answers_of_the_notebook_are_handed_in_as_they_are(
    graded: Notebook, tmp_path: Path
) -> None:
    names = {question.id: question.variable for question in SmallExercise.questions}
    given: dict[str, Answer] = {names[id_]: answer for id_, answer in RIGHT.items()}
    told = graded.run("exercise.hand_in(path)", **given, path=tmp_path / "answers.json")
    assert repr(told) == "5 of 5 answers in answers.json: Taken down"
    assert answers_from(tmp_path / "answers.json", SmallExercise) == RIGHT


def test_handing_in_says_which_answers_are_missing(notebook: Notebook, tmp_path: Path) -> None:
    told = notebook.run("exercise.hand_in(path)", share=[1], path=tmp_path / "answers.json")
    assert told.heading == "0 of 5 answers in answers.json"
    assert dict(told.paragraphs)["q2"] == "`share` is a list. Give a number."
