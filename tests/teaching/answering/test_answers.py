"""A file of answers is read back as it was written, and read with suspicion."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cjm_notebooks.teaching.answering import Unfit, answers_from
from cjm_notebooks.teaching.answering.answers import write_answers
from tests.teaching.answering import RIGHT, SHOP, SmallExercise

IDS = [question.id for question in SmallExercise.questions]


def read(folder: Path, text: str | bytes) -> dict[str, object]:
    file = folder / "answers.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return dict(answers_from(file, SmallExercise))


def sentences(found: dict[str, object]) -> set[str]:
    assert list(found) == IDS
    return {one.sentence for one in found.values() if isinstance(one, Unfit)}


def test_answers_come_back_as_they_were(tmp_path: Path) -> None:
    write_answers(tmp_path / "answers.json", "small", "7", RIGHT)
    assert answers_from(tmp_path / "answers.json", SmallExercise) == RIGHT


def test_reason_why_there_is_no_answer_comes_back_too(tmp_path: Path) -> None:
    write_answers(tmp_path / "answers.json", "small", "7", {**RIGHT, "q2": Unfit("It is a list.")})
    assert answers_from(tmp_path / "answers.json", SmallExercise)["q2"] == Unfit("It is a list.")


def test_missing_file_is_no_answer_to_any_question(tmp_path: Path) -> None:
    found = answers_from(tmp_path / "answers.json", SmallExercise)
    assert sentences(dict(found)) == {
        "The answers cannot be read: there is no `answers.json`. Did the last cell run?"
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        ("[]", "not one JSON object"),
        ("[" * 100_000, "nests lists too deeply"),
        ('{"answers": {"q2": ' + "9" * 10_000 + "}}", "cannot be read"),
        ('"' + "a" * 5_000_000 + '"', "more than 5,000,000"),
    ],
    ids=["empty", "cut off", "no text", "list", "deep", "long number", "large"],
)
def test_file_that_cannot_be_read_is_no_answer_to_any_question(
    tmp_path: Path, text: str | bytes, why: str
) -> None:
    (sentence,) = sentences(read(tmp_path, text))
    assert why in sentence


@pytest.mark.parametrize("answers", [[], "x", None, 7])
def test_answers_that_are_no_object_are_none(tmp_path: Path, answers: object) -> None:
    found = read(tmp_path, json.dumps({"answers": answers, "unfit": answers}))
    assert all("has no answer yet" in sentence for sentence in sentences(found))


def test_each_answer_is_judged_by_its_question(tmp_path: Path) -> None:
    crowd = SHOP.fields() | {"stages": [{"id": f"s{n}", "name": "S"} for n in range(1000)]}
    given = {"q1": crowd, "q2": float("nan"), "q3": {"a": [1]}, "q4": "a" * 9_999, "q5": "maybe"}
    found = read(tmp_path, json.dumps({"answers": given}))
    assert len(sentences(found)) == 5


def test_reason_in_a_file_is_a_short_text_or_nothing(tmp_path: Path) -> None:
    found = read(tmp_path, json.dumps({"unfit": {"q1": "a" * 9_999, "q2": {"a": 1}}}))
    assert sentences(found) >= {"a" * 400, "`share` has no answer yet."}
