"""Personal data in every column of every table stand in nothing that a run leaves."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pandas as pd
import pytest

from cjm_notebooks.audits.running.run import run_template
from tests.audits import texts_in
from tests.journeys import ONE_EACH

PLANTED = {
    "email": "jane.roe@example.org",
    "phone": "+49 170 1234567",
    "iban": "DE89370400440532013000",
}
QUESTIONS = '[{"id": "csat", "kind": "csat", "scale": [1, 5]}]'
STEPS = ["home", "product", "cart", "pay", "paid"]


def planted(table: pd.DataFrame) -> pd.DataFrame:
    """Each kind of personal data once in each column, in rows of its own."""
    texts = table.astype("object")
    columns = texts.columns.drop("asked", errors="ignore")  # unknown questions are refused
    for row, (column, secret) in enumerate(product(columns, PLANTED.values())):
        texts.loc[row, column] = f"{secret} in {column}"
    return texts


def write_shop(folder: Path) -> dict[str, str]:
    """Sixty customers who buy, in three tables full of personal data."""
    who = [f"zq-customer-{number:04}" for number in range(60)]
    at = pd.Timestamp("2025-01-01T10:00:00Z")
    events = pd.DataFrame(
        [(one, step, at + pd.Timedelta(days=day)) for one in who for day, step in enumerate(STEPS)],
        columns=["who", "what", "at"],
    ).assign(note="quiet")
    feedback = pd.DataFrame(
        {"who": who, "asked": "csat", "where": "cart", "score": 4, "said": "all well"}
    )
    customers = pd.DataFrame({"who": who, "country": "DE", "remark": "none"})
    tables = {"events": events, "feedback": feedback, "customers": customers}
    for name, table in tables.items():
        planted(table).to_csv(folder / f"{name}.csv", index=False)
    (folder / "questions.json").write_text(QUESTIONS)
    ONE_EACH.save(folder / "shop.cjm.json")
    columns = {"customer": "who", "event": "what", "at": "at", "customers_id": "who"}
    asked = {"score": "score", "question": "asked", "respondent": "who", "touchpoint": "where"}
    files = {f"{name}_file": str(folder / f"{name}.csv") for name in tables}
    files["questions_file"] = str(folder / "questions.json")
    return {**files, **columns, **asked, "comment": "said", "as_of": "2025-03-31"}


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    home = tmp_path_factory.mktemp("shop")
    given = {**write_shop(home), "map_file": str(home / "shop.cjm.json")}
    out = home / "out"
    run_template("journey_audit", given, out, "shop", pictures=True)
    return texts_in(out)


def test_no_artefact_holds_an_address_a_number_or_an_account(left: dict[str, str]) -> None:
    assert {"shop.html", "shop.ipynb", "findings.json"} <= set(left)
    secrets = [*PLANTED.values(), "170 1234567", "DE89 3704", "jane.roe"]
    told = [(name, secret) for name, text in left.items() for secret in secrets if secret in text]
    assert told == []


def test_no_artefact_names_a_customer(left: dict[str, str]) -> None:
    assert [name for name, text in left.items() if "zq-customer" in text] == []


def test_each_kind_is_found_in_each_column_and_the_page_says_how_many_it_does_not_list(
    left: dict[str, str],
) -> None:
    """Four columns of events, four of feedback, three of customers, and three kinds in each."""
    assert left["findings.json"].count('"check": "R01"') == 20
    made = json.loads(left["findings.json"])["checks"]
    assert next(one["unlisted"] for one in made if one["id"] == "R01") == 11 * 3 - 20
    assert "R01" in left["shop.html"]
    assert "found 13 more, which are not listed" in left["shop.html"]


def test_names_of_events_stand_with_a_mark_in_their_place(left: dict[str, str]) -> None:
    assert "[e-mail] in what" in left["shop.html"]
