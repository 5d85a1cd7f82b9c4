"""The tables of an audit, as a template is told of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cjm_notebooks import Question
from cjm_notebooks.audits.tables import Tables
from cjm_notebooks.errors import ParameterError, SourceError

PROJECT_SOURCE = """
from dataclasses import dataclass

from cjm_notebooks.events import Events
from cjm_notebooks.sources import Import, Source


@dataclass(frozen=True)
class TillRolls(Source):
    shop: str = "Bonn"
    year: int = 2024
    tills: tuple[str, ...] = ()

    def read(self):
        return Import(events=Events(f"{self.shop}-{self.year}-{len(self.tills)}.csv", "who", "at"))
"""


@pytest.fixture
def project(tmp_path: Path) -> str:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "till_rolls.py").write_text(PROJECT_SOURCE)
    return str(tmp_path)


def test_files_and_their_columns_become_tables() -> None:
    read = Tables(
        events_file="log.csv", customer="who", at="when", zone="Europe/Berlin", unit="s"
    ).read()
    assert (read.events.table, read.events.customer, read.events.at) == ("log.csv", "who", "when")
    assert (read.events.event, read.events.unit) == ("event", "s")
    assert read.feedback is None
    assert read.customers is None


def test_questions_are_read_from_their_file(tmp_path: Path) -> None:
    asked = [
        {"id": "q1", "kind": "csat", "scale": [1, 5], "set_aside": {"0": "blank"}},
        {"id": "q2", "kind": "nps", "scale": [0, 10], "touchpoint": "cart"},
    ]
    file = tmp_path / "questions.json"
    file.write_text(json.dumps(asked))
    read = Tables(
        feedback_file="answers.csv", questions_file=str(file), score="score", question="question"
    ).read()
    assert read.feedback.questions == (
        Question("q1", "csat", (1, 5), set_aside={0: "blank"}),
        Question("q2", "nps", (0, 10), touchpoint="cart"),
    )


def test_customers_are_found_by_the_column_of_the_events_unless_another_is_named() -> None:
    given = {"events_file": "log.csv", "customer": "who", "at": "when", "customers_file": "who.csv"}
    assert Tables(**given).read().customers.customer == "who"
    assert Tables(**given, customers_id="id").read().customers.customer == "id"


def test_source_of_a_project_is_read_with_its_settings(project: str) -> None:
    settings = {"shop": "Köln", "year": "2025", "tills": '["a", "b"]'}
    read = Tables(project=project, source="till-rolls", settings=settings).read()
    assert read.events.table == "Köln-2025-2.csv"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"events_file": "log.csv"}, r"`events_file` is given without `customer`\. Say which"),
        ({"feedback_file": "a.csv", "score": "s"}, r"`feedback_file` is given without `questions"),
        ({"source": "till-rolls", "events_file": "log.csv"}, r"Give `source` or `events_file`"),
        ({"source": "till-roll"}, r"no `till-roll` among the sources\. Did you mean `till-rolls`"),
        (
            {"source": "till-rolls", "settings": {"yaer": "2025"}},
            r"The source `till-rolls` has no `yaer`\. Did you mean `year`\?",
        ),
        (
            {"source": "till-rolls", "settings": {"year": "last"}},
            r"`year` is `last`\. Write it in JSON, such as `2017`",
        ),
    ],
)
def test_what_is_missing_or_too_much_is_said(
    project: str, given: dict[str, object], message: str
) -> None:
    with pytest.raises(ParameterError, match=message):
        Tables(**{"project": project, **given}).read()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[", r"at the file, Invalid JSON"),
        ('[{"id": "q1", "kind": "csat"}]', r"at 0\.scale, Field required"),
        ('[{"id": "q1", "kind": "mood", "scale": [1, 5]}]', r"at 0\.kind, Input should be 'nps'"),
        ('[{"id": "q1", "kind": "csat", "scale": [5, 1]}]', r"Give low < high"),
    ],
)
def test_questions_that_cannot_be_read_say_where(
    tmp_path: Path, content: str, message: str
) -> None:
    file = tmp_path / "questions.json"
    file.write_text(content)
    with pytest.raises(SourceError, match=message) as raised:
        Tables(feedback_file="a.csv", questions_file=str(file), score="s").read()
    assert "does not describe questions" in str(raised.value)


def test_missing_questions_file_is_named() -> None:
    with pytest.raises(SourceError, match=r"`nowhere\.json` cannot be read: No such file"):
        Tables(feedback_file="a.csv", questions_file="nowhere.json", score="s").read()
