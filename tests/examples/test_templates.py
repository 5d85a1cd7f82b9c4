"""Each template answers its question on a real example, by numbers counted again from the file."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import nbformat
import pandas as pd
import pytest

from cjm_notebooks.audits.running.run import run_template
from cjm_notebooks.errors import ParameterError
from tests.examples.asking import AIRPORT, CITY, SURVEY, asked

BOOKINGS = f"""
    SELECT trim(MarketSegment) AS market, trim(DepositType) AS deposit,
        trim(ReservationStatus) = 'Check-Out' AS stayed, IsRepeatedGuest AS again,
        DaysInWaitingList AS waited, LeadTime AS lead, trim(ReservationStatus) AS status,
        strptime(ArrivalDateYear || trim(ArrivalDateMonth) || ArrivalDateDayOfMonth, '%Y%B%d')
            AS arrival,
        arrival - to_days(LeadTime::INTEGER) AS booked, ReservationStatusDate::TIMESTAMP AS ended
    FROM read_parquet('{CITY["project"]}/data/H2.parquet')
"""
YEARS = (2017, 2018)
ASKED_IN = {2017: "2017-05-15", 2018: "2018-05-15"}


def counted(question: str) -> tuple[object, ...]:
    """One row of SQL over the bookings of the city hotel."""
    with duckdb.connect() as connection:
        row = connection.execute(f"WITH bookings AS ({BOOKINGS}) {question}").fetchone()
    assert row is not None
    return tuple(row)


def ratings() -> pd.DataFrame:
    """The ratings of two yearly surveys, each dated with the month of its year."""
    named = pd.read_csv(AIRPORT / "columns.csv").set_index("question")
    tables = []
    for year in YEARS:
        columns = named[str(year)].dropna()
        wide = pd.read_csv(
            AIRPORT / "data" / f"{year}_SFO_Customer_Survey.csv.gz", dtype=str, encoding="utf-8"
        ).rename(columns=str.strip)
        asked_for = {columns[name]: name for name in columns.index if name.startswith("Q7")}
        scores = wide[[columns["respondent"], *asked_for]].rename(columns=asked_for)
        long = scores.melt(columns["respondent"], var_name="question", value_name="score")
        long["who"] = f"{year}-" + long[columns["respondent"]]
        tables.append(long.assign(at=ASKED_IN[year])[["who", "question", "score", "at"]])
    found = pd.concat(tables).dropna()
    found["score"] = pd.to_numeric(found["score"], errors="coerce")
    return found[found["score"].between(1, 5)]


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The ratings of two years as files, and the parameters that name them."""
    home = tmp_path_factory.mktemp("survey")
    found = ratings()
    days = pd.to_datetime(found["at"]).dt.strftime("%d.%m.%Y")
    found.assign(at=days).to_csv(home / "ratings.csv", index=False)
    questions = [
        {"id": name, "kind": "csat", "scale": [1, 5]} for name in sorted(set(found["question"]))
    ]
    (home / "questions.json").write_text(json.dumps(questions))
    return {
        "map_file": SURVEY["map_file"],
        "feedback_file": str(home / "ratings.csv"),
        "questions_file": str(home / "questions.json"),
        "score": "score",
        "question": "question",
        "respondent": "who",
        "answered_at": "at",
        "answered_format": "%d.%m.%Y",
        "zone": "UTC",
        "as_of": "2018-05-31",
    }  # type: ignore[dict-item]


def test_feedback_review_counts_new_bad_answers(dated: dict[str, str], tmp_path: Path) -> None:
    answer = asked("feedback_review", tmp_path, **dated, reviewed="2018-01-01", period="month")
    shops = ratings().query("question == 'Q7STORE' and at >= '2018'")["score"]
    table = answer.table("negative-feedback").set_index("question")
    assert table.loc["Q7STORE", ["negative", "n"]].tolist() == [(shops <= 2).sum(), len(shops)]
    finding = answer.finding("F05/shops/unmapped-Q7STORE")
    assert finding.value == pytest.approx((shops <= 2).mean())
    assert answer.outcome("F06") == "not_applicable"


def test_satisfaction_drop_compares_two_years(dated: dict[str, str], tmp_path: Path) -> None:
    answer = asked("satisfaction_drop", tmp_path, **dated, since="2018-01-01")
    means = ratings().groupby(["question", "at"])["score"].mean()
    table = answer.table("score-trend").set_index(["question", "period"])["mean"]
    for question in ("Q7ALL", "Q7STORE"):
        for year, day in ASKED_IN.items():
            if (question, f"{year}-05-01") in table.index:
                assert table[question, f"{year}-05-01"] == pytest.approx(means[question, day])
    later = answer.result.tables
    (report,) = [one for name, one in later.items() if name.startswith("group-scores")]
    whole = report[(report["question"] == "Q7ALL") & (report["group"] == "2018-01-01 – …")]
    change = means["Q7ALL", ASKED_IN[2018]] - means["Q7ALL", ASKED_IN[2017]]
    assert whole["difference"].tolist() == pytest.approx([change])
    assert answer.outcome("T04") in ("pass", "fail")


def test_answers_without_a_time_are_said_to_be_too_little(tmp_path: Path) -> None:
    answer = asked("satisfaction_drop", tmp_path, **SURVEY, since="2017-01-01")
    assert answer.outcome("T04") == "insufficient_data"
    assert answer.summary("score-trend") == "No answer has a time within the periods looked at."


def test_retention_drop_follows_bookings_for_thirty_days(tmp_path: Path) -> None:
    """A booking "comes back" with its first event from one to thirty days after it was made."""
    answer = asked("retention_drop", tmp_path, **CITY, since="2016-07-01")
    watched, back = counted("""
        SELECT count(*), count(*) FILTER (
            waited BETWEEN 1 AND 30 OR lead BETWEEN 1 AND 30 AND stayed
            OR date_diff('day', booked, ended) BETWEEN 1 AND 30
        ) FROM bookings
        WHERE booked >= '2016-07-01'
            AND booked + INTERVAL 30 DAY <= (SELECT max(ended) FROM bookings)
    """)
    table = answer.table("group-shares").set_index("group")
    assert table.loc["2016-07-01 – …", ["reached", "n"]].tolist() == [back, watched]
    assert answer.outcome("T04") == "pass"


def test_touchpoint_deep_dive_tells_what_follows_a_wait(tmp_path: Path) -> None:
    answer = asked("touchpoint_deep_dive", tmp_path, **CITY, place="confirmed-after-waiting")
    waited, stayed = counted(
        "SELECT count(*), count(*) FILTER (stayed) FROM bookings WHERE waited > 0"
    )
    table = answer.table("touchpoint-profile")
    assert set(table["anchored"]) == {waited}
    drivers = answer.result.tables["drivers(adjust_for=all)"].set_index("touchpoint")
    assert drivers.loc["confirmed-after-waiting", "success"] == stayed
    assert answer.outcome("X01") == "not_applicable"


def test_channel_handoffs_count_bookings_passed_to_the_reception(tmp_path: Path) -> None:
    answer = asked("channel_handoffs", tmp_path, **CITY)
    (waited_first,) = counted("""
        SELECT count(*) FROM bookings
        WHERE market = 'Online TA' AND status IN ('Check-Out', 'No-Show') AND waited = 0
    """)
    pairs = answer.table("channel-handoffs-2").set_index(["source", "target"])
    assert pairs.loc[("Online travel agency", "Reception"), "journeys"] == waited_first
    assert answer.outcome("O01") == "pass"
    assert len(answer.table("channel-handoffs")) == 7


def test_segment_comparison_finds_who_paid_and_did_not_come(tmp_path: Path) -> None:
    answer = asked("segment_comparison", tmp_path, **CITY, segment="deposit")
    n, stayed, others, others_stayed = counted("""
        SELECT count(*) FILTER (deposit = 'Non Refund'),
            count(*) FILTER (deposit = 'Non Refund' AND stayed),
            count(*) FILTER (deposit <> 'Non Refund'),
            count(*) FILTER (deposit <> 'Non Refund' AND stayed)
        FROM bookings
    """)
    finding = answer.finding("G01/Non Refund/success")
    assert finding.n == n == 12_868
    assert finding.value == pytest.approx(stayed / n - others_stayed / others)
    assert finding.low < finding.value < finding.high


def test_attribute_that_no_customer_has_is_named(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"no segment `depositt`\. Did you mean `deposit`"):
        asked("segment_comparison", tmp_path, **CITY, segment="depositt")
    with pytest.raises(ParameterError, match=r"`segment` is missing: the attribute of customers"):
        asked("segment_comparison", tmp_path, **CITY)


def test_period_comparison_counts_the_active_bookings_of_two_winters(tmp_path: Path) -> None:
    winters = {
        "before_start": "2015-09-01",
        "before_end": "2016-03-01",
        "after_start": "2016-09-01",
        "after_end": "2017-03-01",
    }
    answer = asked("period_comparison", tmp_path, **CITY, **winters)
    (booked,) = counted("""
        SELECT count(*) FROM bookings WHERE market = 'Offline TA/TO'
            AND booked >= '2016-09-01' AND booked < '2017-03-01'
    """)
    row = answer.table("behaviour-shift").iloc[1]
    assert row["after_customers"] == booked
    finding = answer.finding("M04/map/drift")
    assert finding.value == pytest.approx(row["after_share"] - row["before_share"])
    assert finding.low < finding.value < finding.high < 0


def test_launch_readiness_plans_the_research_of_every_untested_claim(tmp_path: Path) -> None:
    answer = asked("launch_readiness", tmp_path, map_file=SURVEY["map_file"], as_of=SURVEY["as_of"])
    written = json.loads((AIRPORT / "airport.cjm.json").read_text("utf-8"))
    touchpoints = [one for stage in written["stages"] for one in stage["touchpoints"]]
    claims = len(written["expectations"])
    claims += sum("emotion" in one for one in touchpoints)
    claims += sum("expectation" in one for one in touchpoints)
    claims += sum("moment_of_truth" in one for one in touchpoints)
    claims += sum(len(one.get("pain_points", ())) for one in touchpoints)
    plan = answer.table("assumption-map")
    assert len(plan) == claims
    assert str(plan["claim"][0]) == "Moment of truth"
    assert answer.finding("P05/map/loose").value == 1
    assert answer.outcome("D02") == "insufficient_data"


def test_campaign_review_credits_every_stay(tmp_path: Path) -> None:
    answer = asked("campaign_review", tmp_path, **CITY, segment="market_segment")
    stays, groups, groups_stayed = counted("""
        SELECT count(*) FILTER (stayed), count(*) FILTER (market = 'Groups'),
            count(*) FILTER (market = 'Groups' AND stayed) FROM bookings
    """)
    assert set(answer.table("attribution-models")["credited"]) == {stays}
    assert answer.finding("A01/reserve/disagreement").n == stays
    table = answer.table("group-shares").set_index("group")
    assert table.loc["Groups", ["reached", "n"]].tolist() == [groups_stayed, groups]


def test_campaign_review_without_an_attribute_credits_only(tmp_path: Path) -> None:
    answer = asked("campaign_review", tmp_path, **CITY, credit_to="channel")
    assert answer.outcome("G01") == "not_applicable"
    assert answer.summary("group-shares") == (
        "There are no two groups with enough customers to compare."
    )


def test_loyalty_programme_compares_guests_who_return(tmp_path: Path) -> None:
    answer = asked("loyalty_programme", tmp_path, **CITY, segment="guest")
    again, stayed = counted(
        "SELECT count(*), count(*) FILTER (stayed) FROM bookings WHERE again = 1"
    )
    table = answer.table("group-shares-2").set_index("group")
    assert table.loc["returning", ["reached", "n"]].tolist() == [stayed, again]
    assert answer.finding("G01/new/return").high < 0


def test_service_issues_find_shops_rated_worse_than_elsewhere(tmp_path: Path) -> None:
    answer = asked("service_issues", tmp_path, **SURVEY)
    shops = ratings().query("question == 'Q7STORE' and at < '2018'")["score"]
    finding = answer.finding("E03/shops/unmapped-Q7STORE")
    assert finding.n == len(shops)
    assert finding.value == pytest.approx((shops <= 2).mean())
    assert answer.reason("F05") == "No answer has a time, so nobody can tell which are new."


def test_page_of_a_template_has_a_title_of_its_own(tmp_path: Path) -> None:
    files = run_template(
        "launch_readiness",
        {"map_file": SURVEY["map_file"], "as_of": SURVEY["as_of"]},
        tmp_path,
        "launch",
    )
    page = files.page.read_text("utf-8")
    assert '<p class="kicker">Launch readiness</p>' in page
    assert nbformat.read(files.notebook, as_version=4).metadata.cjm.title == "Launch readiness"
