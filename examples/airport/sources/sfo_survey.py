"""The yearly survey of passengers at the gates of San Francisco International Airport."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.events import Customers, Question
from cjm_notebooks.sources import Import, Source
from cjm_notebooks.sources.survey_table import SurveyTable

HOME = Path(__file__).parent.parent
YEARS = range(2010, 2019)
ATTRIBUTES = ("respondent", "weight", "lives", "bags")
PASSENGERS = """
    SELECT
        "{respondent}" AS respondent,
        CASE WHEN "{lives}" = '1' THEN 'Bay Area' WHEN "{lives}" IN {elsewhere} THEN 'elsewhere' END
            AS lives,
        CASE "{bags}" WHEN '1' THEN 'checked' WHEN '2' THEN 'carried on' END AS bags
    FROM read_csv('{path}', all_varchar = true, header = true)
"""


@dataclass(frozen=True)
class SfoSurvey(Source):
    """What the passengers of one year, 2010 to 2018, thought of the airport.

    `columns.csv` says what each year calls a question; questions have their names of 2017. Ratings
    run from 1 to 5 and the recommendation from 0 to 10. Set aside and counted: `blank` (0, for the
    recommendation 11, and the word), `never_used` and `does_not_know` (6). 2011 and 2012 have no
    weights; 2017 and 2018 alone ask for a recommendation. The day of the interview is left out,
    because most years give no more than the day of the month.

    Passengers have two attributes: where they live and what they did with their bags.

    Memory  one year, about 3,000 passengers
    Raises  ParameterError when there was no survey in that year
    """

    year: int = 2017

    def __post_init__(self) -> None:
        if self.year not in YEARS:
            msg = f"There is no survey of {self.year}. Choose a year from 2010 to 2018."
            raise ParameterError(msg)

    def read(self) -> Import:
        path = HOME / "data" / f"{self.year}_SFO_Customer_Survey.csv.gz"
        columns = self._columns()
        answers = SurveyTable(
            path,
            questions={
                column: _question(id_) for id_, column in columns.items() if id_ not in ATTRIBUTES
            },
            respondent=columns["respondent"],
            weight=columns.get("weight"),
            no_answer={"blank": "blank"},
        ).read()
        return Import(
            feedback=answers.feedback,
            customers=Customers(self._passengers(path, columns), customer="respondent"),
            quality=answers.quality,
        )

    def _columns(self) -> dict[str, str]:
        """What this year calls each question that it asks."""
        with (HOME / "columns.csv").open(encoding="utf-8", newline="") as file:
            return {
                row["question"]: row[str(self.year)]
                for row in csv.DictReader(file)
                if row[str(self.year)]
            }

    def _passengers(self, path: Path, columns: dict[str, str]) -> pa.Table:
        elsewhere = ("2", "") if self.year == 2010 else ("2", "3")
        with duckdb.connect() as connection:
            return connection.sql(
                PASSENGERS.format(path=path, elsewhere=elsewhere, **columns)
            ).to_arrow_table()


def _question(id_: str) -> Question:
    if id_ == "NETPRO":
        return Question(id_, "nps", (0, 10), set_aside={11: "blank"})
    six = "does not know" if id_ in ("Q13GETRATE", "Q14PASSTHRU") else "never used"
    return Question(id_, "csat", (1, 5), set_aside={0: "blank", 6: six})
