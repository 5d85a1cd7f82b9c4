"""Nothing leaves an audit that tells of fewer people than the map's `k_min`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjm_notebooks import AuditResult, audit
from cjm_notebooks.audits.concealing import concealed
from cjm_notebooks.audits.findings import findings_of
from cjm_notebooks.checks import COUNTS_OF_PEOPLE, Finding, Observation, Verdict
from cjm_notebooks.checks.drop_off_peak import DropOffPeak
from cjm_notebooks.inspection import Checked
from cjm_notebooks.language import say
from cjm_notebooks.metrics.drop_off import DropOff
from cjm_notebooks.privacy.small_groups import Suppressed
from tests.audits import AS_OF, BUYS, BUYS_LATER, LEAVES_CART, answers, events, page_of
from tests.journeys import ONE_EACH

SMALL = range(1, 5)
NUMBER_CELL = re.compile(r'<td class="number">(?:<bdi>)?([^<]*)')


def small_numbers(result: AuditResult) -> Iterator[str]:
    """Where a count of 1 to 4 people stands in the tables of an audit."""
    for metric, table in result.reports.items():
        for name in metric.published.counts:
            if table[name].isin(SMALL).any():
                yield f"{type(metric).__name__}.{name}"


def counts_in(value: object) -> Iterator[tuple[str, float]]:
    """Every number below a name that counts people, anywhere in some JSON."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in COUNTS_OF_PEOPLE and isinstance(inner, (int, float)):
                yield name, inner
            yield from counts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from counts_in(inner)


def test_three_people_who_needed_help_are_in_no_table_no_file_and_no_page() -> None:
    recorded = events(*[BUYS] * 39, BUYS_LATER, *[LEAVES_CART] * 20, *["home@1 help@2"] * 3)
    said = answers(*["csat:help=2@3"] * 3, *["csat:cart=4@3"] * 40)
    result = audit(ONE_EACH, recorded, feedback=said, as_of=AS_OF)
    assert list(small_numbers(result)) == []
    assert [n for _, n in counts_in(json.loads(findings_of(result).text())) if n in SMALL] == []
    assert [one for one in result.measured.targets if one.n in SMALL or one.open in SMALL] == []
    exhibits = next(one.html for one in result.sections() if one.name == "exhibits")
    assert [cell for cell in NUMBER_CELL.findall(exhibits) if cell in ["1", "2", "3", "4"]] == []
    assert sum(result.small_groups.hidden.values()) > 0


def test_what_is_left_does_not_give_the_three_away() -> None:
    recorded = events(*[BUYS] * 39, BUYS_LATER, *[LEAVES_CART] * 20, *["home@1 help@2"] * 3)
    result = audit(ONE_EACH, recorded, as_of=AS_OF)
    reach = result.tables["drop-off"].set_index("stage")
    assert pd.isna(reach.loc["support", "reached"])
    assert pd.isna(reach.loc["support", "share"])


customers = st.lists(
    st.sampled_from([BUYS, LEAVES_CART, "home@1", "home@1 help@2 home@3", "pay@80 paid@81"]),
    min_size=1,
    max_size=30,
)


@settings(max_examples=8)
@given(customers)
def test_whatever_was_recorded_no_table_shows_a_small_group(recorded: list[str]) -> None:
    result = audit(ONE_EACH, events(*recorded), as_of=AS_OF)
    assert list(small_numbers(result)) == []
    counted = {result.extent.customers, result.extent.journeys, result.extent.open_journeys}
    assert not counted & set(SMALL)


def test_few_customers_are_told_as_few() -> None:
    result = audit(ONE_EACH, events(BUYS, BUYS_LATER), as_of=AS_OF)
    assert result.extent.customers is None
    assert "fewer than 5" in page_of(result)
    reach = next(one for one in result.gate.questions if one.question.id == "reach")
    assert reach.n is None
    assert str(reach.reason) == "Fewer than 5 records."


def judged(finding: Finding) -> Checked:
    check = DropOffPeak()
    return Checked(check, "drop-off-peak", Verdict.of([finding]), "high", Observation())


def drop_off(hidden_stage: str) -> Suppressed:
    table = pd.DataFrame(
        {
            "stage": ["cart", "pay"],
            "reached": pd.array([60, 40], "Int64"),
            "ended": pd.array([20, 9], "Int64"),
            "share": [1 / 3, 9 / 40],
        }
    )
    hidden = pd.DataFrame(False, index=table.index, columns=table.columns)
    hidden.loc[table["stage"] == hidden_stage, ["ended", "share"]] = True
    return Suppressed(table, hidden, 2)


PEAK = Finding(
    key="peak",
    outcome="fail",
    targets=("cart",),
    what=say(
        "{share:percent} of {reached:count} left `{stage}`.", share=1 / 3, reached=60, stage="cart"
    ),
    so_what=say("They are gone."),
    advice=say("Ask them."),
    value=1 / 3,
    n=60,
    low=0.2,
    high=0.5,
    rows=(
        {"stage": "cart", "reached": 60, "ended": 20, "share": 1 / 3},
        {"stage": "pay", "reached": 40, "ended": 9, "share": 9 / 40},
    ),
)


def test_finding_about_a_stage_that_a_table_hides_loses_its_numbers() -> None:
    (finding,) = concealed(judged(PEAK), {DropOff(): drop_off("cart")}, 5).verdict.findings
    assert str(finding.what) == "– of 60 left `cart`."
    assert (finding.value, finding.n, finding.low, finding.high) == (None, None, None, None)
    assert finding.rows[0] == {"stage": "cart", "reached": 60, "ended": None, "share": None}
    assert finding.rows[1] == PEAK.rows[1]


def test_finding_about_another_stage_keeps_its_numbers_but_not_the_hidden_row() -> None:
    (finding,) = concealed(judged(PEAK), {DropOff(): drop_off("pay")}, 5).verdict.findings
    assert finding.what == PEAK.what
    assert finding.value == PEAK.value
    assert finding.rows[1] == {"stage": "pay", "reached": 40, "ended": None, "share": None}


@pytest.mark.parametrize("n", SMALL)
def test_small_count_in_a_sentence_takes_the_estimates_beside_it_along(n: int) -> None:
    few = Finding(
        key="few",
        outcome="warn",
        what=say(
            "{share:percent} of {n:count} answers, {enough} are needed.", share=0.5, n=n, enough=30
        ),
        so_what=say("It is little."),
        advice=say("Ask more."),
        n=n,
        value=0.5,
    )
    (finding,) = concealed(judged(few), {DropOff(): drop_off("")}, 5).verdict.findings
    assert str(finding.what) == "– of – answers, 30 are needed."
    assert (finding.n, finding.value) == (None, None)
