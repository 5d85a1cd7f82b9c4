"""The headline numbers of many runs, and the charts of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cjm_notebooks import audit
from cjm_notebooks.audits.comparing import RunTimeline, timeline_of_runs
from cjm_notebooks.audits.findings import findings_of
from cjm_notebooks.errors import AuditError
from tests.audits import AS_OF, BUYS, answers, events
from tests.audits.comparing import run
from tests.journeys import ONE_EACH

EVIL = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def weeks() -> RunTimeline:
    """40 and then 60 of 200 customers left at the cart, on a map that then lost its last stage."""
    shorter = ONE_EACH.model_copy(update={"stages": ONE_EACH.stages[:3]})
    runs = [run(160, 40, "2025-04-10"), run(140, 60, "2025-04-17")]
    return timeline_of_runs([run(140, 60, "2025-04-24", shorter), *reversed(runs)])


def test_a_row_a_run_by_the_moment_it_stands_at(weeks) -> None:
    table = weeks.table
    assert [f"{day:%m-%d}" for day in table["as_of"]] == ["04-10", "04-17", "04-24"]
    assert table["success"].tolist() == [0.8, 0.7, 0.7]
    assert table["drop_off"].tolist() == [0.2, 0.3, 0.3]
    assert table["drop_off_about"].tolist() == ["cart"] * 3
    assert table["journeys"].tolist() == [200] * 3
    assert table["by_other_rules"].tolist() == [False, False, True]


def test_each_share_stands_with_its_interval(weeks) -> None:
    """Wilson at 40 of 200: (0.2 + 0.0096 +- 0.0563) / 1.0192, that is 15.0 % to 26.1 %."""
    first = weeks.table.iloc[0]
    assert first["drop_off_low"] == pytest.approx(0.1504, abs=0.0001)
    assert first["drop_off_high"] == pytest.approx(0.2609, abs=0.0001)
    assert first["success_low"] < first["success"] < first["success_high"]


def test_findings_are_counted_by_severity(weeks) -> None:
    row = weeks.table.iloc[0]
    assert row["findings"] == row[["critical", "high", "medium", "low", "info"]].sum()
    assert row["worst_severity"] == "critical"


def test_number_that_was_not_asked_for_is_missing_and_has_no_chart(weeks) -> None:
    assert weeks.table["nps"].isna().all()
    assert len(weeks.exhibits()) == 1


def test_scores_that_were_asked_for_have_charts_of_their_own() -> None:
    """Twenty promoters and twenty detractors: 0. Scores of 1 and 3: a mean of 2."""
    said = answers(*["nps=9@60", "nps=3@60"] * 20, *["csat:cart=1@60", "csat:cart=3@60"] * 20)
    asked = timeline_of_runs([audit(ONE_EACH, feedback=said, as_of=AS_OF)])
    row = asked.table.iloc[0]
    assert (row["nps"], row["nps_n"], row["nps_asked"]) == (0, 40, "nps")
    assert (row["satisfaction"], row["satisfaction_about"]) == (2, "cart")
    shares, nps, satisfaction = asked.exhibits()
    assert str(shares.summary[0]) == "No run has such a number to tell."
    assert str(nps.summary[0]).startswith("On 2025-04-10 the Net Promoter Score was 0.00 (95 %")
    assert str(satisfaction.summary[0]).startswith("On 2025-04-10 the mean score was 2.00 (95 %")


def test_numbers_of_fewer_than_k_min_people_are_in_no_headline() -> None:
    """Three customers, where groups below five are hidden."""
    headline = findings_of(audit(ONE_EACH, events(*[BUYS] * 3), as_of=AS_OF)).headline
    assert (headline.customers, headline.journeys) == (None, None)
    assert all(number.n is None or number.n >= 5 for number in headline.numbers)
    assert all(number.value is None for number in headline.numbers)


def test_coverage_is_the_share_of_events_on_the_map() -> None:
    """40 customers with five events each on the map, and one each that no rule claims."""
    recorded = events(*[f"{BUYS} odd@6"] * 40)
    headline = findings_of(audit(ONE_EACH, recorded, as_of=AS_OF)).headline
    (coverage,) = [one for one in headline.numbers if one.name == "coverage"]
    assert (coverage.value, coverage.n) == (pytest.approx(200 / 240), 240)


def test_summary_says_the_last_number_the_first_and_where_the_rules_changed(weeks) -> None:
    said = [str(sentence) for sentence in weeks.exhibits()[0].summary]
    assert said[0].startswith("On 2025-04-24 70.0% of the journeys came to a success")
    assert said[1] == "On 2025-04-10 it was 80.0%."
    assert said[-1] == "Counted by other rules of the map from 2025-04-24 on."


def test_chart_draws_what_its_table_holds(weeks) -> None:
    (shares,) = weeks.exhibits()
    assert list(shares.series) == ["success", "drop_off", "coverage", "changed"]
    assert [row[2:6] for row in shares.rows()[:2]] == [
        ["200", "80.0%", "73.8% to 84.9%", "20.0%"],
        ["200", "70.0%", "63.1% to 75.8%", "30.0%"],
    ]


def test_page_of_runs_is_one_file_and_shows_hostile_names_as_text(tmp_path: Path) -> None:
    folder = tmp_path / EVIL.replace("/", "")
    run(20, 4).save(folder, "shop")
    page = timeline_of_runs(tmp_path).page("de")
    assert '<html lang="de">' in page
    assert folder.name not in page
    assert "&lt;script&gt;alert(1)&lt;script&gt;" in page


def test_runs_are_found_below_a_folder_and_hidden_ones_are_not(tmp_path: Path) -> None:
    for name in ("a/monday", "b/tuesday", ".work/draft"):
        run(20, 4).save(tmp_path / name, "shop")
    assert [one.name for one in timeline_of_runs(tmp_path).runs] == ["monday", "tuesday"]


def test_no_run_or_runs_of_two_maps_make_no_timeline(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="There is no run here"):
        timeline_of_runs(tmp_path)
    hotel = ONE_EACH.model_copy(update={"id": "hotel"})
    with pytest.raises(AuditError, match="of several maps: `hotel`, `shop`"):
        timeline_of_runs([run(20, 4), run(20, 4, on=hotel)])
