"""Nine years of a passenger survey: our figures against published ones and a third party's."""

from __future__ import annotations

import csv
import gzip
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from cjm_notebooks import JourneyMap, Journeys, join, measure
from cjm_notebooks.catalogue import entry
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.metrics.csat import Csat
from cjm_notebooks.metrics.nps import Nps
from cjm_notebooks.sources import Import, Source

AIRPORT = Path(__file__).parents[2] / "examples" / "airport"
RESPONDENTS = {
    2010: 3_234,
    2011: 3_872,
    2012: 3_521,
    2013: 3_535,
    2014: 2_818,
    2015: 2_958,
    2016: 3_087,
    2017: 2_831,
    2018: 2_809,
}
QUESTIONS = {
    2010: 17,
    2011: 17,
    2012: 18,
    2013: 19,
    2014: 19,
    2015: 19,
    2016: 19,
    2017: 20,
    2018: 20,
}
every_year = pytest.mark.parametrize("year", RESPONDENTS)


def survey(year: int) -> Source:
    return entry("sources", Source, "sfo-survey", AIRPORT)(year=year)


@cache
def answers_of(year: int) -> tuple[Import, Journeys]:
    found = survey(year).read()
    journey_map = JourneyMap.load(AIRPORT / "airport.cjm.json")
    return found, join(journey_map, feedback=found.feedback, customers=found.customers)


@pytest.fixture(scope="module")
def in_2017() -> Journeys:
    return answers_of(2017)[1]


def ratings(journeys: Journeys) -> pd.DataFrame:
    return measure(Csat(), journeys).set_index("question")


def test_map_has_no_problems() -> None:
    assert JourneyMap.load(AIRPORT / "airport.cjm.json").problems() == ()


def test_recommendation_of_2017_is_the_published_one(in_2017: Journeys) -> None:
    (row,) = measure(Nps(), in_2017).to_dict("records")
    assert (row["question"], row["n"]) == ("NETPRO", 2_746)
    assert (row["detractors"], row["passives"], row["promoters"]) == (342, 968, 1_436)
    assert row["nps"] == pytest.approx(39.84, abs=0.005)
    assert row["weighted_nps"] == pytest.approx(40.40, abs=0.005)
    assert row["effective_n"] < row["n"]


def test_airport_as_a_whole_in_2017_is_rated_as_published(in_2017: Journeys) -> None:
    row = ratings(in_2017).loc["Q7ALL"]
    assert row["n"] == 2_688
    assert row["mean"] == pytest.approx(4.06436, abs=0.000005)
    assert row["weighted_mean"] == pytest.approx(4.0712, abs=0.00005)
    assert row["effective_n"] < row["n"]


def test_fifteen_ratings_of_2017_equal_those_of_a_third_party(in_2017: Journeys) -> None:
    theirs = pd.read_csv(Path(__file__).with_name("sfo_2017_ratings.csv"), index_col="q7_item")
    ours = ratings(in_2017).loc[theirs.index]
    assert len(ours) == 15
    assert (ours["n"] == theirs["n"]).all()
    assert (ours["top2"] == theirs["top2_n"]).all()
    assert (ours["bottom2"] == theirs["bottom2_n"]).all()
    assert ours["mean"].tolist() == pytest.approx(theirs["avg_score"].tolist(), rel=1e-12)


def test_each_rating_but_that_of_the_whole_has_a_touchpoint(in_2017: Journeys) -> None:
    found = ratings(in_2017)
    assert len(found) == 19
    assert found.index[found["touchpoint"].isna()].tolist() == ["Q7ALL"]


@every_year
def test_columns_named_for_a_year_stand_in_its_file(year: int) -> None:
    with gzip.open(AIRPORT / "data" / f"{year}_SFO_Customer_Survey.csv.gz", "rt") as file:
        header = {name.strip() for name in next(csv.reader(file))}
    named = pd.read_csv(AIRPORT / "columns.csv")[str(year)].dropna()
    assert set(named) <= header
    assert named.is_unique


@every_year
def test_every_cell_of_a_year_is_an_answer_or_set_aside_by_a_rule(year: int) -> None:
    found, journeys = answers_of(year)
    (source,), (answers, passengers) = found.quality, journeys.quality
    assert source.read == RESPONDENTS[year] * QUESTIONS[year]
    assert source.read == source.kept + sum(c.rows for c in source.set_aside.values())
    assert answers.read == source.kept
    assert answers.read == answers.kept + sum(c.rows for c in answers.set_aside.values())
    assert set(answers.set_aside) <= {"blank", "never_used", "does_not_know", "no_score"}
    assert passengers.read == RESPONDENTS[year]


@every_year
def test_years_without_weights_say_so(year: int) -> None:
    assert answers_of(year)[1].answers.weighted == (year not in (2011, 2012))


def test_year_without_a_survey_is_refused() -> None:
    with pytest.raises(ParameterError, match=r"There is no survey of 2009\. Choose a year"):
        survey(2009)
