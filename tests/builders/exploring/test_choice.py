"""A choice on the screen, as journeys, as JSON and as Python that gives the same numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from cjm_notebooks import Journeys, measure
from cjm_notebooks.builders.exploring import Choice
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys import Segment
from cjm_notebooks.metrics.stage_reach import StageReach
from tests.journeys import UNTIL_OUTCOME, journeys

DAY = 86_400_000_000
SAID = ("home@1 cart@2 paid@3 cart@40", "home@2 odd@3 nps=9", "help@5 cart@6 csat=2", "product@50")


def shop() -> Journeys:
    """Four customers, every other one from Spain."""
    joined = journeys(*SAID, on=UNTIL_OUTCOME)
    country = Segment(np.arange(joined.n_customers, dtype=np.int32) % 2, ("ES", "FR"))
    return replace(joined, segments={"country": country})


def first_days(chosen: Journeys) -> list[int]:
    return sorted((chosen.at[chosen.first] // DAY).tolist())


def test_nothing_chosen_leaves_nothing_out() -> None:
    assert first_days(Choice().of(shop())) == [1, 2, 5, 40, 50]


def test_both_ends_of_a_period_belong_to_it() -> None:
    period = Choice(first_day=date(1970, 1, 3), last_day=date(1970, 1, 6))
    assert first_days(period.of(shop())) == [2, 5]


def test_a_period_may_be_open_on_one_side() -> None:
    assert first_days(Choice(first_day=date(1970, 1, 6)).of(shop())) == [5, 40, 50]
    assert first_days(Choice(last_day=date(1970, 1, 3)).of(shop())) == [1, 2]
    assert first_days(Choice(last_day=date.max).of(shop())) == [1, 2, 5, 40, 50]


def test_all_of_it_has_to_be_met() -> None:
    assert first_days(Choice(place="cart", last_day=date(1970, 1, 10)).of(shop())) == [1, 5]
    assert first_days(Choice(place="cart", pattern="help -> cart").of(shop())) == [5]


EVERYTHING = Choice("country", "ES", date(1970, 1, 1), date(1970, 2, 20), "browse", "home -> ...")
CHOICES = [
    Choice(),
    Choice("country", "FR"),
    Choice(first_day=date(1970, 1, 3)),
    Choice(last_day=date(1970, 1, 3)),
    Choice(place="browse"),
    Choice(pattern="home -> cart -> paid"),
    EVERYTHING,
]


@pytest.mark.parametrize("choice", CHOICES, ids=repr)
def test_the_code_gives_the_same_numbers(choice: Choice) -> None:
    cell = {"mine": shop()}
    exec(f"{choice.imports}\n{choice.code('mine')}", cell)
    reached: pd.DataFrame = measure(StageReach(), choice.of(shop()))
    assert_frame_equal(measure(StageReach(), cell["chosen"]), reached)


def test_the_code_is_what_an_analyst_would_write() -> None:
    assert EVERYTHING.code() == (
        "chosen = (\n"
        "    journeys\n"
        '    .where("country", "ES")\n'
        "    .during(date(1970, 1, 1), date(1970, 2, 21))\n"
        '    .through("browse")\n'
        '    .that("home -> ...")\n'
        ")"
    )
    assert Choice().code() == "chosen = journeys"
    assert ".during(date.min, date(1970, 1, 4))" in Choice(last_day=date(1970, 1, 3)).code()


@pytest.mark.parametrize(
    "value", ['")\nimport os  # "', "\\", "a\nb", "🛒 ünï", "\u2028"], ids=ascii
)
def test_a_value_in_the_code_stays_a_text(value: str) -> None:
    country = Segment(np.zeros(4, dtype=np.int32), (value,))
    cell = {"journeys": replace(shop(), segments={"country": country})}
    exec(Choice("country", value).code(), cell)
    assert cell["chosen"].n_journeys == 5
    assert "os" not in cell


@pytest.mark.parametrize("choice", CHOICES, ids=repr)
def test_json_gives_the_choice_back(choice: Choice) -> None:
    assert Choice.read(choice.written()) == choice


def test_an_empty_text_chooses_nothing() -> None:
    assert Choice.read({"segment": "", "value": "", "first_day": "", "place": None}) == Choice()


REFUSED = {
    r"A choice is `\[1\]`\. Write its parts by name: segment, value": [1],
    r"has no `segmnt`\. Did you mean `segment`\?": {"segmnt": "country"},
    r"`place` is `3`\. Write a text, or null": {"place": 3},
    r"`first_day` is `31\.3\.2025`\. Write a day as": {"first_day": "31.3.2025"},
    r"`segment` is `country` without a `value`\. Give both or none\.": {"segment": "country"},
    r"`value` is `ES` without a `segment`\.": {"value": "ES"},
    r"first day is 1970-01-04 and the last 1970-01-03\. Give a first day": {
        "first_day": "1970-01-04",
        "last_day": "1970-01-03",
    },
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_is_no_choice_is_refused_in_words(words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        Choice.read(REFUSED[words])
