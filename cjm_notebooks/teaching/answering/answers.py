"""The file of answers that a learner hands in, written and read back with suspicion."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from cjm_notebooks.teaching.answering.judging import LONGEST_SENTENCE, Unfit, as_json, judged
from cjm_notebooks.teaching.exercises import Answer, Exercise

FILE = "answers.json"
MOST_BYTES = 5_000_000


def write_answers(
    path: Path, exercise: str, student: str, answers: Mapping[str, Answer | Unfit]
) -> None:
    """JSON by the kind of each question; of what is no answer the sentence that says why."""
    fit = {id_: as_json(one) for id_, one in answers.items() if not isinstance(one, Unfit)}
    unfit = {id_: one.sentence for id_, one in answers.items() if isinstance(one, Unfit)}
    handed_in = {"exercise": exercise, "student": student, "answers": fit, "unfit": unfit}
    path.write_text(json.dumps(handed_in, indent=2, allow_nan=False) + "\n", encoding="utf-8")


def answers_from(path: Path, exercise: type[Exercise]) -> dict[str, Answer | Unfit]:
    """The answer to each question, or why there is none; nothing in the file raises an error."""
    try:
        handed_in = _read(path)
    except (OSError, ValueError, RecursionError) as error:
        reason = Unfit(f"The answers cannot be read: {_why(error, path)}")
        return {question.id: reason for question in exercise.questions}
    answers, unfit = (handed_in.get(part) for part in ("answers", "unfit"))
    given = answers if isinstance(answers, dict) else {}
    reasons = unfit if isinstance(unfit, dict) else {}
    return {
        question.id: Unfit(str(reasons[question.id])[:LONGEST_SENTENCE])
        if question.id not in given and isinstance(reasons.get(question.id), str)
        else judged(question, given.get(question.id))
        for question in exercise.questions
    }


def _read(path: Path) -> dict[str, object]:
    size = path.stat().st_size
    if size > MOST_BYTES:
        msg = f"the file has {size:,} bytes, more than {MOST_BYTES:,}."
        raise ValueError(msg)
    handed_in = json.loads(path.read_bytes())
    if not isinstance(handed_in, dict):
        msg = "the file is not one JSON object."
        raise ValueError(msg)
    return handed_in


def _why(error: Exception, path: Path) -> str:
    match error:
        case FileNotFoundError():
            return f"there is no `{path.name}`. Did the last cell run?"
        case json.JSONDecodeError() | UnicodeDecodeError():
            return "the file is not JSON."
        case RecursionError():
            return "the file nests lists too deeply."
        case OSError():
            return "the file cannot be opened."
        case _:
            return str(error)[:LONGEST_SENTENCE]
