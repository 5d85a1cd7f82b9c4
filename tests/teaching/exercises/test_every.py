"""What holds for every exercise, on the data of any student."""

from __future__ import annotations

import pytest

from cjm_notebooks.maps import Condition, JourneyMap, Rule, Stage, Touchpoint
from cjm_notebooks.teaching.answering.judging import judged
from cjm_notebooks.teaching.exercises import Question
from tests.teaching.exercises import (
    EXERCISES,
    STUDENTS,
    answers_in,
    given_to,
    marked,
    results,
    right_answer,
    solved,
    untouched,
)

every_exercise = pytest.mark.parametrize("exercise", EXERCISES)
every_question = pytest.mark.parametrize(
    ("exercise", "question"),
    [(id_, question) for id_, kind in EXERCISES.items() for question in kind.questions],
    ids=lambda part: part.id if isinstance(part, Question) else part,
)


def test_the_five_exercises_are_on_the_shelf() -> None:
    assert list(EXERCISES) == [
        "emotion-curve",
        "moment-of-truth",
        "nps-change",
        "stage-it",
        "touchpoint-inventory",
    ]


@every_exercise
@pytest.mark.parametrize("student", STUDENTS)
def test_solution_earns_all_points_on_the_data_of_each_student(exercise: str, student: str) -> None:
    found = results(exercise, answers_in(exercise, solved(exercise, student)), student)
    assert {one.question: one.mark.saw for one in found if one.mark.share < 1} == {}


@every_exercise
@pytest.mark.parametrize("student", STUDENTS)
def test_untouched_notebook_runs_through_and_earns_nothing(exercise: str, student: str) -> None:
    answers = answers_in(exercise, untouched(exercise, student))
    assert [one.earned for one in results(exercise, answers, student)] == [0] * len(answers)


@every_exercise
def test_students_have_data_of_their_own(exercise: str) -> None:
    one, other = (given_to(exercise, student).events.table for student in STUDENTS[:2])
    assert not one.equals(other)  # type: ignore[union-attr]


@every_exercise
def test_answers_of_a_neighbour_do_not_earn_all(exercise: str) -> None:
    """Where answers are numbers of the data, copying them costs points."""
    copied = answers_in(exercise, solved(exercise, "2"))
    found = results(exercise, copied, "1")
    assert sum(one.earned for one in found) < sum(one.points for one in found)


@every_exercise
def test_exercise_has_twenty_points_in_three_to_five_questions(exercise: str) -> None:
    questions = EXERCISES[exercise].questions
    assert 3 <= len(questions) <= 5
    assert sum(question.points for question in questions) == 20
    assert [question.id for question in questions] == [f"q{n + 1}" for n in range(len(questions))]
    assert len({question.variable for question in questions}) == len(questions)


@every_exercise
def test_plans_fill_a_class_of_85_and_one_of_45_minutes(exercise: str) -> None:
    kind = EXERCISES[exercise]
    assert sum(minutes for minutes, _ in kind.time_plan) == 85
    assert sum(minutes for minutes, _ in kind.short_plan) == 45


@every_exercise
def test_weights_of_the_rubric_come_to_100(exercise: str) -> None:
    assert sum(one.weight for one in EXERCISES[exercise].rubric) == 100


@every_question
def test_hints_are_three_and_none_is_the_answer(exercise: str, question: Question) -> None:
    assert len(set(question.hints)) == 3
    answer = right_answer(exercise, question.id)
    said = " ".join(question.hints)
    if isinstance(answer, str) and question.kind == "choice":
        assert answer not in said
    if isinstance(answer, dict):
        assert not any(f"{number:.2f}" in said for number in answer.values())


@every_question
def test_no_answer_earns_nothing(exercise: str, question: Question) -> None:
    assert marked(exercise, question.id, None).share == 0


def _listed(exercise: str, question: Question) -> list[object]:
    """Everything at once, of each kind of answer."""
    match question.kind:
        case "number":
            return [0.0, 1.0, -1.0, 1e300]
        case "numbers":
            right = right_answer(exercise, question.id)
            assert isinstance(right, dict)
            beside = {f"other-{n}": n / 270 for n in range(270)}
            return [right | beside, dict.fromkeys(right, 1e300), beside]
        case "text":
            right = right_answer(exercise, question.id)
            words = " ".join(hint for one in EXERCISES[exercise].questions for hint in one.hints)
            return [f"{right} " * 5, words, " ".join(EXERCISES[exercise].about.split()[:20])]
        case "choice":
            return [", ".join(question.choices), "all of them"]
        case "map":
            return list(_maps(exercise))


def _maps(exercise: str) -> tuple[JourneyMap, ...]:
    given = given_to(exercise)
    names = given.events.table.to_pandas()["event"].unique().tolist()  # type: ignore[union-attr]

    def touchpoint(id_: str, *events: str) -> Touchpoint:
        return Touchpoint(id=id_, name=id_, match=Rule(where=Condition(in_=events)))

    each = tuple(touchpoint(f"t-{name}", name) for name in names)
    all_in_one = Stage(id="all", name="All", touchpoints=(touchpoint("all", *names),))
    one_stage = Stage(id="each", name="Each", touchpoints=each)
    own_stages = tuple(Stage(id=one.id, name="Each", touchpoints=(one,)) for one in each)
    return tuple(
        given.draft_map.model_copy(update={"stages": stages})
        for stages in ((), (all_in_one,), (one_stage,), own_stages, (one_stage, all_in_one))
    )


@every_question
def test_everything_listed_earns_next_to_nothing(exercise: str, question: Question) -> None:
    for everything in _listed(exercise, question):
        assert marked(exercise, question.id, everything).share <= 0.1


@every_question
def test_draft_that_was_handed_out_earns_nothing(exercise: str, question: Question) -> None:
    if question.kind == "map":
        assert marked(exercise, question.id, given_to(exercise).draft_map).share == 0


@every_question
def test_wrong_choice_earns_at_most_a_quarter_and_says_why(
    exercise: str, question: Question
) -> None:
    right = right_answer(exercise, question.id)
    for choice in question.choices:
        if choice != right:
            mark = marked(exercise, question.id, choice)
            assert mark.share <= 0.25
            assert mark.saw
            assert mark.matters


@every_question
def test_right_answer_says_why_it_matters(exercise: str, question: Question) -> None:
    mark = marked(exercise, question.id, right_answer(exercise, question.id))
    assert mark.share == 1
    assert mark.matters
    assert mark.misconception is None


@every_question
def test_answer_of_another_kind_is_told_what_is_wanted(exercise: str, question: Question) -> None:
    for given in (object(), [1, 2], float("nan"), "<script>alert(1)</script>" * 900, {"a": None}):
        assert marked(exercise, question.id, given).share == 0
    assert judged(question, None) is not None
