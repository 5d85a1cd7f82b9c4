"""The page over a batch says how each run came out, and tells of no person."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

from cjm_notebooks.audits.batches.each import each_value
from cjm_notebooks.audits.batches.plan import planned
from cjm_notebooks.audits.batches.run import Batching, run_batch
from cjm_notebooks.audits.batches.summary import Summary
from cjm_notebooks.errors import AuditError, ParameterError
from tests.audits import AS_OF, BUYS, LEAVES_CART, events, short_template
from tests.audits.batches import plan_of
from tests.journeys import ONE_EACH


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """A shop in three countries, one of them with four customers."""
    home = tmp_path_factory.mktemp("shop")
    ONE_EACH.save(home / "shop.cjm.json")
    parts = [
        events(*[BUYS] * 30, *[LEAVES_CART] * 10, country="DE"),
        events(*[BUYS] * 20, country="FR"),
        events(*[BUYS] * 4, country="LI"),
    ]
    tables = [part.table.assign(who=part.table.country + part.table.who) for part in parts]
    pd.concat(tables).to_csv(home / "log.csv", index=False)
    return [
        ("map_file", str(home / "shop.cjm.json")),
        ("events_file", str(home / "log.csv")),
        ("customer", "who"),
        ("at", "at"),
        ("as_of", AS_OF),
    ]


def test_each_value_with_customers_enough_is_a_run(shop: list[tuple[str, str]]) -> None:
    found = each_value("journey_audit", "country", shop)
    assert [row.texts for row in found.rows] == [{"only.country": "DE"}, {"only.country": "FR"}]
    assert (found.at_least, found.left_out) == (5, 1)
    assert [row.name for row in each_value("journey_audit", "country", shop, most=1).rows] == ["DE"]
    assert each_value("journey_audit", "country", shop, at_least=41).rows == ()


def test_template_that_cannot_be_restricted_has_no_values(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"`short` has no parameter `only`"):
        each_value(short_template(tmp_path, "1"), "country")


def test_summary_shows_numbers_worst_findings_and_links(
    shop: list[tuple[str, str]], tmp_path: Path
) -> None:
    rows = each_value("journey_audit", "country", shop).rows
    plan = planned("journey_audit", rows, tmp_path, [*shop, ("checks", "D01, T03")])
    with ThreadPoolExecutor(2) as executor:
        run_batch(plan, Batching(executor))
    summary = Summary(tmp_path)
    assert "All 2 runs are done." in summary.opening.html
    shown = summary.runs.html
    assert '<a href="DE/DE.html"><bdi>DE</bdi></a>' in shown
    assert "75.0% (" in shown, "30 of 40 in DE have paid"
    assert "n 40)" in shown
    assert "100.0% (" in shown, "all 20 in FR have paid"
    found = json.loads((tmp_path / "DE" / "findings.json").read_text("utf-8"))
    assert found["manifest"]["only"] == {"country": "DE"}
    assert "None: every run has come to its end." in summary.stopped.html
    assert "LI" not in shown


def test_summary_names_what_stopped_without_personal_data(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as executor:
        run_batch(plan_of(tmp_path, {"good": "", "bad": "fail"}), Batching(executor))
    summary = Summary(tmp_path / "out")
    assert "1 of 2 runs are done; the others are named below." in summary.opening.html
    assert "ValueError: mail [e-mail]" in summary.stopped.html
    assert "ann@" not in summary.stopped.html + summary.runs.html


def test_folder_without_a_batch_has_no_summary(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match=r"There is no batch in"):
        Summary(tmp_path)
